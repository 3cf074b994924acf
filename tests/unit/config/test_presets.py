"""presets.yml: three presets, every fault with its line, and a faulty file never silences the press officer."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.contacts import Address, Contact, load_contacts
from config.presets import Preset, Reader, load_presets, mail_of

CONTACTS = load_contacts()[0]


def own(tmp_path: Path, text: str) -> tuple[tuple[Reader, ...], list[str]]:
    (tmp_path / "presets.yml").write_text(text, encoding="utf-8")
    readers, errors = load_presets(CONTACTS, tmp_path)
    return readers, [str(error) for error in errors]


def test_as_shipped_the_press_officer_gets_the_draft_and_nobody_else_anything() -> None:
    readers, errors = load_presets(CONTACTS)
    assert [(r.to, r.preset) for r in readers] == [("role:bao_chi", Preset.OFFICER)]
    assert errors == []


def test_an_own_file_replaces_the_shipped_one(tmp_path: Path) -> None:
    readers, errors = own(
        tmp_path,
        "recipients:\n  - {to: giamdoc@so.example, preset: leader}\n"
        '  - {to: "commune:11413", preset: office}\n'
        '  - {to: office:sgddt_vp, preset: office, themes: [], places: ["11413"]}\n',
    )
    assert errors == []
    assert [r.preset for r in readers] == [Preset.LEADER, Preset.OFFICE, Preset.OFFICE]
    assert readers[1].places == ("11413",), "a commune reads of itself"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("- {to: role:khong_co, preset: leader}", "no contact is called"),
        ("- {to: giamdoc, preset: leader}", "is no address"),
        ("- {to: a@so.example, preset: boss}", "preset"),
        ("- {to: a@so.example, preset: office}", "without themes and places"),
        ('- {to: a@so.example, preset: leader, places: ["11413"]}', "only office has them"),
        ("- {to: a@so.example, preset: office, themes: [khong_co]}", "no theme is called"),
        ('- {to: a@so.example, preset: office, places: ["99999"]}', "no unit has the code"),
        ("- {to: a@so.example, preset: leader, hour: 6}", "unknown key"),
        ("- {to: a@so.example, preset: leader}\n  - {to: A@so.example, preset: officer}", "stands there twice"),
    ],
)
def test_a_fault_is_told_with_its_line_and_the_shipped_file_goes_on(tmp_path: Path, line: str, told: str) -> None:
    readers, errors = own(tmp_path, f"recipients:\n  {line}\n")
    assert [r.to for r in readers] == ["role:bao_chi"]
    assert told in errors[0]
    assert "presets.yml:" in errors[0]


def test_a_reader_is_mailed_at_its_own_address_or_that_of_who_stands_in() -> None:
    contacts = {
        "role:a": Contact("role:a", "A", (Address("sms", "0912345678"),), substitute="role:b"),
        "role:b": Contact("role:b", "B", (Address("email", "b@so.example"), Address("email", "b2@so.example"))),
        "role:c": Contact("role:c", "C"),
    }
    assert mail_of(Reader(to="x@so.example", preset=Preset.LEADER), contacts) == ("x@so.example",)
    assert mail_of(Reader(to="role:a", preset=Preset.LEADER), contacts) == ("b@so.example", "b2@so.example")
    assert mail_of(Reader(to="role:c", preset=Preset.LEADER), contacts) == ()

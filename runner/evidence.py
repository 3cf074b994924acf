"""`haidang evidence`: a redacted copy for whoever needs to read it; the original only as two named people approved.

The original is pages with everybody's names in them (promise 3). So the order is: who asked, who approved and why are
checked; the file is made aside; the log row commits; only then does the file stand where it was asked for. A crash
between the last two leaves a row for a file that nobody got, never a file without its row.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from alerts import words as row_words
from alerts.absences import told
from alerts.beside import texts_beside
from crawler import evidence_copy, evidence_warc
from crawler.evidence import Evidence, gather
from runner.deps import Deps
from runner.finding import find
from runner.people import named_person, same_person, told_reason
from store.errors import InputError
from store.model import Article, Disclosure, ReviewState

REDACTED, WARC = "redacted", "warc"
KINDS = {REDACTED: "bản đã che", WARC: "bản gốc   "}
APPROVERS = 2
_CASE = re.compile(r"(?:cas|case|vu|ho-so)[_-][\w-]+", re.IGNORECASE)

NO_CASES = "{target}: hồ sơ việc xuất bằng `haidang case export`; ở đây đưa địa chỉ hoặc mã bài (art_…)"
UNKNOWN = (
    "{target}: không có bài này trong kho; kiểm tra địa chỉ, hoặc xem vì sao bằng `haidang trace`. "
    "Một nguồn tin hay trang chuyên mục không phải một bài"
)
WHO = (
    "bản gốc (WARC) chưa che tên ai, chỉ xuất theo đề nghị bằng văn bản có hai người duyệt: --asked-by TÊN "
    "--approved-by TÊN --approved-by TÊN --reason LÝ DO. Bản đã che thì không cần: bỏ --warc"
)
TWO = "cần {n} người duyệt khác nhau, mới có {got}: {names}. Cùng một người viết hai cách vẫn là một người"
NOT_SELF = "{name} là người đề nghị nên không duyệt cho chính mình; cần {n} người khác"
NOTHING = (
    "{url}: không có trang nào còn nguyên để xuất ({why}). Nguồn tin có cả bài khác nên không nằm trong bản gốc của bài"
)
SAME_TIME = "một lần xuất khác của bài này vừa được ghi cùng lúc; làm lại"
TO_ERASE = "{url}: {by} đã quyết định phải xóa bản lưu của bài này ({id}); không xuất nữa"
EXISTS = "{path} đã có; chọn tên khác (bản đã xuất không bị ghi đè)"
NO_FOLDER = "không có thư mục {path}; tạo thư mục trước hoặc chọn nơi khác"
REACHES = "{problem}: không ghi được {path}"


def export_copy(deps: Deps, target: str, out: Path | None = None) -> Path:
    """Write the redacted copy (HTML) and its manifest (same name, ``.json``); returns the HTML's path.

    ``out`` None: ``bang-chung-<id>-<time>.html`` in the working folder. Raises :class:`InputError`.
    """
    article = _exportable(deps, target)
    now = deps.now()
    path = (out or Path(f"bang-chung-{article.id}-{now}.html")).absolute()
    manifest_path = path.with_suffix(".json") if path.suffix != ".json" else path.with_name(f"{path.name}.json")
    _free(path)
    _free(manifest_path)
    evidence = gather(deps.store, deps.bodies, article)
    html, manifest = evidence_copy.render(evidence, _words(deps, evidence), now)
    data = html.encode()
    file_hash = hashlib.sha256(data).hexdigest()
    named = {"file": path.name, "sha256_of_file": file_hash, **json.loads(manifest)}
    row_id = Disclosure.make_id(article.id, REDACTED, now)
    _log(deps, Disclosure(row_id, article.id, REDACTED, now, "", (), "", file_hash))
    _place(data, path)
    _place((json.dumps(named, ensure_ascii=False, indent=2) + "\n").encode(), manifest_path)
    return path


def export_warc(deps: Deps, target: str, out: Path, asked_by: str, approved_by: Sequence[str], reason: str) -> Path:
    """Write the pages as fetched (WARC/1.1; gzipped when ``out`` ends in ``.gz``) and log who, for whom, why.

    Raises :class:`InputError` without two different approvers, neither of them who asks, and a reason.
    """
    asker, approvers, why = _approved(asked_by, approved_by, reason)
    article = _exportable(deps, target)
    path = out.absolute()
    _free(path)
    evidence = gather(deps.store, deps.bodies, article)
    pages = [a for a in evidence.attempts if a.of_page]
    if not any(a.whole for a in pages):
        faults = "nội dung đã lưu bị thiếu hoặc hỏng" if any(a.fault for a in pages) else "chưa tải được trang nào"
        raise InputError(NOTHING.format(url=article.url, why=faults))
    now = deps.now()
    row_id = Disclosure.make_id(article.id, WARC, now)
    handle, temporary = _aside(path)
    try:
        with os.fdopen(handle, "wb") as file:
            evidence_warc.write(evidence, deps.bodies, file, _about(deps, row_id, now), gzip=path.suffix == ".gz")
            _sync(file.fileno())
        with temporary.open("rb") as made:
            file_hash = hashlib.file_digest(made, "sha256").hexdigest()
        _log(deps, Disclosure(row_id, article.id, WARC, now, asker, approvers, why, file_hash))
        _into(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return path


def log(deps: Deps, target: str | None = None, limit: int = 1_000) -> list[Disclosure]:
    """What was handed out of one article (or of all), newest first. Raises :class:`InputError` for an unknown one."""
    return deps.store.disclosures(_article(deps, target).id if target else None, limit)


def _article(deps: Deps, target: str) -> Article:
    if _CASE.fullmatch(target.strip()):
        raise InputError(NO_CASES.format(target=target.strip()[:100]))
    found = find(deps, target.strip())
    if found is None:
        raise InputError(UNKNOWN.format(target=target.strip()[:300]))
    return found


def _exportable(deps: Deps, target: str) -> Article:
    """An article whose copy is not to be erased: what must go is not handed on first."""
    article = _article(deps, target)
    for review in deps.store.erasure_reviews(ReviewState.TO_ERASE, 10_000):
        if review.article_id == article.id:
            raise InputError(TO_ERASE.format(url=article.url, by=review.decided_by, id=review.id))
    return article


def _approved(asked_by: str, approved_by: Sequence[str], reason: str) -> tuple[str, tuple[str, ...], str]:
    if not asked_by.strip() or not approved_by:
        raise InputError(WHO)
    asker = named_person(asked_by, "--asked-by")
    different: list[str] = []
    for name in approved_by:
        person = named_person(name, "--approved-by")
        if same_person(person, asker):
            raise InputError(NOT_SELF.format(name=person, n=APPROVERS))
        if not any(same_person(person, other) for other in different):
            different.append(person)
    if len(different) < APPROVERS:
        raise InputError(TWO.format(n=APPROVERS, got=len(different), names=", ".join(different)))
    return asker, tuple(different), told_reason(reason)


def _words(deps: Deps, evidence: Evidence) -> evidence_copy.Words:
    tz = deps.settings.timezone
    fetches = [a.fetch for a in evidence.attempts]
    return evidence_copy.Words(
        fetched=row_words.FETCHED,
        basis=row_words.BASIS,
        published_from=row_words.PUBLISHED_FROM,
        absences=[told(one, fetches, tz) for one in evidence.absences],
        addresses=_addresses(deps, evidence.article),
        timezone=tz,
        department=deps.settings.department,
        version=version("haidang"),
        beside=texts_beside(deps.store, evidence.article.id),
    )


def _addresses(deps: Deps, article: Article) -> list[str]:
    """Other spellings that the article is known under."""
    known = [a.canonical_url for a in deps.store.aliases_of([article.id]).get(article.id, ())]
    return [address for address in dict.fromkeys([article.canonical_url, *known]) if address != article.url]


def _about(deps: Deps, disclosure_id: str, now: int) -> dict[str, str]:
    return {
        "software": f"haidang {version('haidang')}",
        "operator": deps.settings.department,
        "date": evidence_warc.iso(now),
        "disclosure": disclosure_id,
    }


def _log(deps: Deps, row: Disclosure) -> None:
    with deps.store.transaction() as tx:
        tx.add_disclosures([row])
    # Inserting is a no-op on a known key: were this one another export of the same millisecond, nothing was logged.
    if row.file_hash not in (d.file_hash for d in deps.store.disclosures(row.article_id) if d.id == row.id):
        raise InputError(SAME_TIME)


# ── files ───────────────────────────────────────────────────────────────────────────────────────────


def _free(path: Path) -> None:
    if not path.parent.is_dir():
        raise InputError(NO_FOLDER.format(path=path.parent))
    if path.exists() or path.is_symlink():
        raise InputError(EXISTS.format(path=path))


def _aside(path: Path) -> tuple[int, Path]:
    """A file beside, for the owner's eyes alone (mode 600), so that moving it into place is one step."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".haidang-")
    except OSError as bad:
        raise InputError(REACHES.format(problem=bad.strerror, path=path)) from bad
    return handle, Path(name)


def _place(data: bytes, path: Path) -> None:
    handle, temporary = _aside(path)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            _sync(file.fileno())
        _into(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _into(temporary: Path, path: Path) -> None:
    """Into place at once and only if nothing stands there by now (a link fails where a rename would overwrite)."""
    try:
        os.link(temporary, path)
    except FileExistsError as bad:
        raise InputError(EXISTS.format(path=path)) from bad
    except OSError:  # a file system without hard links (a USB stick)
        if path.exists():
            raise InputError(EXISTS.format(path=path)) from None
        temporary.replace(path)
        return
    temporary.unlink()


def _sync(handle: int) -> None:
    os.fsync(handle)

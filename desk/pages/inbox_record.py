"""``/gop-tin/{id}``: one submission as it is kept, what was taken out of it, what became of it; and its files."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from desk import assets, handed_in, words
from desk.context import Desk
from desk.guard import FILE_POLICY
from store.model import Fetch

_INLINE = ("image/", "text/plain")  # anything else is saved by the browser, not opened in it
TEXT_SHOWN = 20_000  # characters of a file's text on the page; the file has all


def page(desk: Desk, request: Request) -> Response:
    """What is kept, read back from the disk: nobody sees here what was blacked out."""
    fetch = _found(desk, request)
    record = handed_in.record_of(desk, fetch)
    article = handed_in.article_of(desk, fetch, record)
    traced, tasks = handed_in.followed(desk, fetch, article)
    texts = {f.name: _text(desk, f.sha256) for f in record.files if f.media_type.startswith("text/")}
    return desk.page(
        "inbox_record.jinja",
        "Tin đã góp",
        active="inbox",
        fetch=fetch,
        record=record,
        headline=handed_in.text_lines(record.title)[:1] or [words.INBOX_UNTITLED],
        text=handed_in.text_lines(record.text),
        note=handed_in.text_lines(record.note),
        consent=handed_in.text_lines(record.consent_note),
        where_seen=" ".join(handed_in.text_lines(record.where_seen)),
        removals=handed_in.removals(record, words.INBOX_FIELDS),
        texts=texts,
        article=article,
        traced=traced,
        tasks=[task for task in tasks if task.stage == "read"],
        saved=words.INBOX_SAVED.get(request.query_params.get("luu", ""), ""),
        assets=assets.URLS,
    )


def file(desk: Desk, request: Request) -> Response:
    """One file as it is kept: redacted, under a name of ours, with nothing that could run."""
    fetch = _found(desk, request)
    record = handed_in.record_of(desk, fetch)
    number = request.path_params["number"]
    chosen = next((f for k, f in enumerate(record.files, 1) if str(k) == number), None)
    if chosen is None:
        raise HTTPException(404)
    how = "inline" if chosen.media_type.startswith(_INLINE) else "attachment"
    return Response(
        desk.bodies.get(chosen.sha256),
        headers={
            "Content-Type": chosen.media_type,
            "Content-Disposition": f'{how}; filename="{fetch.id}-{chosen.name}"',
            "Content-Security-Policy": FILE_POLICY,
        },
    )


def _found(desk: Desk, request: Request) -> Fetch:
    fetch = handed_in.submission(desk, request.path_params["fetch_id"])
    if fetch is None:
        raise HTTPException(404)
    return fetch


def _text(desk: Desk, sha256: str) -> list[str]:
    return handed_in.text_lines(desk.bodies.get(sha256).decode("utf-8", "replace")[:TEXT_SHOWN])

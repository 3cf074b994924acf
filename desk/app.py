"""The desk as an ASGI application: routes, the pages' threads, errors. See docs/desk.md."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from typing import TypeVar

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from config.settings import Settings
from desk import assets, words
from desk.case_filter import ADDRESS as CASES
from desk.case_form import Sent, read_case_file, read_case_form
from desk.context import BadAddress, Desk, Page
from desk.counter import Counter
from desk.guard import Guard
from desk.pages import (
    article,
    articles,
    candidates,
    cases,
    cases_files,
    cases_new,
    cases_one,
    commended,
    concerns,
    digest,
    health,
    inbox,
    inbox_record,
    labels,
    measures,
    original,
    references,
    references_add,
    references_file,
    references_questions,
    registers,
    registers_evaluation,
    registers_press,
    release,
    routing,
    searches,
    sources,
    story,
    tasks,
    telling,
    today,
    warnings,
)
from desk.pages.references_form import read_reference_form
from desk.pages.upload import Form, read_form, refuse_foreign
from desk.small_form import read_small_form
from desk.templating import Templates
from store.blobs import BodyStore
from store.errors import StoreError
from store.sqlite import SqliteStore

log = logging.getLogger("haidang.desk")
THREADS = 4  # each keeps one connection to the store with its cache
SENDERS = 2  # forms read and worked at once: opening a file may take a minute, and no reader waits for that

ROUTES: tuple[tuple[str, Page], ...] = (
    ("/", today.page),
    ("/diem-bao", digest.listing),
    ("/diem-bao/{day}", digest.page),
    ("/diem-bao/{day}/ban-phat-hanh", digest.issued_html),
    ("/diem-bao/{day}/van-ban", digest.issued_text),
    ("/diem-bao/{day}/so-lieu/{figure}", digest.figure),
    (release.FILE, release.file),
    (release.ADDRESS, release.page),
    ("/tin-bai", articles.page),
    ("/tin-bai/{article_id}", article.page),
    (labels.OF_ARTICLE, labels.article_page),
    (labels.ADDRESS, labels.listing),
    (original.ADDRESS, original.page),
    (commended.ADDRESS, commended.page),
    ("/nhom-tin/{story_id}", story.page),
    ("/gop-tin", inbox.page),
    ("/gop-tin/{fetch_id}", inbox_record.page),
    ("/gop-tin/{fetch_id}/tep/{number}", inbox_record.file),
    (references.ADDRESS, references.page),
    (references_add.ADD, references_add.page),
    (references.FACT, references.fact_page),
    (references.DECIDE, references.decide_page),
    (references_file.ADDRESS, references_file.page),
    (references_questions.ADDRESS, references_questions.page),
    (references.ADDRESS + "/{document_id}", references.document),
    (candidates.ADDRESS, candidates.page),
    (candidates.ADDRESS + "/{candidate_id}", candidates.one),
    (concerns.ADDRESS, concerns.page),
    (concerns.ADDRESS + "/{concern_id}", concerns.one),
    (CASES, cases.page),
    (cases.BULK, cases.page),
    (cases_new.NEW, cases_new.page),
    (cases_one.FILE_ADDRESS, cases.page),
    (CASES + "/{case_id}", cases_one.page),
    (cases_files.PAPER, cases_files.paper),
    (cases_files.FILE, cases_files.attachment),
    ("/viec/{case_id}", cases_one.from_notice),
    (telling.TELLING, telling.page),
    (telling.DUTY, telling.duty),
    (routing.ADDRESS, routing.page),
    (warnings.ADDRESS, warnings.page),
    (warnings.ADDRESS + "/{warning_id}", warnings.one),
    (measures.ADDRESS, measures.page),
    (registers.ADDRESS, registers.page),
    (registers.FILES, registers.file),
    (registers_press.BRIEFING, registers_press.briefing),
    (registers_press.PAPER, registers_press.paper),
    (registers_press.LEDGER, registers_press.ledger),
    (registers_press.TABLE, registers_press.table),
    (registers_evaluation.ADDRESS, registers_evaluation.page),
    (registers_evaluation.FILES, registers_evaluation.file),
    ("/tim-da-luu", searches.page),
    ("/nguon", sources.page),
    ("/viec", tasks.page),
    ("/healthz", health.page),
    ("/static/desk.css", health.stylesheet),
    ("/static/inbox.css", assets.page),
    ("/static/inbox.js", assets.page),
    ("/static/check.css", assets.page),
    ("/static/case.css", assets.page),
    ("/favicon.ico", health.no_icon),
)

Saves = Callable[[Desk, Form], Response]
FORMS: tuple[tuple[str, Saves], ...] = (("/gop-tin", inbox.save),)
"""Addresses that take a form, and what is done with it."""
SMALL_FORMS: tuple[tuple[str, Callable[[Desk, Mapping[str, str]], Response]], ...] = (
    (candidates.ADDRESS, candidates.save),
    (concerns.ADDRESS, concerns.save),
    (labels.ADDRESS, labels.save),
    (original.ADDRESS, original.save),
    (searches.ADDRESS, searches.save),
    (references.FACT, references.fact),
    (references.DECIDE, references.decide),
    (references_file.ADDRESS, references_file.save),
    (release.ADDRESS, release.save),
    (registers.ADDRESS, registers.save),
    (registers_press.LEDGER, registers_press.save),
)
"""The same for forms of a few short fields."""
CASE_FORMS: tuple[tuple[str, Callable[[Desk, Sent], Response]], ...] = (
    (CASES, cases_one.save),
    (cases.BULK, cases.bulk),
    (cases_new.NEW, cases_new.save),
)
"""The same for what people do with cases."""


def build_app(settings: Settings, store: SqliteStore, bodies: BodyStore, now: Callable[[], int]) -> ASGIApp:
    """The guarded application. It closes ``store`` when it is shut down."""
    desk = Desk(settings, store, bodies, now, Templates(), Counter(store, now))
    pool = ThreadPoolExecutor(THREADS, thread_name_prefix="desk")
    senders = ThreadPoolExecutor(SENDERS, thread_name_prefix="desk-form")

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        for threads in (senders, pool):
            threads.shutdown(wait=True, cancel_futures=True)
        if desk.counter.stop():
            store.close()

    taken = {path: _form(senders, desk, read_form, save) for path, save in FORMS}
    taken |= {path: _form(senders, desk, read_small_form, small) for path, small in SMALL_FORMS}
    taken[references_add.ADD] = _form(senders, desk, read_reference_form, references_add.save)
    taken[references_questions.ADDRESS] = _form(senders, desk, read_reference_form, references_questions.save)
    taken |= {path: _form(senders, desk, read_case_form, command) for path, command in CASE_FORMS}
    taken[cases_one.FILE_ADDRESS] = _form(senders, desk, read_case_file, cases_one.save_file)
    routes = [_route(path, _in_pool(pool, desk, page), taken.get(path)) for path, page in ROUTES]
    handlers = {kind: partial(_error, desk) for kind in (HTTPException, BadAddress, StoreError, Exception)}
    return Guard(Starlette(routes=routes, lifespan=lifespan, exception_handlers=handlers))


Endpoint = Callable[[Request], Awaitable[Response]]


def _in_pool(pool: ThreadPoolExecutor, desk: Desk, page: Page) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        return await asyncio.get_running_loop().run_in_executor(pool, page, desk, request)

    return endpoint


F = TypeVar("F")


def _form(
    pool: ThreadPoolExecutor,
    desk: Desk,
    read: Callable[[Request], Awaitable[F]],
    save: Callable[[Desk, F], Response],
) -> Endpoint:
    turn = asyncio.Semaphore(SENDERS)  # a form that waits for its turn is not read yet, so it costs no memory

    async def endpoint(request: Request) -> Response:
        refuse_foreign(request)
        async with turn:
            try:
                form = await read(request)
            except ClientDisconnect:
                return Response(status_code=400)  # nobody is left to read it
            return await asyncio.get_running_loop().run_in_executor(pool, save, desk, form)

    return endpoint


def _route(path: str, shows: Endpoint, takes: Endpoint | None) -> Route:
    if takes is None:
        return Route(path, shows, methods=["GET"])

    async def either(request: Request) -> Response:
        return await (takes if request.method == "POST" else shows)(request)

    return Route(path, either, methods=["GET", "POST"])


async def _error(desk: Desk, request: Request, wrong: Exception) -> Response:
    """An error page: what happened, what was kept, what to do. Details go to the log under a code."""
    status, detail, code = 500, "", ""
    if isinstance(wrong, HTTPException):
        status = wrong.status_code
    elif isinstance(wrong, BadAddress):
        status, detail = 400, str(wrong)
    else:
        status, code = (503 if isinstance(wrong, StoreError) else 500), secrets.token_hex(4)
        log.error("%s %s failed, code %s: %r", request.method, request.url.path, code, wrong)
    what, kept, do = words.ERRORS.get(status, words.ERRORS[500])
    return desk.page("error.jinja", what, status=status, kept=kept, do=do, detail=detail, code=code)

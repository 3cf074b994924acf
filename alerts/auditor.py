"""The independent auditor: reckons anew, from raw rows, what should have been told by now, and says what was not.

It shares no code with what it audits: not with the fold of cases, escalation, routing, squeezing or the outbox (a
contract of `lint-imports` holds that). The words of the store, the files of rules and the working calendar are all
that it leans on. It changes nothing that it looks at.
"""

from __future__ import annotations

from collections.abc import Iterator

from alerts.audit_cases import of_case
from alerts.audit_reading import read
from alerts.audit_sending import of_digests, of_notices, of_work
from alerts.auditing import Given
from store.api import Store
from store.model_audit import Finding

AUDITOR_VERSION = "auditor-1"


def audit(store: Store, given: Given) -> Iterator[Finding]:
    """What is missing at ``given.now``. Reads page by page; closed cases only as far back as ``given.since``."""
    for rows in store.walk_cases():
        if rows.now.closed_at is not None and rows.now.updated_at < given.since:
            continue
        yield from of_case(rows, read(store.timeline(rows.case.id)), store.notices_about(rows.case.id), given)
    yield from of_notices(store, given)
    yield from of_digests(store, given)
    yield from of_work(store, given)

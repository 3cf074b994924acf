"""`haidang audit verify`: the chain of cases against the heads that digests printed and that people hold on paper."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from alerts import case_audit_words as words
from alerts.case_audit import CHAIN, Head, Report, head_of, head_text, verify
from runner.deps import Deps
from store.errors import InputError

DIGESTS = 5_000  # newest ones whose heads are looked up


def verified(deps: Deps, given: Sequence[str]) -> Report:
    """Prove the chain. ``given``: heads as printed. Raises :class:`InputError` for one that is none."""
    heads = list(printed(deps))
    for text in given:
        head = head_of(text, words.GIVEN)
        if head is None:
            raise InputError(words.BAD_HEAD.format(text=text[:80]))
        heads.append(head)
    return verify(deps.store, heads)


def printed(deps: Deps) -> Iterator[Head]:
    """Heads in issued digests; those of before there was a chain have none."""
    for digest in deps.store.digests(DIGESTS):
        head = head_of(digest.versions.get(CHAIN, ""), words.DIGEST.format(day=digest.day))
        if head is not None:
            yield head


def report_lines(report: Report, *, as_json: bool = False) -> Iterator[str]:
    """What is said of it."""
    if as_json:
        yield json.dumps(asdict(report) | {"head": head_text(report.head)}, ensure_ascii=False)
        return
    yield from (f"✗ {text}" for text in report.findings)
    if report.dropped:
        yield words.MORE.format(n=report.dropped)
    if report.findings:
        yield words.BROKEN.format(n=len(report.findings) + report.dropped)
        yield words.DO
    else:
        yield f"✓ {words.SOUND.format(**asdict(report))}"
    yield words.NOW.format(head=head_text(report.head))

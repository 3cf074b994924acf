"""The `recheck` stage: a reference came or went; what it may touch is checked again. And who puts it on the list.

Bounded: open candidates that rest on the document, and relevant articles of the last thirty days that share enough
telling words with one of its clauses. A kind of reason that people's results made lighter is weighed anew likewise, and
what changed rules, weights or a list of sites may touch (runner/rechecking_rules.py).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from alerts.inputs import newest_text
from lang.claims_lexicon import GENERIC
from lang.claims_words import tokens
from runner.checking import WINDOW_MS, check_task
from runner.deps import Deps, Tools
from runner.rechecking_rules import HOSTS, RULES, changed_tasks, texts_to_check
from runner.rows import Result
from store.model import Article, NewTask, Outcome, Revision, Task
from store.model_reference import Statement

MOST_ARTICLES = 3_000  # looked at, the newest
MOST_CHECKS = 500  # put on the list for one batch of references
A_LOOK = 200  # references taken up by one tick
CATCH_UP_MS = 14 * 86_400_000  # a worker that was off for two weeks still takes up what came meanwhile
SHARED, SHARE = 4, 0.3
"""Telling words that a text must share with a clause, at least; and which part of the clause's own."""
REASON = "reason:"
"""Begins the subject of a task that weighs a kind of reason anew (`alerts.checking` puts it on the list)."""
_TEXT = 8_000  # characters of a text that are looked at


@dataclass(frozen=True, slots=True)
class RecheckInputs:
    """``open``: texts of candidates without a result, by subject; ``recent``: texts of the last thirty days."""

    subjects: Sequence[tuple[str, str]]  # (subject, version)
    open: Mapping[str, Sequence[str]]
    clauses: Sequence[Statement]
    recent: Sequence[Revision]
    texts: Mapping[str, tuple[Revision, Article]]
    stamp: str
    following: Mapping[str, str]  # subject → the one that goes on from there, or ""


def recheck_tasks(deps: Deps) -> list[NewTask]:
    """All that is to be checked again because something around it changed; for the clock."""
    return [*reference_tasks(deps), *changed_tasks(deps)]


def reference_tasks(deps: Deps) -> list[NewTask]:
    """One task for each version that was added or withdrawn and is on no list yet; for the clock."""
    now = deps.now()
    found = deps.store.references_changed(now - CATCH_UP_MS, A_LOOK)
    return [NewTask("recheck", reference_id, what, now) for reference_id, what in found]


def load_recheck(deps: Deps, tasks: list[Task]) -> RecheckInputs:
    """All references of a batch together: the articles are read once."""
    store, now = deps.store, deps.now()
    ids = [t.subject for t in tasks if not t.subject.startswith((REASON, RULES, HOSTS))]
    references = {i: found for i in ids if (found := store.reference(i))}
    wanted: dict[str, list[str]] = {
        t.subject: store.open_revisions((), t.subject.removeprefix(REASON))
        for t in tasks
        if t.subject.startswith(REASON)
    }
    following = {}
    for task in tasks:
        if task.subject.startswith((RULES, HOSTS)):
            wanted[task.subject], following[task.subject] = texts_to_check(deps, task.subject, task.version)
    wanted |= {i: store.open_revisions([r.document_id]) for i, r in references.items()}
    clauses = [s for found in store.statements_of(list(references)).values() for s in found]
    recent: list[Revision] = []
    articles: dict[str, Article] = {}
    if clauses:
        seen = store.relevant_seen(now - WINDOW_MS, now)[-MOST_ARTICLES:]
        articles = {a.id: a for a in seen}
        recent = [r for of in store.revisions_of(list(articles)).values() if (r := newest_text(of))]
    opened = store.revisions({r for of in wanted.values() for r in of})
    missing = {r.article_id for r in opened.values()} - articles.keys()
    articles |= store.articles(missing)
    texts = {r.id: (r, articles[r.article_id]) for r in (*recent, *opened.values()) if r.article_id in articles}
    subjects = [(t.subject, t.version) for t in tasks]
    return RecheckInputs(subjects, wanted, clauses, recent, texts, store.reference_stamp(), following)


def work_recheck(tools: Tools, inputs: RecheckInputs) -> list[Result]:
    """Tasks of `check`, on the first result; the same text is checked once for a state of the library."""
    touched = dict.fromkeys(i for subject, _ in inputs.subjects for i in inputs.open.get(subject, ()))
    touched |= dict.fromkeys(_sharing(inputs.recent, inputs.clauses))
    weighed = inputs.stamp + "".join(f"+{s}:{v}" for s, v in inputs.subjects if s.startswith(REASON))
    why = {i: f"+{s}{v}" for s, v in inputs.subjects if s in inputs.following for i in inputs.open[s]}
    tasks = [check_task(*inputs.texts[i], weighed + why.get(i, "")) for i in touched if i in inputs.texts]
    most = MOST_CHECKS + sum(len(inputs.open.get(s, ())) for s in inputs.following)  # those are bounded themselves
    said = f"{len(tasks[:most])} bài"
    now = tools.now()
    later = [NewTask("recheck", inputs.following[s], v, now) for s, v in inputs.subjects if inputs.following.get(s)]
    first = [Result(Outcome.CHECKS_PLANNED, said, tasks=(*tasks[:most], *later))]
    return first + [Result(Outcome.CHECKS_PLANNED, said) for _ in inputs.subjects[1:]]


def _sharing(recent: Sequence[Revision], clauses: Sequence[Statement]) -> list[str]:
    """Ids of texts that share enough with a clause, the most first."""
    wanted = [w for s in clauses if len(w := _telling(s.text)) >= SHARED]
    if not wanted:
        return []
    any_word = frozenset().union(*wanted)
    found = []
    for revision in recent:
        mine = _telling(f"{revision.title}\n{revision.lead}\n{revision.body}"[:_TEXT]) & any_word
        share = max((_share(mine, words) for words in wanted), default=0.0) if len(mine) >= SHARED else 0.0
        if share >= SHARE:
            found.append((-share, revision.id))
    return [i for _, i in sorted(found)]


def _telling(text: str) -> frozenset[str]:
    return frozenset(t.text for t in tokens(text)) - GENERIC


def _share(mine: Collection[str], words: frozenset[str]) -> float:
    common = len(words.intersection(mine))
    return common / len(words) if common >= SHARED else 0.0

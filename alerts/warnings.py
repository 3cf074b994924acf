"""From what was found to warnings, and to a notice for each subscriber. Pure.

A warning that nobody subscribed to is not raised. Its words are masked already; its numbers and items stay with it, so
that it opens to what is behind it. Criticism goes to the press officer alone: whoever is told instead of others
elsewhere (`alerts.ways`) is named in ``without``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from alerts import warning_words as words
from alerts.case_words import STATES
from alerts.formats import WEEKDAYS, day_short, moment_words, number, shorten
from alerts.warnings_press import Unanswered
from alerts.warnings_rise import Rise
from alerts.warnings_stories import Criticism, Wider
from alerts.ways import DEFAULT_ROLES
from config.contacts import Contacts, way
from config.subscriptions import PRESS_OFFICER, Subscription, Watch
from store.model_notice import Notice, NoticeKind
from store.model_warning import EarlyWarning, WarningKind

LONGEST = 160  # characters of a title
SHOWN = 5  # titles in a message; the rest is on the desk
PAGE = "/canh-bao-som"


@dataclass(frozen=True, slots=True)
class Found:
    """A warning with what subscriptions choose it by, and where it opens. ``about``: id of a case, or ""."""

    warning: EarlyWarning
    themes: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    about: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An article behind a warning: its id, its masked title, where it is."""

    article_id: str
    title: str
    places: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a story: masked title, themes, places."""

    story_id: str
    title: str
    themes: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()


def of_rise(one: Rise, name: str, season: str, items: Sequence[Item], watch: Watch, at: int) -> Found:
    """A theme above its level. ``name``, ``season``: as people read them."""
    day = day_short(one.day)
    mean = number(one.usual.mean, 1)
    told = words.RISE_IN_SEASON.format(season=f"{season[:1].lower()}{season[1:]}") if season else ""
    every = 1 / one.chance if one.chance > 0 else float("inf")
    chance = words.RISE_ONCE if every > 3_650 else words.RISE_CHANCE
    rate = watch.rules.rise.false_alarms_a_month
    why = (
        words.RISE_WHY.format(
            day=day, count=one.count, stories=one.stories, weekday=WEEKDAYS[one.day.weekday()], mean=mean
        ),
        words.RISE_FROM.format(days=one.usual.days, season=told),
        chance.format(least=one.least, days=number(min(every, 3_650))),
        words.RISE_RATE.format(themes=one.themes, rate=number(rate, 0 if rate == int(rate) else 2)),
        *_titles(items),
    )
    figures = {
        "count": one.count, "stories": one.stories, "mean": round(one.usual.mean, 3),
        "scatter": round(one.usual.scatter, 3), "days": one.usual.days, "least": one.least,
        "chance": float(f"{one.chance:.3g}"), "day": str(one.day), "season": one.season, "themes": one.themes,
        "false_alarms_a_month": rate, "grade": one.grade,
    }  # fmt: skip
    title = (words.RISE_MUCH if one.grade > 1 else words.RISE).format(theme=name, count=one.count, day=day)
    made = _warning(WarningKind.RISE, one.theme, one.key, at, title, why, figures, [i.article_id for i in items])
    return Found(made, frozenset({one.theme}), frozenset().union(*(i.places for i in items)))


def of_wider(one: Wider, story: About, at: int, tz: str) -> Found:
    """The first national or foreign outlet. Nothing here says what the articles say."""
    level = words.LEVELS[one.level]
    why = words.WIDER_WHY.format(
        outlet=one.first.outlet, level=level, at=moment_words(one.first.at, tz), local=len(one.local),
        began=moment_words(one.local[0].at, tz),
    )  # fmt: skip
    title = words.WIDER.format(level=f"{level[:1].upper()}{level[1:]}", title=_short(story.title))
    figures = {"local": len(one.local), "first_at": one.first.at, "began_at": one.local[0].at}
    items = [one.first.article_id, *(m.article_id for m in one.local)]
    made = _warning(WarningKind.WIDER, story.story_id, one.level, at, title, (why,), figures, items)
    return Found(made, story.themes, story.places)


def of_criticism(one: Criticism, story: About, at: int) -> Found:
    """A story that calls for an answer. No outlet is named, and none can be: nothing here knows one."""
    counts = {"originals": len(one.originals), "critical": len(one.critical), "before": one.before}
    why = (words.CRITICISM_WHY.format(**counts), words.CRITICISM_NOTE)
    title = words.CRITICISM.format(title=_short(story.title))
    items = [m.article_id for m in one.critical]
    step = str(one.step)
    made = _warning(WarningKind.CRITICISM, story.story_id, step, at, title, why, counts | {"step": one.step}, items)
    return Found(made, story.themes, story.places)


def of_unanswered(one: Unanswered, at: int, tz: str) -> Found:
    """A question of the press. Its words stay in the case: the warning names its number."""
    clock, rows = one.clock, one.rows
    used = int(one.used * 100)
    due, state = moment_words(clock.due_at, tz), STATES[rows.now.state]
    why = (
        words.UNANSWERED_WHY.format(began=moment_words(clock.started_at, tz), used=used, left=_left(clock.due_at - at)),
        words.UNANSWERED_DUE_ONLY.format(due=due, state=state)
        if clock.hard_at is None
        else words.UNANSWERED_DUE.format(due=due, hard=moment_words(clock.hard_at, tz), state=state),
    )
    figures = {"used": round(one.used, 4), "due_at": clock.due_at, "hard_at": clock.hard_at, "clock": clock.clock}
    title = words.UNANSWERED.format(label=rows.case.label, used=used)
    # a reopened question, or one whose time was set anew, waits anew
    level = f"{rows.now.reopened}:{clock.clock}"
    made = _warning(WarningKind.UNANSWERED, rows.case.id, level, at, title, why, figures, [], case=rows.case.id)
    places = frozenset({rows.now.place}) - {""}
    return Found(made, frozenset({rows.now.theme}) - {""}, places, rows.case.id)


def _warning(  # noqa: PLR0913, PLR0917 - the fields of a row
    kind: WarningKind, subject: str, level: str, at: int, title: str, why: Iterable[str],
    figures: Mapping[str, object], articles: Iterable[str], *, case: str = "",
) -> EarlyWarning:  # fmt: skip
    items = [*((f"case:{case}",) if case else ()), *(f"article:{one}" for one in articles)]
    id_ = EarlyWarning.make_id(kind, subject, level)
    return EarlyWarning(id_, kind, subject, level, at, title, tuple(why), dict(figures), tuple(items), ())


def _titles(items: Sequence[Item]) -> list[str]:
    lines = [words.TITLE.format(title=_short(i.title)) for i in items[:SHOWN]]
    return [*lines, words.MORE.format(n=len(items) - SHOWN)] if len(items) > SHOWN else lines


def _short(title: str) -> str:
    return shorten(title, LONGEST) or words.UNTITLED


def _left(ms: int) -> str:
    hours = ms // 3_600_000
    return words.HOURS.format(n=hours) if hours else words.MINUTES.format(n=max(1, ms // 60_000))


# ── who is told ─────────────────────────────────────────────────────────────────────────────────────


def chosen(found: Iterable[Found], watch: Watch) -> list[Found]:
    """Those that somebody subscribed to, each with the keys of who is told."""
    told = []
    for one in found:
        if contacts := subscribers(one, watch):
            told.append(replace(one, warning=replace(one.warning, contacts=contacts)))
    return told


def subscribers(one: Found, watch: Watch) -> tuple[str, ...]:
    """Contacts, each once, in the file's order."""
    keys = [s.contact for s in watch.subscriptions.values() if _fits(s, one)]
    if one.warning.kind is WarningKind.CRITICISM:  # whatever a file says
        keys = [key for key in keys if key == PRESS_OFFICER]
    return tuple(dict.fromkeys(keys))


def _fits(subscription: Subscription, one: Found) -> bool:
    if not subscription.enabled or one.warning.kind not in subscription.kinds:
        return False
    if one.warning.kind is WarningKind.UNANSWERED:
        themed = True
    else:
        themed = not subscription.themes or bool(one.themes & set(subscription.themes))
    return themed and (not subscription.places or bool(one.places & set(subscription.places)))


def watched_themes(watch: Watch, known: Iterable[str]) -> tuple[str, ...]:
    """Themes whose rise somebody is told of: all that are ``known`` where a subscription names none."""
    wanted = [s for s in watch.subscriptions.values() if s.enabled and "rise" in s.kinds]
    if any(not s.themes for s in wanted):
        return tuple(known)
    named = {theme for s in wanted for theme in s.themes}
    return tuple(theme for theme in known if theme in named)


def notices(one: Found, contacts: Contacts, at: int) -> list[Notice]:
    """One for each subscriber. Never urgent: it is told before anything has run out."""
    warning = one.warning
    path = f"/viec/{one.about}" if one.about else f"{PAGE}/{warning.id}"
    made = []
    for key in warning.contacts:
        without = _not_for(contacts) if warning.kind is WarningKind.CRITICISM else ()
        id_ = Notice.make_id(NoticeKind.WARNING, one.about, key, warning.id)
        made.append(
            Notice(
                id_, NoticeKind.WARNING, one.about, key, False, warning.title, warning.why, at, at, None,
                one.about or warning.subject, without, path,
            )
        )  # fmt: skip
    return made


def _not_for(contacts: Contacts) -> tuple[str, ...]:
    """Contacts that hear what finds nobody else, but for those who stand for the press officer."""
    stand_in = way(contacts, PRESS_OFFICER)
    return tuple(key for key in DEFAULT_ROLES if key in contacts and key not in stand_in)

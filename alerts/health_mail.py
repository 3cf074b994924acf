"""The e-mail to the administrators about sources in trouble: one letter for all that one check has opened."""

from __future__ import annotations

import datetime
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from alerts import health_words, messages
from alerts.formats import clean, moment_words, number, shorten
from alerts.health_words import EVERYWHERE
from alerts.notifiers.message import recipient_of, sender_of
from alerts.outbox import CHANNEL, LOCAL_DOMAIN, domain_of
from config.settings import Settings
from config.sources import Source
from store.api import Store
from store.errors import Permanent
from store.model import AlertKind, Delivery, DeliveryState, HealthAlert, Outcome

MANY = 5  # more than this at one check is one cause more likely than so many
TOLD = 40  # sources told one by one; the desk has them all
_EVENT = "health_"
_ALERTS_READ = 5_000
_GRAVEST = (
    AlertKind.FAILING,
    AlertKind.SILENT,
    AlertKind.NEVER_ANSWERED,
    AlertKind.LATE,
    AlertKind.LAYOUT_CHANGED,
    AlertKind.FLOODING,
)
_UNHEARD = frozenset({AlertKind.FAILING, AlertKind.SILENT, AlertKind.LATE, AlertKind.NEVER_ANSWERED})


def event_id(opened_at: int) -> str:
    """The event of one check: everything that it opened is one letter to each administrator."""
    return f"{_EVENT}{opened_at}"


def is_health(event: str) -> bool:
    """Whether a delivery's event is a check of the sources."""
    return event.startswith(_EVENT)


def plan(opened_at: int, recipients: Iterable[str], sender: str = "") -> list[Delivery]:
    """One pending delivery per administrator, each address once."""
    addresses = {address.strip().lower(): address.strip() for address in recipients if address.strip()}
    domain, event = domain_of(sender) or LOCAL_DOMAIN, event_id(opened_at)
    planned = []
    for key, address in addresses.items():
        name = Delivery.make_id(event, key, CHANNEL)
        planned.append(
            Delivery(
                id=name,
                event_id=event,
                recipient=address,
                channel=CHANNEL,
                state=DeliveryState.PENDING,
                created_at=opened_at,
                message_id=f"<{name}@{domain}>",
                next_try_at=opened_at,
            )
        )
    return planned


def write(
    store: Store, delivery: Delivery, sources: Mapping[str, Source], settings: Settings, now: int
) -> EmailMessage:
    """The letter of a delivery, from the rows that its check opened. Raises Permanent or Transient as for a digest."""
    opened_at = int(delivery.event_id.removeprefix(_EVENT))
    opened = [one for one in store.alerts(_ALERTS_READ) if one.opened_at == opened_at]
    alerts = sorted(opened, key=lambda one: (_GRAVEST.index(one.kind), _name(one, sources), one.source_id))
    if not alerts:
        raise Permanent(Outcome.NOT_SENT, messages.MAIL_NO_ALERT.format(id=opened_at))
    tz = settings.timezone
    message = EmailMessage(policy=SMTP)
    sender = sender_of(settings)
    message["Subject"] = subject(alerts, sources)
    message["From"] = sender
    message["To"] = recipient_of(delivery.recipient)
    message["Date"] = format_datetime(datetime.datetime.fromtimestamp(now // 1000, ZoneInfo(tz)))
    message["Message-ID"] = delivery.message_id
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834
    message["List-Id"] = f"<nguon-theo-doi.{sender.domain}>"  # RFC 2919
    message["Content-Language"] = "vi"
    message.set_content(text(alerts, sources, tz), cte="base64")
    return message


def subject(alerts: Sequence[HealthAlert], sources: Mapping[str, Source]) -> str:
    """What a phone shows."""
    own = [one for one in alerts if one.source_id != EVERYWHERE]
    if not own:
        return messages.HEALTH_SUBJECT_EVERYWHERE
    if _at_once(own):
        return messages.HEALTH_SUBJECT_MANY.format(count=number(len(own)))
    if len(own) == 1:
        name = shorten(_name(own[0], sources), 60)
        return messages.HEALTH_SUBJECT_ONE.format(name=name, what=health_words.label(own[0])[1])
    return messages.HEALTH_SUBJECT_SOME.format(count=number(len({one.source_id for one in own})))


def text(alerts: Sequence[HealthAlert], sources: Mapping[str, Source], tz: str) -> str:
    """The letter: what, whose, how measured, what to do; like sources of a group in one line."""
    single, grouped = _parted(alerts, sources)
    lines = [messages.INTERNAL, f"{messages.PRODUCT} – {messages.HEALTH_TITLE}", ""]
    lines += [messages.HEALTH_CHECKED.format(at=moment_words(alerts[0].opened_at, tz)), ""]
    if _at_once([one for one in alerts if one.source_id != EVERYWHERE]):
        lines += [_fill(messages.HEALTH_MANY.format(count=number(len(alerts)))), ""]
    for place, one in enumerate(single[:TOLD], 1):
        lines += [*_told(place, one, sources, tz), ""]
    if len(single) > TOLD:
        lines += [messages.HEALTH_MORE.format(count=number(len(single) - TOLD)), ""]
    for (group, what), count in sorted(grouped.items()):
        lines.append(_fill(messages.HEALTH_GROUP.format(group=clean(group), count=number(count), what=what)))
    lines += [""] * bool(grouped) + [_fill(messages.HEALTH_ONCE)]
    return "\n".join(lines) + "\n"


def _parted(
    alerts: Sequence[HealthAlert], sources: Mapping[str, Source]
) -> tuple[list[HealthAlert], Counter[tuple[str, str]]]:
    """Those told one by one, and (group, what) → how many for groups of which several are in the same trouble."""
    counts = Counter(_group_key(one, sources) for one in alerts)
    grouped = Counter({key: n for key, n in counts.items() if key[0] and n > 1})
    return [one for one in alerts if _group_key(one, sources) not in grouped], grouped


def _group_key(alert: HealthAlert, sources: Mapping[str, Source]) -> tuple[str, str]:
    source = sources.get(alert.source_id)
    return (source.group if source else "", health_words.label(alert)[1])


def _told(place: int, alert: HealthAlert, sources: Mapping[str, Source], tz: str) -> list[str]:
    word = health_words.label(alert)[1]
    ours = alert.source_id == EVERYWHERE
    head = word if ours else f"{_name(alert, sources)} ({alert.source_id}) – {word}"
    ids = ", ".join(health_words.examples(alert))
    said = _capital(health_words.sentence(alert, tz)) + (messages.HEALTH_EXAMPLES.format(ids=ids) if ids else "")
    told = [messages.HEALTH_OWNER.format(owner=clean(alert.owner)), said]
    told.append(messages.HEALTH_DO_LABEL.format(do=health_words.what_to_do(alert)))
    if alert.closed_at is not None:
        told.append(messages.HEALTH_CLOSED.format(at=moment_words(alert.closed_at, tz)))
    return [_fill(f"{place}. {_capital(head)}"), *(_fill(line, "   ") for line in told)]


def _name(alert: HealthAlert, sources: Mapping[str, Source]) -> str:
    source = sources.get(alert.source_id)
    return clean(source.outlet) if source else alert.source_id


def _at_once(alerts: Sequence[HealthAlert]) -> bool:
    return sum(one.kind in _UNHEARD for one in alerts) > MANY


def _capital(line: str) -> str:
    return line[:1].upper() + line[1:]


def _fill(line: str, indent: str = "") -> str:
    return textwrap.fill(
        line, 76, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )

"""What every way of telling is: one method, two ways to fail, and the words it is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, TypeVar

from alerts import notice_words as words
from store.errors import Permanent, Transient
from store.model import Outcome

CHANNEL_DOWN = "channel_down"
"""Outcome of a :class:`Transient` that is about our server or gateway and not about the one recipient: nobody behind
it can be told for now, so one try a while is enough for all (`runner.deliver`)."""
Message_contra = TypeVar("Message_contra", contravariant=True)


class Notifier(Protocol[Message_contra]):
    """One way to reach people."""

    def send(self, message: Message_contra, /) -> str:
        """Hand over one message to its one recipient; returns when the other side has accepted, with its receipt.

        Raises Transient or Permanent. Called again after a crash with the same message and key.
        """


@dataclass(frozen=True, slots=True)
class Words:
    """A message for a channel that knows no letters. All plain text.

    ``key``: the idempotency key, equal on every try. ``short``: one line for a telephone, the link at its end.
    """

    to: str
    key: str
    subject: str
    text: str
    short: str
    link: str
    urgent: bool
    notices: tuple[str, ...]  # ids
    kind: str
    about: str
    at: int  # ms UTC: when the notice was written


def down(message: str, retry_after_s: float | None = None) -> Transient:
    """The channel as a whole cannot be used now."""
    return Transient(CHANNEL_DOWN, message, retry_after_s)


def later(message: str, retry_after_s: float | None = None) -> Transient:
    """This recipient cannot be told now."""
    return Transient(Outcome.NOT_SENT, message, retry_after_s)


def never(message: str) -> Permanent:
    """This recipient cannot be told by this channel."""
    return Permanent(Outcome.NOT_SENT, message)


class NoChannel:
    """Stands for a channel that this program does not know, or whose library is not installed."""

    def __init__(self, channel: str) -> None:
        self._channel = channel

    def send(self, message: object, /) -> str:
        """Always :class:`Permanent`: the next way is tried."""
        raise never(words.NO_CHANNEL.format(channel=self._channel))

"""Every exception that the product raises on purpose.

::

    HaidangError
    ├── ConfigError          a file or setting that a person must mend: file, line, what, fix
    ├── InputError           input from outside (a line, a feed, an upload) that cannot be used
    │   └── CaseError        a command that a case does not allow as it stands; nothing was written
    ├── StoreError
    │   ├── SchemaMismatch   the database is older or newer than this program
    │   ├── StoreBusy        another process held the write lock longer than the time-out
    │   ├── BodyMissing      a row names a body that is not on disk (or whose bytes changed)
    │   └── LeaseLost        another worker took the task over; nothing was written
    └── WorkError            raised by a stage's `work` and caught by the runner alone
        ├── Transient        try again later (network, 5xx, a busy host)
        └── Permanent        trying again cannot help; the task ends with this outcome

A message says what was wrong, where (file:line, URL, row id) and what to do.
"""

from __future__ import annotations


class HaidangError(Exception):
    """The root: everything that we raise on purpose."""


class ConfigError(HaidangError):
    """A configuration value that a person must mend; ``where`` is ``file:line``."""

    def __init__(self, where: str, what: str, fix: str) -> None:
        self.where, self.what, self.fix = where, what, fix
        super().__init__(f"{where}: {what} — {fix}")


class InputError(HaidangError):
    """Outside input that cannot be used; the message names the place in it."""


class CaseError(InputError):
    """What a case does not allow as it stands (its state, who asks); nothing was written."""


class StoreError(HaidangError):
    """The store could not do what was asked; nothing was half written."""


class SchemaMismatch(StoreError):
    """The database was made by another version of this program."""


class StoreBusy(StoreError):
    """The write lock was not had within the time-out."""


class BodyMissing(StoreError):
    """A row names a body which is not on disk, or whose bytes no longer have that hash."""


class LeaseLost(StoreError):
    """The task was taken over by another worker since it was claimed."""


class WorkError(HaidangError):
    """Base of what a stage's ``work`` may raise for one subject; ``outcome`` is kept on the Task."""

    def __init__(self, outcome: str, message: str = "", retry_after_s: float | None = None) -> None:
        self.outcome, self.retry_after_s = outcome, retry_after_s
        super().__init__(message or outcome)


class Transient(WorkError):
    """Worth trying again later."""


class Permanent(WorkError):
    """Will fail again whatever we do."""

"""What the auditor keeps: part of the protocols in `store.api`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from store.model_audit import AuditFinding, Finding
from store.model_notice import Notice


class AuditWriting(Protocol):
    """The writing side."""

    def note_findings(self, found: Sequence[Finding], now: int) -> list[AuditFinding]:
        """What this look found; open ones that it did not find are over. Those still to be told, oldest first."""

    def findings_told(self, finding_ids: Collection[str], at: int) -> None:
        """These were told."""


class AuditReading(Protocol):
    """The reading side."""

    def audit_findings(self, *, open_only: bool = True, limit: int = 500) -> list[AuditFinding]:
        """Newest first."""

    def notices_due(self, after: tuple[int, str], until: int, limit: int) -> list[Notice]:
        """Whose time came by ``until``, in (due_at, id) order behind ``after``."""

    def tasks_standing(self, stages: Collection[str], before: int) -> int:
        """Tasks of these stages that were due before, or leased until before, and that nobody took."""

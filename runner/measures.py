"""Measures of this installation: what `alerts.measures_report` makes of its rows and files."""

from __future__ import annotations

import datetime as dt

from alerts import measures_report
from alerts.measures_report import Report, lines, values
from runner.deps import Deps
from runner.notices import contacts_of

__all__ = ["Report", "lines", "measured", "values"]


def measured(deps: Deps, first: dt.date | None, last: dt.date | None, office: str = "") -> Report:
    """See :func:`alerts.measures_report.measured`."""
    contacts = contacts_of(deps.settings)
    return measures_report.measured(deps.store, deps.settings, contacts, deps.now(), first, last, office)

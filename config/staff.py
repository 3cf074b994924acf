"""The name under which staff bring material in: a source like any other, and no press."""

from __future__ import annotations

SOURCE = "manual_social"
"""The source's id (config/sources/manual_social.yml)."""

OUTLET = "Cán bộ nhập"
"""Said in the place of an outlet's name, and never counted among the outlets that carried a story."""

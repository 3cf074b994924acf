"""Versions of stages that more than one room must name: whoever puts work on the list says which version does it."""

from __future__ import annotations

READ_VERSION = "2"
"""Of the read stage (`crawler/read.py`). Raise it when that room reads better: bodies are then read again."""

"""The one stylesheet."""

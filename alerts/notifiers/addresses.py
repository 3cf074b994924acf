"""The part of an address that a message id, a greeting or a look-up needs."""

from __future__ import annotations

LOCAL_DOMAIN = "haidang.invalid"  # RFC 2606: never anybody's, while no sender is configured


def domain_of(address: str) -> str:
    """What stands after the last @ of a bare or named address, in ASCII; empty when there is none."""
    domain = address.rpartition("@")[2].strip(" >") if "@" in address else ""
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""

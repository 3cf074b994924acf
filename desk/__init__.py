"""The web desk: its own process, started by name; nothing imports it."""

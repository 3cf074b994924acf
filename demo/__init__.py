"""A small town of invented newspapers, served on loopback, for the demonstration and its tests."""

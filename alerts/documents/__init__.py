"""Templates of what is sent and printed."""

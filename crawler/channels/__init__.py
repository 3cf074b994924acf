"""One small module a channel kind."""

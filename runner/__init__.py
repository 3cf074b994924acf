"""Runs the stages. Read ``stages`` first."""

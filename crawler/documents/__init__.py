"""The templates of what is exported: data, not code."""

"""One file a page: rows in, a response out."""

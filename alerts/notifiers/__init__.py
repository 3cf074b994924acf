"""One module a way of delivery."""

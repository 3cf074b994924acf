"""From "due" to a stored body and an Article. Read ``due``, ``spider``, ``read`` in this order."""

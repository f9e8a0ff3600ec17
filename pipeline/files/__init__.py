"""The user's files: the only place that reads and writes them."""

"""A network leaves as a file and comes in elsewhere."""

"""Files of other systems as tables of text. Knows formats, and nothing of selling."""

from bailiwick.exchange.reading.given import read

__all__ = ["read"]

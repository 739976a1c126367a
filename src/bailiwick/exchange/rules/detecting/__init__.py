"""What tables hold: by what is in their columns and how they refer to each other; header words only help."""

from bailiwick.exchange.rules.detecting.answering import answered
from bailiwick.exchange.rules.detecting.detect import detect

__all__ = ["answered", "detect"]

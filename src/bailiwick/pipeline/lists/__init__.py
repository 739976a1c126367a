"""The lists of selling: deals and activities."""

from bailiwick.pipeline.lists.activities import ACTIVITIES
from bailiwick.pipeline.lists.deals import DEALS

__all__ = ["ACTIVITIES", "DEALS"]

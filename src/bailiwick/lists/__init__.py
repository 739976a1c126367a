"""Lists of rows as people ask for them: columns, filters, order, saved views, changes of many rows at once. Knows no table.

What a list shows is declared in the `lists.py` of the package that owns its rows.
"""

from bailiwick.lists.asking import Chosen, choose, page_of, rows_of
from bailiwick.lists.listing import SAME, Act, Column, Filter, Listing, Seen, State, Takes, Thing

__all__ = [
    "SAME",
    "Act",
    "Chosen",
    "Column",
    "Filter",
    "Listing",
    "Seen",
    "State",
    "Takes",
    "Thing",
    "choose",
    "page_of",
    "rows_of",
]

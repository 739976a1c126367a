"""Every list of the product, by name. Each is declared in the package that owns its rows."""

from collections.abc import Mapping

from bailiwick.lists import Listing
from bailiwick.network.lists import EVERYBODY
from bailiwick.pipeline.lists import ACTIVITIES, DEALS
from bailiwick.territories.lists import ACCOUNTS, CONTACTS

LISTS: Mapping[str, Listing] = {one.name: one for one in (DEALS, ACCOUNTS, CONTACTS, ACTIVITIES, EVERYBODY)}

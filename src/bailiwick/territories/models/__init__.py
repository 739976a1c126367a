"""Tables of companies, holders and territories."""

from bailiwick.territories.models.accounts import Account, AccountKey, Contact, Tie
from bailiwick.territories.models.areas import Potential, Territory
from bailiwick.territories.models.holdings import Holding

__all__ = ["Account", "AccountKey", "Contact", "Holding", "Potential", "Territory", "Tie"]

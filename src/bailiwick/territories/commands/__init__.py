"""Verbs about companies and the right to call on them."""

from bailiwick.territories.commands.accounts import (
    Whose,
    add_accounts,
    add_contacts,
    add_contacts_many,
    change_account,
    contacted,
    erase_contact,
    tie,
)
from bailiwick.territories.commands.areas import add_territories, state_potential
from bailiwick.territories.commands.holdings import contest, hold, release, settle_contested

__all__ = [
    "Whose",
    "add_accounts",
    "add_contacts",
    "add_contacts_many",
    "add_territories",
    "change_account",
    "contacted",
    "contest",
    "erase_contact",
    "hold",
    "release",
    "settle_contested",
    "state_potential",
    "tie",
]

"""Verbs about people and units."""

from bailiwick.network.commands.access import end_access, give_token, open_access, revoke_token
from bailiwick.network.commands.leaving import erase_person, leave
from bailiwick.network.commands.people import add_members, add_people, appoint, end_membership, grant_sight, withdraw_sight
from bailiwick.network.commands.preferences import prefer
from bailiwick.network.commands.setting_up import add_organizations, add_units, found_network

__all__ = [
    "add_members",
    "add_organizations",
    "add_people",
    "add_units",
    "appoint",
    "end_access",
    "end_membership",
    "erase_person",
    "found_network",
    "give_token",
    "grant_sight",
    "leave",
    "open_access",
    "prefer",
    "revoke_token",
    "withdraw_sight",
]

"""Verbs about people and units."""

from bailiwick.network.commands.access import address_proved, end_access, give_token, open_access, revoke_token
from bailiwick.network.commands.demands import demand_factor
from bailiwick.network.commands.inviting import accept, invite, invite_directors
from bailiwick.network.commands.leaving import erase_person, leave
from bailiwick.network.commands.mail_address import end_mail_address, renew_mail_address
from bailiwick.network.commands.people import add_members, add_people, appoint, end_membership, grant_sight, withdraw_sight
from bailiwick.network.commands.preferences import prefer, read_until
from bailiwick.network.commands.programs import add_program, give_program_token, revoke_program_token
from bailiwick.network.commands.setting_up import add_organizations, add_units, check_slug, found_network
from bailiwick.network.commands.units import rename_unit, state_currency

__all__ = [
    "accept",
    "add_members",
    "add_organizations",
    "add_people",
    "add_program",
    "add_units",
    "address_proved",
    "appoint",
    "check_slug",
    "demand_factor",
    "end_access",
    "end_mail_address",
    "end_membership",
    "erase_person",
    "found_network",
    "give_program_token",
    "give_token",
    "grant_sight",
    "invite",
    "invite_directors",
    "leave",
    "open_access",
    "prefer",
    "read_until",
    "rename_unit",
    "renew_mail_address",
    "revoke_program_token",
    "revoke_token",
    "state_currency",
    "withdraw_sight",
]

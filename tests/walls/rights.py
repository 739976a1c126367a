"""DESIGN 5, "Who sees and edits what", written out by hand for the village. What the code does is not asked here.

`True` must, `False` must not, `None` where the table leaves it open.
"""

from dataclasses import dataclass

# The fifteen roles of QUALITY; the name is a person of the village, anonymous is nobody.
ROLES = {
    "anonymous": "anonymous",
    "dora": "director",
    "aylin": "manager",
    "jonas": "manager of another unit",
    "noor": "seller",
    "ben": "seller of the same unit",
    "sven": "seller of another unit",
    "paula": "partner's admin",
    "piet": "partner's seller",
    "astrid": "admin of another partner",
    "clara": "client",
    "conny": "coach",
    "luis": "support lead",
    "stefan": "steward",
    "rita": "revoked",
    "ines": "invited",
}
UNIT = {
    "dora": "firm", "aylin": "cobalt", "noor": "cobalt", "ben": "cobalt", "jonas": "delta", "sven": "delta",
    "paula": "callwerk", "piet": "callwerk", "astrid": "nordpart", "arvid": "nordpart",
    "clara": "cobalt", "conny": "firm", "luis": "firm", "stefan": "firm", "rita": "cobalt",
}  # fmt: skip
# Everybody who works on deals has rows of their own.
OWNERS = ("dora", "aylin", "noor", "ben", "jonas", "sven", "paula", "piet", "astrid", "arvid")
SELLERS = frozenset(OWNERS) - {"dora"}
LEADS = {
    "dora": {"firm", "cobalt", "delta", "callwerk", "nordpart"},
    "aylin": {"cobalt", "callwerk"},
    "jonas": {"delta", "nordpart"},
}
RUNS = {"paula": {"callwerk"}, "astrid": {"nordpart"}}
NOBODY = frozenset({"anonymous", "rita", "ines"})
ROWS = frozenset({"account", "contact", "deal", "task", "promise", "lead"})


@dataclass(frozen=True)
class Right:
    """What somebody may do with a thing."""

    see: bool | None
    edit: bool | None


NONE = Right(False, False)


def right(role: str, kind: str, owner: str) -> Right:
    """The right of `role` to a thing of `kind` that is `owner`'s (a unit: the unit in which they work)."""
    if role in NOBODY:
        return NONE
    if kind in ROWS:
        return _row(role, owner)
    if kind in ("import", "source"):  # whosever rows it holds, it is the director's; which acts fit its state is its own to say
        return Right(role == "dora", None if role == "dora" else False)
    if kind == "process":  # everybody in the network reads it; who sells moves own deals out of it
        return Right(role in OWNERS, None if role in OWNERS else False)
    if kind in ("view", "change", "arrival"):  # views are saved for oneself here, and what arrived is its person's alone
        return Right(role == owner, role == owner)
    return {
        "target": _target,
        "person": _person,
        "membership": _person,
        "unit": _unit,
        "token": _token,
        "hook": _token,
        "delivery": _token,
        "program": _program,
        "program_token": _program,
    }[kind](role, owner)


def _row(role: str, owner: str) -> Right:
    own, there = role == owner, UNIT[owner]
    led = there in LEADS.get(role, ()) or there in RUNS.get(role, ())
    return Right(own or led, own or (led and role != "dora"))


def _person(role: str, who: str) -> Right:
    """People: the director all, a manager and a partner's admin their own, who sells the colleagues of the own unit by name."""
    there = UNIT.get(who)
    led = there in LEADS.get(role, ()) or there in RUNS.get(role, ())
    colleague = role in SELLERS and there == UNIT[role]
    staffs = led and who != role and not (who in LEADS and role != "dora")
    return Right(role == who or led or colleague, None if role == who else staffs)


def _unit(role: str, owner: str) -> Right:
    there = UNIT[owner]
    led = there in LEADS.get(role, ()) or there in RUNS.get(role, ())
    if role == "clara":
        return Right(None if there == "cobalt" else False, False)
    return Right(led or (role in SELLERS and there == UNIT[role]), led)


def _target(role: str, owner: str) -> Right:
    """A target of a seller: seen by whoever sees the rows, set from above."""
    there = UNIT[owner]
    led = there in LEADS.get(role, ()) or there in RUNS.get(role, ())
    return Right(role == owner or led, led and role != owner)


def _token(role: str, owner: str) -> Right:
    return Right(role == owner, role == owner)


def _program(role: str, owner: str) -> Right:
    """A service account of the unit: seen like a person of it, staffed by whoever staffs the unit."""
    there = UNIT[owner]
    staffs = there in LEADS.get(role, ()) or there in RUNS.get(role, ())
    return Right(staffs or (role in SELLERS and there == UNIT[role]), staffs)


# Reading these pages is part of an act of those who staff: being in sight is not enough.
STAFFING = frozenset({
    "leaving", "leaving_preview", "person_roles", "unit_people", "person_access", "role_end",
    "unit_program", "program_tokens", "program_token_revoke", "service_tokens", "service_token_new", "service_token_revoke",
})  # fmt: skip


def page_right(role: str, route: str, kind: str, owner: str) -> Right:
    """The right that a page asks for, where it is not simply that to the thing."""
    found = right(role, kind, owner)
    if route in ("person_erasure", "person_invitation"):
        return Right(role == "dora" and None, role == "dora" and None)
    if route == "unit_manager":
        above = UNIT[owner] in LEADS.get(role, ()) and (role == "dora" or UNIT[owner] != UNIT[role])
        runs = None if UNIT[owner] in RUNS.get(role, ()) else above
        return Right(runs, runs)
    if route == "project":
        led = UNIT[owner] in LEADS.get(role, ()) or UNIT[owner] in RUNS.get(role, ())
        return Right(led, led)
    if route == "target":  # the form to restate it: for those who set it
        return Right(found.edit, found.edit)
    if route in STAFFING:
        return Right(found.edit, found.edit)
    return found


# Pages and endpoints without a thing in their address: who may act there at all.
OWN_ONLY = frozenset({"settings", "tokens", "network", "token_new", "device", "told_read"})
SETUP = frozenset({
    "setup", "setup_currency", "setup_units", "setup_director", "setup_floors", "setup_contested", "setup_later", "setup_again",
    "setup_targets",
})  # fmt: skip
DIRECTORS = frozenset({"unit_new", "imports", *SETUP})


def may_create(role: str, route: str) -> bool | None:
    """Whether `role` may add something through a route that names no thing."""
    if role in NOBODY:
        return False
    if route in OWN_ONLY or (route == "view_save" and role == "conny"):  # a coach reads lists, and keeps questions
        return None
    if route in DIRECTORS:
        return None if role == "dora" else False
    if route == "service_new":
        return None if role in LEADS or role in RUNS else False
    return None if role in OWNERS else False

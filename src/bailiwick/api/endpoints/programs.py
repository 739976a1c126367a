"""Service accounts and their tokens."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from bailiwick.api.asked import Asked, Told
from bailiwick.api.door import endpoint
from bailiwick.api.endpoints.tokens import end_of
from bailiwick.api.schemas import Cursor, Id, Limit, Taken, built
from bailiwick.api.shapes.network import ProgramShown, TokenGiven, TokenShown
from bailiwick.api.shapes.plain import Everything, Page, ids
from bailiwick.kit import Role, say
from bailiwick.kit.scope import DEALING
from bailiwick.ledger.asking import names
from bailiwick.network import queries
from bailiwick.network.commands import add_program, give_program_token, revoke_program_token
from bailiwick.network.fields import MEMBER_ROLE, PROGRAM, PROGRAM_TOKEN
from bailiwick.network.models import Person
from bailiwick.tenancy.paging import SIZE, page


class ProgramOf(Taken):
    """Where it works, and who answers for it."""

    unit: Annotated[Id, Field(description="The unit in which it works.")]
    person: Annotated[Id, Field(description="Who answers for it: a person of the unit's organization.")]


ProgramNew = built("ProgramNew", (*PROGRAM, MEMBER_ROLE), ProgramOf)
ProgramTokenNew = built("ProgramTokenNew", PROGRAM_TOKEN, Taken)
TOKENS = "/services/{uuid:service}/tokens"


@endpoint("GET", "/services", name="services", roles=DEALING, gives=Page[ProgramShown])
def programs(asked: Asked, limit: Limit = SIZE, cursor: Cursor = "") -> Told:
    """Service accounts in sight, by name."""
    found = page(queries.programs(asked.viewer), key="name", cursor=cursor, size=limit)
    return Told(Page[ProgramShown](items=_shown(found.rows, asked), next=found.next), {row.pk for row in found.rows})


@endpoint("POST", "/services", name="service_new", roles=DEALING, takes=ProgramNew, gives=ProgramShown, status=201)
def program_new(asked: Asked, given: ProgramOf) -> Told:
    """Add a service account in a unit that you staff. It has no token yet."""
    values = given.values()
    row = add_program(
        name=values["name"],
        purpose=values["purpose"],
        unit=given.unit,
        role=Role(values["role"]),
        answerable=given.person,
        by=asked.actor,
        now=asked.now,
    )
    return Told(_shown([row], asked)[0])


@endpoint("GET", TOKENS, name="service_tokens", roles=DEALING, gives=Everything[TokenShown])
def program_tokens(asked: Asked, service: Id) -> Told:
    """Tokens of a service account that you staff, newest first, as far as they still open something; never their text."""
    rows = queries.program_tokens(asked.actor, service, asked.now)
    return Told(Everything[TokenShown](items=[TokenShown.of(row) for row in rows]))


@endpoint("POST", TOKENS, name="service_token_new", roles=DEALING, takes=ProgramTokenNew, gives=TokenGiven, status=201)
def program_token_new(asked: Asked, service: Id, given: Taken) -> Told:
    """Give it a token. Its text is in this answer and nowhere else, also not when the key is repeated."""
    values = given.values()
    until = end_of(asked, values.pop("days"), say("Give it on the page of the service account."))
    row, text = give_program_token(service, **values, until=until, by=asked.actor, now=asked.now)
    shown = TokenShown.of(row).model_dump()
    return Told(TokenGiven(**shown, text=text), kept=TokenGiven(**shown, text=""))


@endpoint("DELETE", f"{TOKENS}/{{uuid:token}}", name="service_token_revoke", roles=DEALING)
def program_token_revoke(asked: Asked, service: Id, token: Id) -> Told:
    """The token opens nothing from now on."""
    revoke_program_token(service, token, by=asked.actor, now=asked.now)
    return Told()


def _shown(rows: Sequence[Person], asked: Asked) -> list[ProgramShown]:
    members = queries.members(asked.viewer, programs=True)
    called = names(ids(row.answerable_id for row in rows), asked.viewer)
    return [ProgramShown.of(row, members, called, asked.speech) for row in rows]

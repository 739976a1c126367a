"""Companies: list, card, change, contacts, holders."""

from uuid import UUID

from pydantic import Field

from bailiwick.api.asked import Asked, Told
from bailiwick.api.door import endpoint
from bailiwick.api.schemas import Cursor, Id, Limit, Taken, Text, Versioned, built
from bailiwick.api.shapes.companies import AccountCardShown, AccountShown, ContactShown, HoldingShown
from bailiwick.api.shapes.plain import Everything, Page, ids
from bailiwick.desk.account import account_card
from bailiwick.kit import NotSeen
from bailiwick.kit.scope import READING, SELLING
from bailiwick.ledger.asking import names
from bailiwick.offer.queries import sales_lines
from bailiwick.pipeline.commands.sides import own_side
from bailiwick.tenancy.paging import SIZE
from bailiwick.territories import commands, queries
from bailiwick.territories.fields import ACCOUNT, CONTACT


class Claim(Taken):
    """In which sales line."""

    line: Id = Field(description="The sales line; products name theirs.")


AccountNew = built("AccountNew", ACCOUNT, Taken)
AccountChange = built("AccountChange", ACCOUNT, Versioned, partial=True)
ContactNew = built("ContactNew", CONTACT, Taken)


@endpoint("GET", "/accounts", name="accounts", roles=READING, gives=Page[AccountShown])
def accounts(asked: Asked, text: Text = "", held_by: Id | None = None, limit: Limit = SIZE, cursor: Cursor = "") -> Told:
    """Companies in sight, by name; those with words that begin like `text`, those that one person holds."""
    found = queries.account_page(asked.viewer, text=text, held_by=held_by, cursor=cursor, size=limit)
    return Told(Page[AccountShown](items=[AccountShown.of(row) for row in found.rows], next=found.next))


@endpoint("POST", "/accounts", name="account_new", roles=SELLING, takes=AccountNew, gives=AccountShown, status=201)
def account_new(asked: Asked, given: Taken) -> Told:
    """Enter a company; its twin in sight is refused."""
    card = given.values()
    row = commands.add_accounts([card], whose=own_side(asked.actor), by=asked.actor, now=asked.now)[0]
    return Told(AccountShown.of(queries.account(asked.viewer, row.pk)))


@endpoint("GET", "/accounts/{uuid:account}", name="account", roles=READING, gives=AccountCardShown)
def account(asked: Asked, account: Id) -> Told:
    """A company in sight, with contacts and holders."""
    card = account_card(asked.viewer, account, asked.today)
    return Told(AccountCardShown.of(card, asked.speech), ids(row.person_id for row in card.holdings))


@endpoint("PATCH", "/accounts/{uuid:account}", name="account_change", roles=SELLING, takes=AccountChange, gives=AccountShown)
def account_change(asked: Asked, account: Id, given: Versioned) -> Told:
    """Change a company; what is not sent stays."""
    commands.change_account(account, values=given.values(), version=given.version, by=asked.actor, now=asked.now)
    return Told(AccountShown.of(queries.account(asked.viewer, account)))


@endpoint("GET", "/accounts/{uuid:account}/contacts", name="contacts", roles=READING, gives=Everything[ContactShown])
def contacts(asked: Asked, account: Id) -> Told:
    """People at a company, by name."""
    queries.account(asked.viewer, account)
    return Told(Everything[ContactShown](items=[ContactShown.of(row) for row in queries.contacts(asked.viewer, account)]))


@endpoint(
    "POST",
    "/accounts/{uuid:account}/contacts",
    name="contact_new",
    roles=SELLING,
    takes=ContactNew,
    gives=ContactShown,
    status=201,
)
def contact_new(asked: Asked, account: Id, given: Taken) -> Told:
    """Enter a person at a company."""
    whose = own_side(asked.actor)
    row = commands.add_contacts(account, [given.values()], whose=whose, by=asked.actor, now=asked.now)[0]
    return Told(ContactShown.of(row))


@endpoint(
    "POST",
    "/accounts/{uuid:account}/holding",
    name="hold",
    roles=SELLING,
    takes=Claim,
    gives=HoldingShown,
    status=201,
)
def hold(asked: Asked, account: Id, given: Claim) -> Told:
    """Be the one caller of a company in a sales line; of simultaneous claims one wins."""
    _line(asked, given.line)
    commands.hold([account], line=given.line, whose=own_side(asked.actor), by=asked.actor, now=asked.now)
    row = next(row for row in queries.holders(asked.viewer, [account]) if row.line_id == given.line)
    return Told(HoldingShown.of(row, names(ids([row.person_id]), asked.viewer), asked.speech))


@endpoint("DELETE", "/accounts/{uuid:account}/holding", name="release", roles=SELLING)
def release(asked: Asked, account: Id, line: Id) -> Told:
    """Call on a company no more in a sales line."""
    commands.release(account, line=line, by=asked.actor, now=asked.now)
    return Told()


def _line(asked: Asked, line: UUID) -> None:
    if not sales_lines(asked.viewer).filter(pk=line).exists():
        raise NotSeen

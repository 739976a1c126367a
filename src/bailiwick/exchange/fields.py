"""What is typed about an export that is given."""

import re
from datetime import date

from bailiwick.exchange.rules.links import wrong_link
from bailiwick.exchange.rules.proposals.currency import CURRENCIES
from bailiwick.exchange.rules.values.currencies import CODES
from bailiwick.fields import Field, Kind
from bailiwick.kit import Role, Sentence, say

REVIEW = date(2027, 11, 1)
LONGEST_SOURCE = 60
CLOCK = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")


def _currency(code: str) -> Sentence | None:
    known = code.upper() in CODES or re.fullmatch("[A-Z]{3}", code.upper())
    return None if known else say("A currency looks like EUR or USD.")


SOURCE = Field(
    name="import.source",
    kind=Kind.TEXT,
    label=say("Name of the source"),
    purpose=say("The same each time: by it the rows are found again instead of made twice."),
    owner=Role.STEWARD,
    readers=(Role.DIRECTOR,),
    review=REVIEW,
    longest=LONGEST_SOURCE,
    example="crm",
)
CURRENCY = Field(
    name="import.currency",
    kind=Kind.TEXT,
    label=say("Currency"),
    purpose=say("For amounts that do not name theirs; without it the network's own."),
    owner=Role.STEWARD,
    readers=(Role.DIRECTOR,),
    review=REVIEW,
    longest=3,
    check=_currency,
    example="EUR",
)
GIVEN = (SOURCE, CURRENCY)

NIGHT = Field(
    name="standing.night",
    kind=Kind.TEXT,
    label=say("At what time"),
    purpose=say("By the clock of the network, each day; empty: as soon as something is there."),
    owner=Role.STEWARD,
    readers=(Role.DIRECTOR,),
    review=REVIEW,
    longest=5,
    check=lambda text: None if CLOCK.fullmatch(text) else say("A time looks like 03:30."),
    example="03:30",
)
DEAL_LINK = Field(
    name="standing.deals",
    kind=Kind.TEXT,
    label=say("Address of a deal there"),
    purpose=say("Leads from each deal to where it is kept; {id} stands for its id there."),
    owner=Role.STEWARD,
    readers=(Role.DIRECTOR,),
    review=REVIEW,
    check=wrong_link,
    example="https://crm.example/deal/{id}",
)
COMPANY_LINK = Field(
    name="standing.companies",
    kind=Kind.TEXT,
    label=say("Address of a company there"),
    purpose=say("Leads from each company to where it is kept; {id} stands for its id there."),
    owner=Role.STEWARD,
    readers=(Role.DIRECTOR,),
    review=REVIEW,
    check=wrong_link,
    example="https://crm.example/company/{id}",
)
STANDING = (NIGHT, DEAL_LINK, COMPANY_LINK)

STATED_CURRENCY = Field(
    name="setup.currency",
    kind=Kind.CHOICE,
    label=say("Currency"),
    purpose=say("All amounts without one are in it from then on; amounts of two currencies are never added."),
    owner=Role.DIRECTOR,
    readers=(Role.DIRECTOR, Role.MANAGER, Role.SELLER),
    review=REVIEW,
    required=True,
    choices=tuple((code, Sentence(code)) for code in CURRENCIES),
)

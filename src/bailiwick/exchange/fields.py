"""What is typed about an export that is given."""

import re
from datetime import date

from bailiwick.exchange.rules.proposals.currency import CURRENCIES
from bailiwick.exchange.rules.values.currencies import CODES
from bailiwick.fields import Field, Kind
from bailiwick.kit import Role, Sentence, say

REVIEW = date(2027, 11, 1)
LONGEST_SOURCE = 60


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

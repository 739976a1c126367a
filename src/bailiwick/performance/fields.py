"""What is typed about targets."""

from datetime import date
from decimal import Decimal

from bailiwick.fields import Field, Kind
from bailiwick.kit import Role, Sentence, say

REVIEW = date(2027, 11, 1)
READERS = (Role.DIRECTOR, Role.MANAGER, Role.SELLER, Role.PARTNER_ADMIN, Role.PARTNER_SELLER)


def _above_zero(value: Decimal) -> Sentence | None:
    return None if value > 0 else say("A target is above zero.")


AMOUNT = Field(
    name="target.amount",
    kind=Kind.NUMBER,
    label=say("Target"),
    purpose=say("What you are measured against, so that you and the centre mean the same number. A rate is typed in percent."),
    owner=Role.DIRECTOR,
    readers=READERS,
    review=REVIEW,
    required=True,
    check=_above_zero,
    example="250000",
)
PERIOD = Field(
    name="target.period",
    kind=Kind.TEXT,
    label=say("Period"),
    purpose=say("By when. It is also the time against which the progress is shown."),
    owner=Role.DIRECTOR,
    readers=READERS,
    review=REVIEW,
    required=True,
    longest=30,
    example="2026-Q4",
)
TARGET = (PERIOD, AMOUNT)

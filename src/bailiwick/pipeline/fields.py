"""What is typed about opportunities, activities, promises and leads."""

from datetime import date
from decimal import Decimal

from bailiwick.fields import Field, Kind
from bailiwick.kit import Role, say

REVIEW = date(2027, 11, 1)
LARGEST = Decimal(10_000_000)
SELLERS = (Role.SELLER, Role.PARTNER_SELLER, Role.MANAGER)

TITLE = Field(
    name="opportunity.title",
    kind=Kind.TEXT,
    label=say("What they may buy"),
    purpose=say("So that you tell two deals with one company apart."),
    owner=Role.STEWARD,
    readers=SELLERS,
    review=REVIEW,
    required=True,
    example="40 t hoist",
)
VALUE = Field(
    name="opportunity.value",
    kind=Kind.MONEY,
    label=say("Value"),
    purpose=say("What you and your manager plan with; leave it empty rather than guess."),
    owner=Role.STEWARD,
    readers=(Role.SELLER, Role.MANAGER, Role.DIRECTOR),
    review=REVIEW,
)
EXPECTED = Field(
    name="opportunity.expected",
    kind=Kind.DAY,
    label=say("Expected close"),
    purpose=say("After this day it counts as lost until you restate it; without a day it stands beside every rate."),
    owner=Role.STEWARD,
    readers=(Role.SELLER, Role.MANAGER, Role.DIRECTOR),
    review=REVIEW,
)
ORIGIN = Field(
    name="opportunity.origin",
    kind=Kind.TEXT,
    label=say("Where it came from"),
    purpose=say("Shows which sources bring you deals that close."),
    owner=Role.STEWARD,
    readers=(Role.SELLER, Role.MANAGER),
    review=REVIEW,
    longest=120,
)
DISCOUNT = Field(
    name="opportunity.stated_discount",
    kind=Kind.PERCENT,
    check=lambda value: None if -10 <= value <= 1 else say("A discount is between -1000% and 100%."),
    label=say("Discount, where there is no price list"),
    purpose=say("Derived from the lines where a list exists; stated by hand it is marked so."),
    owner=Role.STEWARD,
    readers=(Role.SELLER, Role.MANAGER),
    review=REVIEW,
)
OPPORTUNITY = (TITLE, VALUE, EXPECTED, ORIGIN, DISCOUNT)

REASON = Field(
    name="decision.reason",
    kind=Kind.TEXT,
    label=say("Why"),
    purpose=say("What to do better next time; read with you, not against you."),
    owner=Role.STEWARD,
    readers=(Role.SELLER, Role.MANAGER),
    review=REVIEW,
    example="price",
)
LOST = (REASON,)

QUANTITY = Field(
    name="line.quantity",
    kind=Kind.NUMBER,
    label=say("Quantity"),
    purpose=say("With the price it gives the value, so that you need not type it."),
    owner=Role.STEWARD,
    readers=SELLERS,
    review=REVIEW,
    required=True,
    check=lambda value: None if Decimal("0.001") <= value < LARGEST else say("A quantity is between 0.001 and ten million."),
)
PRICE = Field(
    name="line.price",
    kind=Kind.MONEY,
    label=say("Price each"),
    purpose=say("Against the list it gives the discount you grant."),
    owner=Role.STEWARD,
    readers=SELLERS,
    review=REVIEW,
    required=True,
    check=lambda value: None if 0 <= value < LARGEST else say("A price is between 0 and ten million."),
)
LINE = (QUANTITY, PRICE)

ACTIVITY_TEXT = Field(
    name="activity.text",
    kind=Kind.AREA,
    label=say("What happened"),
    purpose=say("Your memory of the talk; whoever takes over reads it too. It never enters pay."),
    owner=Role.STEWARD,
    readers=SELLERS,
    review=REVIEW,
    longest=4000,
)
ACTIVITY_KIND = Field(
    name="activity.kind",
    kind=Kind.CHOICE,
    label=say("Kind"),
    purpose=say("Counts appointments per close, so that you know how many you need."),
    owner=Role.STEWARD,
    readers=(Role.SELLER, Role.MANAGER),
    review=REVIEW,
    required=True,
    choices=(
        ("call", say("call")),
        ("meeting", say("meeting")),
        ("mail", say("mail")),
        ("visit", say("visit")),
        ("note", say("note")),
        ("task", say("task")),
    ),
)
ACTIVITY_DUE = Field(
    name="activity.due",
    kind=Kind.DAY,
    label=say("On"),
    purpose=say("Puts it on your day and reminds you."),
    owner=Role.STEWARD,
    readers=(Role.SELLER,),
    review=REVIEW,
)
ACTIVITY = (ACTIVITY_KIND, ACTIVITY_TEXT, ACTIVITY_DUE)

ONE_LINE = Field(
    name="line_typed.text",
    kind=Kind.TEXT,
    label=say("What happened?"),
    purpose=say("One line instead of a form; what was understood is shown before it is kept."),
    owner=Role.STEWARD,
    readers=SELLERS,
    review=REVIEW,
    required=True,
    longest=2000,
)

PROMISE_TEXT = Field(
    name="promise.text",
    kind=Kind.TEXT,
    label=say("What you promised"),
    purpose=say("Reminds you in time; a kept promise is what customers remember."),
    owner=Role.STEWARD,
    readers=SELLERS,
    review=REVIEW,
    required=True,
    longest=400,
)
PROMISE_DUE = Field(
    name="promise.due",
    kind=Kind.DAY,
    label=say("By"),
    purpose=say("The customer's day, not ours."),
    owner=Role.STEWARD,
    readers=SELLERS,
    review=REVIEW,
    required=True,
)
PROMISE = (PROMISE_TEXT, PROMISE_DUE)

LEAD_NAME = Field(
    name="lead.name",
    kind=Kind.TEXT,
    label=say("Name"),
    purpose=say("Whom to call."),
    owner=Role.STEWARD,
    readers=SELLERS,
    review=REVIEW,
    required=True,
)
LEAD_COMPANY = Field(
    name="lead.company",
    kind=Kind.TEXT,
    label=say("Company"),
    purpose=say("Finds out whether somebody calls there already."),
    owner=Role.STEWARD,
    readers=SELLERS,
    review=REVIEW,
)
LEAD_EMAIL = Field(
    name="lead.email",
    kind=Kind.EMAIL,
    label=say("E-mail"),
    purpose=say("How to reach them."),
    owner=Role.STEWARD,
    readers=SELLERS,
    review=REVIEW,
)
LEAD_PHONE = Field(
    name="lead.phone",
    kind=Kind.PHONE,
    label=say("Telephone"),
    purpose=say("How to reach them."),
    owner=Role.STEWARD,
    readers=SELLERS,
    review=REVIEW,
    longest=60,
)
LEAD_ORIGIN = Field(
    name="lead.origin",
    kind=Kind.TEXT,
    label=say("Where it came from"),
    purpose=say("Shows which sources bring you deals that close."),
    owner=Role.STEWARD,
    readers=(Role.SELLER, Role.MANAGER),
    review=REVIEW,
    longest=120,
)
LEAD = (LEAD_NAME, LEAD_COMPANY, LEAD_EMAIL, LEAD_PHONE, LEAD_ORIGIN)

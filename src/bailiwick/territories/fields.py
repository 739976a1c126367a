"""What is typed about companies and contacts."""

from datetime import date

from bailiwick.fields import Field, Kind
from bailiwick.kit import Role, say

REVIEW = date(2027, 11, 1)
SELLERS = (Role.SELLER, Role.PARTNER_SELLER, Role.MANAGER)

ACCOUNT_NAME = Field(
    name="account.name",
    kind=Kind.TEXT,
    label=say("Company"),
    purpose=say("So that you and those after you find it; the legal form helps to tell namesakes apart."),
    owner=Role.STEWARD,
    readers=SELLERS,
    review=REVIEW,
    required=True,
    example="Hafen Logistik GmbH",
)
ACCOUNT_WEBSITE = Field(
    name="account.website",
    kind=Kind.TEXT,
    label=say("Website"),
    purpose=say("Tells two companies of one name apart, and protects you from a colleague who calls the same one."),
    owner=Role.STEWARD,
    readers=SELLERS,
    review=REVIEW,
    example="hafen-logistik.de",
)
ACCOUNT_PHONE = Field(
    name="account.phone",
    kind=Kind.PHONE,
    label=say("Telephone"),
    purpose=say("One tap calls it from your phone."),
    owner=Role.STEWARD,
    readers=SELLERS,
    review=REVIEW,
    longest=60,
)
ACCOUNT_REGISTRATION = Field(
    name="account.registration",
    kind=Kind.TEXT,
    label=say("Registration number"),
    purpose=say("The one key that never changes; settles who called first when names differ."),
    owner=Role.STEWARD,
    readers=SELLERS,
    review=REVIEW,
    longest=60,
    example="HRB 123456",
)
ACCOUNT_CITY = Field(
    name="account.city",
    kind=Kind.TEXT,
    label=say("City"),
    purpose=say("Puts it into a territory and on your route."),
    owner=Role.STEWARD,
    readers=SELLERS,
    review=REVIEW,
    longest=120,
)
ACCOUNT_COUNTRY = Field(
    name="account.country",
    kind=Kind.TEXT,
    label=say("Country"),
    purpose=say("Puts it into a territory."),
    owner=Role.STEWARD,
    readers=SELLERS,
    review=REVIEW,
    longest=60,
)
ACCOUNT_SECTOR = Field(
    name="account.sector",
    kind=Kind.TEXT,
    label=say("Sector"),
    purpose=say("Shows you what worked with customers of the same kind."),
    owner=Role.STEWARD,
    readers=SELLERS,
    review=REVIEW,
    longest=120,
)
ACCOUNT = (
    ACCOUNT_NAME,
    ACCOUNT_WEBSITE,
    ACCOUNT_PHONE,
    ACCOUNT_REGISTRATION,
    ACCOUNT_CITY,
    ACCOUNT_COUNTRY,
    ACCOUNT_SECTOR,
)

CONTACT_NAME = Field(
    name="contact.name",
    kind=Kind.TEXT,
    label=say("Name"),
    purpose=say("Whom you speak to; it can be erased when they ask."),
    owner=Role.STEWARD,
    readers=SELLERS,
    review=REVIEW,
    required=True,
)
CONTACT_POSITION = Field(
    name="contact.position",
    kind=Kind.TEXT,
    label=say("Position"),
    purpose=say("Who decides and who only advises."),
    owner=Role.STEWARD,
    readers=SELLERS,
    review=REVIEW,
    longest=120,
)
CONTACT_EMAIL = Field(
    name="contact.email",
    kind=Kind.EMAIL,
    label=say("E-mail"),
    purpose=say("Where your offer goes."),
    owner=Role.STEWARD,
    readers=SELLERS,
    review=REVIEW,
)
CONTACT_PHONE = Field(
    name="contact.phone",
    kind=Kind.PHONE,
    label=say("Telephone"),
    purpose=say("One tap calls them from your phone."),
    owner=Role.STEWARD,
    readers=SELLERS,
    review=REVIEW,
    longest=60,
)
CONTACT = (CONTACT_NAME, CONTACT_POSITION, CONTACT_EMAIL, CONTACT_PHONE)

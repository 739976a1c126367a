"""What is typed about people, units, a person's own settings and tokens."""

from datetime import date

from bailiwick.fields import Field, Kind
from bailiwick.kit import Role, Sentence, say

REVIEW = date(2027, 11, 1)
COLLEAGUES = (Role.MANAGER, Role.SELLER, Role.PARTNER_SELLER)
HOURS = tuple((f"{hour:02}:00", Sentence(f"{hour:02}:00")) for hour in range(24))

PERSON_NAME = Field(
    name="person.name",
    kind=Kind.TEXT,
    label=say("Name"),
    purpose=say("How colleagues find them; it is erased when they leave and ask for it."),
    owner=Role.STEWARD,
    readers=COLLEAGUES,
    review=REVIEW,
    required=True,
)
PERSON_EMAIL = Field(
    name="person.email",
    kind=Kind.EMAIL,
    label=say("E-mail"),
    purpose=say("They sign in with it and are told things there."),
    owner=Role.STEWARD,
    readers=COLLEAGUES,
    review=REVIEW,
)
PERSON_PHONE = Field(
    name="person.phone",
    kind=Kind.PHONE,
    label=say("Telephone"),
    purpose=say("One tap calls them from your phone."),
    owner=Role.STEWARD,
    readers=COLLEAGUES,
    review=REVIEW,
    longest=60,
)
PERSON = (PERSON_NAME, PERSON_EMAIL, PERSON_PHONE)

WELCOME_NAME = Field(
    name="welcome.name",
    kind=Kind.TEXT,
    label=say("Name"),
    purpose=say("How colleagues find you; it is erased if you leave and ask for it."),
    owner=Role.STEWARD,
    readers=COLLEAGUES,
    review=REVIEW,
    required=True,
)
WELCOME_EMAIL = Field(
    name="welcome.email",
    kind=Kind.EMAIL,
    label=say("E-mail"),
    purpose=say("You sign in with it and are told things there."),
    owner=Role.STEWARD,
    readers=COLLEAGUES,
    review=REVIEW,
    required=True,
)

MEMBER_ROLE = Field(
    name="member.role",
    kind=Kind.CHOICE,
    label=say("Role"),
    purpose=say("It decides what they see and may do; a manager is appointed instead."),
    owner=Role.DIRECTOR,
    readers=COLLEAGUES,
    review=REVIEW,
    required=True,
    choices=(
        (Role.DIRECTOR, say("director")),
        (Role.MANAGER, say("manager")),
        (Role.SELLER, say("seller")),
        (Role.PARTNER_ADMIN, say("partner's admin")),
        (Role.PARTNER_SELLER, say("partner's seller")),
        (Role.CLIENT, say("client")),
        (Role.COACH, say("coach")),
        (Role.SUPPORT_LEAD, say("support lead")),
        (Role.STEWARD, say("steward")),
    ),
)

UNIT_NAME = Field(
    name="unit.name",
    kind=Kind.TEXT,
    label=say("Name"),
    purpose=say("How everybody speaks of it."),
    owner=Role.DIRECTOR,
    readers=COLLEAGUES,
    review=REVIEW,
    required=True,
    example="Cobalt Payments",
)
UNIT_KIND = Field(
    name="unit.kind",
    kind=Kind.CHOICE,
    label=say("Kind"),
    purpose=say("A project has a client and a goal; a partner's people see their own rows only."),
    owner=Role.DIRECTOR,
    readers=COLLEAGUES,
    review=REVIEW,
    required=True,
    choices=(("project", say("project")), ("team", say("team")), ("office", say("office")), ("partner", say("partner"))),
)
UNIT_COMPANY = Field(
    name="unit.company",
    kind=Kind.TEXT,
    label=say("Client or partner"),
    purpose=say("The client whose product a project sells, or the partner's firm; one that stands here already is taken."),
    owner=Role.DIRECTOR,
    readers=COLLEAGUES,
    review=REVIEW,
)
UNIT_GOAL = Field(
    name="unit.goal",
    kind=Kind.TEXT,
    label=say("Goal"),
    purpose=say("What the unit is there for, in a sentence; its people read it."),
    owner=Role.DIRECTOR,
    readers=COLLEAGUES,
    review=REVIEW,
    longest=400,
)
UNIT = (UNIT_NAME, UNIT_KIND, UNIT_COMPANY, UNIT_GOAL)

LANGUAGE = Field(
    name="settings.language",
    kind=Kind.CHOICE,
    label=say("Language"),
    purpose=say("Pages and messages speak it to you."),
    owner=Role.STEWARD,
    readers=(),
    review=REVIEW,
    required=True,
    choices=(("en", Sentence("English")), ("de", Sentence("Deutsch"))),
)
THEME = Field(
    name="settings.theme",
    kind=Kind.CHOICE,
    label=say("Light or dark"),
    purpose=say("What is easier on your eyes."),
    owner=Role.STEWARD,
    readers=(),
    review=REVIEW,
    required=True,
    choices=(("auto", say("as the device")), ("light", say("light")), ("dark", say("dark"))),
)
DIGEST = Field(
    name="settings.digest",
    kind=Kind.CHECK,
    label=say("A message each morning with what the day asks"),
    purpose=say("Tasks, promises and deals about to lapse; no message on a morning without any."),
    owner=Role.STEWARD,
    readers=(),
    review=REVIEW,
)
REMIND_TASKS = Field(
    name="settings.remind_tasks",
    kind=Kind.CHECK,
    label=say("A message when the hour of a task has come"),
    purpose=say("Only tasks with an hour; those without stand in the morning's message."),
    owner=Role.STEWARD,
    readers=(),
    review=REVIEW,
)
REMIND_PROMISES = Field(
    name="settings.remind_promises",
    kind=Kind.CHECK,
    label=say("A message the day before a promise is due"),
    purpose=say("While there is still time to keep it or to say so."),
    owner=Role.STEWARD,
    readers=(),
    review=REVIEW,
)
QUIET_FROM = Field(
    name="settings.quiet_from",
    kind=Kind.CHOICE,
    label=say("Quiet from"),
    purpose=say("Nothing reaches you from here on; it waits until the quiet hours end."),
    owner=Role.STEWARD,
    readers=(),
    review=REVIEW,
    choices=HOURS,
)
QUIET_UNTIL = Field(
    name="settings.quiet_until",
    kind=Kind.CHOICE,
    label=say("Quiet until"),
    purpose=say("What has waited arrives then."),
    owner=Role.STEWARD,
    readers=(),
    review=REVIEW,
    choices=HOURS,
)
SETTINGS = (LANGUAGE, THEME, DIGEST, REMIND_TASKS, REMIND_PROMISES, QUIET_FROM, QUIET_UNTIL)

TOKEN_LABEL = Field(
    name="token.label",
    kind=Kind.TEXT,
    label=say("What uses it"),
    purpose=say("So that you know which one to revoke."),
    owner=Role.STEWARD,
    readers=(),
    review=REVIEW,
    required=True,
    longest=60,
)
TOKEN_SCOPE = Field(
    name="token.scope",
    kind=Kind.CHOICE,
    label=say("It may"),
    purpose=say("Give no more than is needed: it carries your rights."),
    owner=Role.STEWARD,
    readers=(),
    review=REVIEW,
    required=True,
    choices=(("read", say("read")), ("write", say("read and write")), ("dates", say("show my dates in a calendar"))),
)
# What a token may, in words; those to deliver are given on the page of their source.
TOKEN_MAY = {**dict(TOKEN_SCOPE.choices), "deliver": say("deliver files of one source")}
TOKEN_DAYS = Field(
    name="token.days",
    kind=Kind.CHOICE,
    label=say("It ends"),
    purpose=say("A forgotten token that has ended opens nothing."),
    owner=Role.STEWARD,
    readers=(),
    review=REVIEW,
    required=True,
    choices=(
        ("90", say("after 90 days")),
        ("365", say("after a year")),
        ("0", say("when I revoke it")),
    ),
)
TOKEN = (TOKEN_LABEL, TOKEN_SCOPE, TOKEN_DAYS)

PROGRAM_NAME = Field(
    name="program.name",
    kind=Kind.TEXT,
    label=say("Name"),
    purpose=say("What it does stands under this name."),
    owner=Role.STEWARD,
    readers=COLLEAGUES,
    review=REVIEW,
    required=True,
    longest=80,
    example="ERP sync",
)
PROGRAM_PURPOSE = Field(
    name="program.purpose",
    kind=Kind.TEXT,
    label=say("What it is for"),
    purpose=say("So that whoever finds it in two years knows whether it is still needed."),
    owner=Role.STEWARD,
    readers=COLLEAGUES,
    review=REVIEW,
    required=True,
    longest=200,
)
PROGRAM = (PROGRAM_NAME, PROGRAM_PURPOSE)
PROGRAM_SCOPE = Field(
    name="program.scope",
    kind=Kind.CHOICE,
    label=say("It may"),
    purpose=say("Give no more than is needed: it carries the rights of the service account."),
    owner=Role.STEWARD,
    readers=(Role.DIRECTOR, Role.MANAGER, Role.PARTNER_ADMIN),
    review=REVIEW,
    required=True,
    choices=TOKEN_SCOPE.choices[:2],
)
PROGRAM_TOKEN = (TOKEN_LABEL, PROGRAM_SCOPE, TOKEN_DAYS)

ERASURE_SURE = Field(
    name="erasure.sure",
    kind=Kind.CHECK,
    label=say("Erase for good"),
    purpose=say("Nobody can bring the name, the contact data or the words back, not even from a backup."),
    owner=Role.STEWARD,
    readers=(),
    review=REVIEW,
    required=True,
)

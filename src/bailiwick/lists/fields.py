"""What is typed about lists."""

from datetime import date

from bailiwick.fields import Field, Kind
from bailiwick.kit import Role, say

REVIEW = date(2027, 11, 1)

VIEW_NAME = Field(
    name="view.name",
    kind=Kind.TEXT,
    label=say("Name of the view"),
    purpose=say("So that you, and those you share it with, find it again."),
    owner=Role.STEWARD,
    readers=(Role.SELLER, Role.MANAGER),
    review=REVIEW,
    required=True,
    longest=60,
)
VIEW_SHARED = Field(
    name="view.shared",
    kind=Kind.CHOICE,
    label=say("Who has it"),
    purpose=say("Everybody sees their own rows in it: a view shares the question, never the answer."),
    owner=Role.STEWARD,
    readers=(Role.SELLER, Role.MANAGER),
    review=REVIEW,
    required=True,
    choices=(("me", say("only me")), ("unit", say("my unit")), ("firm", say("everybody in my organization"))),
)
VIEW = (VIEW_NAME, VIEW_SHARED)

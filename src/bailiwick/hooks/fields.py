"""What is typed about hooks."""

from datetime import date

from bailiwick.fields import Field, Kind
from bailiwick.kit import Role, say

REVIEW = date(2027, 11, 1)

HOOK_LABEL = Field(
    name="hook.label",
    kind=Kind.TEXT,
    label=say("Which system"),
    purpose=say("So that you know what is concerned when something fails."),
    owner=Role.STEWARD,
    readers=(),
    review=REVIEW,
    required=True,
    longest=60,
)
HOOK_URL = Field(
    name="hook.url",
    kind=Kind.TEXT,
    label=say("Address"),
    purpose=say("Where events are sent, by https; it has to be reachable from the internet."),
    owner=Role.STEWARD,
    readers=(),
    review=REVIEW,
    required=True,
    longest=500,
    example="https://example.com/hook",
)
HOOK_KINDS = Field(
    name="hook.kinds",
    kind=Kind.TEXT,
    label=say("Kinds of events"),
    purpose=say("Kinds, or pipeline.* for all of a package, or * for all, with blanks between them."),
    owner=Role.STEWARD,
    readers=(),
    review=REVIEW,
    required=True,
    longest=1000,
    example="pipeline.* territories.holder_began",
)
HOOK = (HOOK_LABEL, HOOK_URL, HOOK_KINDS)

REPLAY_SINCE = Field(
    name="replay.since",
    kind=Kind.DAY,
    label=say("Since"),
    purpose=say("What was recorded from this day on is told again; ids stay, so that nothing counts twice there."),
    owner=Role.STEWARD,
    readers=(),
    review=REVIEW,
    required=True,
)
REPLAY = (REPLAY_SINCE,)

"""Stage history that stands in columns: one day for each stage, `Date entered "Qualified (Sales Pipeline)"`."""

import re
from collections.abc import Iterable

from bailiwick.exchange.rules.detecting.fitting import Fit, Seen
from bailiwick.exchange.rules.detecting.words import LONGEST_NAME, concepts
from bailiwick.exchange.rules.targets import STAY, stage_among

# "Date entered X", "Entered X on", "Eingetreten in X am"; not "Date exited X" and "Time in X".
ENTERED = re.compile(
    r"""\W*(?:(?:date|time|datum)\s+)?(?:first\s+)?(?:entered|eingetreten\s+in|eintritt\s+in)(?:\s+(?:stage|phase|die\s+phase))?
    [\s:\-"'„“”]+(?P<stage>.*?)[\s"'„“”]*(?:\s(?:on|at|am))?""",
    re.IGNORECASE | re.VERBOSE,
)
# "Date entered current stage" says when the last step began, of whatever step that is.
NO_STAGE = frozenset(("stage", "pipeline", "status", "date"))


def stage_in(header: str) -> str:
    """The stage of whose entry a column tells, "" where it tells of none.

    >>> stage_in('Date entered "Contract Sent (Sales Pipeline)"'), stage_in("Date entered current stage")
    ('Contract Sent (Sales Pipeline)', '')
    """
    found = ENTERED.fullmatch(header.strip()) if len(header) <= LONGEST_NAME else None
    stage = " ".join(found["stage"].split()) if found else ""
    return "" if concepts(without_pipeline(stage)) & NO_STAGE else stage


def with_trail(seen: Seen, kind: str, fitted: Fit) -> Fit:
    """The fit of a table of deals with the columns that say when each stage was entered."""
    if kind != "opportunity":
        return fitted
    told = {STAY + stage: profile for profile in seen.profiles if profile.shape == "day" and (stage := stage_in(profile.column))}
    days = {profile.column for profile in told.values()}
    kept = {target: profile for target, profile in fitted.items() if profile.column not in days}
    return kept | told


def stages_told(fitted: Fit, known: Iterable[str]) -> list[str]:
    """The stages of the columns, written as the deals write them where some are in them."""
    known = list(known)
    bare = [target.removeprefix(STAY) for target in fitted if target.startswith(STAY)]
    return list(dict.fromkeys(stage_among(stage, known) or without_pipeline(stage) for stage in bare))


def without_pipeline(stage: str) -> str:
    """The stage without the pipeline in brackets behind it.

    >>> without_pipeline("Contract Sent (Sales Pipeline)")
    'Contract Sent'
    """
    return re.sub(r"\s*\([^()]*\)\Z", "", stage) or stage

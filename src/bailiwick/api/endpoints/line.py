"""The one line: how it is understood, and kept as that."""

from dataclasses import replace

from pydantic import Field

from bailiwick.api.asked import Asked, Told
from bailiwick.api.door import endpoint
from bailiwick.api.schemas import Id, Taken, built
from bailiwick.api.shapes.lines import KeptLineShown, UnderstoodShown
from bailiwick.kit import NotSeen
from bailiwick.kit.scope import SELLING
from bailiwick.pipeline.commands import keep_line
from bailiwick.pipeline.fields import ONE_LINE
from bailiwick.pipeline.queries import read_line
from bailiwick.pipeline.rules.line import Understood


class Chosen(Taken):
    """A line, with the company chosen where several fit."""

    account: Id | None = Field(default=None, description="One of `account_candidates`.")


LineTyped = built("LineTyped", (ONE_LINE,), Taken)
LineKept = built("LineKept", (ONE_LINE,), Chosen)


@endpoint("POST", "/line/understanding", name="line_understanding", roles=SELLING, takes=LineTyped, gives=UnderstoodShown)
def understanding(asked: Asked, given: Taken) -> Told:
    """How a line would be understood. Nothing is kept."""
    return Told(UnderstoodShown.of(_read(asked, given), asked.speech))


@endpoint("POST", "/line", name="line", roles=SELLING, takes=LineKept, gives=KeptLineShown, status=201)
def keep(asked: Asked, given: Chosen) -> Told:
    """Keep a line as what it says; all of it, or nothing."""
    line = _read(asked, given)
    if given.account is not None:
        chosen = [one for one in (*line.account_candidates, line.account) if one and one.id == given.account]
        if not chosen:
            raise NotSeen
        line = replace(line, account=chosen[0], account_candidates=())
    return Told(KeptLineShown.of(keep_line(line, by=asked.actor, now=asked.now)))


def _read(asked: Asked, given: Taken) -> Understood:
    text = str(given.values()["text"])
    line = read_line(asked.viewer, text, today=asked.today, language=asked.speech.locale, currency=asked.network.currency)
    return replace(line, when=line.when or asked.today) if line.done else line

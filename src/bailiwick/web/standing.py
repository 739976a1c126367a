"""Standing sources in words: how one goes, when it is looked next, who is master of each field."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.exchange.models import Incoming, StandingSource
from bailiwick.exchange.rules.masters import HERE, LATEST, SOURCE, WHO
from bailiwick.exchange.rules.standing import next_night
from bailiwick.exchange.sentences import spoken
from bailiwick.exchange.standing import Standing
from bailiwick.kit import Sentence, Speech, say
from bailiwick.web.asked import Asked
from bailiwick.web.exports import LABELS, holds, label_of
from bailiwick.web.shapes import Cell, Column, Row, State

MASTERS: Mapping[str, Sentence] = {
    LATEST: say("whoever changed it last"),
    SOURCE: say("the source; it cannot be changed here"),
    HERE: say("people here; taken over once"),
}
CAME: Mapping[str, tuple[str, Sentence]] = {
    Incoming.State.WAITING: ("watch", say("waits for its turn")),
    Incoming.State.GIVEN: ("watch", say("on its way")),
    Incoming.State.TAKEN: ("good", say("taken in")),
    Incoming.State.AGAIN: ("none", say("the same as before")),
    Incoming.State.REFUSED: ("off", say("refused")),
}
STAGE = LABELS["stage"]
# Fields of ours that go by another name where columns are mapped.
OTHERWISE = {"stated_discount": "discount", "lines": "product"}


def state_of(seen: Standing, speech: Speech) -> State:
    """Whether it goes on."""
    if seen.row.trouble:
        return State("off", gettext("waits for you"))
    return State("watch", gettext("on its way")) if seen.waiting else State("good", gettext("goes on"))


def trouble_of(row: StandingSource, speech: Speech) -> tuple[str, str, str] | None:
    """Why it does not go on, what can be done, and where."""
    if not row.trouble:
        return None
    about, _, which = str(row.trouble.get("about", "")).partition(":")
    url = reverse("import_", args=[which]) if about in ("waits", "failed") else ""
    return speech.say(spoken(row.trouble.get("why"))), speech.say(spoken(row.trouble.get("remedy"))), url


def next_look(row: StandingSource, asked: Asked) -> str:
    """When what came is taken in."""
    if row.night is None:
        return gettext("as soon as something is there")
    return asked.speech.instant(next_night(row.night, asked.now, asked.network.zone))


def masters_chosen(asked: Asked) -> dict[str, str]:
    """Who was chosen for each field."""
    return {name.removeprefix("master-"): asked.text(name) for name in asked.request.POST if name.startswith("master-")}


def masters_of(fields: Sequence[tuple[str, str]], chosen: Mapping[str, str], speech: Speech) -> list[dict[str, Any]]:
    """For each field what is chosen and could be."""
    return [
        {
            "name": f"master-{kind}.{field}",
            "kind": holds(kind, speech),
            "label": _label(kind, field, speech),
            "chosen": chosen.get(f"{kind}.{field}", LATEST),
            "choices": [(who, speech.say(MASTERS[who])) for who in WHO],
        }
        for kind, field in fields
    ]


def _label(kind: str, field: str, speech: Speech) -> str:
    if field == "stage":
        return speech.say(STAGE)
    return label_of(f"{kind}.{OTHERWISE.get(field, field)}", speech)


def sources_table(found: Sequence[Standing], asked: Asked) -> dict[str, Any]:
    """Every standing source as the page of imports lists it."""
    speech = asked.speech
    columns = [
        Column("source", gettext("Source"), "title"),
        Column("state", gettext("State"), "state"),
        Column("next", gettext("Next")),
        Column("taken", gettext("Taken in last"), "day"),
        Column("folder", gettext("Folder")),
    ]
    rows = []
    for one in found:
        state, trouble = state_of(one, speech), trouble_of(one.row, speech)
        rows.append(Row([
            Cell(one.row.source, reverse("standing", args=[one.row.pk])),
            Cell(state.word, state=state.kind, note=trouble[0] if trouble else ""),
            Cell(next_look(one.row, asked)),
            Cell(speech.instant(one.row.taken)),
            Cell(f"{asked.network.slug}/{one.row.folder}/"),
        ]))  # fmt: skip
    return {"columns": columns, "rows": rows}


def incoming_table(found: Sequence[Incoming], speech: Speech) -> dict[str, Any]:
    """What came last."""
    columns = [
        Column("name", gettext("File"), "title"),
        Column("came", gettext("Came"), "day"),
        Column("state", gettext("State"), "state"),
    ]
    rows = []
    for one in found:
        kind, word = CAME[Incoming.State(one.state)]
        rows.append(Row([Cell(one.name), Cell(speech.instant(one.came)), Cell(speech.say(word), state=kind)]))
    return {"columns": columns, "rows": rows}

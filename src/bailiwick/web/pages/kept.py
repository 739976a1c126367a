"""`kept about me`: every row that names the viewer, who looked, and all of it to take along."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.utils.translation import gettext

from bailiwick.desk.kept import KeptAboutMe, document, kept
from bailiwick.desk.lists import LISTS
from bailiwick.desk.timeline import CODES
from bailiwick.kit import Money, Sentence, Speech, say
from bailiwick.ledger.asking import KeptRows
from bailiwick.lists.fields import VIEW_SHARED
from bailiwick.measures import MEASURES
from bailiwick.network.fields import LANGUAGE, REMIND_PROMISES, REMIND_TASKS, THEME
from bailiwick.web.asked import Asked, Shown
from bailiwick.web.door import page
from bailiwick.web.exports import WORDS as STATES
from bailiwick.web.shapes import Cell, Column, Row, entries

SHOWN, LONGEST = 8, 200
# What columns are called, and the pages on which somebody looked.
WORDS: Mapping[str, Sentence] = {
    "name": say("Name"), "email": say("E-mail"), "phone": say("Telephone"), "language": say("Language"),
    "theme": say("Light or dark"), "digest": say("Morning message"), "left": say("Left"), "unit__name": say("Unit"),
    "role": say("Role"), "acting": say("Acting"), "since": say("Since"), "until": say("Until"), "purpose": say("Purpose"),
    "source": say("Because of"), "login__email": say("Login"), "kind": say("Kind"), "subject": say("Subject"),
    "made": say("Made"), "sent": say("Sent"), "account__name": say("Company"), "line__name": say("Sales line"),
    "reason": say("Reason"), "title": say("Title"), "value": say("Value"), "currency": say("Currency"),
    "expected": say("Expected close"), "outcome": say("Outcome"), "decided": say("Decided"), "text": say("Words"),
    "day": say("Day"), "due": say("Due"), "kept": say("Kept"), "company": say("Company"), "origin": say("Origin"),
    "entered": say("Entered"), "closed": say("Closed"), "key": say("Key"), "status": say("Status"), "answer": say("Answer"),
    "label": say("Called"), "url": say("Address"), "kinds": say("Kinds of events"), "off": say("Switched off"),
    "at": say("At"), "viewer__name": say("Who"), "created": say("Made"), "used": say("Used"), "of": say("List"),
    "query": say("Narrowed by"), "shared": VIEW_SHARED.label, "act": say("What was changed"), "undone": say("Undone"),
    "who": say("From or with"), "arrived": say("Arrived"),
    "measure": say("Measure"), "amount": say("Amount"), "withdrawn": say("Withdrawn"), "state": say("State"),
    "remind_tasks": REMIND_TASKS.label, "remind_promises": REMIND_PROMISES.label,
    "of__source": say("Export"), "of__created": say("Made"),
    "began": say("Since"), "taken": say("Taken in last"), "ended": say("Ended"),
}  # fmt: skip
# What the values of a column are called where they are our own short words.
NAMED: Mapping[str, Mapping[str, Sentence]] = {
    "of": {one.name: one.label for one in LISTS.values()},
    "act": {act.name: act.label for one in LISTS.values() for act in one.acts},
    "shared": dict(VIEW_SHARED.choices),
    "measure": {one.name: one.label for one in MEASURES.values()},
    "state": {str(state): words for state, (_, words) in STATES.items()},
    "reason": {
        **CODES,
        "claimed": say("claimed"),
        "handed over": say("handed over"),
        "import": say("from an import"),
        "several work there": say("several work there"),
    },
    "language": dict(LANGUAGE.choices),
    "theme": dict(THEME.choices),
}
PAGES: Mapping[str, Sentence] = {
    "person": say("your card"), "leaving": say("what you hold, in case you leave"), "opportunity": say("an opportunity of yours"),
    "leaving_preview": say("what you hold, in case you leave"), "account": say("a company of yours"),
    "pipeline": say("your deals in the pipeline"), "accounts": say("your companies"),
    "hook": say("what happened, told to another system"),
}  # fmt: skip
OF_OTHERS = say("your rows")  # seen on any other page
APART = ("viewer", "facts")  # looks and events have sections of their own


@page("kept-about-me", name="kept")
def show(asked: Asked) -> Shown:
    """All of it, the last rows of each kind; the rest is in the download."""
    found = kept(asked.viewer, most=2 * SHOWN)
    rows = [kind for kind in found.kinds if not any(name in kind.rows[0] for name in APART)]
    context = {
        "total": sum(len(kind.rows) for kind in found.kinds),
        "kinds": [_kind(kind, asked.speech) for kind in rows],
        "looks": _looks(found, asked),
        "entries": entries(found.timeline, asked.speech),
    }
    return Shown("pages/kept.html", context)


def _looks(found: KeptAboutMe, asked: Asked) -> dict[str, Any]:
    speech = asked.speech
    columns = [
        Column("who", gettext("Who"), "title"),
        Column("page", gettext("Looked at")),
        Column("day", gettext("Day"), "day"),
        Column("count", gettext("Times"), "number"),
    ]
    theirs = [look for look in found.looks if look.viewer != asked.person.pk]
    rows = [
        Row([
            Cell(speech.say(found.names.get(look.viewer, say("somebody")))),
            Cell(speech.say(PAGES.get(look.page, OF_OTHERS))),
            Cell(speech.day(look.day)),
            Cell(speech.number(look.count)),
        ])
        for look in theirs
    ]  # fmt: skip
    return {"columns": columns, "rows": rows}


def _kind(kind: KeptRows, speech: Speech) -> dict[str, Any]:
    """The last rows of a kind under the columns that hold something."""
    last = list(kind.rows)[-SHOWN:][::-1]
    names = [name for name in last[0] if any(row[name] not in (None, "") for row in last)]
    title = speech.say(kind.what)
    return {
        "title": title[:1].upper() + title[1:],
        "count": len(kind.rows),
        "more": len(kind.rows) > len(last),
        "columns": [Column(name, speech.say(WORDS[name]) if name in WORDS else name, _form(last, name)) for name in names],
        "rows": [Row([Cell(_text(name, row, speech)[:LONGEST]) for name in names]) for row in last],
    }


def _form(rows: list[Mapping[str, object]], name: str) -> str:
    value = next((row[name] for row in rows if row[name] is not None), None)
    if isinstance(value, date):
        return "day"
    return "money" if isinstance(value, Decimal) else "text"


def _text(name: str, row: Mapping[str, object], speech: Speech) -> str:
    value = row[name]
    if isinstance(value, Decimal):
        return speech.money(Money(value, str(row.get("currency") or "")))
    if isinstance(value, datetime):
        return speech.instant(value)
    words = NAMED.get(name, CODES)
    return speech.say(words[value]) if isinstance(value, str) and value in words else speech.show(value)


@page("kept-about-me.json", name="kept_json")
def download(asked: Asked) -> HttpResponse:
    """Every row as a file."""
    kinds, names = document(asked.viewer)
    whole = {
        "person": asked.person.name,
        "network": asked.network.name,
        "made": asked.now,
        "kept": [{"what": asked.speech.say(kind.what), "rows": [_plain(row) for row in kind.rows]} for kind in kinds],
        "names": {str(one): asked.speech.say(name) for one, name in names.items()},
    }
    answer = HttpResponse(json.dumps(whole, cls=DjangoJSONEncoder, indent=1, ensure_ascii=False), content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="kept-about-me.json"'
    answer["Cache-Control"] = "no-store"
    return answer


def _plain(row: Mapping[str, object]) -> dict[str, object]:
    return {name.replace("__", "_"): str(value) if isinstance(value, UUID | Decimal) else value for name, value in row.items()}

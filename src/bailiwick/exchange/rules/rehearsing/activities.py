"""Activities: what was done on which day, and what is planned."""

import re
from datetime import date

from bailiwick.exchange.rules.folding import folded
from bailiwick.exchange.rules.rehearsing.book import BLANK, Draft
from bailiwick.exchange.rules.rehearsing.describing import describe_all
from bailiwick.exchange.rules.rehearsing.keys import Occurrences
from bailiwick.exchange.rules.rehearsing.referring import refer
from bailiwick.exchange.rules.rehearsing.sheets import Sheet
from bailiwick.exchange.rules.rehearsing.work import Work
from bailiwick.kit import say

# Which word of a kind decides; the first line that has one. What no line knows is a note.
KINDS = {
    "mail": "email emails mail mails letter brief correo courriel linkedin message nachricht sms whatsapp newsletter",
    "call": "call calls phone telephone anruf anrufe telefonat telefon telefonisch rückruf llamada appel voicemail",
    "visit": "visit visits besuch besuche vorort onsite kundenbesuch visita visite messe tradeshow",
    "meeting": "meeting meetings demo demos presentation präsentation termin termine appointment event events besprechung video"
    " webinar workshop lunch kickoff zoom teams reunión reunion réunion treffen videocall conference videokonferenz",
    "task": "task tasks todo aufgabe aufgaben tarea tâche followup reminder erinnerung wiedervorlage",
    "note": "note notes notiz notizen comment kommentar memo nota",
}
WORDS = {folded(word): kind for kind, words in KINDS.items() for word in words.split()}
DONE = "done completed complete held closed finished erledigt abgeschlossen fertig durchgeführt sent gesendet true yes ja 1 x"
WAITING = """open notstarted inprogress planned scheduled pending waiting deferred todo offen geplant ausstehend inarbeit
    nichtbegonnen inbearbeitung zurückgestellt false no nein 0 new neu waitingonsomeoneelse upcoming overdue"""
IS_DONE, IS_WAITING = ({folded(word) for word in words.split()} for words in (DONE, WAITING))


def kind_of(text: str, otherwise: str = "note") -> str:
    """The kind of an activity by the words of its source; `otherwise` is what the name of the table says.

    >>> [kind_of(text) for text in ("E-Mail", "Anruf", "Product demo", "Outgoing Phone Call", "Sent", "Besuch", "Tasks.csv")]
    ['mail', 'call', 'meeting', 'call', 'note', 'visit', 'task']
    """
    whole = folded(text)
    if whole in WORDS:
        return WORDS[whole]
    words = {folded(word) for word in re.split(r"[\s_/.:]+", text)}
    return next((kind for kind in KINDS if any(WORDS.get(word) == kind for word in words)), otherwise)


def take_activities(work: Work) -> None:
    """Every row is an activity, unless a row with its id was one before."""
    occurrences = Occurrences()
    said: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for sheet in work.of("activity"):
        _draft(work, sheet, occurrences, said)
        _attach(work, sheet)


def _draft(work: Work, sheet: Sheet, occurrences: Occurrences, told: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]) -> None:
    names, ids = tuple(sorted(sheet.columns)), sheet.values("activity.key")
    kinds, texts, states = (sheet.values(f"activity.{name}") for name in ("kind", "text", "status"))
    days, dues = sheet.values("activity.day"), sheet.values("activity.due")
    otherwise = kind_of(sheet.name)
    known = {text: kind_of(text, otherwise) for text in set(kinds)}
    for place, cells in enumerate(sheet.said()):
        if place in sheet.refused or place in sheet.again:
            continue
        key = ids[place]
        if key in told:
            if told[key] == (names, cells):
                sheet.again.add(place)
            else:
                sheet.refuse(place, say("A row before this one has the same id with other content."))
            continue
        kind = known[kinds[place]]
        when = day_and_due(kind, states[place], days[place], dues[place], work.today)
        if when is None or not any(cells):
            sheet.refuse(place, say("No day says when it was or will be."))
            continue
        if key:
            told[key] = (names, cells)
        else:
            key = occurrences.key(names, cells)
        values = BLANK["activity"] | {"kind": kind, "text": texts[place], "day": when[0], "due": when[1]}
        work.book("activity").add(Draft("activity", key, sheet.name, sheet.lines[place], values))
        sheet.keys[place] = key


def day_and_due(
    kind: str, status: str, day: date | None, due: date | None, today: date
) -> tuple[date | None, date | None] | None:
    """When it was, or when it is due; None where neither can be known.

    >>> day_and_due("call", "", date(2026, 3, 1), None, date(2026, 2, 1))
    (None, datetime.date(2026, 3, 1))
    """
    state = folded(status)
    ahead = (due or day) if not state else day
    if state in IS_WAITING or (ahead is not None and ahead > today):
        return None, due or day
    when = day or due
    if when is None:
        return (None, None) if kind == "task" and state not in IS_DONE else None
    return when, None


def _attach(work: Work, sheet: Sheet) -> None:
    """An activity is with the company of its deal or of its contact, where no column says with which."""
    books = work.books
    keys = {f"activity.{role}": refer(work, sheet, f"activity.{role}") for role in ("owner", "account", "opportunity")}
    accounts = keys["activity.account"]
    keys["activity.contact"] = refer(work, sheet, "activity.contact", within=accounts)
    describe_all(work, sheet, keys)
    for place in sheet.live():
        values = books["activity"].drafts[sheet.keys[place] or ""].values
        values.update({role: keys[f"activity.{role}"][place] for role in ("owner", "account", "contact", "opportunity")})
        if values["account"] is None and values["opportunity"]:
            values["account"] = books["opportunity"].drafts[values["opportunity"]].values["account"]
        if values["account"] is None and values["contact"]:
            values["account"] = books["contact"].drafts[values["contact"]].values["account"]

"""The questions of the setup as cards: what is asked, why, what the rows say, and what is proposed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from bailiwick.desk.people import Place
from bailiwick.desk.setup import Directing, Setup, Units
from bailiwick.exchange.aims import Aims
from bailiwick.exchange.commands.setting_up import Question
from bailiwick.exchange.evidence import Contested, NoCurrency, NoFloors
from bailiwick.exchange.fields import STATED_CURRENCY
from bailiwick.exchange.models import SetupAnswer
from bailiwick.exchange.rules.readiness import Ready, State
from bailiwick.kit import Money, Refused, Speech, say, say_n
from bailiwick.web.asked import Asked
from bailiwick.web.forms import Control, choice, controls, problem_of
from bailiwick.web.shapes import Cell, Column, Row, initials

MOST_UNITS = 150  # a form has at most 1000 fields
MOST_NAMES = 12
KINDS = {State.WORKS: "good", State.NEEDS: "watch", State.WAITS: "none"}


def title_of(question: Question) -> str:
    """What is asked."""
    return {
        Question.CURRENCY: gettext("In which currency are the amounts?"),
        Question.UNITS: gettext("Are these the units, and who answers for each?"),
        Question.DIRECTOR: gettext("Who directs?"),
        Question.FLOORS: gettext("Below which price is selling no longer everyday business?"),
        Question.CONTESTED: gettext("Who calls on companies on which several people work?"),
        Question.TARGETS: gettext("What is aimed at?"),
    }[question]


@dataclass(frozen=True)
class Card:
    """One question as the page prints it. `version`: the proposal that was looked at; `first`: the rows propose something."""

    question: Question
    why: str
    proposal: str
    submit: str
    first: bool = True
    facts: Sequence[tuple[str, str]] = ()
    note: str = ""
    version: str = ""
    units: Sequence[dict[str, Any]] = ()
    field: Control | None = None

    @property
    def title(self) -> str:
        return title_of(self.question)

    @property
    def action(self) -> str:
        return reverse(f"setup_{self.question}")


def cards(of: Setup, asked: Asked, no: Refused | None) -> list[Card]:
    """The open questions in their order; a refused form keeps what was typed in it."""
    made = (
        _currency(of.currency, asked, no) if of.currency else None,
        _units(of.units, asked, no) if of.units else None,
        _directing(of.directing, asked, no) if of.directing else None,
        _floors(of.floors, asked.speech) if of.floors else None,
        _contested(of.contested, asked.speech) if of.contested else None,
        _targets(of.targets, asked.speech) if of.targets else None,
    )
    return [card for card in made if card]


def _currency(of: NoCurrency, asked: Asked, no: Refused | None) -> Card:
    from babel.numbers import get_currency_name

    speech = asked.speech
    deals = say_n("one deal with a value", "%(n)s deals with a value", of.deals)
    lists = say_n("one price list", "%(n)s price lists", of.lists)
    control = controls([STATED_CURRENCY], {"currency": of.proposal.code if of.proposal else ""}, speech, no)[0]
    names = {code: get_currency_name(code, locale=speech.region) for code, _ in control.choices}
    proposal = gettext("The rows do not tell: choose.")
    if of.proposal:
        proposal = speech.say(say("%(currency)s: %(because)s", currency=names[of.proposal.code], because=of.proposal.because))
    return Card(
        question=Question.CURRENCY,
        why=gettext("Sums need it, and the export did not say."),
        facts=[(gettext("Without a currency"), speech.say(say("%(deals)s, %(lists)s", deals=deals, lists=lists)))],
        proposal=proposal,
        field=replace(control, choices=[(code, f"{code} · {name}") for code, name in names.items()]),
        submit=gettext("All are in this currency"),
        first=bool(of.proposal),
    )


def _units(of: Units, asked: Asked, no: Refused | None) -> Card:
    shown, more = of.places[:MOST_UNITS], len(of.places[MOST_UNITS:])
    rest = ngettext("One more unit stays as it is.", "%(n)s more units stay as they are.", more) % {"n": more}
    able = [(str(one.person), one.name) for one in of.able]
    return Card(
        question=Question.UNITS,
        why=gettext("A manager sees what the people below see, so this tree decides who reads whose deals."),
        proposal=gettext("As the import made it; where nobody answers for a unit, whoever is above does."),
        note=rest if more else "",
        units=[_unit(place, of.proposed.get(place.unit.pk), able, asked, no) for place in shown],
        submit=gettext("Take it like this"),
    )


def _unit(place: Place, proposed: UUID | None, able: list[tuple[str, str]], asked: Asked, no: Refused | None) -> dict[str, Any]:
    unit, manager, name = place.unit, place.manager, f"name-{place.unit.pk}"
    field = f"manager-{unit.pk}"
    return {
        "id": unit.pk,
        "name": name,
        "value": asked.text(name) or unit.name if asked.posted else unit.name,
        "problem": problem_of(no, name, asked.speech),
        "version": unit.version,
        "depth": min(place.depth, 6),
        "manager": manager.name if manager else "",
        "initials": initials(manager.name) if manager else "",
        "able": None if manager else choice(field, gettext("Manager"), able, asked.text(field) or proposed, "", required=False),
        "people": len(place.people),
    }


def _directing(of: Directing, asked: Asked, no: Refused | None) -> Card:
    shown, more = of.heads[:MOST_NAMES], len(of.heads[MOST_NAMES:])
    chosen = of.people.get(of.proposed) if of.proposed else None
    wrong = problem_of(no, "person", asked.speech)
    if chosen:
        proposal = gettext("%(name)s leads most people, and nobody leads %(name)s.") % {"name": chosen}
    elif of.heads:
        proposal = gettext("Several lead as many people as each other, and nobody leads them: choose.")
    else:
        proposal = gettext("Nobody leads anybody in what came: choose.")
    facts = [(of.people[head.person], asked.speech.say(say_n("leads one", "leads %(n)s", head.led))) for head in shown]
    people = [(str(who), name) for who, name in of.people.items()]
    return Card(
        question=Question.DIRECTOR,
        why=gettext("A director sees every unit and gives roles; nobody who came with the import does so far."),
        proposal=proposal,
        facts=[*facts, *_further(more, asked.speech)],
        field=choice("person", gettext("Director"), people, asked.text("person") or of.proposed, "", problem=wrong),
        submit=gettext("Make them director"),
        note=gettext("You stay director too. A link by which they come in is shown once, for you to pass on."),
        first=chosen is not None,
    )


def _further(n: int, speech: Speech) -> list[tuple[str, str]]:
    """How many people are left out of a list."""
    return [(gettext("Further people"), speech.number(n))] if n else []


def _floors(of: NoFloors, speech: Speech) -> Card:
    found = of.given
    at_list = say("%(n)s of %(all)s deals", n=found.at_list, all=found.deals)
    every = say_n("one product", "%(n)s products", of.prices)
    return Card(
        question=Question.FLOORS,
        why=gettext("A floor marks where a price stops being usual. It stands beside the price; nobody is blocked by one today."),
        facts=[
            (gettext("Sold at or above list"), speech.say(at_list)),
            (gettext("Discount in the middle"), speech.percent(found.median, 1)),
            (gettext("Nine of ten gave at most"), speech.percent(found.nearly_all, 1)),
        ],
        proposal=gettext("A floor at %(share)s of list, to the cent, for %(products)s.")
        % {"share": speech.percent(of.share, 1), "products": speech.say(every)},
        note=gettext("It is a new edition of the price list, in force from tomorrow; what was sold before keeps its prices."),
        version=of.seal,
        submit=gettext("Issue it with these floors"),
    )


def _contested(of: Contested, speech: Speech) -> Card:
    shown, more = of.gets[:MOST_NAMES], len(of.gets[MOST_NAMES:])
    left = of.unsettled
    facts = [(name, speech.say(say_n("one company", "%(n)s companies", n))) for name, n in shown]
    nobody = ngettext("One stays contested: nobody here works on it.", "%(n)s stay contested: nobody here works on them.", left)
    return Card(
        question=Question.CONTESTED,
        why=gettext("A company has one caller, so that no customer is called twice; until it is settled these have none."),
        proposal=speech.say(
            say_n(
                "One company goes to whoever has most open deals there, then to the newest contact.",
                "%(n)s companies go to whoever has most open deals there, then to the newest contact.",
                len(of.choices),
            )
        ),
        facts=[*facts, *_further(more, speech)],
        note=(nobody % {"n": left} + " " if left else "")
        + gettext("Everybody keeps the own deals. What is somebody else's is released on the company's page and claimed anew."),
        version=of.seal,
        submit=gettext("Settle them like this"),
    )


def _targets(of: Aims, speech: Speech) -> Card:
    shown, more = of.each[:MOST_NAMES], len(of.each[MOST_NAMES:])
    facts = [(one.name, speech.money(Money(one.amount, of.currency))) for one in shown]
    base = gettext("What each unit won in %(base)s, rounded, as its target for %(period)s.")
    return Card(
        question=Question.TARGETS,
        why=gettext("Without a target nobody can say who is on course."),
        facts=[*facts, *([(gettext("Further units"), speech.number(more))] if more else [])],
        proposal=base % {"base": of.base.name, "period": of.period.name},
        note=gettext("Each can be changed or withdrawn afterwards."),
        version=of.seal,
        submit=gettext("Set these targets"),
    )


def set_aside(of: Setup) -> list[dict[str, str]]:
    """Questions that are not asked at present."""
    words = {SetupAnswer.State.LATER: gettext("put off"), SetupAnswer.State.AGREED: gettext("answered")}
    return [
        {"question": question, "title": title_of(question), "word": words[SetupAnswer.State(state)]}
        for question, state in of.aside.items()
    ]


def columns() -> list[Column]:
    """The columns of what works."""
    return [Column("what", gettext("What"), "title"), Column("page", gettext("Page")), Column("state", gettext("Now"), "state")]


def ready(one: Ready, speech: Speech) -> Row:
    """One line of what works."""
    pages = {
        "my_day": gettext("My day"),
        "pipeline": gettext("Pipeline"),
        "accounts": gettext("Accounts"),
        "opportunity": gettext("Opportunity"),
        "people": gettext("People"),
    }
    what = speech.say(one.what)
    return Row([
        Cell(what[:1].upper() + what[1:], note=speech.say(one.note)),
        Cell(pages[one.page]),
        Cell(speech.say(one.word), state=KINDS[one.state]),
    ])  # fmt: skip

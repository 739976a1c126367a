"""`setup`: what an import could not know is asked with a proposal from the rows; below, what works by now."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from bailiwick.desk.setup import Setup, setup
from bailiwick.exchange.commands import setting_up
from bailiwick.exchange.commands.setting_up import Agreed, Question
from bailiwick.exchange.fields import STATED_CURRENCY
from bailiwick.fields import take
from bailiwick.fields.typed import Unreadable, read
from bailiwick.kit import Invalid, Problem, Refused, Role, Sentence, say, say_n
from bailiwick.network.fields import UNIT_NAME
from bailiwick.network.queries import units as units_in_sight
from bailiwick.performance.queries import today_of
from bailiwick.web.asked import Asked, Go, Shown
from bailiwick.web.door import page, tried
from bailiwick.web.setup_cards import cards, columns, ready, set_aside

DIRECTOR = frozenset({Role.DIRECTOR})
BOTH = ("GET", "POST")
T = TypeVar("T")


@page("setup", name="setup", roles=DIRECTOR)
def show(asked: Asked) -> Shown:
    """The open questions, and what works with what is there."""
    return _page(asked)


def _page(asked: Asked, no: Refused | None = None, link: str = "") -> Shown:
    of = setup(asked.actor, asked.now, today_of(asked.network, asked.today))
    context = {
        "heading": _heading(of),
        "cards": cards(of, asked, no),
        "aside": set_aside(of),
        "columns": columns(),
        "rows": [ready(one, asked.speech) for one in of.ready],
        "refusal": _said(no, asked),
        "link": link,
    }
    looked_at = frozenset(of.contested.choices.values()) if of.contested else frozenset[UUID]()
    return Shown("pages/setup.html", context, status=422 if no else 200, looked_at=looked_at, once=bool(link))


def _heading(of: Setup) -> str:
    if not of.open:
        return gettext("Nothing is left to settle")
    return ngettext("One thing to settle", "%(n)s things to settle", of.open) % {"n": of.open}


def _said(no: Refused | None, asked: Asked) -> dict[str, str] | None:
    """A refusal above the questions; what is wrong with one field stands beside it."""
    return None if no is None else {"sentence": asked.speech.say(no.sentence), "remedy": asked.speech.say(no.remedy)}


def _answer(asked: Asked, act: Callable[[], T], told: Callable[[T], Sentence | None]) -> Shown | Go:
    """Do what was answered and go back to what is still open; refused, the page says why. Asked for alone, nothing is done."""
    if not asked.posted:
        return Go(reverse("setup"))
    done: Any = tried(act)
    return _page(asked, done) if isinstance(done, Refused) else Go(reverse("setup"), told(done))


@page("setup/currency", name="setup_currency", roles=DIRECTOR, methods=BOTH)
def currency(asked: Asked) -> Shown | Go:
    """Amounts without a currency are in the one chosen."""

    def act() -> str:
        code: str = take([STATED_CURRENCY], asked.request.POST)["currency"]
        setting_up.state_currency(code, by=asked.actor, now=asked.now)
        return code

    return _answer(asked, act, lambda code: say("Every amount has its currency now: %(currency)s.", currency=code))


@page("setup/units", name="setup_units", roles=DIRECTOR, methods=BOTH)
def units(asked: Asked) -> Shown | Go:
    """The units are called and managed as said."""

    def act() -> None:
        setting_up.agree_on_units(_agreed(asked), by=asked.actor, now=asked.now)

    return _answer(asked, act, lambda _: say("The units stand as you said."))


def _agreed(asked: Asked) -> dict[UUID, Agreed]:
    """What was said of each unit that the form held."""
    said: dict[UUID, Agreed] = {}
    problems: list[Problem] = []
    for which in units_in_sight(asked.viewer).values_list("pk", flat=True):
        field = f"name-{which}"
        if field not in asked.request.POST:
            continue
        try:
            name = read(UNIT_NAME, asked.request.POST[field])
            said[which] = Agreed(name, asked.whole(f"version-{which}"), asked.id(f"manager-{which}"))
        except Unreadable as why:
            problems.append(Problem(field, why.sentence))
    if problems:
        raise Invalid(problems)
    return said


@page("setup/director", name="setup_director", roles=DIRECTOR, methods=BOTH)
def director(asked: Asked) -> Shown | Go:
    """Somebody is director from now on; the link that lets them in is in this one answer and nowhere else."""
    if not asked.posted:
        return Go(reverse("setup"))
    done: Any = tried(lambda: _direct(asked))
    if isinstance(done, Refused):
        return _page(asked, done)
    if done:
        return _page(asked, link=asked.request.build_absolute_uri(reverse("welcome", args=[done])))
    return Go(reverse("setup"), say("They direct from now on, with the login that they have."))


def _direct(asked: Asked) -> str:
    person = asked.id("person")
    if person is None:
        raise Invalid([Problem("person", say("Choose one of the values offered."))])
    return setting_up.choose_director(person, by=asked.actor, now=asked.now)


@page("setup/floors", name="setup_floors", roles=DIRECTOR, methods=BOTH)
def floors(asked: Asked) -> Shown | Go:
    """A new edition of the price list has floors."""
    return _answer(
        asked,
        lambda: setting_up.issue_floors(asked.text("version"), by=asked.actor, now=asked.now),
        lambda since: say("The price list with floors is in force from %(day)s.", day=since),
    )


@page("setup/callers", name="setup_contested", roles=DIRECTOR, methods=BOTH)
def contested(asked: Asked) -> Shown | Go:
    """Contested companies are called on by whom the rows propose."""
    return _answer(
        asked,
        lambda: setting_up.settle_callers(asked.text("version"), by=asked.actor, now=asked.now),
        lambda n: say_n("One company has its caller now.", "%(n)s companies have their caller now.", n),
    )


@page("setup/targets", name="setup_targets", roles=DIRECTOR, methods=BOTH)
def targets(asked: Asked) -> Shown | Go:
    """Units have the targets that their past proposes."""
    return _answer(
        asked,
        lambda: setting_up.set_proposed_targets(asked.text("version"), by=asked.actor, now=asked.now),
        lambda n: say_n("One target is set. Change it under Targets.", "%(n)s targets are set. Change them under Targets.", n),
    )


@page("setup/later", name="setup_later", roles=DIRECTOR, methods=BOTH)
def later(asked: Asked) -> Shown | Go:
    """A question is not asked until somebody asks for it again."""
    return _answer(
        asked,
        lambda: setting_up.put_off(_question(asked), by=asked.actor, now=asked.now),
        lambda _: say("Put off. It waits at the end of this page."),
    )


@page("setup/again", name="setup_again", roles=DIRECTOR, methods=BOTH)
def again(asked: Asked) -> Shown | Go:
    """A question that was set aside is asked again, if there still is something to settle."""
    return _answer(asked, lambda: setting_up.ask_again(_question(asked), by=asked.actor), lambda _: None)


def _question(asked: Asked) -> Question:
    try:
        return Question(asked.text("question"))
    except ValueError:
        raise Invalid([Problem("question", say("Choose one of the values offered."))]) from None

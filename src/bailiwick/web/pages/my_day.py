"""`my day`: the one line, and what needs a hand now."""

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from bailiwick.desk.my_day import MyDay, my_day
from bailiwick.kit import Money, Role, say
from bailiwick.pipeline.arrived import arrivals
from bailiwick.tenancy.models import new_id
from bailiwick.web.arrivals import arrival_todo
from bailiwick.web.asked import Asked, Go, Shown
from bailiwick.web.door import page
from bailiwick.web.frame import SELLING
from bailiwick.web.todos import deal_todo, promise_todo, task_todo

ARRIVED = 5  # the latest; all of them stand on a page of their own


@page("", name="home")
def home(asked: Asked) -> Go:
    """The first page of a role."""
    if asked.viewer.sells:
        return Go(reverse("my_day"))
    if Role.CLIENT in asked.viewer.roles:
        return Go(reverse("client"))
    return Go(reverse("overview" if asked.viewer.everything else "kept"))


@page("my-day", name="my_day", roles=SELLING)
def show(asked: Asked) -> Shown:
    """What the person has to do, and the line to type what happened."""
    day, here = my_day(asked.viewer, asked.today), reverse("my_day")
    items = [
        *(deal_todo(deal, asked, here) for deal in day.lapsing),
        *(promise_todo(promise, asked, here) for promise in day.promises),
        *(task_todo(task, asked, here) for task in day.tasks),
    ]
    greeting = _greeting(asked)
    return Shown(
        "pages/my_day.html",
        {
            "greeting": greeting,
            "sentence": _sentence(day, asked),
            "items": items,
            "arrived": [arrival_todo(one, asked, here) for one in arrivals(asked.viewer, ARRIVED)],
            "tally": _tally(day, asked),
            "key": str(new_id()),
        },
        offline=True,
    )


def _greeting(asked: Asked) -> str:
    hour = int(asked.speech.clock(asked.now)[:2])
    name = asked.person.name.split()[0] if asked.person.name else ""
    if hour < 11:
        return gettext("Good morning, %(name)s") % {"name": name}
    return (gettext("Good day, %(name)s") if hour < 18 else gettext("Good evening, %(name)s")) % {"name": name}


def _sentence(day: MyDay, asked: Asked) -> str:
    if not day.things:
        return gettext("Nothing waits for you today.")
    things = ngettext("One thing today.", "%(n)s things today.", day.things) % {"n": day.things}
    lapsed = [deal for deal in day.lapsing if deal.expected and deal.expected <= asked.today]
    if not lapsed:
        return things
    one = asked.speech.say(say("%(deal)s has to be decided.", deal=lapsed[0].title))
    return f"{things} {one}"


def _tally(day: MyDay, asked: Asked) -> list[dict[str, str]]:
    """Exact statements of the present state, one figure a step and currency."""
    return [
        {
            "name": tally.step,
            "value": str(tally.count),
            "note": asked.speech.money(Money(tally.value, tally.currency))
            if tally.value is not None
            else gettext("no value stated"),
        }
        for tally in day.tally
    ]

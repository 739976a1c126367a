"""The difference of two exports of one source: moves become stays, what is gone is left alone and told."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random

import pytest

from bailiwick.exchange.rules.mapping import Mapping as Reading
from bailiwick.exchange.rules.records import Record, Rehearsal
from bailiwick.kit import Actor
from bailiwick.ledger.models import Entry
from bailiwick.pipeline.models import Opportunity, Stage
from tests.village import NOW, Village

from .small import a_network, deal, rehearsal, taken

pytestmark = pytest.mark.django_db

STEPS = ("New", "Visit", "Offer", "Close")
READ = Reading("small", steps=STEPS, outcomes={"Won": "won", "Lost": "lost"})
D = date(2026, 11, 2)


@pytest.fixture
def by(village: Village) -> Actor:
    return a_network()


def export(deals: Iterable[Record], as_of: date) -> Rehearsal:
    return replace(rehearsal(deals=tuple(deals)), as_of=as_of)


def take(deals: Iterable[Record], as_of: date, by: Actor, now: datetime | None = None) -> dict[str, object]:
    return taken(export(deals, as_of), by, READ, now or datetime.combine(as_of, time(12), NOW.tzinfo)).report


def stays(by: Actor, key: str = "a") -> list[tuple[str, date | None, date | None, bool]]:
    rows = (
        Stage.objects.in_network(by)
        .filter(opportunity__source_id=key)
        .select_related("step")
        .order_by("recorded", "entered", "pk")
    )
    return [(row.step.name, row.entered, row.left, row.open) for row in rows]


def one(step: int, outcome: str = "open", key: str = "a", **more: object) -> Record:
    return deal(key, "Anna", "Acme", outcome, **({"step": step, "entered": date(2026, 10, 1), "decided": None} | more))


def test_a_move_is_a_stay_that_begins_on_the_day_of_the_export_that_tells_it(by: Actor) -> None:
    take([one(1)], D, by)
    take([one(3)], D + timedelta(7), by)
    first, second = date(2026, 10, 1), D + timedelta(7)
    assert stays(by) == [("New", first, second, False), ("Offer", second, None, True)]
    entered = Entry.objects.in_network(by).get(kind="pipeline.step_entered")
    assert (entered.day, entered.door) == (second, "import")
    take([one(3)], D + timedelta(14), by)
    assert len(stays(by)) == 2


def test_an_export_without_a_newer_day_of_its_own_tells_it_of_the_day_on_which_it_came(by: Actor) -> None:
    take([one(1)], D, by)
    came = datetime.combine(D + timedelta(20), time(12), NOW.tzinfo)
    take([one(2)], D, by, came)
    assert stays(by)[-1] == ("Visit", D + timedelta(20), None, True)


def test_a_decision_ends_the_stay_on_its_day(by: Actor) -> None:
    take([one(1)], D, by)
    take([one(1, "won", decided=D + timedelta(3), value=Decimal(900))], D + timedelta(7), by)
    assert stays(by) == [("New", date(2026, 10, 1), D + timedelta(3), False)]
    assert Entry.objects.in_network(by).get(kind="pipeline.won").day == D + timedelta(3)


def test_days_of_entry_that_the_export_tells_win(by: Actor) -> None:
    take([one(1)], D, by)
    told = [(1, date(2026, 10, 1)), (2, D + timedelta(2)), (4, D + timedelta(5))]
    take([one(4, stays=told)], D + timedelta(7), by)
    assert stays(by) == [
        ("New", date(2026, 10, 1), D + timedelta(2), False),
        ("Visit", D + timedelta(2), D + timedelta(5), False),
        ("Close", D + timedelta(5), None, True),
    ]


def test_history_that_was_there_stays(by: Actor) -> None:
    take([one(2)], D, by)
    take([one(3)], D + timedelta(7), by)
    before = stays(by)
    take([one(1, stays=[(4, D - timedelta(9)), (1, D + timedelta(8))])], D + timedelta(9), by)
    assert [row[:2] for row in stays(by)][:2] == [row[:2] for row in before]
    assert stays(by)[-1] == ("New", D + timedelta(8), None, True)


def test_a_deal_that_is_gone_is_left_alone_and_told(by: Actor) -> None:
    take([one(1), one(2, key="b"), one(3, key="c")], D, by)
    before = stays(by, "b")
    report = take([one(2)], D + timedelta(7), by)
    assert (report["absent"], stays(by, "b")) == (2, before)
    assert take([one(2), one(2, key="b"), one(3, key="c")], D + timedelta(8), by)["absent"] == 0


FIELDS = ("title", "value", "outcome", "decided", "expected", "origin", "reason", "entered", "stated_discount")


def state(by: Actor, keys: set[str]) -> dict[str, tuple[object, ...]]:
    rows = Opportunity.objects.in_network(by).filter(source_id__in=keys).select_related("step", "person", "account")
    return {
        row.source_id: (
            row.step.name,
            row.person.name,
            row.account and row.account.name,
            *(getattr(row, name) for name in FIELDS),
        )
        for row in rows
    }


def random_export(chance: Random, day: date) -> list[Record]:
    keys = [key for key in "abcdefgh" if chance.random() < 0.8]
    made = []
    for key in keys:
        outcome = chance.choice(("open", "open", "open", "won", "lost"))
        decided = day - timedelta(chance.randint(0, 20)) if outcome != "open" else None
        told: dict[str, object] = {
            "decided": decided, "value": Decimal(chance.randint(1, 9)), "title": chance.choice(("Hoist", "Crane")),
            "expected": chance.choice((None, date(2027, 1, 1))), "origin": chance.choice(("", "fair")),
        }  # fmt: skip
        if chance.random() < 0.4:
            days = sorted((decided or day) - timedelta(chance.randint(0, 40)) for _ in range(3))
            told["stays"] = [(chance.randint(1, 4), entered) for entered in days]
        made.append(replace(one(chance.randint(1, 4), outcome, key, **told), line=2))
        owner = chance.choice(("Anna", "Bert", "Cleo"))
        made[-1] = replace(made[-1], values={**made[-1].values, "owner": owner})
    return made


def consistent(by: Actor) -> list[str]:
    """What is wrong with the stays of the deals, in words."""
    wrong = []
    for row in Opportunity.objects.in_network(by).exclude(source_id=""):
        found = list(Stage.objects.in_network(by).filter(opportunity=row).order_by("recorded", "pk"))
        open_ones = [stay for stay in found if stay.open]
        if len(open_ones) != (row.outcome == "open"):
            wrong.append(f"{row.source_id}: {len(open_ones)} open")
        if open_ones and (open_ones[0] != found[-1] or open_ones[0].step_id != row.step_id or open_ones[0].left):
            wrong.append(f"{row.source_id}: the open one is not the last, or another step")
        days = [day for stay in found for day in (stay.entered, stay.left) if day]
        if days != sorted(days):
            wrong.append(f"{row.source_id}: {[(stay.entered, stay.left, stay.recorded.date()) for stay in found]}")
        if any(
            one.left != other.entered
            for one, other in pairwise(found)
            if one.left and other.entered and one.recorded == other.recorded
        ):
            wrong.append(f"{row.source_id}: a gap within one export")
    return wrong


@pytest.mark.parametrize("seed", range(16))
def test_exports_one_after_the_other_come_to_what_the_last_alone_says(seed: int, village: Village) -> None:
    chance, several, alone = Random(seed), a_network("several"), a_network("alone")
    day, deals = D, list[Record]()
    clocks: Callable[[date], datetime] = lambda on: datetime.combine(on, time(12), NOW.tzinfo)  # noqa: E731
    for _ in range(6):
        deals = random_export(chance, day)
        set_network(several)
        take(deals, day, several, clocks(day))
        assert consistent(several) == []
        day += timedelta(chance.randint(1, 9))
    told = state(several, {one.key for one in deals})
    set_network(alone)
    take(deals, day, alone, clocks(day))
    assert told == state(alone, {one.key for one in deals})


def set_network(by: Actor) -> None:
    from bailiwick.tenancy.within import set_network as inside

    inside(by.network)

"""Many rows are changed at once, each by the rule that any door follows; and all of it can be undone."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import UUID

import pytest

from bailiwick.desk.lists import LISTS
from bailiwick.kit import Invalid, NotSeen, Refused
from bailiwick.ledger.models import Entry
from bailiwick.lists import Listing, Seen
from bailiwick.lists.commands import MOST, change, judge, undo
from bailiwick.lists.models import Change
from bailiwick.pipeline.commands import lose
from bailiwick.pipeline.models import Opportunity, Stage, Step
from bailiwick.territories.models import Account
from tests.lists.test_asking import dealt
from tests.village import NOW, TODAY, Village

DEALS, ACCOUNTS = LISTS["pipeline"], LISTS["accounts"]
DAY = TODAY + timedelta(days=30)
Counting = Callable[[int], AbstractContextManager[object]]


def done(
    village: Village, who: str, listing: Listing, act: str, rows: dict[UUID, int], value: str
) -> tuple[Change | None, list[str]]:
    by = village.actor(who)
    found = listing.act(act, by.scope)
    assert found is not None
    made, judged = change(listing, found, rows, value, by=by, seen=Seen(by.scope, TODAY), now=NOW)
    return made, [str(why) for _, why in judged.left]


def undone(village: Village, who: str, made: Change | None) -> tuple[int, list[str]]:
    assert made is not None
    by = village.actor(who)
    n, stays = undo(made.pk, LISTS, by=by, seen=Seen(by.scope, TODAY), now=NOW)
    return n, [str(row) for row in stays]


def named(village: Village, *titles: str) -> dict[UUID, int]:
    rows = Opportunity.objects.in_network(village.by).filter(title__in=titles)
    return {row.pk: row.version for row in rows}


def stored(village: Village, title: str) -> Opportunity:
    row: Opportunity = Opportunity.objects.in_network(village.by).get(title=title)
    return row


def test_what_would_change_is_told_before_and_nothing_is(village: Village) -> None:
    names = dealt(village, "noor", ["1", "2", "3"])
    by = village.actor("noor")
    act = DEALS.act("expected", by.scope)
    assert act is not None
    before = Entry.objects.in_network(village.by).count()
    found = judge(DEALS, act, named(village, *names), DAY.isoformat(), by=by, seen=Seen(by.scope, TODAY))
    assert [row.title for row in found.changes] == names
    assert stored(village, names[0]).expected == TODAY + timedelta(days=1)
    assert Entry.objects.in_network(village.by).count() == before


def test_every_row_says_the_new_day_with_one_event_each_and_then_the_old_one_again(village: Village) -> None:
    names = dealt(village, "noor", ["1", "2", "3"])
    before = Entry.objects.in_network(village.by).count()
    made, left = done(village, "noor", DEALS, "expected", named(village, *names), DAY.isoformat())
    assert left == []
    assert {stored(village, name).expected for name in names} == {DAY}
    assert Entry.objects.in_network(village.by).count() == before + 3
    assert undone(village, "noor", made) == (3, [])
    assert [stored(village, name).expected for name in names] == [TODAY + timedelta(days=n) for n in (1, 2, 3)]
    with pytest.raises(Refused, match="undone_already"):
        undone(village, "noor", made)


def test_rows_of_others_and_decided_ones_stay_with_the_reason(village: Village) -> None:
    mine, theirs = dealt(village, "aylin", ["1", "2"]), dealt(village, "piet", ["3"])
    foreign = dealt(village, "sven", ["4"])
    lose(stored(village, mine[1]).pk, reason="", by=village.actor("aylin"), now=NOW)
    rows = named(village, *mine, *theirs, *foreign)
    made, left = done(village, "noor", DEALS, "origin", rows, "fair")
    assert (made, left) == (None, [])  # none of them is in sight: they are not even told of
    made, left = done(village, "aylin", DEALS, "origin", rows, "fair")
    assert left == ["it is decided already"]
    assert stored(village, foreign[0]).origin == ""
    assert stored(village, theirs[0]).origin == "fair"  # of the partner below: hers to work on


def test_a_director_who_sees_everything_changes_nothing_of_others(village: Village) -> None:
    names = dealt(village, "noor", ["1"])
    made, left = done(village, "dora", DEALS, "origin", named(village, *names), "fair")
    assert made is None
    assert left == ["somebody else works on it"]


def test_a_row_that_somebody_changed_since_it_was_read_stays(village: Village) -> None:
    names = dealt(village, "noor", ["1", "2"])
    read = named(village, *names)
    done(village, "aylin", DEALS, "origin", {stored(village, names[0]).pk: 0}, "call")
    _, left = done(village, "noor", DEALS, "origin", read, "expo")
    assert left == ["somebody changed it since"]
    assert [stored(village, name).origin for name in names] == ["call", "expo"]


def test_the_undo_keeps_what_somebody_did_since_and_names_it(village: Village) -> None:
    names = dealt(village, "noor", ["1", "2"])
    made, _ = done(village, "noor", DEALS, "expected", named(village, *names), DAY.isoformat())
    done(village, "aylin", DEALS, "origin", {stored(village, names[1]).pk: 0}, "call")
    assert undone(village, "noor", made) == (1, [names[1]])
    assert stored(village, names[1]).expected == DAY


def test_moving_several_to_a_step_keeps_their_history(village: Village) -> None:
    names = dealt(village, "noor", ["1", "2"])
    step = Step.objects.in_network(village.by).get(name="Proposal")
    made, left = done(village, "noor", DEALS, "step", named(village, *names), str(step.pk))
    assert left == []
    assert {stored(village, name).step_id for name in names} == {step.pk}
    undone(village, "noor", made)
    stays = Stage.objects.in_network(village.by).filter(opportunity=stored(village, names[0])).order_by("recorded", "pk")
    assert [stay.step.name for stay in stays] == ["Prospect", "Proposal", "Prospect"]


def test_a_manager_gives_deals_to_another_seller_and_takes_them_back(village: Village) -> None:
    names = dealt(village, "noor", ["1", "2"])
    made, left = done(village, "aylin", DEALS, "person", named(village, *names), str(village.people["ben"].pk))
    assert left == []
    assert {stored(village, name).person_id for name in names} == {village.people["ben"].pk}
    assert not Opportunity.objects.seen_by(village.actor("noor").scope).filter(title=names[0]).exists()
    assert undone(village, "aylin", made) == (2, [])
    assert {stored(village, name).person_id for name in names} == {village.people["noor"].pk}


@pytest.mark.parametrize(("who", "to"), [("noor", "sven"), ("aylin", "sven"), ("noor", "clara"), ("paula", "noor")])
def test_nobody_gives_deals_to_somebody_out_of_sight_or_who_does_not_sell(village: Village, who: str, to: str) -> None:
    names = dealt(village, who, ["1"])
    with pytest.raises(Invalid):
        done(village, who, DEALS, "person", named(village, *names), str(village.people[to].pk))


@pytest.mark.parametrize(("act", "value"), [("expected", "soon"), ("value", "viel"), ("title", ""), ("step", str(UUID(int=1)))])
def test_a_value_that_is_none_changes_no_row(village: Village, act: str, value: str) -> None:
    names = dealt(village, "noor", ["1"])
    with pytest.raises(Invalid):
        done(village, "noor", DEALS, act, named(village, *names), value)
    assert Change.objects.in_network(village.by).count() == 0


def test_more_rows_than_one_act_may_change_are_refused_before_any(village: Village) -> None:
    with pytest.raises(Refused, match="too_many_rows"):
        done(village, "noor", DEALS, "origin", {UUID(int=n): 0 for n in range(MOST + 1)}, "fair")


def test_companies_get_a_sector_from_those_who_work_on_them_only(village: Village) -> None:
    held = village.accounts["Hafen Logistik GmbH"], village.accounts["Brauhaus Mitte"], village.accounts["Schrauben Sander"]
    rows = {account.pk: 0 for account in held}
    made, left = done(village, "noor", ACCOUNTS, "sector", rows, "logistics")
    sectors = dict(Account.objects.in_network(village.by).filter(pk__in=rows).values_list("name", "sector"))
    assert sectors == {"Hafen Logistik GmbH": "logistics", "Brauhaus Mitte": "", "Schrauben Sander": ""}
    assert undone(village, "noor", made)[0] == 1
    assert left == []
    _, left = done(village, "dora", ACCOUNTS, "sector", rows, "logistics")
    assert left == ["others work on it"] * 3


def test_only_whoever_made_a_change_undoes_it(village: Village) -> None:
    names = dealt(village, "noor", ["1"])
    made, _ = done(village, "noor", DEALS, "origin", named(village, *names), "fair")
    for other in ("ben", "aylin", "dora"):
        with pytest.raises(NotSeen):
            undone(village, other, made)


def test_moving_many_asks_for_the_step_once_and_not_once_a_row(village: Village, django_assert_max_num_queries: Counting) -> None:
    names = dealt(village, "noor", ["1"] * 40)
    by, rows = village.actor("noor"), named(village, *names)
    act = DEALS.act("step", by.scope)
    assert act is not None
    step = str(Step.objects.in_network(village.by).get(name="Proposal").pk)
    with django_assert_max_num_queries(8):
        found = judge(DEALS, act, rows, step, by=by, seen=Seen(by.scope, TODAY))
    assert len(found.changes) == 40

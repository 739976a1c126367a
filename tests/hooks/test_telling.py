"""What a hook tells: events that its person sees, once each, and never a word, a name or somebody else's row."""

import json
from datetime import timedelta
from uuid import UUID

import pytest

from bailiwick.hooks.commands import (
    add_hook,
    claim,
    compose,
    remove_hook,
    replay,
    replay_since,
    send_test,
    settle,
    switch_off,
    switch_on,
    turn_secret,
)
from bailiwick.hooks.models import Delivery, Hook
from bailiwick.hooks.rules.kinds import TEST
from bailiwick.kit import Invalid, NotAllowed, NotSeen, Refused, Role
from bailiwick.ledger.models import AccessRecord, Entry
from bailiwick.network.commands import end_access, erase_person, grant_sight, leave, withdraw_sight
from bailiwick.network.models import Person
from tests.hooks.hooked import BAD, FINE, URL, Answer, a_delivery, a_hook, claimed, composed, deliveries, sent, until_given_up
from tests.village import FOUNDED, NOW, PEOPLE, Village

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def told(outgoing: list[object]) -> list[dict[str, object]]:
    return [json.loads(one.body) for one in outgoing]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["dora", "aylin", "noor", "paula", "piet"])
def test_a_hook_tells_every_event_that_its_person_sees_and_no_other(village: Village, name: str) -> None:
    hook = a_hook(village, name, past=True)
    seen = set(Entry.objects.seen_by(village.actor(name).scope).values_list("pk", flat=True))
    every = Entry.objects.in_network(village.by).count()
    assert {row.entry for row in composed(village, hook)} == seen
    assert 0 < len(seen) <= every
    assert name == "dora" or len(seen) < every
    events = told(sent(village))
    assert {UUID(one["data"]["event"]) for one in events} == seen  # type: ignore[index]
    assert not [row for row in deliveries(village, hook) if not row.delivered]


def test_what_is_told_holds_ids_amounts_and_codes_and_no_name(village: Village) -> None:
    a_hook(village, "dora", past=True)
    composed(village, Hook.objects.in_network(village.by).get())
    whole = b"\n".join(one.body for one in sent(village)).decode()
    names = [full for full, _, _ in PEOPLE.values()] + list(village.accounts) + list(village.deals)
    assert "pipeline.opportunity_opened" in whole
    assert not [name for name in names if name in whole]
    assert str(village.people["noor"].pk) in whole


def test_a_body_says_type_and_time_and_carries_the_ids_by_which_the_api_is_asked(village: Village) -> None:
    hook = a_hook(village, "noor", kinds="pipeline.opportunity_opened", past=True)
    composed(village, hook)
    body = told(sent(village))[0]
    entry = Entry.objects.in_network(village.by).get(pk=body["data"]["event"])  # type: ignore[index]
    assert set(body) == {"type", "timestamp", "data"}
    assert body["type"] == entry.kind == "pipeline.opportunity_opened"
    assert body["timestamp"] == entry.happened.isoformat()
    data = body["data"]
    assert set(data) == {"event", "subject", "by", "recorded", "schema", "facts"}  # type: ignore[arg-type]
    assert data["subject"] == str(entry.subject)  # type: ignore[index]
    assert data["facts"]["account"] == entry.facts["account"]  # type: ignore[index]


def test_only_the_kinds_that_were_asked_for_are_told(village: Village) -> None:
    hook = a_hook(village, "dora", kinds="network.unit_added territories.*", past=True)
    kinds = {row.kind for row in composed(village, hook)}
    assert "network.unit_added" in kinds
    assert {kind for kind in kinds if not kind.startswith("territories.")} == {"network.unit_added"}


def test_a_margin_is_told_to_nobody_who_may_not_read_it(village: Village) -> None:
    for name, reads in (("paula", False), ("aylin", True)):
        side = village.side("piet")
        entry = Entry.objects.in_network(village.by).create(
            network_id=village.by.network, kind="pipeline.won", happened=NOW, recorded=NOW, day=NOW.date(), subject=UUID(int=5),
            unit_id=side.unit, person_id=side.person, organization_id=side.organization, by=side.person, door="page",
            facts={"value": "100.00", "currency": "EUR", "discount": None, "margin": "0.40"},
        )  # fmt: skip
        hook = a_hook(village, name)
        Delivery.objects.in_network(village.by).create(
            network_id=village.by.network, hook=hook, entry=entry.pk, kind=entry.kind, made=NOW, due=NOW
        )
        body = told(claimed(village))[0]
        assert ("margin" in body["data"]["facts"]) is reads  # type: ignore[index]
        assert body["data"]["facts"]["value"] == "100.00"  # type: ignore[index]


def test_an_event_is_on_its_way_once_however_often_the_ledger_is_read(village: Village) -> None:
    hook = a_hook(village, "noor", past=True)
    first = composed(village, hook)
    hook.refresh_from_db(from_queryset=Hook.objects.in_network(village.by))
    assert compose(by=village.by, now=NOW) == 0
    Hook.objects.in_network(village.by).update(moment=-1, seq=-1)
    assert compose(by=village.by, now=NOW) == 0
    assert [row.pk for row in composed(village, hook)] == [row.pk for row in first]


def test_a_hook_tells_nothing_of_what_was_before_it(village: Village) -> None:
    assert composed(village, a_hook(village, "dora")) == []


def test_what_is_unfinished_waits_for_its_end(village: Village) -> None:
    """This test's own transaction is not finished: what it records is not yet told, and not passed over either."""
    hook = a_hook(village, "dora", past=True)
    grant_sight(
        viewer=village.people["sven"].pk, purpose="x", source="x", unit=village.units["cobalt"].pk, by=village.by, now=NOW
    )
    assert not [row for row in composed(village, hook) if row.kind == "network.sight_granted"]
    hook.refresh_from_db(from_queryset=Hook.objects.in_network(village.by))
    unfinished = Entry.objects.in_network(village.by).get(kind="network.sight_granted")
    assert hook.moment < unfinished.moment


def test_what_has_left_the_sight_when_its_turn_comes_is_not_told(village: Village) -> None:
    dora = village.actor("dora")
    cobalt = village.units["cobalt"].pk
    sight = grant_sight(viewer=village.people["sven"].pk, purpose="coaching", source="x", unit=cobalt, by=dora, now=NOW - HOUR)
    hook = a_hook(village, "sven", past=True)
    rows = composed(village, hook)
    theirs = {row.pk for row in Entry.objects.in_network(village.by).filter(unit_id__in=(cobalt, village.units["callwerk"].pk))}
    assert theirs & {row.entry for row in rows}
    withdraw_sight(sight.pk, by=dora, now=NOW)
    events = {UUID(one["data"]["event"]) for one in told(sent(village, now=NOW + HOUR))}  # type: ignore[index]
    assert not theirs & events
    unseen = [row for row in deliveries(village, hook) if row.trouble == "unseen"]
    assert {row.entry for row in unseen} <= theirs
    assert not [row for row in unseen if row.due or row.delivered]


def test_whose_rows_were_told_of_is_recorded_as_a_look_at_them(village: Village) -> None:
    composed(village, a_hook(village, "dora", past=True))
    sent(village)
    looks = AccessRecord.objects.in_network(village.by).filter(viewer=village.people["dora"].pk, page="hook")
    assert village.people["noor"].pk in set(looks.values_list("person", flat=True))


def test_with_the_access_the_hook_ends(village: Village) -> None:
    hook = a_hook(village, "noor", past=True)
    composed(village, hook)
    end_access(village.people["noor"].pk, by=village.by, now=NOW)
    assert claimed(village) == []
    compose(by=village.by, now=NOW)
    hook.refresh_from_db(from_queryset=Hook.objects.in_network(village.by))
    assert (hook.off, hook.why_off) == (NOW, "access")


def test_a_hook_of_a_disabled_login_tells_nothing(village: Village) -> None:
    composed(village, a_hook(village, "noor", past=True))
    login = village.login("noor")
    login.is_active = False
    login.save()
    assert claimed(village) == []


def test_with_the_last_role_nothing_is_told_any_more(village: Village) -> None:
    from bailiwick.network.commands import end_membership
    from bailiwick.network.models import Membership

    composed(village, a_hook(village, "noor", past=True))
    role = Membership.objects.in_network(village.by).get(person=village.people["noor"], until=None)
    end_membership(role.pk, by=village.by, now=NOW)
    assert claimed(village, NOW + HOUR) == []


def test_an_erased_person_has_no_hook_and_no_hook_of_others_is_called_by_the_name(village: Village) -> None:
    rita = village.people["rita"]
    name = Person.objects.in_network(village.by).get(pk=rita.pk).name
    own, other = a_hook(village, "dora"), a_hook(village, "aylin", label=f"Of {name}")
    Hook.objects.in_network(village.by).filter(pk=own.pk).update(person=rita.pk)
    a_delivery(village, own)
    erase_person(person=rita.pk, by=village.actor("dora"), now=NOW)
    left = list(Hook.objects.in_network(village.by))
    assert [row.pk for row in left] == [other.pk]
    assert left[0].label == ""
    assert not Delivery.objects.in_network(village.by).exists()


def test_a_leaving_leaves_a_hook_that_tells_nothing(village: Village) -> None:
    from bailiwick.ledger import asking

    composed(village, a_hook(village, "noor", past=True))
    noor, aylin = village.people["noor"].pk, village.actor("aylin")
    shares = {held.id: village.people["ben"].pk for held in asking.holdings(noor, aylin) if held.kind != "unit"}
    leave(person=noor, shares=shares, by=aylin, now=NOW)
    assert claimed(village) == []


@pytest.mark.parametrize("name", ["conny", "luis", "stefan", "clara", "ines"])
def test_who_works_with_no_deals_has_no_hook(village: Village, name: str) -> None:
    with pytest.raises(NotAllowed):
        a_hook(village, name)


@pytest.mark.parametrize(
    ("url", "kinds", "field"),
    [
        ("http://receiver.example/", "*", "url"),
        ("https://127.0.0.1/", "*", "url"),
        (URL, "pipeline.wins", "kinds"),
        (URL, "nothing.*", "kinds"),
        (URL, " , ", "kinds"),
    ],
)
def test_a_hook_that_could_not_work_is_refused_where_it_is_typed(village: Village, url: str, kinds: str, field: str) -> None:
    with pytest.raises(Invalid) as no:
        add_hook(label="x", url=url, kinds=kinds, by=village.actor("noor"), now=NOW)
    assert [problem.field for problem in no.value.problems] == [field]


def test_nobody_has_more_than_ten_hooks(village: Village) -> None:
    for _ in range(10):
        a_hook(village, "noor")
    with pytest.raises(Refused, match="too_many_hooks"):
        a_hook(village, "noor")


def test_a_delivery_that_was_claimed_is_nobody_elses_until_the_claim_is_over(village: Village) -> None:
    hook = a_hook(village, "noor")
    send_test(hook.pk, by=village.actor("noor"), now=NOW)
    [first] = claimed(village)
    assert claimed(village, NOW + timedelta(seconds=60)) == []
    [again] = claimed(village, NOW + timedelta(seconds=121))
    assert again.headers["webhook-id"] == first.headers["webhook-id"]
    assert settle(first, FINE, by=village.by, now=NOW) is None
    assert deliveries(village, hook)[0].delivered is None, "the claim of the first was over"
    settle(again, FINE, by=village.by, now=NOW)
    assert deliveries(village, hook)[0].delivered == NOW


def test_each_attempt_has_the_same_id_and_body_and_a_time_of_its_own(village: Village) -> None:
    hook = a_hook(village, "noor", kinds="pipeline.opportunity_opened", past=True)
    composed(village, hook)
    first = {one.headers["webhook-id"]: one for one in sent(village, BAD)}
    second: dict[str, object] = {}
    for step in range(40):
        second |= {one.headers["webhook-id"]: one for one in sent(village, FINE, NOW + timedelta(seconds=10 + step))}
    assert set(second) == set(first)
    for name, one in first.items():
        again = second[name]
        assert again.body == one.body  # type: ignore[attr-defined]
        assert again.headers["webhook-timestamp"] != one.headers["webhook-timestamp"]  # type: ignore[attr-defined]


def test_of_a_hook_that_fails_one_at_a_time_is_tried_and_of_one_that_works_a_share(village: Village) -> None:
    bad, good = a_hook(village, "noor", past=True), a_hook(village, "ben", past=True)
    composed(village, bad)
    Hook.objects.in_network(village.by).filter(pk=bad.pk).update(failing=NOW)
    found = claim(by=village.by, now=NOW)
    of_bad = {row.pk for row in deliveries(village, bad)}
    assert len([one for one in found if one.delivery in of_bad]) == 1
    assert len(found) == 1 + min(8, len(deliveries(village, good)))


def test_a_hook_that_fails_for_a_while_is_tried_every_half_minute_until_something_gets_through(village: Village) -> None:
    hook = a_hook(village, "noor", past=True)
    assert len(composed(village, hook)) > 10
    Hook.objects.in_network(village.by).filter(pk=hook.pk).update(failing=NOW - HOUR)
    assert len(sent(village, BAD)) == 1
    assert sent(village, BAD, NOW + timedelta(seconds=20)) == []
    assert len(sent(village, FINE, NOW + timedelta(seconds=31))) == 1
    assert len(claim(by=village.by, now=NOW + timedelta(seconds=32))) == 8


def test_a_delivery_that_fails_for_three_days_is_given_up_and_the_hook_is_off(village: Village) -> None:
    hook = a_hook(village, "noor")
    send_test(hook.pk, by=village.actor("noor"), now=NOW)
    end, tries = until_given_up(village, hook, [BAD], village.by, NOW)
    assert tries == 10
    assert timedelta(days=3) < end - NOW < timedelta(days=4)
    assert (hook.why_off, hook.failing) == ("failing", NOW + timedelta(seconds=1))


def test_a_delivery_that_is_given_up_while_others_get_through_leaves_the_hook_on(village: Village) -> None:
    hook = a_hook(village, "noor")
    by = village.actor("noor")
    bad = send_test(hook.pk, by=by, now=NOW)
    now = NOW
    for day in range(5):
        other = a_delivery(village, hook)
        replay(hook.pk, other.pk, by=by, now=NOW + day * DAY)
        now = NOW + day * DAY
        for _ in range(40):
            now += HOUR / 2
            for one in claimed(village, now):
                settle(one, BAD if one.delivery == bad.pk else FINE, by=village.by, now=now)
    rows = {row.pk: row for row in deliveries(village, hook)}
    assert rows[bad.pk].due is None
    assert rows[bad.pk].delivered is None
    hook.refresh_from_db(from_queryset=Hook.objects.in_network(village.by))
    assert hook.off is None


def test_gone_switches_the_hook_off_at_once(village: Village) -> None:
    hook = a_hook(village, "noor")
    send_test(hook.pk, by=village.actor("noor"), now=NOW)
    [one] = claimed(village)
    off = settle(one, Answer(status=410), by=village.by, now=NOW)
    assert off is not None
    assert (off.pk, off.why_off) == (hook.pk, "gone")
    assert claimed(village, NOW + DAY) == []


def test_a_hook_that_is_off_tells_nothing_and_once_on_what_waited(village: Village) -> None:
    hook, by = a_hook(village, "noor"), village.actor("noor")
    send_test(hook.pk, by=by, now=NOW)
    switch_off(hook.pk, by=by, now=NOW)
    assert claimed(village) == []
    for act in (lambda: send_test(hook.pk, by=by, now=NOW), lambda: replay_since(hook.pk, FOUNDED, by=by, now=NOW)):
        with pytest.raises(Refused, match="hook_off"):
            act()
    switch_on(hook.pk, by=by, now=NOW)
    assert len(claimed(village)) == 1


def test_a_replay_tells_again_with_the_ids_of_the_first_time_and_what_the_hook_was_too_late_for(village: Village) -> None:
    hook, by = a_hook(village, "noor", kinds="pipeline.*"), village.actor("noor")
    assert composed(village, hook) == []
    count = replay_since(hook.pk, FOUNDED - DAY, by=by, now=NOW)
    assert count > 0
    first = sent(village)
    assert len(first) == count
    assert replay_since(hook.pk, FOUNDED - DAY, by=by, now=NOW) == count
    again = sent(village)
    assert sorted(one.headers["webhook-id"] for one in again) == sorted(one.headers["webhook-id"] for one in first)
    assert sorted(one.body for one in again) == sorted(one.body for one in first)
    row = deliveries(village, hook)[0]
    replay(hook.pk, row.pk, by=by, now=NOW)
    assert [one.delivery for one in claimed(village)] == [row.pk]
    assert replay_since(hook.pk, NOW + DAY, by=by, now=NOW) == 0


def test_a_replay_of_what_was_forgotten_makes_it_anew_with_the_same_id(village: Village) -> None:
    from bailiwick.hooks.commands import forget

    hook, by = a_hook(village, "noor", kinds="pipeline.*"), village.actor("noor")
    replay_since(hook.pk, FOUNDED - DAY, by=by, now=NOW)
    first = sent(village)
    assert forget(by=village.by, now=NOW + 29 * DAY) == 0
    assert forget(by=village.by, now=NOW + 31 * DAY) == len(first)
    replay_since(hook.pk, FOUNDED - DAY, by=by, now=NOW)
    again = sent(village)
    assert sorted(one.headers["webhook-id"] for one in again) == sorted(one.headers["webhook-id"] for one in first)


def test_a_test_is_sent_once_and_says_that_it_is_one(village: Village) -> None:
    hook, by = a_hook(village, "noor"), village.actor("noor")
    assert send_test(hook.pk, by=by, now=NOW).pk == send_test(hook.pk, by=by, now=NOW).pk
    [body] = told(sent(village))
    assert body["type"] == TEST
    assert body["data"] == {"hook": str(hook.pk)}


def test_after_another_secret_both_sign_for_a_day(village: Village) -> None:
    hook, by = a_hook(village, "noor"), village.actor("noor")
    send_test(hook.pk, by=by, now=NOW)
    turn_secret(hook.pk, by=by, now=NOW)
    [one] = sent(village, BAD)
    assert len(one.headers["webhook-signature"].split(" ")) == 2
    [later] = sent(village, FINE, NOW + DAY)
    assert len(later.headers["webhook-signature"].split(" ")) == 1
    assert later.headers["webhook-signature"].startswith("v1,")


@pytest.mark.parametrize("name", ["ben", "aylin", "dora", "paula"])
def test_a_hook_of_somebody_else_is_answered_like_none(village: Village, name: str) -> None:
    hook, by = a_hook(village, "noor"), village.actor(name)
    row = a_delivery(village, hook)
    for which in (hook.pk, UUID(int=7)):
        for act in (
            lambda which: switch_off(which, by=by, now=NOW),
            lambda which: switch_on(which, by=by, now=NOW),
            lambda which: turn_secret(which, by=by, now=NOW),
            lambda which: remove_hook(which, by=by),
            lambda which: send_test(which, by=by, now=NOW),
            lambda which: replay(which, row.pk, by=by, now=NOW),
            lambda which: replay_since(which, FOUNDED, by=by, now=NOW),
        ):
            with pytest.raises(NotSeen):
                act(which)
    own = a_hook(village, name)
    with pytest.raises(NotSeen):
        replay(own.pk, row.pk, by=by, now=NOW)


def test_roles_that_may_have_hooks_are_those_that_work_with_deals() -> None:
    from bailiwick.kit.scope import DEALING

    assert Role.CLIENT not in DEALING
    assert Role.COACH not in DEALING

"""The demonstration network as built: complete, repeatable, alive, nothing in the future, and removable."""

from datetime import timedelta

import pytest

from bailiwick.demo import CAST, build, cast, truth_of
from bailiwick.demo.building import SMALL
from bailiwick.demo.lives import BY_HAND
from bailiwick.demo.removal import remove
from bailiwick.desk.my_day import my_day
from bailiwick.kit import Refused, Role
from bailiwick.network.models import Access, Login
from bailiwick.network.queries import scope_of
from bailiwick.tenancy.models import Network, new_id
from bailiwick.tenancy.within import within
from tests.demo.conftest import NOW, TODAY, Built
from tests.village import Village


def test_a_reset_builds_the_same_again_leaves_nothing_of_the_old_and_keeps_logins_that_open_something_else(
    committed: Built, settled_village: Village
) -> None:
    old, counts = committed.network, committed.counts()
    dora, clara = (Login.objects.get(email=email) for email in ("dora.lang@hafen.example", "clara.voigt@hafen.example"))
    elsewhere = Access.objects.create(login=clara, network_id=settled_village.by.network, person=new_id())
    try:
        assert build(reset=True, size=SMALL, now=NOW, slug=committed.slug)
    finally:
        elsewhere.delete()
    assert committed.network.pk != old.pk
    assert committed.counts() == counts
    assert not Login.objects.filter(pk=dora.pk).exists()
    assert Login.objects.filter(pk=clara.pk).exists()
    with within(old.pk):
        assert committed.ask("SELECT count(*) FROM ledger_entry") == [(0,)]
        assert committed.ask("SELECT count(*) FROM network_person") == [(0,)]


def test_building_again_changes_nothing(demo: Built) -> None:
    assert build(size=SMALL, now=NOW, slug=demo.slug) is False


def test_every_unit_has_exactly_one_manager(demo: Built) -> None:
    managed = "SELECT unit_id FROM network_membership WHERE role = 'manager' AND until IS NULL"
    assert demo.ask(f"SELECT kind, count(*) FROM network_unit WHERE id IN ({managed}) GROUP BY 1 ORDER BY 1") == [
        ("office", 1),
        ("partner", 8),
        ("project", 12),
    ]
    assert demo.ask(f"SELECT 1 FROM ({managed}) open GROUP BY unit_id HAVING count(*) > 1") == []
    assert demo.ask(f"SELECT name FROM network_unit WHERE id NOT IN ({managed})") == []


def test_every_project_has_a_goal_a_client_and_a_person_of_the_client(demo: Built) -> None:
    assert demo.ask("SELECT count(*) FROM network_unit WHERE kind = 'project' AND goal <> '' AND client_id IS NOT NULL") == [
        (12,)
    ]
    assert demo.ask("SELECT count(DISTINCT unit_id) FROM network_membership WHERE role = 'client'") == [(12,)]


def test_nothing_is_dated_in_the_future_but_what_is_planned(demo: Built) -> None:
    for table, columns in (
        ("ledger_entry", "happened, recorded"),
        ("pipeline_activity", "created, done"),
        ("pipeline_promise", "created, kept"),
        ("pipeline_stage", "recorded, recorded"),
        ("network_membership", "since, until"),
        ("territories_holding", "since, until"),
    ):
        assert demo.ask(f"SELECT max(greatest({columns})) FROM {table}")[0][0] < NOW, table
    for table, columns in (
        ("ledger_entry", "day, day"),
        ("pipeline_activity", "day, day"),
        ("pipeline_stage", 'entered, "left"'),
        ("pipeline_opportunity", "entered, decided"),
    ):
        assert demo.ask(f"SELECT max(greatest({columns})) FROM {table}")[0][0] <= TODAY, table


def test_acts_happen_on_working_days_and_in_the_order_of_the_steps(demo: Built) -> None:
    assert demo.ask("SELECT count(*) FROM pipeline_stage WHERE extract(isodow FROM entered) > 5") == [(0,)]
    assert demo.ask('SELECT count(*) FROM pipeline_stage WHERE "left" <= entered') == [(0,)]
    assert demo.ask("SELECT count(*) FROM pipeline_opportunity o WHERE outcome = 'won' AND decided <= entered") == [(0,)]


def test_all_outcomes_and_standings_occur_and_every_loss_has_its_reason(demo: Built) -> None:
    outcomes = dict(demo.ask("SELECT outcome, count(*) FROM pipeline_opportunity GROUP BY 1"))
    assert set(outcomes) == {"open", "won", "lost", "withdrawn"}
    beside = demo.ask(
        "SELECT count(*) FILTER (WHERE expected IS NULL), count(*) FILTER (WHERE expected < current_date)"
        " FROM pipeline_opportunity WHERE outcome = 'open'"
    )[0]
    assert all(count > 0 for count in beside)
    assert demo.ask("SELECT count(*) FROM pipeline_opportunity WHERE outcome IN ('lost', 'withdrawn') AND reason = ''") == [(0,)]


def test_the_better_third_of_sellers_by_the_truth_wins_more_often(demo: Built) -> None:
    ranked = sorted(truth_of().sellers, key=lambda one: one.skill)
    rates = []
    for third in (ranked[:20], ranked[-20:]):
        emails = ", ".join(f"'{one.email}'" for one in third)
        won, decided = demo.ask(
            "SELECT count(*) FILTER (WHERE outcome = 'won'), count(*) FROM pipeline_opportunity o"
            " JOIN network_person p ON p.id = o.person_id"
            f" WHERE outcome <> 'open' AND origin <> '{BY_HAND}' AND p.email IN ({emails})"
        )[0]
        rates.append(won / decided)
    assert rates[0] < rates[1]


def test_the_cast_is_complete_and_no_password_opens_it(demo: Built) -> None:
    members = cast(demo.network)
    assert [member.email for member in members] == [part.email for part in CAST]
    assert all(member.role and member.sees and member.place for member in members)
    logins = Login.objects.filter(pk__in=[member.login for member in members])
    assert len(members) == logins.count() == 12
    assert not any(login.has_usable_password() for login in logins)


def test_everybody_of_the_cast_who_sells_has_a_day_worth_looking_at(demo: Built) -> None:
    for member in cast(demo.network):
        scope = scope_of(demo.network.pk, member.person, NOW)
        if Role.DIRECTOR in scope.roles or not scope.sells:
            continue
        day = my_day(scope, TODAY)
        dues = {task.due for task in day.tasks}
        assert TODAY in dues, member.name
        assert min(due for due in dues if due) < TODAY
        assert TODAY in {promise.due for promise in day.promises}
        closes = {deal.expected for deal in day.lapsing}
        assert {TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=2)} <= closes
        won = demo.ask(f"SELECT max(decided) FROM pipeline_opportunity WHERE outcome = 'won' AND person_id = '{member.person}'")
        assert won[0][0] >= TODAY - timedelta(days=6)


def test_a_partner_sees_nothing_of_another_partner(demo: Built) -> None:
    people = {member.name: member.person for member in cast(demo.network)}
    paula, arvid = (scope_of(demo.network.pk, people[name], NOW) for name in ("Paula Kern", "Arvid Nyman"))
    assert not paula.organizations & arvid.organizations
    assert people["Arvid Nyman"] not in paula.people


def test_only_a_demonstration_is_ever_removed(village: Village) -> None:
    real = Network.objects.get(pk=village.by.network)
    with pytest.raises(Refused, match="no_demo"):
        remove(real)


def test_whoever_of_the_cast_sells_finds_arrivals(demo: Built) -> None:
    with within(demo.network.pk):
        rows = demo.ask(
            "SELECT person, count(*), count(*) FILTER (WHERE account IS NOT NULL) FROM pipeline_arrival GROUP BY person"
        )
    assert rows
    assert all(1 <= count <= 3 for _, count, _ in rows)

"""Whatever is done in a network, it leaves and comes back the same, and everybody sees in it what they saw."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from bailiwick.cli.clerk import clerk
from bailiwick.demo.removal import remove
from bailiwick.desk.figures import answered, asked_so
from bailiwick.kit import Actor, Refused
from bailiwick.ledger.commands import seal
from bailiwick.ledger.queries import broken_seals, history
from bailiwick.measures import measure_of
from bailiwick.moving.digest import counted, whole_of
from bailiwick.network.queries import scope_of
from bailiwick.performance.queries import figures
from bailiwick.pipeline.commands import (
    NewActivity,
    NewLead,
    NewOpportunity,
    enter_leads,
    erase_lead,
    log_activities,
    lose,
    move,
    open_opportunities,
    promise,
    reopen,
    win,
    withdraw,
)  # fmt: skip
from bailiwick.pipeline.models import Activity, Lead, Opportunity, Step
from bailiwick.tenancy.models import Network, new_id
from bailiwick.tenancy.within import within
from bailiwick.territories.commands import add_accounts, add_contacts, erase_contact
from bailiwick.territories.models import Account, Contact
from tests.examples import examples
from tests.moving.conftest import come, leave
from tests.tenancy.test_adding import texts
from tests.village import NOW, TODAY, Village, settle

SELLERS = ("noor", "ben", "sven", "piet")
Act = tuple[str, int, str]


def chosen(model: Any, by: Actor, number: int) -> Any:
    """One of the rows that the seller sees."""
    rows = list(model.objects.seen_by(by.scope).order_by("id"))
    return rows[number % len(rows)] if rows else None


def note(village: Village, name: str, number: int, text: str, by: Actor) -> None:
    log_activities([NewActivity(kind="note", text=text, day=TODAY - timedelta(days=number))], by=by, now=NOW)


def task(village: Village, name: str, number: int, text: str, by: Actor) -> None:
    log_activities([NewActivity(kind="call", text=text, due=TODAY + timedelta(days=number))], by=by, now=NOW)


def opening(village: Village, name: str, number: int, text: str, by: Actor) -> None:
    one = NewOpportunity(
        title=text[:200] or "x", value=Decimal(number) / 7, currency="EUR", expected=TODAY + timedelta(days=number)
    )
    open_opportunities([one], whose=village.side(name), by=by, now=NOW)


def company(village: Village, name: str, number: int, text: str, by: Actor) -> None:
    add_accounts(
        [{"name": f"{text[:100]} {number}", "phone": f"+49 40 {number}000000"}], whose=village.side(name), by=by, now=NOW
    )


def contact(village: Village, name: str, number: int, text: str, by: Actor) -> None:
    add_contacts(chosen(Account, by, number).pk, [{"name": text[:200]}], whose=village.side(name), by=by, now=NOW)


def lead(village: Village, name: str, number: int, text: str, by: Actor) -> None:
    enter_leads([NewLead(name=text[:200], company=f"Company {number}")], by=by, now=NOW)


def word_given(village: Village, name: str, number: int, text: str, by: Actor) -> None:
    promise(text=text, due=TODAY + timedelta(days=number), opportunity=chosen(Opportunity, by, number).pk, by=by, now=NOW)


def stepping(village: Village, name: str, number: int, text: str, by: Actor) -> None:
    step = Step.objects.in_network(by).order_by("place")[number % 4]
    move(chosen(Opportunity, by, number).pk, step=step.pk, by=by, now=NOW)


def decision(village: Village, name: str, number: int, text: str, by: Actor) -> None:
    which = chosen(Opportunity, by, number).pk
    decide: Callable[[], object] = (
        lambda: win(which, by=by, now=NOW), lambda: lose(which, reason=text[:200] or "price", by=by, now=NOW),
        lambda: withdraw(which, reason=text[:200] or "none", by=by, now=NOW), lambda: reopen(which, by=by, now=NOW),
    )[number % 4]  # fmt: skip
    decide()


def forgetting(village: Village, name: str, number: int, text: str, by: Actor) -> None:
    if number % 2 and (one := chosen(Lead, by, number)):
        erase_lead(one.pk, by=by, now=NOW)
    elif one := chosen(Contact, by, number):
        erase_contact(one.pk, by=by, now=NOW)


def sealing(village: Village, name: str, number: int, text: str, by: Actor) -> None:
    seal(by, datetime.now(UTC))


ACTS = {act.__name__: act for act in (note, task, opening, company, contact, lead, word_given, stepping, decision, forgetting, sealing)}  # fmt: skip
histories = st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 400), texts), min_size=1, max_size=25)


def live(village: Village, acts: list[Act]) -> None:
    """Each act in a transaction of its own, by one of the sellers; what a rule refuses leaves nothing."""
    for name, number, text in acts:
        seller = SELLERS[number % len(SELLERS)]
        try:
            with within(village.by.network):
                ACTS[name](village, seller, number, text, village.actor(seller))
        except Refused:
            continue


def seen(network: Any) -> dict[str, Any]:
    """What people and the measures say of a network."""
    by, told = clerk(network), {}
    with within(network):
        measure = measure_of("win_rate")
        question = asked_so(measure, by.scope, by="seller", period="", where={}, as_of=TODAY)
        told["win_rate"] = answered(figures(measure, by.scope, question), "", {})
        told["broken"] = broken_seals(by)
        for name, person in sorted(people(by).items()):
            viewer = scope_of(network, person, NOW)
            for model in (Opportunity, Activity, Account, Contact, Lead):
                told[f"{name} {model.__name__}"] = list(model.objects.seen_by(viewer).order_by("id").values())
            deals = Opportunity.objects.seen_by(viewer).order_by("id").values_list("pk", flat=True)
            told[f"{name} history"] = [history(viewer, deal, whole=True) for deal in deals]
    return told


def people(by: Actor) -> dict[str, Any]:
    from bailiwick.network.models import Person

    return {row.email.split("@")[0]: row.pk for row in Person.objects.in_network(by).exclude(email="")}


@settings(max_examples=examples(12), deadline=None)
@given(histories)
def lives_leave_and_come_back(acts: list[Act]) -> None:
    with transaction.atomic():
        slug = f"life-{new_id()}"
        village = settle(slug)
        Network.objects.filter(slug=slug).update(demo=True)
    network = village.by.network
    try:
        live(village, acts)
        before = seen(network)
        assert not before["broken"]
        with TemporaryDirectory() as folder:
            file = Path(folder) / "one.zip"
            left = leave(network, file)
            admitted = come(file, f"other-{network}"[:60])
        assert admitted.digest == left["digest"]
        with within(network):
            assert whole_of(counted(network)) == left["digest"]
        assert seen(network) == before
        live(village, acts)  # it goes on, and its ledger with it
        assert not seen(network)["broken"]
    finally:
        for one in Network.objects.filter(pk=network):
            remove(one)


def test_any_history_leaves_and_comes_back_and_goes_on(real: None) -> None:
    lives_leave_and_come_back()


@pytest.mark.parametrize("name", sorted(ACTS))
def test_every_act_of_these_histories_can_be_done(village: Village, name: str) -> None:
    """Or the property would say nothing about it."""
    ACTS[name](village, "noor", 6, "some words", village.actor("noor"))

"""Service accounts: who makes them, what they may not be, and what happens when somebody goes."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from bailiwick.kit import Actor, Door, NotAllowed, NotSeen, Refused, Role
from bailiwick.ledger import asking
from bailiwick.ledger.queries import history
from bailiwick.network import queries
from bailiwick.network.commands import (
    add_members,
    add_program,
    appoint,
    end_membership,
    erase_person,
    give_program_token,
    give_token,
    invite,
    invite_directors,
    leave,
    open_access,
    prefer,
    revoke_program_token,
)
from bailiwick.network.commands.access import let_in
from bailiwick.network.commands.people import NewMember
from bailiwick.network.models import Access, Membership, Person
from bailiwick.performance.commands import NewTarget, set_targets
from bailiwick.performance.rules.periods import period_of
from bailiwick.pipeline.commands.giving import give_many
from bailiwick.territories.commands import hold
from tests.network.programs import a_program
from tests.village import NOW, TODAY, Village


def acting(village: Village, program: Person) -> Actor:
    return Actor(queries.scope_of(village.by.network, program.pk, NOW), Door.API)


def asks(text: str, path: str = "/me") -> int:
    return Client(raise_request_exception=False).get(f"/api/v1{path}", headers={"Authorization": f"Bearer {text}"}).status_code


@pytest.mark.parametrize(
    ("by", "place", "may"),
    [
        ("dora", "cobalt", True), ("dora", "callwerk", True), ("aylin", "cobalt", True), ("paula", "callwerk", True),
        ("jonas", "cobalt", False), ("noor", "cobalt", False), ("paula", "nordpart", False), ("piet", "callwerk", False),
        ("clara", "cobalt", False), ("conny", "cobalt", False),
    ],
)  # fmt: skip
def test_whoever_staffs_a_unit_makes_its_service_accounts(village: Village, by: str, place: str, may: bool) -> None:
    answers = {"cobalt": "aylin", "callwerk": "paula", "nordpart": "astrid"}[place]
    if may:
        made = a_program(village, place, answers, by)
        assert queries.program(village.actor(by).scope, made.pk).name == "ERP sync"
        give_program_token(made.pk, label="sync", scope="write", by=village.actor(by), now=NOW)
        return
    with pytest.raises((NotAllowed, NotSeen)):
        a_program(village, place, answers, by)
    made = a_program(village, place, answers)
    with pytest.raises((NotAllowed, NotSeen)):
        give_program_token(made.pk, label="sync", scope="write", by=village.actor(by), now=NOW)
    with pytest.raises((NotAllowed, NotSeen)):
        queries.program_tokens(village.actor(by), made.pk, NOW)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.CLIENT])
def test_it_answers_for_no_unit_and_is_no_client(village: Village, role: Role) -> None:
    made, unit, dora = a_program(village), village.units["cobalt"].pk, village.actor("dora")
    with pytest.raises(Refused, match="only_people"):
        add_program(name="x", purpose="y", unit=unit, role=role, answerable=village.people["aylin"].pk, by=dora, now=NOW)
    with pytest.raises(Refused, match="only_people"):
        add_members([NewMember(person=made.pk, unit=unit, role=role)], by=dora, now=NOW)
    with pytest.raises(Refused, match="only_people"):
        appoint(unit=unit, person=made.pk, by=dora, now=NOW)


def test_only_a_person_of_its_organization_answers_for_it(village: Village) -> None:
    with pytest.raises(Refused, match="answers_elsewhere"):
        a_program(village, "cobalt", "paula")
    with pytest.raises(NotSeen):  # rita has left
        a_program(village, "cobalt", "rita")
    made = a_program(village)
    with pytest.raises(NotSeen):
        unit = village.units["cobalt"].pk
        add_program(name="x", purpose="y", unit=unit, role=Role.SELLER, answerable=made.pk, by=village.actor("dora"), now=NOW)


def test_the_store_keeps_it_without_address_and_with_somebody_who_answers(village: Village) -> None:
    made = a_program(village)
    for wrong in ({"email": "a@b.example"}, {"answerable": None}, {"program": False}):
        with pytest.raises(IntegrityError, match="program_has_a_person"), transaction.atomic():
            Person.objects.in_network(village.by).filter(pk=made.pk).update(**wrong)


def test_it_never_signs_in_and_nobody_invites_it(village: Village) -> None:
    made, dora = a_program(village), village.actor("dora")
    with pytest.raises(Refused, match="never_signs_in"):
        open_access(person=made.pk, email="erp@village.example", password=None, by=dora, now=NOW)
    with pytest.raises(Refused, match="never_signs_in"):
        let_in(village.login("noor"), person=made.pk, by=dora, now=NOW)
    with pytest.raises(Refused, match="never_signs_in"):
        invite(unit=village.units["cobalt"].pk, role=Role.SELLER, person=made.pk, by=dora, now=NOW)
    directs = NewMember(person=made.pk, unit=village.units["firm"].pk, role=Role.DIRECTOR)
    add_members([directs], by=dora, now=NOW)
    assert made.pk not in {person for person, _, _ in invite_directors(by=village.by, now=NOW)}


def test_a_network_is_not_left_to_a_service_account(village: Village) -> None:
    made, dora = a_program(village), village.actor("dora")
    add_members([NewMember(person=made.pk, unit=village.units["firm"].pk, role=Role.DIRECTOR)], by=dora, now=NOW)
    own = Membership.objects.in_network(village.by).get(person=village.people["dora"], role="director", until=None)
    with pytest.raises(Refused, match="last_director"):
        end_membership(own.pk, by=village.by, now=NOW)


def test_nothing_is_ever_told_to_it(village: Village) -> None:
    made = a_program(village)
    give_program_token(made.pk, label="sync", scope="read", by=village.actor("dora"), now=NOW)
    assert made.pk not in {person.pk for person, _ in queries.reachable(village.by, NOW)}
    assert queries.address_of(village.by, made.pk, NOW) == ""


def test_what_only_a_person_does_it_does_not(village: Village) -> None:
    made = a_program(village)
    directs = NewMember(person=made.pk, unit=village.units["firm"].pk, role=Role.DIRECTOR)
    add_members([directs], by=village.actor("dora"), now=NOW)
    it, unit, who = acting(village, made), village.units["cobalt"].pk, village.people["noor"].pk
    assert it.scope.everything
    account = village.accounts["Hafen Logistik GmbH"].pk
    assert village.line is not None
    line, side = village.line.pk, village.side("noor")
    for act in (
        lambda: give_token(label="x", scope="read", by=it, now=NOW),
        lambda: prefer({"language": "de"}, by=it),
        lambda: add_members([NewMember(person=who, unit=unit, role=Role.COACH)], by=it, now=NOW),
        lambda: appoint(unit=unit, person=who, by=it, now=NOW),
        lambda: leave(person=who, shares={}, by=it, now=NOW),
        lambda: erase_person(person=village.people["rita"].pk, by=it, now=NOW),
        lambda: give_program_token(made.pk, label="x", scope="write", by=it, now=NOW),
        lambda: add_program(name="x", purpose="y", unit=unit, role=Role.SELLER, answerable=who, by=it, now=NOW),
        lambda: hold([account], line=line, whose=side, by=it, now=NOW),
    ):
        with pytest.raises(NotAllowed, match="a person"):
            act()


def test_its_tokens_open_until_they_are_revoked(village: Village) -> None:
    made, dora = a_program(village), village.actor("dora")
    token, text = give_program_token(made.pk, label="sync", scope="read", by=dora, now=NOW)
    _, other = give_program_token(made.pk, label="other", scope="write", by=dora, now=NOW)
    assert (asks(text), asks(other)) == (200, 200)
    with pytest.raises(NotSeen):  # somebody else's token, under this address
        revoke_program_token(a_program(village, name="Other").pk, token.pk, by=dora, now=NOW)
    revoke_program_token(made.pk, token.pk, by=dora, now=NOW)
    assert (asks(text), asks(other)) == (401, 200)
    ended = give_program_token(made.pk, label="x", scope="read", until=NOW - timedelta(days=1), by=dora, now=NOW)[1]
    assert asks(ended) == 401
    with pytest.raises(Refused, match="no_dates"):
        give_program_token(made.pk, label="x", scope="dates", by=dora, now=NOW)


def test_it_ends_like_everybody_and_its_tokens_with_it(village: Village) -> None:
    made, aylin = a_program(village), village.actor("aylin")
    _, text = give_program_token(made.pk, label="sync", scope="write", by=aylin, now=NOW)
    assert asks(text) == 200
    leave(person=made.pk, shares={}, by=aylin, now=NOW)
    assert asks(text) == 401
    assert Access.objects.get(network=village.by.network, person=made.pk).until == NOW
    assert not queries.programs(aylin.scope).exists()
    with pytest.raises(NotSeen):
        give_program_token(made.pk, label="x", scope="read", by=aylin, now=NOW)
    with pytest.raises(Refused, match="nobody"):
        erase_person(person=made.pk, by=village.actor("dora"), now=NOW)


def test_who_takes_over_from_the_one_who_answers_answers_for_it(village: Village) -> None:
    made, dora, noor = a_program(village, answers="noor"), village.actor("dora"), village.people["noor"]
    held = [one for one in asking.holdings(noor.pk, dora) if one.kind == "program"]
    assert [(one.id, one.label) for one in held] == [(made.pk, "ERP sync")]
    shares = {one.id: village.people["ben"].pk for one in asking.holdings(noor.pk, dora)}
    with pytest.raises(Refused, match="not_shared_out"):
        leave(person=noor.pk, shares={k: v for k, v in shares.items() if k != made.pk}, by=dora, now=NOW)
    with pytest.raises(Refused, match="answers_elsewhere"), transaction.atomic():
        leave(person=noor.pk, shares=shares | {made.pk: village.people["paula"].pk}, by=dora, now=NOW)
    leave(person=noor.pk, shares=shares, by=dora, now=NOW)
    assert Person.objects.in_network(village.by).get(pk=made.pk).answerable_id == village.people["ben"].pk
    entrusted = [one for one in history(dora.scope, made.pk) if one.kind == "network.service_entrusted"]
    assert [one.facts["answerable"] for one in entrusted] == [village.people["ben"].pk, noor.pk]


def test_a_partner_who_leaves_may_hand_its_service_account_to_the_firm(village: Village) -> None:
    made, dora, piet = a_program(village, "callwerk", "piet"), village.actor("dora"), village.people["piet"]
    shares = {one.id: village.people["aylin"].pk for one in asking.holdings(piet.pk, dora)}
    leave(person=piet.pk, shares=shares, by=dora, now=NOW)
    assert Person.objects.in_network(village.by).get(pk=made.pk).answerable_id == village.people["aylin"].pk


def test_it_is_offered_nowhere_as_a_person_and_counted_nowhere_as_one(village: Village) -> None:
    made, dora, unit = a_program(village), village.actor("dora"), village.units["cobalt"].pk
    assert made.pk not in {one.person for one in queries.members(dora.scope)}
    assert made.pk in {one.person for one in queries.members(dora.scope, programs=True)}
    assert made.pk not in {one.person for one in queries.receivers(dora, dora.network)}
    assert made.pk not in set(queries.colleagues(dora.scope).values_list("pk", flat=True))
    deal = village.deals["Hafen Logistik GmbH terminals"].pk
    with pytest.raises(Refused, match="no_receiver"):
        give_many([deal], to=made.pk, by=village.actor("aylin"), now=NOW)
    new = NewTarget(measure="won_count", unit=unit, person=made.pk, period=period_of(TODAY), amount=Decimal(5))
    with pytest.raises(Refused, match="sells_elsewhere"):
        set_targets([new], by=dora, now=NOW)


def test_what_it_did_is_shown_by_its_name_with_a_note(village: Village) -> None:
    made, dora = a_program(village), village.actor("dora")
    assert dora.scope.everything
    name = asking.names([made.pk], dora.scope)[made.pk]
    assert (name.template, name.places) == ("%(name)s (service account)", {"name": "ERP sync"})  # type: ignore[union-attr]
    assert str(asking.names([made.pk], village.actor("piet").scope)[made.pk]) == "somebody in another unit"
    looked = queries.who_looked(village.actor("noor").scope, [made.pk])
    assert looked[made.pk] == name

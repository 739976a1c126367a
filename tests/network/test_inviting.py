"""A link makes its opener somebody of the network, once."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.db.models import Model
from pytest_django import DjangoDbBlocker

from bailiwick.kit import Actor, Door, Invalid, NotAllowed, NotSeen, Refused, Role
from bailiwick.ledger.models import Entry
from bailiwick.network.commands import (
    accept,
    add_members,
    add_people,
    address_proved,
    end_membership,
    erase_person,
    found_network,
    invite,
    leave,
    open_access,
)
from bailiwick.network.commands.access import digest_of
from bailiwick.network.commands.people import NewMember
from bailiwick.network.models import Access, Invitation, Login, Membership, Person, Unit
from bailiwick.network.queries import open_invitation, scope_of
from bailiwick.tenancy.models import new_id
from bailiwick.tenancy.within import set_network, within
from tests.house.source import house_models
from tests.village import FOUNDED, NOW, PASSWORD, Village

LATER = NOW + timedelta(days=1)


def opened(token: str, **more: object) -> Access:
    typed: dict[str, object] = {"name": "Nele Neu", "email": "nele@new.example", "password": PASSWORD, "now": LATER}
    return accept(token=token, **(typed | more))  # type: ignore[arg-type]


def entered(village: Village, name: str, unit: str = "cobalt", email: str = "", role: Role | None = Role.SELLER) -> UUID:
    """Somebody as an import enters them: with a role and without a login."""
    place = village.units[unit]
    person = add_people(
        [{"name": name, "email": email}], organization=place.organization_id, unit=place.pk, by=village.by, now=FOUNDED
    )[0].pk
    if role:
        add_members([NewMember(person=person, unit=place.pk, role=role)], by=village.by, now=FOUNDED)
    return person


def link(village: Village, unit: str = "cobalt", role: Role = Role.SELLER, person: UUID | None = None, by: str = "dora") -> str:
    return invite(unit=village.units[unit].pk, role=role, person=person, by=village.actor(by), now=NOW)


def roles(village: Village, person: UUID) -> set[tuple[str, str]]:
    rows = Membership.objects.in_network(village.by).filter(person=person, until=None).select_related("unit")
    return {(row.unit.name, row.role) for row in rows}


def kinds(village: Village, person: UUID) -> list[str]:
    rows = Entry.objects.in_network(village.by).filter(about__contains=[person], recorded=LATER)
    return sorted(rows.values_list("kind", flat=True))


def test_whoever_opens_the_link_is_somebody_new_with_the_role(village: Village) -> None:
    access = opened(link(village))
    person = Person.objects.in_network(village.by).get(pk=access.person)
    assert (person.name, person.email) == ("Nele Neu", "nele@new.example")
    assert person.organization_id == village.units["cobalt"].organization_id
    assert roles(village, person.pk) == {("Cobalt Payments", "seller")}
    assert access.login.check_password(PASSWORD)
    assert access.network_id == village.by.network
    assert kinds(village, person.pk) == ["network.invitation_accepted", "network.membership_began", "network.person_joined"]


def test_the_first_director_of_a_new_network_also_answers_for_it(village: Village) -> None:
    by, root = found_network(slug="new-house", name="New House", now=NOW)
    token = invite(unit=root.pk, role=Role.DIRECTOR, by=by, now=NOW)
    set_network(village.by.network)
    person = opened(token).person
    roles = Membership.objects.in_network(by).filter(person=person, until=None).values_list("role", flat=True)
    assert set(roles) == {Role.DIRECTOR, Role.MANAGER}
    assert scope_of(by.network, person, LATER).everything


def test_a_second_director_takes_nobodys_place(village: Village) -> None:
    person = opened(link(village, "firm", Role.DIRECTOR)).person
    assert roles(village, person) == {("Hafen Vertrieb", "director")}


def test_somebody_who_was_entered_keeps_name_roles_and_address(village: Village) -> None:
    mira = entered(village, "Mira Muster", email="mira@village.example")
    access = opened(link(village, person=mira), name="Somebody Else", email="mira@home.example")
    person = Person.objects.in_network(village.by).get(pk=mira)
    assert (access.person, person.name, person.email) == (mira, "Mira Muster", "mira@village.example")
    assert access.login.email == "mira@home.example"
    assert roles(village, mira) == {("Cobalt Payments", "seller")}
    assert kinds(village, mira) == ["network.invitation_accepted"]


def test_an_address_is_kept_where_the_card_has_none(village: Village) -> None:
    mira = entered(village, "Mira Muster")
    opened(link(village, person=mira))
    assert Person.objects.in_network(village.by).get(pk=mira).email == "nele@new.example"


def test_a_link_opens_once(village: Village) -> None:
    token = link(village)
    opened(token)
    with pytest.raises(Refused, match="invitation_closed") as no:
        opened(token, email="other@new.example")
    assert "sign in" in str(no.value.remedy)
    assert not Login.objects.filter(email="other@new.example").exists()


@pytest.mark.parametrize("closed", ["unknown", "used", "expired", "newer link", "left", "erased", "has a login", "unit archived"])
def test_whatever_closed_a_link_is_said_in_one_sentence(village: Village, closed: str) -> None:
    mira = entered(village, "Mira Muster", email="mira@village.example", role=None)
    token = link(village, person=mira)
    if closed == "unknown":
        token = "x" * 43
    elif closed == "used":
        opened(token)
    elif closed == "newer link":
        link(village, person=mira)
    elif closed in ("left", "erased"):
        leave(person=mira, shares={}, by=village.by, now=NOW)
        if closed == "erased":
            erase_person(person=mira, by=village.by, now=NOW)
    elif closed == "has a login":
        open_access(person=mira, email="mira@village.example", password=None, by=village.by, now=NOW)
    elif closed == "unit archived":
        Unit.objects.in_network(village.by).filter(pk=village.units["cobalt"].pk).update(archived=NOW)
    now = NOW + timedelta(days=14) if closed == "expired" else LATER
    with pytest.raises(Refused, match="invitation_closed") as no, transaction.atomic():
        opened(token, now=now, email="other@new.example")
    assert str(no.value.sentence) == "This link opens nothing, or nothing any more."
    assert no.value.remedy
    assert not Login.objects.filter(email="other@new.example").exists()


def test_a_link_works_until_the_last_minute_of_its_14_days(village: Village) -> None:
    assert opened(link(village), now=NOW + timedelta(days=14, seconds=-1))


def test_two_links_for_nobody_in_particular_both_open(village: Village) -> None:
    first, second = link(village), link(village)
    opened(first)
    opened(second, email="other@new.example")


@pytest.mark.parametrize("name", ["aylin", "noor", "paula", "clara", "conny", "luis", "stefan"])
def test_only_the_director_invites(village: Village, name: str) -> None:
    with pytest.raises(NotAllowed):
        link(village, by=name)
    assert not Invitation.objects.filter(network=village.by.network).exists()


@pytest.mark.parametrize(
    ("unit", "role", "code"),
    [
        ("cobalt", Role.DIRECTOR, "director_of_all"),
        ("cobalt", Role.MANAGER, "unit_has_manager"),
        ("cobalt", Role.PARTNER_SELLER, "role_does_not_fit"),
        ("callwerk", Role.SELLER, "role_does_not_fit"),
        ("firm", Role.CLIENT, "no_client"),
    ],
)
def test_a_role_that_could_not_be_given_is_not_promised(village: Village, unit: str, role: Role, code: str) -> None:
    with pytest.raises(Refused, match=code):
        link(village, unit, role)


def test_somebody_of_the_firm_is_not_invited_as_a_partner_or_client(village: Village) -> None:
    mira = entered(village, "Mira Muster", role=None)
    for unit, role in (("callwerk", Role.PARTNER_ADMIN), ("cobalt", Role.CLIENT)):
        with pytest.raises(Refused, match="not_of"):
            link(village, unit, role, person=mira)


def test_partners_and_clients_belong_to_their_own_firm(village: Village) -> None:
    partner = opened(link(village, "callwerk", Role.PARTNER_SELLER)).person
    client = opened(link(village, "cobalt", Role.CLIENT), email="client@new.example").person
    people = Person.objects.in_network(village.by)
    assert people.get(pk=partner).organization_id == village.organizations["callwerk"]
    assert people.get(pk=client).organization_id == village.organizations["cobalt client"]


def test_who_has_a_login_has_left_or_is_of_another_network_is_not_invited(village: Village) -> None:
    with pytest.raises(Refused, match="has_login"):
        link(village, person=village.people["noor"].pk)
    other, root = found_network(slug="other", name="Other", now=NOW)
    theirs = add_people([{"name": "Theirs"}], organization=root.organization_id, unit=root.pk, by=other, now=NOW)[0].pk
    set_network(village.by.network)
    for person in (village.people["rita"].pk, theirs, new_id()):
        with pytest.raises(NotSeen):
            link(village, person=person)
    with pytest.raises(NotSeen):
        invite(unit=root.pk, role=Role.SELLER, by=village.actor("dora"), now=NOW)


def test_a_link_leads_into_its_own_network_only(village: Village) -> None:
    other, root = found_network(slug="other", name="Other", now=NOW)
    token = invite(unit=root.pk, role=Role.SELLER, by=other, now=NOW)
    set_network(village.by.network)
    before = Person.objects.in_network(village.by).count()
    access = opened(token)
    assert access.network_id == other.network
    set_network(village.by.network)
    assert Person.objects.in_network(village.by).count() == before


def test_no_login_is_taken_over(village: Village) -> None:
    token, noor = link(village), village.login("noor")
    before = noor.password
    for email in ("noor@village.example", "NOOR@Village.Example"):
        with pytest.raises(Refused, match="login_exists") as no, transaction.atomic():
            opened(token, email=email)
        assert "sign in with it first" in str(no.value.remedy)
    noor.refresh_from_db()
    assert (noor.password, noor.accesses.count()) == (before, 1)
    assert open_invitation(digest_of(token), LATER), "a refused opening leaves the link as it was"


def test_whoever_is_signed_in_comes_in_with_that_login(village: Village) -> None:
    other, root = found_network(slug="other", name="Other", now=NOW)
    token = invite(unit=root.pk, role=Role.SELLER, by=other, now=NOW)
    access = opened(token, login=village.login("noor"), email="", password="")
    assert access.login == village.login("noor")
    assert Person.objects.in_network(other).get(pk=access.person).email == "noor@village.example"
    set_network(village.by.network)
    with pytest.raises(Invalid):  # Noor is somebody here already, with this address
        opened(link(village), login=village.login("noor"))
    mira = entered(village, "Mira Muster", email="mira@village.example")
    with pytest.raises(Refused, match="login_is_somebody"):
        opened(link(village, person=mira), login=village.login("noor"))


@pytest.mark.parametrize("password", ["", "short", "1234567890", "password123", "null \x00 and more", "x" * 201])
def test_a_password_is_as_good_as_everywhere(village: Village, password: str) -> None:
    token = link(village)
    with pytest.raises(Invalid) as no, transaction.atomic():
        opened(token, password=password)
    assert [problem.field for problem in no.value.problems] == ["password"]
    assert open_invitation(digest_of(token), LATER)


def test_a_role_that_was_taken_meanwhile_is_not_given_back(village: Village) -> None:
    mira = entered(village, "Mira Muster")
    token = link(village, person=mira)
    row = Membership.objects.in_network(village.by).get(person=mira)
    end_membership(row.pk, by=village.by, now=NOW + timedelta(hours=1))
    opened(token)
    assert roles(village, mira) == set()


def test_a_role_that_had_ended_before_the_invitation_is_given_again(village: Village) -> None:
    mira = entered(village, "Mira Muster")
    row = Membership.objects.in_network(village.by).get(person=mira)
    end_membership(row.pk, by=village.by, now=NOW - timedelta(hours=1))
    opened(link(village, person=mira))
    assert roles(village, mira) == {("Cobalt Payments", "seller")}


def test_of_two_who_are_invited_to_manage_a_unit_the_first_does(village: Village) -> None:
    Membership.objects.in_network(village.by).filter(unit=village.units["delta"], role=Role.MANAGER).update(until=NOW)
    first, second = link(village, "delta", Role.MANAGER), link(village, "delta", Role.MANAGER)
    person = opened(first).person
    assert roles(village, person) == {("Delta Fasteners", "manager")}
    with pytest.raises(Refused, match="unit_has_manager"), transaction.atomic():
        opened(second, email="other@new.example")
    assert roles(village, person) == {("Delta Fasteners", "manager")}


def test_an_address_that_nobody_proved_opens_no_other_network(village: Village) -> None:
    """Or a director of one network could invite himself under the address of somebody who is awaited in another."""
    opened(link(village), email="victim@elsewhere.example")
    other, root = found_network(slug="other", name="Other", now=NOW)
    card = {"name": "Victim", "email": "victim@elsewhere.example"}
    victim = add_people([card], organization=root.organization_id, unit=root.pk, by=other, now=NOW)[0].pk
    with pytest.raises(Refused, match="address_claimed"):
        open_access(person=victim, email=card["email"], password=None, by=other, now=NOW)
    address_proved(Login.objects.get(email=card["email"]).pk)
    open_access(person=victim, email=card["email"], password=None, by=other, now=NOW)


def test_the_token_is_stored_nowhere(village: Village) -> None:
    mira = entered(village, "Mira Muster")
    token = link(village, person=mira)
    assert len(token) >= 43
    opened(token)
    with connection.cursor() as cursor:
        for model in house_models():
            cursor.execute(f'SELECT count(*) FROM "{table(model)}" t WHERE t::text LIKE %s', [f"%{token}%"])
            assert cursor.fetchone() == (0,), model
    assert Invitation.objects.get(person=mira).digest == digest_of(token)


def table(model: type[Model]) -> str:
    return model._meta.db_table


@pytest.fixture
def racing(settled_village: Village, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[Actor, Unit]]:
    """A committed network of its own: threads have connections of their own. Events stay, so its rows do."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            by, root = found_network(slug=f"inviting-{uuid4().hex[:12]}", name="Racing", now=FOUNDED)
        yield by, root
        connection.close()


def raced(act: Callable[[int], object], runners: int = 20) -> list[str]:
    """What became of each of so many simultaneous acts: "done" or the code of the refusal."""
    start, outcomes = Barrier(runners), []

    def run(number: int) -> None:
        connection.ensure_connection()
        start.wait()
        try:
            act(number)
            outcomes.append("done")
        except Refused as no:
            outcomes.append(no.code)
        except Exception as why:
            outcomes.append(repr(why))
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number,)) for number in range(runners)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_of_twenty_who_open_a_link_at_once_one_comes_in(racing: tuple[Actor, Unit]) -> None:
    by, root = racing
    with within(by.network):
        token = invite(unit=root.pk, role=Role.DIRECTOR, by=by, now=NOW)
    mark = uuid4().hex[:8]
    outcomes = raced(lambda number: opened(token, name=f"Runner {number}", email=f"r{number}@{mark}.example"))
    assert outcomes == ["done"] + ["invitation_closed"] * 19
    with within(by.network):
        assert Person.objects.in_network(by).count() == 1
        assert Access.objects.filter(network=by.network).count() == 1
        assert Login.objects.filter(email__endswith=f"{mark}.example").count() == 1
        assert Entry.objects.in_network(by).filter(kind="network.invitation_accepted").count() == 1


def test_of_two_links_opened_at_once_with_one_address_one_makes_the_login(racing: tuple[Actor, Unit]) -> None:
    by, root = racing
    with within(by.network):
        tokens = [invite(unit=root.pk, role=Role.SELLER, by=by, now=NOW) for _ in range(6)]
    email = f"same@{uuid4().hex[:8]}.example"
    assert raced(lambda number: opened(tokens[number], email=email), 6) == ["done"] + ["login_exists"] * 5


def test_of_links_made_at_once_for_one_person_only_one_opens(racing: tuple[Actor, Unit]) -> None:
    by, root = racing
    with within(by.network):
        card = [{"name": "Rosa Racer"}]
        rosa = add_people(card, organization=root.organization_id, unit=root.pk, by=by, now=FOUNDED)[0].pk

    def make(number: int) -> None:
        with within(by.network):
            invite(unit=root.pk, role=Role.SELLER, person=rosa, by=by, now=NOW)

    assert raced(make, 6) == ["done"] * 6
    assert Invitation.objects.filter(person=rosa, used=None, until__gt=NOW).count() == 1


def test_the_opener_acts_as_the_system_for_this_act_only(village: Village) -> None:
    person = opened(link(village)).person
    scope = scope_of(village.by.network, person, LATER)
    assert (scope.everything, scope.roles) == (False, frozenset({Role.SELLER}))
    rows = Entry.objects.in_network(village.by).filter(kind="network.invitation_accepted", subject=person)
    assert [(row.by, row.door) for row in rows] == [(person, Door.PAGE)]

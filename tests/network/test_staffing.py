"""Who may staff what, and the rules that keep a role from opening more than it should."""

from datetime import timedelta

import pytest

from bailiwick.kit import NotAllowed, NotSeen, Refused, Role
from bailiwick.network.commands import add_members, add_people, add_units, appoint, end_membership, grant_sight, open_access
from bailiwick.network.commands.people import NewMember
from bailiwick.network.commands.setting_up import NewUnit
from bailiwick.network.models import Membership, Person, Sight
from bailiwick.network.queries import leaver, reachable, receivers, scope_of
from bailiwick.network.rules import belongs
from bailiwick.tenancy.models import new_id
from tests.village import NOW, Village

FIRM, PARTNER, CLIENT = new_id(), new_id(), new_id()


@pytest.mark.parametrize(
    ("role", "person", "code"),
    [
        (Role.SELLER, FIRM, ""),
        (Role.COACH, FIRM, ""),
        (Role.PARTNER_ADMIN, PARTNER, ""),
        (Role.PARTNER_SELLER, PARTNER, ""),
        (Role.CLIENT, CLIENT, ""),
        (Role.PARTNER_ADMIN, FIRM, "not_of_partner"),
        (Role.PARTNER_SELLER, CLIENT, "not_of_partner"),
        (Role.CLIENT, FIRM, "not_of_client"),
        (Role.CLIENT, PARTNER, "not_of_client"),
    ],
)
def test_a_role_that_sees_by_organization_needs_somebody_of_it(role: Role, person: object, code: str) -> None:
    unit = PARTNER if role in (Role.PARTNER_ADMIN, Role.PARTNER_SELLER) else FIRM
    if not code:
        belongs(role, person=person, unit=unit, client=CLIENT)  # type: ignore[arg-type]
        return
    with pytest.raises(Refused, match=code):
        belongs(role, person=person, unit=unit, client=CLIENT)  # type: ignore[arg-type]


@pytest.mark.parametrize(("unit", "role"), [("callwerk", Role.PARTNER_ADMIN), ("cobalt", Role.CLIENT)])
def test_nobody_of_the_firm_gets_the_firms_rows_by_a_partners_or_clients_role(village: Village, unit: str, role: Role) -> None:
    new = [NewMember(person=village.people["noor"].pk, unit=village.units[unit].pk, role=role)]
    for name in ("dora", "aylin"):
        with pytest.raises(Refused):
            add_members(new, by=village.actor(name), now=NOW)
    assert not scope_of(village.by.network, village.people["noor"].pk, NOW).organizations


def test_a_partners_unit_needs_the_partners_firm(village: Village) -> None:
    new = NewUnit(name="Loose", kind="partner", parent=village.units["cobalt"].pk)
    with pytest.raises(Refused, match="partner_needs_firm"):
        add_units([new], by=village.actor("dora"), now=NOW)


def test_a_manager_enters_people_of_the_own_organization_or_its_client_only(village: Village) -> None:
    aylin, unit = village.actor("aylin"), village.units["cobalt"]
    for organization in ("delta client", "nordpart", "callwerk"):
        with pytest.raises(NotAllowed):
            add_people([{"name": "Nele"}], organization=village.organizations[organization], unit=unit.pk, by=aylin, now=NOW)
    add_people([{"name": "Nele"}], organization=unit.organization_id, unit=unit.pk, by=aylin, now=NOW)
    add_people([{"name": "Carl"}], organization=village.organizations["cobalt client"], unit=unit.pk, by=aylin, now=NOW)


@pytest.mark.parametrize("who", ["sven", "jonas", "arvid", "absent", "gone"])
def test_a_person_out_of_sight_answers_like_an_absent_one(village: Village, who: str) -> None:
    person = village.people[who].pk if who in village.people else new_id()
    if who == "gone":
        person = village.people["ben"].pk
        Person.objects.in_network(village.by).filter(pk=person).update(left=NOW)
    aylin = village.actor("aylin")
    with pytest.raises(NotSeen):
        add_members([NewMember(person=person, unit=village.units["cobalt"].pk, role=Role.SELLER)], by=aylin, now=NOW)
    with pytest.raises(NotSeen):
        appoint(unit=village.units["callwerk"].pk, person=person, by=aylin, now=NOW)


def test_the_last_director_stays(village: Village) -> None:
    directors = Membership.objects.in_network(village.by).filter(role=Role.DIRECTOR, until=None)
    with pytest.raises(Refused, match="last_director"):
        end_membership(directors.get().pk, by=village.actor("dora"), now=NOW)
    root = village.units["firm"].pk
    add_members([NewMember(person=village.people["conny"].pk, unit=root, role=Role.DIRECTOR)], by=village.actor("dora"), now=NOW)
    end_membership(directors.get(person=village.people["dora"].pk).pk, by=village.actor("dora"), now=NOW + timedelta(minutes=1))


def test_access_is_opened_by_whoever_staffs_every_unit_of_the_person(village: Village) -> None:
    person = add_people(
        [{"name": "Nele", "email": "nele@village.example"}],
        organization=village.units["cobalt"].organization_id,
        unit=village.units["cobalt"].pk,
        by=village.by,
        now=NOW,
    )[0]
    units = [NewMember(person=person.pk, unit=village.units[unit].pk, role=Role.SELLER) for unit in ("cobalt", "delta")]
    add_members(units, by=village.by, now=NOW - timedelta(minutes=1))
    for name, no in (("aylin", NotAllowed), ("jonas", NotAllowed), ("noor", NotAllowed), ("paula", NotSeen)):
        with pytest.raises(no):
            open_access(person=person.pk, email="nele@village.example", password=None, by=village.actor(name), now=NOW)
    open_access(person=person.pk, email="nele@village.example", password=None, by=village.actor("dora"), now=NOW)
    with pytest.raises(Refused, match="has_login"):
        open_access(person=person.pk, email="other@village.example", password=None, by=village.actor("dora"), now=NOW)


@pytest.mark.parametrize(
    ("by", "who", "names"),
    [
        ("aylin", "noor", {"Aylin Sahin", "Ben Okafor", "Paula Kern", "Piet Vos"}),
        ("paula", "piet", {"Paula Kern"}),
    ],
)
def test_things_go_to_those_who_sell_in_sight(village: Village, by: str, who: str, names: set[str]) -> None:
    actor = village.actor(by)
    leaver(actor, village.people[who].pk)
    found = receivers(actor, village.people[who].pk)
    assert {member.name for member in found} == names
    assert len(found) == len(names)


def test_the_clock_tells_those_who_sell_and_can_sign_in(village: Village) -> None:
    names = {person.name for person, _ in reachable(village.by, NOW)}
    assert "Noor Haddad" in names
    assert names.isdisjoint({"Rita Weiss", "Ines Roth", "Clara Voigt", "Conny Maas", "Stefan Roth"})


def test_a_unit_that_nobody_manages_has_the_nearest_manager_above_as_acting_one(village: Village) -> None:
    from bailiwick.network.commands.vacancies import act_for_vacant

    director = village.actor("dora")
    new = NewUnit(name="Annex", kind="team", parent=village.units["cobalt"].pk)
    unit = add_units([new], by=director, now=NOW)[0]
    assert act_for_vacant(by=director, now=NOW) == 1
    seat = Membership.objects.in_network(director).get(unit=unit, role="manager", until=None)
    assert (seat.person_id, seat.acting) == (village.people["aylin"].pk, True)
    assert act_for_vacant(by=director, now=NOW) == 0


def test_a_director_sees_who_may_see_whose_rows(village: Village) -> None:
    director = village.actor("dora")
    given = grant_sight(
        viewer=village.people["conny"].pk,
        purpose="help",
        source="agreement",
        by=director,
        now=NOW,
        unit=village.units["cobalt"].pk,
    )
    assert given in Sight.objects.seen_by(director.scope)
    assert given not in Sight.objects.seen_by(village.actor("sven").scope)

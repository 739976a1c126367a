"""Invariants 1 and 17: fifty who appoint, let in, end roles or leave at once; one of them does it, and nobody slips between."""

from collections import Counter

from bailiwick.kit import Role
from bailiwick.ledger import asking
from bailiwick.network.commands import accept, add_members, add_units, appoint, end_membership, invite, leave, open_access
from bailiwick.network.commands.people import NewMember, grant_sight, withdraw_sight
from bailiwick.network.commands.setting_up import NewUnit
from bailiwick.network.models import Access, Login, Membership, Person
from bailiwick.pipeline.commands.giving import give_many
from bailiwick.pipeline.models import Opportunity
from bailiwick.tenancy.within import within
from tests.village import Village
from trials.racing import RUNNERS, race
from trials.villagers import acting, actor, deals, entries, events, newcomers, now, side_of

PASSWORD = "a long enough word"


def open_roles(village: Village, role: Role) -> list[Membership]:
    with within(village.by.network):
        rows = Membership.objects.in_network(village.by).filter(role=role, until=None)
        return list(rows.select_related("person"))


def test_fifty_directors_who_end_each_other_leave_one(village: Village) -> None:
    people = newcomers(village, RUNNERS - 1, role=Role.DIRECTOR, place="firm")
    dora = village.people["dora"].pk
    everybody = [dora, *people]
    roles = {row.person_id: row.pk for row in open_roles(village, Role.DIRECTOR)}

    def end_next(turn: int, number: int) -> None:
        with within(village.by.network):
            end_membership(roles[everybody[(number + 1) % RUNNERS]], by=village.by, now=now())

    outcomes = race(end_next, rounds=1)
    assert outcomes == [Counter(done=RUNNERS - 1, last_director=1)]
    assert len(open_roles(village, Role.DIRECTOR)) == 1
    with within(village.by.network):  # the trials after this one know Dora as the director
        if dora not in {row.person_id for row in open_roles(village, Role.DIRECTOR)}:
            unit = village.units["firm"].pk
            add_members([NewMember(person=dora, unit=unit, role=Role.DIRECTOR)], by=village.by, now=now())


def test_a_role_given_fifty_times_at_once_is_had_once_and_ends_once(village: Village) -> None:
    (who,), unit = newcomers(village, 1, role=None), village.units["cobalt"].pk

    def give(turn: int, number: int) -> None:
        with within(village.by.network):
            add_members([NewMember(person=who, unit=unit, role=Role.SELLER)], by=actor(village, "aylin"), now=now())

    assert race(give, rounds=1) == [Counter(done=1, has_role_already=RUNNERS - 1)]
    with within(village.by.network):
        (role,) = Membership.objects.in_network(village.by).filter(person=who).values_list("pk", flat=True)

    def take(turn: int, number: int) -> None:
        with within(village.by.network):
            end_membership(role, by=actor(village, "aylin"), now=now())

    assert race(take, rounds=1) == [Counter(done=1, not_found=RUNNERS - 1)]
    assert (events(village, "network.membership_began", who), events(village, "network.membership_ended", who)) == (1, 1)


def test_a_sight_is_withdrawn_once(village: Village) -> None:
    coach, unit = village.people["conny"].pk, village.units["cobalt"].pk
    with within(village.by.network):
        by = actor(village, "dora")
        sight = grant_sight(viewer=coach, unit=unit, purpose="coaching", source="trial", by=by, now=now()).pk

    def withdraw(turn: int, number: int) -> None:
        with within(village.by.network):
            withdraw_sight(sight, by=actor(village, "dora"), now=now())

    assert race(withdraw, rounds=1) == [Counter(done=1, not_found=RUNNERS - 1)]
    assert events(village, "network.sight_withdrawn", coach) == 1


def test_a_person_let_in_fifty_times_at_once_has_one_login(village: Village) -> None:
    (who,) = newcomers(village, 1)

    def let_in(turn: int, number: int) -> None:
        with within(village.by.network):
            email = f"let-in.{number}.{who.hex}@village.example"
            open_access(person=who, email=email, password=None, by=actor(village, "dora"), now=now())

    assert race(let_in, rounds=1) == [Counter(done=1, has_login=RUNNERS - 1)]
    with within(village.by.network):
        assert Access.objects.filter(network=village.by.network, person=who).count() == 1


def test_one_address_for_fifty_people_at_once_is_one_login_of_one_person(village: Village) -> None:
    people = newcomers(village, RUNNERS)
    email = f"shared.{people[0].hex}@village.example"

    def let_in(turn: int, number: int) -> None:
        with within(village.by.network):
            open_access(person=people[number], email=email, password=None, by=actor(village, "dora"), now=now())

    assert race(let_in, rounds=1) == [Counter(done=1, login_is_somebody=RUNNERS - 1)]
    assert Login.objects.filter(email=email).count() == 1


def test_an_invitation_opened_fifty_times_at_once_lets_one_in(village: Village) -> None:
    with within(village.by.network):
        token = invite(unit=village.units["cobalt"].pk, role=Role.SELLER, by=actor(village, "dora"), now=now())

    def open_it(turn: int, number: int) -> None:
        email = f"opener.{number}.{token[:8].lower()}@village.example"
        accept(token=token, name=f"Opener {number}", email=email, password=PASSWORD, now=now())

    (outcomes,) = race(open_it, rounds=1)
    assert outcomes["done"] == 1
    assert set(outcomes) == {"done", "invitation_closed"}
    assert Login.objects.filter(email__endswith=f"{token[:8].lower()}@village.example").count() == 1


def test_of_fifty_links_to_manage_one_unit_one_appoints(village: Village) -> None:
    """A unit that nobody manages; fifty are invited to manage it and open their links at once."""
    with within(village.by.network):
        new = NewUnit(name=f"New project {now():%H%M%S%f}", kind="project", parent=village.units["firm"].pk)
        (unit,) = add_units([new], by=village.by, now=now())
        by = actor(village, "dora")
        tokens = [invite(unit=unit.pk, role=Role.MANAGER, by=by, now=now()) for _ in range(RUNNERS)]
    logins = [Login.objects.create(email=f"manager.{number}.{unit.pk.hex}@village.example") for number in range(RUNNERS)]

    def open_own(turn: int, number: int) -> None:
        accept(token=tokens[number], name=f"Manager {number}", email="", password="", now=now(), login=logins[number])

    assert race(open_own, rounds=1) == [Counter(done=1, unit_has_manager=RUNNERS - 1)]
    assert events(village, "network.manager_appointed", unit.pk) == 1


def test_somebody_whom_fifty_record_as_leaving_leaves_once(village: Village) -> None:
    (who,) = newcomers(village, 1)
    which = deals(village, 3, side_of(village, who))
    takers = [village.people[name].pk for name in ("noor", "ben")]

    def record(turn: int, number: int) -> None:
        with within(village.by.network):
            shares = dict.fromkeys(which, takers[number % 2])
            leave(person=who, shares=shares, by=actor(village, ("dora", "aylin")[number % 2]), now=now())

    assert race(record, rounds=1) == [Counter(done=1, not_found=RUNNERS - 1)]
    assert [events(village, "pipeline.handed_over", one) for one in which] == [1] * 3
    assert events(village, "network.person_left", who) == 1


def test_fifty_who_leave_at_once_hand_nothing_to_somebody_who_has_left(village: Village) -> None:
    """Each gives what they hold to the next in the ring: the last has nobody left who stays."""
    people = newcomers(village, RUNNERS)
    which = {who: deals(village, 1, side_of(village, who))[0] for who in people}

    def leaving(turn: int, number: int) -> None:
        who = people[number]
        with within(village.by.network):
            by = acting(village, village.people["dora"].pk)
            held = [thing.id for thing in asking.holdings(who, by)]
            leave(person=who, shares=dict.fromkeys(held, people[(number + 1) % RUNNERS]), by=by, now=now())

    (outcomes,) = race(leaving, rounds=1)
    assert set(outcomes) <= {"done", "no_receiver", "not_shared_out"}
    assert outcomes["done"]
    with within(village.by.network):
        gone = set(Person.objects.in_network(village.by).filter(pk__in=people, left__isnull=False).values_list("pk", flat=True))
        owners = dict(Opportunity.objects.in_network(village.by).filter(pk__in=which.values()).values_list("pk", "person"))
    assert len(gone) == outcomes["done"]
    assert not set(owners.values()) & gone, "somebody who left holds a deal"


def test_a_deal_given_to_somebody_who_leaves_meanwhile_is_not_left_with_them(village: Village) -> None:
    people = newcomers(village, 1)
    (who,), which = people, deals(village, RUNNERS)

    def give_or_leave(turn: int, number: int) -> None:
        with within(village.by.network):
            if number:
                give_many([which[number]], to=who, by=actor(village, "aylin"), now=now())
                return
            by = actor(village, "dora")
            shares = {thing.id: village.people["ben"].pk for thing in asking.holdings(who, by)}
            leave(person=who, shares=shares, by=by, now=now())

    (outcomes,) = race(give_or_leave, rounds=1)
    assert set(outcomes) <= {"done", "no_receiver", "not_shared_out"}
    with within(village.by.network):
        left = Person.objects.in_network(village.by).get(pk=who).left
        held = Opportunity.objects.in_network(village.by).filter(person=who).count()
    assert left is None or held == 0
    assert left is not None or held > 0


def test_a_manager_appointed_who_leaves_meanwhile_manages_nothing(village: Village) -> None:
    (who,), unit = newcomers(village, 1), village.units["delta"].pk

    def appoint_or_leave(turn: int, number: int) -> None:
        with within(village.by.network):
            if number:
                appoint(unit=unit, person=who, by=village.by, now=now())
            else:
                leave(person=who, shares={}, by=village.by, now=now())

    (outcomes,) = race(appoint_or_leave, rounds=1)
    assert set(outcomes) <= {"done", "not_found", "is_manager_already", "appointed_meanwhile"}
    assert outcomes["done"]
    with within(village.by.network):
        left = Person.objects.in_network(village.by).get(pk=who).left
        managers = Membership.objects.in_network(village.by).filter(unit=unit, role=Role.MANAGER, until=None)
        (manager,) = managers.values_list("person", flat=True)
    assert left is None or manager != who
    assert entries(village, "network.manager_appointed", unit)[-1].facts["manager"] == str(manager)

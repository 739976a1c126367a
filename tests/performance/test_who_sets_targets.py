"""A target is set from above: for every role, whose target it may set and whose not."""

from datetime import timedelta
from typing import Any

import pytest

from bailiwick.desk.targets import holders, may_change, target_page
from bailiwick.kit import NotAllowed, NotSeen, Refused, Role
from bailiwick.network.commands import add_members, add_units, appoint, grant_sight
from bailiwick.network.commands.people import NewMember
from bailiwick.network.commands.setting_up import NewUnit
from bailiwick.performance.commands import set_targets, withdraw_target
from bailiwick.performance.models import Target
from bailiwick.performance.queries import targets
from tests.performance.dealt import APRIL, MIDDLE, aim, new_target
from tests.village import NOW, PEOPLE, Village

OURS = ("cobalt", "delta", "callwerk", "nordpart", "firm")
SELLERS = {"noor": "cobalt", "ben": "cobalt", "sven": "delta", "piet": "callwerk", "arvid": "nordpart"}
LEADERS = {"dora": "firm", "aylin": "cobalt", "jonas": "delta", "paula": "callwerk", "astrid": "nordpart"}
EVERY = [(unit, "") for unit in OURS] + [(unit, who) for who, unit in (SELLERS | LEADERS).items()]
# Whose targets each may set; nobody else's, and whoever is not named here nobody's at all.
MAY: dict[str, set[tuple[str, str]]] = {
    "dora": set(EVERY),
    "aylin": {("cobalt", "noor"), ("cobalt", "ben"), ("callwerk", ""), ("callwerk", "piet"), ("callwerk", "paula")},
    "jonas": {("delta", "sven"), ("nordpart", ""), ("nordpart", "arvid"), ("nordpart", "astrid")},
    "paula": {("callwerk", "piet")},
    "astrid": {("nordpart", "arvid")},
}
# In sight and not to be set: these are told that it is not theirs. Whatever is out of sight answers like nothing.
TOLD: dict[str, set[tuple[str, str]]] = {
    "aylin": {("cobalt", ""), ("cobalt", "aylin")},
    "jonas": {("delta", ""), ("delta", "jonas")},
    "paula": {("callwerk", ""), ("callwerk", "paula")},
    "astrid": {("nordpart", ""), ("nordpart", "astrid")},
    "noor": {("cobalt", ""), ("cobalt", "noor"), ("cobalt", "ben"), ("cobalt", "aylin")},
    "ben": {("cobalt", ""), ("cobalt", "noor"), ("cobalt", "ben"), ("cobalt", "aylin")},
    "sven": {("delta", ""), ("delta", "sven"), ("delta", "jonas")},
    "piet": {("callwerk", ""), ("callwerk", "piet"), ("callwerk", "paula")},
    "arvid": {("nordpart", ""), ("nordpart", "arvid"), ("nordpart", "astrid")},
    "clara": {("cobalt", "")},
}


def look_at(village: Village, name: str, **what: Any) -> None:
    """A sight of a unit, a person or an organization."""
    grant_sight(viewer=village.people[name].pk, purpose="help", source="agreement", by=village.by, now=NOW, **what)


def tried(village: Village, name: str, unit: str, person: str) -> str:
    """What comes of setting it."""
    try:
        set_targets([new_target(village, unit=unit, person=person)], by=village.actor(name), now=NOW)
    except NotAllowed:
        return "told"
    except NotSeen:
        return "not seen"
    return "set"


@pytest.mark.parametrize("name", PEOPLE)
def test_everybody_sets_the_targets_of_those_below_and_of_nobody_else(village: Village, name: str) -> None:
    found = {holder: tried(village, name, *holder) for holder in EVERY}
    assert {holder for holder, came in found.items() if came == "set"} == MAY.get(name, set())
    assert {holder for holder, came in found.items() if came == "told"} == TOLD.get(name, set())
    assert Target.objects.in_network(village.by).count() == len(MAY.get(name, set()))


@pytest.mark.parametrize("name", PEOPLE)
def test_whoever_may_set_a_target_may_withdraw_it_and_nobody_else(village: Village, name: str) -> None:
    for unit, person in EVERY:
        row = aim(village, unit=unit, person=person)
        if (unit, person) in MAY.get(name, set()):
            withdraw_target(row.pk, version=1, by=village.actor(name), now=NOW)
        else:
            with pytest.raises((NotAllowed, NotSeen)):
                withdraw_target(row.pk, version=1, by=village.actor(name), now=NOW)
    left = Target.objects.in_network(village.by).filter(withdrawn=None).count()
    assert left == len(EVERY) - len(MAY.get(name, set()))


@pytest.mark.parametrize("name", PEOPLE)
def test_the_page_offers_just_those_whom_the_command_takes(village: Village, name: str) -> None:
    units = {unit.pk: word for word, unit in village.units.items() if word in OURS}
    people = {person.pk: word for word, person in village.people.items()}
    offered = {(units[one.unit], people[one.person] if one.person else "") for one in holders(village.actor(name))}
    assert offered == MAY.get(name, set())


@pytest.mark.parametrize("name", PEOPLE)
def test_the_page_opens_a_target_for_just_those_who_may_change_it(village: Village, name: str) -> None:
    rows = [aim(village, unit=unit, person=person) for unit, person in EVERY]
    opened = {holder for holder, row in zip(EVERY, rows, strict=True) if may_change(row, village.actor(name))}
    assert opened == MAY.get(name, set())


def test_the_refusal_says_who_sets_a_target(village: Village) -> None:
    with pytest.raises(NotAllowed) as no:
        aim(village, by="noor", person="noor")
    assert str(no.value.sentence) == "A target is set from above, never by whoever it is for."
    assert "manager above" in str(no.value.remedy)


SEES = {
    "dora": {("cobalt", ""), ("cobalt", "noor"), ("delta", ""), ("delta", "sven"), ("callwerk", ""), ("callwerk", "piet")},
    "aylin": {("cobalt", ""), ("cobalt", "noor"), ("callwerk", ""), ("callwerk", "piet")},
    "jonas": {("delta", ""), ("delta", "sven")},
    "sven": {("delta", ""), ("delta", "sven")},
    "noor": {("cobalt", ""), ("cobalt", "noor")},
    "ben": {("cobalt", "")},
    "paula": {("callwerk", ""), ("callwerk", "piet")},
    "piet": {("callwerk", ""), ("callwerk", "piet")},
}


@pytest.mark.parametrize("name", PEOPLE)
def test_everybody_sees_the_own_target_that_of_the_own_team_and_those_below(village: Village, name: str) -> None:
    holder = {aim(village, unit=unit, person=person).pk: (unit, person) for unit, person in SEES["dora"]}
    assert {holder[row.pk] for row in targets(village.actor(name).scope)} == SEES.get(name, set())
    page = target_page(village.actor(name), APRIL, as_of=MIDDLE)
    assert {holder[one.target.pk] for one in (*page.units, *page.people)} == SEES.get(name, set())
    assert all(one.target.person_id is None for one in page.units)
    assert all(one.target.person_id is not None for one in page.people)


def test_a_manager_of_two_units_sets_the_target_of_neither(village: Village) -> None:
    """Aylin answers for the team below Cobalt as well: its target is hers."""
    team = add_units([NewUnit(name="Inside", kind="team", parent=village.units["cobalt"].pk)], by=village.by, now=NOW)[0]
    village.units["inside"] = team
    assert tried(village, "aylin", "inside", "") == "set", "as long as she does not answer for it"
    appoint(unit=team.pk, person=village.people["aylin"].pk, by=village.by, now=NOW - timedelta(seconds=1))
    row = Target.objects.in_network(village.by).get(unit=team)
    with pytest.raises(NotAllowed):
        withdraw_target(row.pk, version=1, by=village.actor("aylin"), now=NOW)
    assert tried(village, "aylin", "cobalt", "") == "told"


def test_a_neighbour_who_may_look_sets_nothing(village: Village) -> None:
    """Jonas is shown Cobalt, and Noor, by a sight: seeing is not leading."""
    for what in ("unit", "person"):
        which = village.units["cobalt"].pk if what == "unit" else village.people["noor"].pk
        look_at(village, "jonas", **{what: which})
    assert [tried(village, "jonas", "cobalt", who) for who in ("", "noor", "ben")] == ["told", "told", "told"]


@pytest.mark.parametrize("what", ["unit", "person"])
def test_a_neighbour_sets_no_target_for_a_seller_of_another_unit_under_the_own(village: Village, what: str) -> None:
    """Noor sells in Cobalt; that Jonas is shown her rows makes her nobody of Delta."""
    which = village.units["cobalt"].pk if what == "unit" else village.people["noor"].pk
    look_at(village, "jonas", **{what: which})
    with pytest.raises(Refused):
        aim(village, by="jonas", unit="delta", person="noor")
    assert not targets(village.actor("dora").scope).exists()


def test_a_partners_admin_who_is_shown_another_firm_sets_none_of_its_targets(village: Village) -> None:
    """A sight of an organization lets Paula look at Nordpart, not lead it."""
    which = village.organizations["nordpart"]
    grant_sight(viewer=village.people["paula"].pk, purpose="help", source="agreement", by=village.by, now=NOW, organization=which)
    assert tried(village, "paula", "nordpart", "arvid") in ("told", "not seen")
    row = aim(village, unit="nordpart", person="arvid")
    with pytest.raises((NotAllowed, NotSeen)):
        withdraw_target(row.pk, version=1, by=village.actor("paula"), now=NOW)


def test_a_director_who_leads_no_unit_sets_the_target_of_the_whole_firm(village: Village) -> None:
    new = NewMember(person=village.people["conny"].pk, unit=village.units["firm"].pk, role=Role.DIRECTOR)
    assert tried(village, "conny", "firm", "") == "not seen"
    add_members([new], by=village.by, now=NOW - timedelta(seconds=1))
    assert tried(village, "conny", "firm", "") == "set"

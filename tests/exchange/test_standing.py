"""Standing sources: what comes is taken in by itself, once, and what only a person can judge waits for one."""

import hashlib
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from bailiwick.exchange.commands.gathering import deliver
from bailiwick.exchange.commands.giving import ask_for, forget
from bailiwick.exchange.commands.standing import change_standing, end_key, end_standing, give_key, make_standing
from bailiwick.exchange.commands.unpacking import Given
from bailiwick.exchange.models import Import, Incoming
from bailiwick.kit import NotAllowed, NotSeen, Refused
from bailiwick.network.models import ApiToken, Membership
from bailiwick.notices.models import Message
from bailiwick.pipeline.models import Opportunity
from tests.village import NOW, Village

from .standing import FIRST, Stood, deal, export, stands

MOVED = FIRST.replace(b",Prospect,", b",Proposal,")


@pytest.fixture
def stood(village: Village, tmp_path: Path) -> Stood:
    return stands(village, tmp_path)


def value_of(village: Village, key: str) -> Opportunity:
    return Opportunity.objects.in_network(village.by).select_related("step").get(source="crm", source_id=key)


def told(village: Village) -> list[str]:
    return list(Message.objects.in_network(village.by).filter(kind="standing_source").values_list("body", flat=True))


def test_a_file_laid_in_the_folder_is_taken_in_and_put_away(stood: Stood) -> None:
    stood.lay("deals.csv", MOVED)
    stood.round()
    assert stood.incoming() == [("deals.csv", "taken")]
    assert (stood.inside("."), stood.inside("taken")) == (["taken"], ["deals.csv"])
    assert value_of(stood.village, "4").step.name == "Proposal"
    assert (stood.row.taken, stood.row.trouble) == (stood.now, None)
    _, second = stood.imports()
    assert (second.by, second.state) == (stood.village.people["dora"].pk, "taken")
    assert second.report["changed"] == {"opportunities": 3}


def test_the_same_file_again_is_put_away_and_takes_nothing_in(stood: Stood) -> None:
    stood.lay("deals.csv", MOVED)
    stood.round()
    stood.lay("deals.csv", MOVED, NOW + timedelta(hours=1))
    stood.round()
    assert [state for _, state in stood.incoming()] == ["taken", "again"]
    assert stood.inside("taken") == ["deals (2).csv", "deals.csv"]
    assert len(stood.imports()) == 2


def test_what_was_said_before_and_is_said_again_after_something_else_is_taken_in(stood: Stood) -> None:
    for place, content in enumerate((FIRST, MOVED, FIRST)):
        stood.lay("deals.csv", content, NOW + timedelta(hours=place))
        stood.round()
    assert [state for _, state in stood.incoming()] == ["taken"] * 3
    assert value_of(stood.village, "4").step.name == "Prospect"


def test_taken_in_and_not_yet_put_away_it_is_not_taken_in_again(stood: Stood) -> None:
    path = stood.lay("deals.csv", MOVED)
    stood.round()
    (stood.folder / "taken" / "deals.csv").rename(path)  # as if the process had been killed before
    Incoming.objects.in_network(stood.village.by).update(stamp=path.stat().st_mtime_ns)
    stood.round()
    assert (len(stood.imports()), stood.inside("taken"), path.exists()) == (2, ["deals.csv"], False)


def test_a_file_that_somebody_is_still_writing_waits(stood: Stood) -> None:
    stood.lay("deals.csv", MOVED)
    (stood.folder / "later.csv.part").write_bytes(MOVED)
    (stood.folder / ".hidden.csv").write_bytes(MOVED)
    from bailiwick.cli.standing import turn
    from bailiwick.tenancy.models import Network

    turn(Network.objects.get(pk=stood.village.by.network), datetime.now(UTC))
    assert stood.incoming() == []
    stood.round()
    assert stood.incoming() == [("deals.csv", "taken")]


def test_links_and_what_lies_elsewhere_are_not_followed(stood: Stood, tmp_path: Path) -> None:
    outside = tmp_path / "secret.csv"
    outside.write_bytes(MOVED)
    stood.folder.mkdir(parents=True)
    (stood.folder / "deals.csv").symlink_to(outside)
    (stood.folder / "folder.csv").mkdir()
    stood.round()
    assert stood.incoming() == []
    assert outside.exists()


def test_a_folder_that_is_a_link_is_refused_and_told(stood: Stood, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "deals.csv").write_bytes(MOVED)
    stood.folder.parent.mkdir(parents=True)
    stood.folder.symlink_to(elsewhere)
    stood.round()
    assert stood.incoming() == []
    assert stood.row.trouble["about"] == "folder"
    assert len(told(stood.village)) == 1
    stood.folder.unlink()
    stood.round()
    assert stood.row.trouble is None


def test_several_exports_that_wait_are_taken_in_one_after_the_other(stood: Stood) -> None:
    for place, content in enumerate((MOVED, FIRST.replace(b",Prospect,", b",Close,"))):
        stood.lay(f"deals-2026-11-0{place + 1}.csv", content, NOW + timedelta(seconds=place))
    stood.round()
    assert [state for _, state in stood.incoming()] == ["taken", "taken"]
    assert len(stood.imports()) == 3
    assert value_of(stood.village, "4").step.name == "Close"


def test_by_night_what_came_waits_for_its_hour(stood: Stood) -> None:
    dora = stood.village.actor("dora")
    change_standing(stood.which.pk, night=time(3), links={}, masters={}, by=dora, now=NOW)
    stood.lay("deals.csv", MOVED)
    stood.round()
    assert stood.incoming() == [("deals.csv", "waiting")]
    stood.round(timedelta(days=1))
    assert stood.incoming() == [("deals.csv", "taken")]


HELD = {
    "an owner whom nobody knows": (export(*(deal(n, "Proposal", seller="Zoe Quorx") for n in range(1, 15))), "Zoe Quorx"),
    "fewer than half of the rows": (export(*(deal(n, "Proposal") for n in range(1, 7))), "It holds 6 rows, the last one 14."),
    "no ids": (FIRST.replace(b"Deal Id,", b"Number,"), "by which rows are known, is missing"),
}  # fmt: skip


@pytest.mark.parametrize("what", HELD)
def test_what_only_a_person_can_judge_waits_and_is_told_once(stood: Stood, what: str) -> None:
    content, why = HELD[what]
    before = list(Opportunity.objects.in_network(stood.village.by).order_by("pk").values_list("pk", "version"))
    stood.lay("deals.csv", content)
    stood.round()
    stood.round()
    assert list(Opportunity.objects.in_network(stood.village.by).order_by("pk").values_list("pk", "version")) == before
    held = stood.imports()[-1]
    assert (held.state, stood.incoming()) == ("waiting", [("deals.csv", "given")])
    assert len(told(stood.village)) == 1
    assert why in told(stood.village)[0]
    assert Message.objects.in_network(stood.village.by).get(kind="standing_source").person == stood.village.people["dora"].pk


def test_a_new_column_that_says_something_waits(stood: Stood) -> None:
    lines = [
        line + (",Lead source" if place == 0 else ",Trade fair" if line else "")
        for place, line in enumerate(FIRST.decode().split("\n"))
    ]
    stood.lay("deals.csv", "\n".join(lines).encode())
    stood.round()
    assert stood.imports()[-1].state == "waiting"
    assert "The column Lead source of deals.csv is new." in told(stood.village)[0]


def test_a_new_column_that_says_nothing_new_does_not_stop_it(stood: Stood) -> None:
    lines = [
        line + (",Colour" if place == 0 else ",blue" if line else "") for place, line in enumerate(MOVED.decode().split("\n"))
    ]
    stood.lay("deals.csv", "\n".join(lines).encode())
    stood.round()
    assert stood.imports()[-1].state == "taken"


def test_what_waits_for_a_person_goes_on_when_they_take_it_in_and_is_refused_when_they_forget_it(stood: Stood) -> None:
    dora = stood.village.actor("dora")
    stood.lay("deals.csv", HELD["fewer than half of the rows"][0])
    stood.round()
    stood.lay("deals-2.csv", MOVED, NOW + timedelta(hours=1))
    stood.round()
    assert stood.incoming() == [("deals.csv", "given"), ("deals-2.csv", "waiting")]  # one at a time
    ask_for(stood.imports()[-1].pk, by=dora, now=NOW)
    stood.round()
    assert [state for _, state in stood.incoming()] == ["taken", "taken"]
    stood.lay("deals.csv", HELD["fewer than half of the rows"][0], NOW + timedelta(hours=2))
    stood.round()
    forget(stood.imports()[-1].pk, by=dora, now=NOW)
    stood.round()
    assert stood.incoming()[-1] == ("deals.csv", "refused")
    assert stood.inside("refused") == ["deals.csv"]
    assert stood.row.trouble is None


def test_what_cannot_be_read_is_refused_and_put_away_and_what_comes_after_is_taken_in(stood: Stood) -> None:
    stood.lay("deals.csv", b"\x00\x01\x02 no table at all")
    stood.round()
    assert (stood.incoming(), stood.inside("refused")) == ([("deals.csv", "refused")], ["deals.csv"])
    assert len(told(stood.village)) == 1
    stood.lay("deals.csv", MOVED, NOW + timedelta(hours=1))
    stood.round()
    assert stood.incoming()[-1] == ("deals.csv", "taken")
    assert stood.row.trouble is None


def test_it_stops_when_its_director_is_none_any_more_and_the_directors_are_told(stood: Stood) -> None:
    Membership.objects.in_network(stood.village.by).filter(person=stood.village.people["dora"]).update(
        person=stood.village.people["conny"]
    )
    stood.lay("deals.csv", MOVED)
    stood.round()
    assert stood.incoming() == [("deals.csv", "waiting")]
    assert stood.row.trouble["about"] == "no_director"
    assert Message.objects.in_network(stood.village.by).get(kind="standing_source").person == stood.village.people["conny"].pk
    change_standing(stood.which.pk, night=None, links={}, masters={}, by=stood.village.actor("conny"), now=NOW)
    stood.round()
    assert stood.incoming() == [("deals.csv", "taken")]


def test_only_the_director_makes_changes_and_ends_it(stood: Stood) -> None:
    taken = stood.imports()[0]
    for name in ("noor", "aylin", "paula", "stefan"):
        by = stood.village.actor(name)
        with pytest.raises(NotAllowed):
            make_standing(taken.pk, by=by, now=NOW)
        with pytest.raises(NotAllowed):
            change_standing(stood.which.pk, night=None, links={}, masters={}, by=by, now=NOW)
        with pytest.raises(NotAllowed):
            give_key(stood.which.pk, by=by, now=NOW)
        with pytest.raises(NotAllowed):
            end_standing(stood.which.pk, by=by, now=NOW)
    dora = stood.village.actor("dora")
    assert make_standing(taken.pk, by=dora, now=NOW).pk == stood.which.pk
    end_standing(stood.which.pk, by=dora, now=NOW)
    stood.lay("deals.csv", MOVED)
    stood.round()
    assert stood.incoming() == []
    again = make_standing(taken.pk, by=dora, now=NOW)
    assert (again.pk != stood.which.pk, again.folder) == (True, "crm")


def test_an_import_that_was_not_taken_in_makes_no_source_standing(village: Village) -> None:
    of = Import.objects.in_network(village.by).create(
        network_id=village.by.network, source="x", by=village.people["dora"].pk, created=NOW
    )
    with pytest.raises(Refused, match="not_taken"):
        make_standing(of.pk, by=village.actor("dora"), now=NOW)


def test_a_delivered_file_is_kept_once_and_taken_in(stood: Stood) -> None:
    dora = stood.village.actor("dora")
    row, _ = give_key(stood.which.pk, by=dora, now=NOW)
    token = row.token
    first, new = deliver(stood.which.pk, Given("deals.csv", MOVED), token=token, by=dora, now=NOW)
    again, newer = deliver(stood.which.pk, Given("deals.csv", MOVED), token=token, by=dora, now=NOW)
    assert (first.pk, new, newer) == (again.pk, True, False)
    assert first.digest == hashlib.sha256(MOVED).hexdigest()
    stood.round()
    assert (stood.incoming(), len(stood.imports())) == ([("deals.csv", "taken")], 2)
    end_key(stood.which.pk, by=dora, now=NOW)
    with pytest.raises(NotSeen):
        deliver(stood.which.pk, Given("deals.csv", FIRST), token=token, by=dora, now=NOW)
    assert ApiToken.objects.get(pk=token).until is not None


def test_a_file_with_another_day_in_its_name_is_read_as_the_one_before(stood: Stood) -> None:
    stood.lay("deals-2026-11-30.csv", MOVED)
    stood.round()
    assert [table["table"] for table in stood.imports()[-1].mapping["tables"]] == ["deals.csv"]
    assert stood.imports()[-1].mapping["steps"] == stood.imports()[0].mapping["steps"]

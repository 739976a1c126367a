"""What comes in: the same network to the byte, whose ledger goes on, or nothing."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.db import InternalError, transaction

from bailiwick.cli.clerk import clerk
from bailiwick.demo.removal import remove
from bailiwick.kit import Refused
from bailiwick.ledger import clock
from bailiwick.ledger.commands import seal
from bailiwick.ledger.models import Entry, Erasure, Seal
from bailiwick.ledger.queries import broken_seals, last_moment
from bailiwick.moving import lines
from bailiwick.moving.digest import counted, whole_of
from bailiwick.network.commands import accept, give_program_token, invite_directors
from bailiwick.network.models import Access, Person
from bailiwick.network.queries import network_of
from bailiwick.pipeline.commands import NewActivity, log_activities
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.within import at_one_instant, within
from bailiwick.tenancy.words import having
from bailiwick.territories.models import Account
from tests.moving.conftest import Left, come
from tests.village import TODAY


def test_a_network_comes_back_called_otherwise_with_the_same_digest(back: Left) -> None:
    network = network_of("back")
    assert network.pk == back.id
    with within(network.pk):
        assert whole_of(counted(network.pk)) == back.description["digest"]


def test_rows_that_lead_to_later_rows_of_their_table_come_in_however_they_are_parted(
    left: Left, real: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "AT_ONCE", 1)
    try:
        assert come(left.file, "parted").digest == left.description["digest"]
    finally:
        remove(Network.objects.get(slug="parted"))


def test_what_is_read_at_one_instant_does_not_see_what_others_do_meanwhile(back: Left) -> None:
    with at_one_instant(back.id):
        with psycopg.connect(os.environ["DATABASE_URL"]) as other:
            other.execute("SELECT set_config('app.network', %s, true)", [str(back.id)])
            assert other.execute("UPDATE pipeline_opportunity SET version = version + 1").rowcount
        assert whole_of(counted(back.id)) == back.description["digest"]
        with pytest.raises(InternalError, match="read-only"), transaction.atomic():
            Network.objects.filter(pk=back.id).update(name="x")
    with within(back.id):
        assert whole_of(counted(back.id)) != back.description["digest"]


def test_its_seals_hold_and_new_entries_stand_above_all_old_ones(back: Left) -> None:
    by = clerk(back.id)
    with within(back.id):
        last = last_moment(by)
        sealed = Seal.objects.in_network(by).count()
        assert sealed
        assert not broken_seals(by)
        noor = back.village.actor("noor")
        log_activities([NewActivity(kind="note", text="After the move", day=TODAY)], by=noor, now=datetime.now(UTC))
    with within(back.id):
        assert seal(by, datetime.now(UTC))
    with within(back.id):
        newest = Entry.objects.in_network(by).order_by("moment", "seq").last()
        assert newest
        assert newest.kind == "pipeline.activity_logged"
        assert newest.moment > last
        assert Seal.objects.in_network(by).count() == sealed + 1
        assert not broken_seals(by)


def test_who_was_erased_is_erased_here_and_on_the_list(back: Left) -> None:
    by = clerk(back.id)
    with within(back.id):
        assert Erasure.objects.in_network(by).count() == 2
        rita = Person.objects.in_network(by).get(pk=back.village.people["rita"].pk)
        assert (rita.name, rita.email) == ("", "")


def test_search_finds_what_came_in(back: Left) -> None:
    by = clerk(back.id)
    with within(back.id):
        assert [row.name for row in having(Account.objects.in_network(by), "kranbau", by)] == ["Kranbau Weiss GmbH"]


def test_nobody_can_sign_in_until_the_director_opens_the_link(back: Left) -> None:
    assert not Access.objects.filter(network=back.id).exists()
    now = datetime.now(UTC)
    with within(back.id):
        ((person, name, token),) = invite_directors(by=clerk(back.id), now=now)
    assert (person, name) == (back.village.people["dora"].pk, "Dora Lang")
    access = accept(token=token, name="", email="dora@elsewhere.example", password="a long enough word", now=now)
    assert (access.person, access.network_id) == (person, back.id)
    with within(back.id):
        assert not invite_directors(by=clerk(back.id), now=now)[0][0]


def test_what_is_here_already_is_refused(back: Left) -> None:
    with pytest.raises(Refused, match="network_here"):
        come(back.file, "again")


def test_a_slug_that_is_taken_is_refused_and_nothing_came_in(left: Left, real: None) -> None:
    with transaction.atomic():
        Network.objects.get_or_create(slug="taken", defaults={"name": "Taken", "demo": True})
    with pytest.raises(Refused, match="network_exists"):
        come(left.file, "taken")
    assert not Network.objects.filter(pk=left.id).exists()
    Network.objects.filter(slug="taken").delete()


# The clock of the ledger


def moment() -> int:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        found = owner.execute("SELECT ledger_moment()").fetchone()
        assert found
        return int(found[0])


def test_the_clock_is_lifted_above_a_moment_and_never_goes_back(real: None) -> None:
    before = moment()
    clock.lift_above(before + 1000)
    lifted = moment()
    assert lifted > before + 1000
    clock.lift_above(5)
    assert lifted < moment() < lifted + 100


def test_the_clock_is_not_lifted_under_whoever_has_written_an_entry(real: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their entry is still to come: a seal closed meanwhile, by the lifted clock, would lie above it."""
    monkeypatch.setattr(clock, "PATIENCE", "100ms")
    far = moment() + 1_000_000
    with psycopg.connect(os.environ["DATABASE_URL"]) as writer:
        writer.execute("SELECT ledger_moment()")
        with pytest.raises(Refused, match="busy"):
            clock.lift_above(far)
        assert moment() < far
    clock.lift_above(moment() + 1)


def test_a_moment_beyond_all_counting_is_refused(real: None) -> None:
    with pytest.raises(Refused, match="bad_moment"):
        clock.lift_above(2**60)


def test_the_description_can_be_read_as_the_guide_says(left: Left, capsys: pytest.CaptureFixture[str]) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "how-to" / "leaving.md").read_text()
    example = guide.split("```python\n")[1].split("```")[0]
    assert len(example.strip().splitlines()) <= 12
    exec(example.replace("ours.zip", str(left.file)), {})
    said = capsys.readouterr().out
    assert "Hafen Logistik GmbH terminals" in said
    assert json.dumps(left.description["digest"]).strip('"') in said


def test_a_service_account_comes_along_and_its_tokens_do_not(back: Left) -> None:
    by = clerk(back.id)
    with within(back.id):
        made = Person.objects.in_network(by).select_related("answerable").get(program=True)
        assert (made.name, made.purpose, made.answerable.name) == ("ERP sync", "Writes orders back", "Aylin Sahin")
        assert not Access.objects.filter(network=back.id, person=made.pk).exists()
        give_program_token(made.pk, label="anew", scope="read", by=by, now=datetime.now(UTC))
        assert Access.objects.get(network=back.id, person=made.pk).login is None

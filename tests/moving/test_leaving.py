"""What leaves: everything of one network, nothing of another, no secret, in a file that tells a program what it is."""

import hashlib
import json
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from bailiwick.kit import Refused
from bailiwick.moving import packing
from bailiwick.moving.digest import counted, whole_of
from bailiwick.moving.lines import lines_of
from bailiwick.moving.packing import pack
from bailiwick.moving.tables import LEFT_OUT, moved
from bailiwick.store import StoreRefused
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.within import within
from tests.house.source import house_models
from tests.moving.conftest import Left
from tests.village import NOW, Village, settle

SECRET = ("password", "token", "secret")


def members(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as parcel:
        return {name: parcel.read(name) for name in parcel.namelist()}


def described(left: Left) -> dict[str, dict[str, Any]]:
    return {one["table"]: one for one in left.description["tables"]}


def test_every_table_leaves_or_is_left_out_for_a_reason() -> None:
    leaving = {table.name for table in moved()}
    assert leaving | set(LEFT_OUT) == {model._meta.db_table for model in house_models()}
    assert not leaving & set(LEFT_OUT)
    assert not [name for name, why in LEFT_OUT.items() if len(why) < 20]


@pytest.mark.django_db
def test_every_column_of_a_table_leaves() -> None:
    with connection.cursor() as cursor:
        for table in moved():
            cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table.name])
            assert {name for (name,) in cursor.fetchall()} - {column.name for column in table.columns} <= {"slug"}, table.name


def test_no_column_that_leaves_is_called_like_a_secret() -> None:
    assert not [
        f"{table.name}.{one.name}" for table in moved() for one in table.columns if any(word in one.name for word in SECRET)
    ]


def test_each_table_comes_after_those_that_it_leads_to() -> None:
    names = [table.name for table in moved()]
    for table in moved():
        for column in table.columns:
            if column.kept and column.leads_to != table.name:
                assert names.index(column.leads_to) < names.index(table.name)


def test_the_file_is_its_owners_only_and_holds_what_its_description_says(left: Left) -> None:
    assert stat.S_IMODE(left.file.stat().st_mode) == 0o600
    found = members(left.file)
    told = json.loads(found.pop("description.json"))
    assert told == left.description
    assert set(found) == {one["file"] for one in told["tables"]}
    for one in told["tables"]:
        content = found[one["file"]]
        assert (one["rows"], one["bytes"]) == (content.count(b"\n"), len(content))
        assert one["sha256"] == hashlib.sha256(content).hexdigest()
    lines = "".join(f"{one['table']} {one['sha256']}\n" for one in sorted(told["tables"], key=lambda one: one["table"]))
    assert told["digest"] == hashlib.sha256(lines.encode()).hexdigest()
    assert told["rows"] == sum(one["rows"] for one in told["tables"]) > 200


def test_the_network_of_these_tests_has_a_row_in_every_table_that_leaves(left: Left) -> None:
    """Or they would say nothing of a new table: give it a row in `one_of_each`."""
    assert not [one["table"] for one in left.description["tables"] if not one["rows"]]


def test_each_line_has_the_columns_of_the_description_and_rows_come_by_their_ids(left: Left) -> None:
    found = members(left.file)
    for one in described(left).values():
        rows = [json.loads(line) for line in found[one["file"]].splitlines()]
        assert all(list(row) == [column["name"] for column in one["columns"]] for row in rows)
        assert [row["id"] for row in rows] == sorted({row["id"] for row in rows})


def test_the_description_says_what_a_column_is_for_and_where_it_leads(left: Left) -> None:
    columns = {column["name"]: column for column in described(left)["pipeline_opportunity"]["columns"]}
    assert columns["value"] == {
        "name": "value", "type": "numeric(18, 2)", "null": True, "label": "Value",
        "purpose": "What you and your manager plan with; leave it empty rather than guess.",
    }  # fmt: skip
    assert columns["account_id"]["refers_to"] == "territories_account"
    assert columns["outcome"]["choices"] == ["open", "won", "lost", "withdrawn"]
    assert {one["table"] for one in left.description["left_out"]} == set(LEFT_OUT)
    assert all(one["what"] for one in described(left).values())


def test_no_secret_and_no_login_leaves_and_people_have_their_addresses(left: Left) -> None:
    everything = b"".join(members(left.file).values()).decode()
    assert not [secret for secret in left.secrets if secret in everything]
    assert "noor@village.example" in everything


def test_an_erased_person_is_nowhere_in_the_file_and_on_its_list_of_the_erased(left: Left) -> None:
    found = members(left.file)
    everything = b"".join(found.values()).decode()
    assert "Rita Weiss" not in everything
    assert "rita@" not in everything
    erased = [json.loads(line) for line in found["ledger_erasure.jsonl"].splitlines()]
    assert {one["kind"] for one in erased} == {"person", "contact"}


@pytest.mark.django_db
def test_nothing_of_another_network_is_in_it(village: Village, tmp_path: Path) -> None:
    other = settle("other")
    packed = tmp_path / "one.zip"
    with within(village.by.network):
        pack(Network.objects.get(pk=village.by.network), packed, now=NOW)
    found = members(packed)
    for name in (table.file for table in moved() if table.name != "tenancy_network"):
        rows = [json.loads(line) for line in found[name].splitlines()]
        assert {row["network_id"] for row in rows} <= {str(village.by.network)}, name
    assert str(other.by.network) not in b"".join(found.values()).decode()


@pytest.mark.django_db
def test_in_the_other_network_a_table_says_nothing_of_this_one_even_if_asked(village: Village) -> None:
    """The second wall: row-level security."""
    other = settle("other")
    with within(other.by.network):
        assert not [table.name for table in moved()[1:] if list(lines_of(table, village.by.network))]


def digest(village: Village) -> str:
    with within(village.by.network):
        return whole_of(counted(village.by.network))


def test_the_digest_does_not_hang_on_slug_moment_or_the_order_of_rows(village: Village) -> None:
    before = digest(village)
    Network.objects.filter(pk=village.by.network).update(slug="called-otherwise")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pipeline_opportunity SET version = version")  # each row is written anew, elsewhere in the table
        cursor.execute("UPDATE network_person SET version = version WHERE name > 'D'")
    assert digest(village) == before


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE pipeline_opportunity SET value = value + 0.01 WHERE value = 10000",
        "UPDATE network_person SET quiet_from = '22:00' WHERE name LIKE 'Noor%'",
        "UPDATE territories_account SET custom = '{\"a\": 1.10}' WHERE name LIKE 'Hafen%'",
        "UPDATE tenancy_network SET name = 'Other' WHERE slug = 'village'",
        "DELETE FROM pipeline_activity WHERE due IS NOT NULL",
    ],
)
def test_whatever_changes_changes_the_digest(village: Village, change: str) -> None:
    before = digest(village)
    with connection.cursor() as cursor:
        cursor.execute(change)
        assert cursor.rowcount
    assert digest(village) != before


def test_a_file_is_never_replaced(village: Village, tmp_path: Path) -> None:
    there = tmp_path / "there.zip"
    there.write_text("mine")
    with pytest.raises(StoreRefused, match="exists"):
        pack(Network.objects.get(pk=village.by.network), there, now=NOW)
    assert there.read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["there.zip"]


def test_what_breaks_off_leaves_no_file(village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "LONGEST", 400)  # the row of a network is shorter, that of an entry of the ledger is not
    with pytest.raises(Refused, match="long_row"):
        pack(Network.objects.get(pk=village.by.network), tmp_path / "one.zip", now=NOW)
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_refused_in_words(village: Village, tmp_path: Path) -> None:
    with pytest.raises(StoreRefused, match="could not be written"):
        pack(Network.objects.get(pk=village.by.network), tmp_path / "none" / "one.zip", now=NOW)

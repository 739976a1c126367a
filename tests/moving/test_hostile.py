"""Files that were cut, damaged or made to do harm: refused in words, soon, in little memory, and nothing has changed."""

import json
import os
import struct
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bailiwick.demo.removal import remove
from bailiwick.kit import Refused
from bailiwick.ledger.clock import HIGHEST
from bailiwick.moving import unpacking
from bailiwick.moving.unpacking import opened
from bailiwick.tenancy.models import Network
from tests.examples import examples
from tests.moving.conftest import Left, come

Files = dict[str, bytes]
Change = Callable[[Files], object]
DESCRIPTION = "description.json"
LITTLE = 60 * 1024 * 1024  # bytes of memory that a hostile file may cost at most


def files_of(left: Left) -> Files:
    with zipfile.ZipFile(left.file) as parcel:
        return {name: parcel.read(name) for name in parcel.namelist()}


def packed(files: Files, to: Path, how: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(to, "w", how) as parcel:
        for name, content in files.items():
            parcel.writestr(name, content)
    return to


def made_to_fit(files: Files) -> None:
    """The description says of the files what they now are: whoever forges one can do that, too."""
    told = json.loads(files[DESCRIPTION])
    for one in told["tables"]:
        content = files[one["file"]]
        one |= {"rows": content.count(b"\n"), "bytes": len(content), "sha256": sha256(content).hexdigest()}
    lines = "".join(f"{one['table']} {one['sha256']}\n" for one in sorted(told["tables"], key=lambda one: one["table"]))
    told["digest"] = sha256(lines.encode()).hexdigest()
    files[DESCRIPTION] = json.dumps(told).encode()


def says(**more: object) -> Change:
    """The description says something else."""
    return lambda files: files.update({DESCRIPTION: json.dumps(json.loads(files[DESCRIPTION]) | more).encode()})


def refused(file: Path) -> str:
    """Why the file is refused; nothing of it came in."""
    before = list(Network.objects.values_list("pk", flat=True))
    with pytest.raises(Refused) as no:
        come(file, "hostile")
    assert list(Network.objects.values_list("pk", flat=True)) == before
    assert no.value.sentence
    return no.value.code


@pytest.fixture(autouse=True)
def _nothing_stays(real: None) -> Iterator[None]:
    yield
    for network in Network.objects.filter(slug="hostile"):
        remove(network)


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"PK\x03\x04 and nothing more", b"PGDMP\x01", b"{}", bytes(4096), b"PK\x05\x06" + bytes(18)]
)
def test_what_is_no_parcel_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "one.zip"
    file.write_bytes(content)
    assert refused(file) == "damaged_parcel"


def test_a_file_that_is_not_there_a_folder_and_a_pipe_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert {refused(tmp_path / "none"), refused(tmp_path), refused(tmp_path / "pipe")} == {"no_file"}


@pytest.mark.parametrize("part", [0.01, 0.3, 0.7, 0.99, 0.9999])
def test_a_file_that_was_cut_is_refused(left: Left, part: float, tmp_path: Path) -> None:
    content = left.file.read_bytes()
    file = tmp_path / "one.zip"
    file.write_bytes(content[: int(len(content) * part)])
    assert refused(file) == "damaged_parcel"


def members(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_byte_that_fell_over_is_found_wherever_it_lies_or_changes_nothing_that_is_read(left: Left, tmp_path: Path) -> None:
    """In the lines, in the description, in the list of members. What every reader skips (a date of the archive) may fall over."""
    content, file, found = left.file.read_bytes(), tmp_path / "one.zip", []
    whole = members(left.file)
    for place in range(60, len(content) - 60, len(content) // 40):
        file.write_bytes(content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :])
        try:
            with opened(file) as parcel:
                parcel.check()
            assert members(file) == whole, place
        except Refused as no:
            found.append(no.code)
    assert len(found) >= 20, "nearly all of it is lines"
    assert set(found) <= {"damaged_parcel", "other_tables", "other_format"}


@settings(max_examples=examples(200), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_changed_in_the_list_of_members_the_answer_is_a_refusal_or_none(left: Left, data: st.DataObject) -> None:
    content = bytearray(left.file.read_bytes())
    list_of_them = content.index(b"PK\x01\x02")
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(list_of_them, len(content) - 1))] = data.draw(st.integers(0, 255))
    with NamedTemporaryFile() as file, suppress(Refused):
        file.write(content)
        file.flush()
        with opened(Path(file.name)) as parcel:
            parcel.check()


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)


@settings(max_examples=examples(200), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_a_description_says_the_answer_is_a_refusal_or_none(left: Left, data: st.DataObject) -> None:
    told: Any = json.loads(files_of(left)[DESCRIPTION])
    place = told
    while isinstance(place, (dict, list)) and place:
        key = data.draw(st.sampled_from(list(place) if isinstance(place, dict) else range(len(place))))
        if data.draw(st.booleans()) or not isinstance(place[key], (dict, list)):
            place[key] = data.draw(anything)
            break
        place = place[key]
    with NamedTemporaryFile() as file, suppress(Refused):
        packed(files_of(left) | {DESCRIPTION: json.dumps(told).encode()}, Path(file.name))
        with opened(Path(file.name)) as parcel:
            parcel.check()


FORGED: dict[str, tuple[Change, str]] = {
    "a table is missing": (lambda files: files.pop("pipeline_stage.jsonl"), "damaged_parcel"),
    "a file too many": (lambda files: files.update({"more.txt": b"x"}), "damaged_parcel"),
    "a file that climbs out": (lambda files: files.update({"../../climbs": b"x"}), "damaged_parcel"),
    "a file at the root": (lambda files: files.update({"/etc/passwd": b"x"}), "damaged_parcel"),
    "no description": (lambda files: files.pop(DESCRIPTION), "damaged_parcel"),
    "a description that is none": (lambda files: files.update({DESCRIPTION: b"\xff{"}), "damaged_parcel"),
    "a description without end": (lambda files: files.update({DESCRIPTION: b"[" * 1_000_000}), "damaged_parcel"),
    "a description that is too large": (lambda files: files.update({DESCRIPTION: b" " * 5_000_000 + b"{}"}), "damaged_parcel"),
    "a description that is a list": (lambda files: files.update({DESCRIPTION: b"[1]"}), "damaged_parcel"),
    "a newer format": (says(format=2), "other_format"),
    "a format in words": (says(format="1"), "damaged_parcel"),
    "tables that are none": (says(tables=7), "damaged_parcel"),
    "no tables": (says(tables=[]), "other_tables"),
    "tables in words": (says(tables=["x"]), "damaged_parcel"),
    "a table that has no name": (says(tables=[{"table": []}]), "damaged_parcel"),
    "no network": (says(network=None), "damaged_parcel"),
    "an id that is none": (says(network={"id": "x"}), "damaged_parcel"),
    "another digest": (says(digest="0" * 64), "damaged_parcel"),
    "a row less": (lambda files: files.update({"network_person.jsonl": files["network_person.jsonl"].split(b"\n", 1)[1]}), "damaged_parcel"),
    "a row more": (lambda files: files.update({"network_person.jsonl": files["network_person.jsonl"] * 2}), "damaged_parcel"),
}  # fmt: skip


@pytest.mark.parametrize("what", FORGED)
def test_what_was_forged_is_refused(left: Left, what: str, tmp_path: Path) -> None:
    change, code = FORGED[what]
    files = files_of(left)
    change(files)
    assert refused(packed(files, tmp_path / "one.zip")) == code


def replaced(name: str, old: bytes, new: bytes) -> Change:
    def change(files: Files) -> None:
        assert old in files[name]
        files[name] = files[name].replace(old, new, 1)

    return change


PERSON, DEAL, ENTRY = "network_person.jsonl", "pipeline_opportunity.jsonl", "ledger_entry.jsonl"
# Files whose description was made to fit: only the store can tell.
SKILFUL: dict[str, Change] = {
    "rows of another network": lambda files: files.update({PERSON: files[PERSON].replace(own(files), str(uuid4()).encode())}),
    "one row of another network": lambda files: files.update({PERSON: files[PERSON].replace(own(files), str(uuid4()).encode(), 1)}),
    "a key that leads nowhere": replaced(PERSON, b'"organization_id":"', b'"organization_id":"f'),
    "a parent that is not there": lambda files: files.update({"network_unit.jsonl": files["network_unit.jsonl"].replace(b'"parent_id":"0', b'"parent_id":"f')}),
    "no row of the network": lambda files: files.update({"tenancy_network.jsonl": b""}),
    "two networks": lambda files: files.update({"tenancy_network.jsonl": files["tenancy_network.jsonl"] + files["tenancy_network.jsonl"].replace(own(files), str(uuid4()).encode())}),
    "another network than it says": says(network={"id": str(uuid4()), "slug": "x", "name": "x"}),
    "a column more": replaced(PERSON, b'{"id"', b'{"is_superuser":true,"id"'),
    "a column twice": replaced(PERSON, b'"name":', b'"name":"Eve","name":'),
    "a column less": replaced(DEAL, b'"currency":"EUR",', b""),
    "a blank more": replaced(DEAL, b'{"id"', b'{ "id"'),
    "a text too long": replaced(PERSON, b'"language":""', b'"language":"' + b"x" * 200 + b'"'),
    "a null byte": replaced(PERSON, b'"language":""', b'"language":"\\u0000"'),
    "half a character": replaced(PERSON, b'"language":""', b'"language":"\\ud800"'),
    "no UTF-8": replaced(PERSON, b'"language":""', b'"language":"\xff"'),
    "a raw null byte": replaced(PERSON, b'"language":""', b'"language":"\x00"'),
    "no JSON": replaced(DEAL, b'{"id"', b'{"id'),
    "a value that is no day": replaced(ENTRY, b'"day":"2', b'"day":"x'),
    "more places than are kept": replaced(DEAL, b'"value":"10000.00"', b'"value":"10000.001"'),
    "rows in another order": lambda files: files.update({PERSON: b"\n".join(sorted(files[PERSON].splitlines(), reverse=True)) + b"\n"}),
    "JSON without end": replaced(DEAL, b'"custom":{}', b'"custom":' + b"[" * 50_000 + b"]" * 50_000),
    "a statement": replaced(PERSON, b'"language":""', b'"language":"\'); DROP TABLE network_person; --"'),
    "a line that does not end": lambda files: files.update({PERSON: files[PERSON][:-1]}),
    "a row twice": lambda files: files.update({DEAL: files[DEAL] + files[DEAL].splitlines(True)[-1]}),
    "a negative number": replaced("pipeline_step.jsonl", b'"place":', b'"place":-'),
    "a manager twice": lambda files: files.update({"network_membership.jsonl": files["network_membership.jsonl"].replace(b'"role":"seller"', b'"role":"manager"')}),
}  # fmt: skip


def own(files: Files) -> bytes:
    return json.loads(files[DESCRIPTION])["network"]["id"].encode()


@pytest.mark.parametrize("what", SKILFUL)
def test_what_was_forged_with_skill_is_refused_by_the_store(left: Left, what: str, tmp_path: Path) -> None:
    files = files_of(left)
    SKILFUL[what](files)
    made_to_fit(files)
    assert refused(packed(files, tmp_path / "one.zip")) == "damaged_parcel"


def test_a_moment_beyond_all_counting_is_refused_and_the_clock_stays(left: Left, tmp_path: Path) -> None:
    files = files_of(left)
    last = json.loads(files[ENTRY].splitlines()[-1])
    files[ENTRY] = files[ENTRY].replace(f'"moment":{last["moment"]},'.encode(), f'"moment":{HIGHEST + 7},'.encode())
    made_to_fit(files)
    assert refused(packed(files, tmp_path / "one.zip")) == "bad_moment"


def test_a_ledger_that_was_rewritten_comes_in_and_its_seals_say_so(left: Left, tmp_path: Path) -> None:
    """Whoever has such a ledger is not trapped with it; nobody is told that it is whole."""
    files = files_of(left)
    replaced(ENTRY, b'"door":"command"', b'"door":"page"')(files)
    made_to_fit(files)
    assert [one.number for one in come(packed(files, tmp_path / "one.zip"), "hostile").broken] == [1]


def test_rows_that_are_here_in_another_network_are_refused_as_such(back: Left, tmp_path: Path) -> None:
    """A network with the rows of one that is here, under an id of its own."""
    files, other = files_of(back), str(uuid4()).encode()
    files = {name: content.replace(own(files), other) for name, content in files.items()}
    made_to_fit(files)
    assert refused(packed(files, tmp_path / "one.zip")) == "rows_here"


def test_one_file_twice_is_refused(left: Left, tmp_path: Path) -> None:
    file = packed(files_of(left), tmp_path / "one.zip")
    with zipfile.ZipFile(file, "a") as parcel, pytest.warns(UserWarning, match="Duplicate"):
        parcel.writestr(PERSON, b"")
    assert refused(file) == "damaged_parcel"


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_is_packed_otherwise_is_refused(left: Left, how: int, tmp_path: Path) -> None:
    """LZMA, for one, takes as much memory as the file asks for."""
    assert refused(packed(files_of(left), tmp_path / "one.zip", how)) == "damaged_parcel"


def test_what_is_stored_unpacked_is_taken(left: Left, tmp_path: Path) -> None:
    admitted = come(packed(files_of(left), tmp_path / "one.zip", zipfile.ZIP_STORED), "hostile")
    assert admitted.digest == left.description["digest"]


def test_an_encrypted_member_is_refused(left: Left, tmp_path: Path) -> None:
    file = packed(files_of(left), tmp_path / "one.zip")
    content = bytearray(file.read_bytes())
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1
    file.write_bytes(content)
    assert refused(file) == "damaged_parcel"


def at_most(file: Path) -> tuple[str, int]:
    """Why it is refused, and the memory that it cost."""
    tracemalloc.start()
    try:
        return refused(file), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_line_that_never_ends_is_refused_in_little_memory(left: Left, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "LONGEST", 4 * 1024 * 1024)
    files, file = files_of(left), tmp_path / "one.zip"
    del files["network_person.jsonl"]
    packed(files, file)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as parcel, parcel.open(PERSON, "w") as out:
        for _ in range(200):
            out.write(bytes(1024 * 1024))
    code, memory = at_most(file)
    assert code == "damaged_parcel"
    assert memory < LITTLE


def test_a_file_that_unpacks_to_terabytes_is_refused_before_it_is_unpacked(left: Left, tmp_path: Path) -> None:
    """The sizes that a zip states are those at which reading it ends, so they are believed."""
    file = packed(files_of(left), tmp_path / "one.zip")
    content = bytearray(file.read_bytes())
    place = content.index(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<I", 0xFFFFFFF0)
    file.write_bytes(content)
    assert refused(file) == "bursting_parcel"


def test_a_list_of_members_that_fills_the_memory_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "one.zip"
    one = b"PK\x01\x02" + bytes(24) + struct.pack("<HHH", 1, 0, 0) + bytes(12) + b"x"
    many = one * 1_000_000
    file.write_bytes(many + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, len(many), 0, 0))
    code, memory = at_most(file)
    assert code == "damaged_parcel"
    assert memory < LITTLE

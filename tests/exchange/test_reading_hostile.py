"""Files that are no tables, or were made to do harm: refused in plain words, and soon."""

import os
import random
import zipfile
from pathlib import Path

import pytest

from bailiwick.exchange import reading
from bailiwick.exchange.reading import limits
from bailiwick.kit import Refused


def refusal_of(path: Path) -> Refused:
    with pytest.raises(Refused) as refusal:
        reading.read([path])
    assert path.name in str(refusal.value.sentence)
    assert refusal.value.remedy
    return refusal.value


def archive(path: Path, members: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "empty_file"),
        ("a.csv", b"\xef\xbb\xbf\r\n \n", "empty_file"),
        ("a.csv", b"<!DOCTYPE html><html><body>Session expired</body></html>", "not_a_table_file"),
        ("a.xls", b"<html xmlns:x='urn:excel'><table><tr><td>1</td></tr></table></html>", "not_a_table_file"),
        ("a.csv", b'{"error": "expired"}', "not_a_table_file"),
        ("a.csv", b'[{"id": 1}, {"id": 2}]', "not_a_table_file"),
        ("a.csv", b"%PDF-1.7 and so on", "not_a_table_file"),
        ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(64), "not_a_table_file"),
        ("a.csv", b"\xff\xd8\xff\xe0" + bytes(64), "not_a_table_file"),
        ("a.csv.gz", b"\x1f\x8b\x08" + bytes(64), "not_a_table_file"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "not_a_table_file"),
        ("a.csv", b"a,b\n1,\x002\n", "not_a_table_file"),
        ("a.csv", "a,b\n1,\0\n".encode("utf-16"), "not_a_table_file"),
        ("a.csv", bytes(range(256)) * 20, "not_a_table_file"),
        ("a.csv", b"a,b\n1,\x81\x8d\n", "unknown_text"),
        ("a.csv", "a,b\n1,2\n".encode("utf-16")[:-1], "unknown_text"),
        ("a.txt", b"Dear all,\nthis is, as promised, the note.\nIt says, in short, nothing.\nBye\n", "no_table"),
        ("a.csv", b"Access denied", "no_table"),
        ("a.csv", b",".join(b"c%d" % n for n in range(2_001)) + b"\n", "too_many"),
        ("a.csv", b"," * 20_000_000, "too_many"),
        ("a.csv", b"a,b\n1," + b"x" * 100_001 + b"\n", "unclosed_quote"),
        ("a.csv", b"a,b\n" + b'"x"y,"z\n' * 100_000, "misquoted"),
        ("a.zip", b"PK\x03\x04 and nothing more", "damaged_file"),
        ("a.zip", b"PK\x05\x06" + b"PK\x01\x02" * 30_000, "archive_bomb"),
    ],
)
def test_what_is_no_table_is_refused(name: str, content: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert refusal_of(tmp_path / name).code == code


@pytest.mark.parametrize("rows", [3, 200_000])
def test_a_quotation_mark_that_is_never_closed_is_named_by_its_line(rows: int, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b\n1,"x\ny"\n2,"open\n' + "3,z\n" * rows)
    refusal = refusal_of(path)
    assert refusal.code == "unclosed_quote"
    assert "line 4" in str(refusal.sentence)


@pytest.mark.parametrize(("limit", "most"), [("ROWS", 5), ("CELLS", 10), ("LINES", 5)])
def test_tables_beyond_the_limits_are_refused(limit: str, most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, limit, most)
    (tmp_path / "a.csv").write_text("a,b\n" + "1,2\n" * 10)
    assert refusal_of(tmp_path / "a.csv").code == "too_many"


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("wb") as file:
        file.truncate(limits.FILE + 1)
    assert refusal_of(tmp_path / "a.csv").code == "too_large"


def test_a_file_where_most_rows_do_not_fit_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b,c\n" + "1,2,3\n" * 30 + "1\n1,2,3,4\n" * 40)
    assert refusal_of(tmp_path / "a.csv").code == "no_table"


def test_an_archive_made_to_burst_is_left_unopened(tmp_path: Path) -> None:
    assert refusal_of(archive(tmp_path / "a.zip", {"a.csv": b"0" * 30_000_000})).code == "archive_bomb"


def test_an_archive_whose_directory_lies_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"a.csv": b"0" * 30_000_000})
    content = bytearray(path.read_bytes())
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = (1_000).to_bytes(4, "little")
    path.write_bytes(content)
    assert refusal_of(path).code == "damaged_file"


def test_archives_inside_archives_stay_closed(tmp_path: Path) -> None:
    inner = archive(tmp_path / "inner.zip", {"a.csv": "a,b\n1,2\n"}).read_bytes()
    assert refusal_of(archive(tmp_path / "a.zip", {"inner.zip": inner})).code == "not_a_table_file"


def test_members_of_an_archive_never_reach_a_disk_and_lose_their_paths(tmp_path: Path) -> None:
    members: dict[str, bytes | str] = {
        "../../outside.csv": "a,b\n1,2\n",
        "/absolute.csv": "a,b\n1,2\n",
        "C:\\windows\\b.csv": "a,b\n1,2\n",
        "deep/absolute.csv": "a,b\n3,4\n",
        "__MACOSX/._b.csv": "x",
        "readme.md": "read me",
        "note.txt": "A note\n",
    }
    (tmp_path / "in").mkdir()
    path = archive(tmp_path / "in" / "a.zip", members)
    assert [table.name for table in reading.read([path])] == ["outside.csv", "absolute.csv", "b.csv", "absolute.csv (2)"]
    assert sorted(file.name for file in tmp_path.rglob("*")) == ["a.zip", "in"]


def test_an_encrypted_archive_says_so(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"a.csv": "a,b\n1,2\n"})
    content = bytearray(path.read_bytes())
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert "password" in str(refusal_of(path).sentence)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes by name")
def test_pipes_and_devices_are_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert refusal_of(tmp_path / "pipe.csv").code == "not_a_file"
    assert refusal_of(Path("/dev/zero")).code == "not_a_file"


def test_a_path_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    assert refusal_of(tmp_path / "none.csv").code == "not_a_file"


def test_the_files_of_a_folder_by_name_without_notes_and_links_that_lead_out(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n")
    folder = tmp_path / "export"
    (folder / "deeper").mkdir(parents=True)
    for name in ("b.csv", "a.CSV", ".hidden.csv", "~$book.xlsx", "deeper/c.csv"):
        (folder / name).write_text("a,b\n1,2\n")
    for name in ("read.me", "notes.md", "setting.json", "note.txt"):
        (folder / name).write_text("A note,\nto be read.\n")
    (folder / "out.csv").symlink_to(tmp_path / "secret.csv")
    (folder / "twice.csv").symlink_to(folder / "b.csv")
    assert [table.name for table in reading.read([folder])] == ["a.CSV", "b.csv"]


def test_one_file_that_cannot_be_read_refuses_the_folder_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    (tmp_path / "broken.csv").write_bytes(b"")
    with pytest.raises(Refused, match=r"broken\.csv"):
        reading.read([tmp_path])


def test_a_folder_without_a_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("none")
    assert refusal_of(tmp_path).code == "nothing_to_read"
    assert refusal_of(archive(tmp_path / "a.zip", {"notes.md": "none"})).code == "nothing_to_read"


def test_two_files_of_one_name_stay_apart(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.csv").write_text("a,b\n1,2\n")
    assert [table.name for table in reading.read([tmp_path / "one", tmp_path / "two" / "a.csv"])] == ["a.csv", "a.csv (2)"]


def test_any_bytes_are_read_or_refused_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for seed in range(400):
        path.write_bytes(bytes(random.Random(seed).choices(b"a1,;\t|\"\n\r \xff\xc3\xa4'=<{[", k=seed)))
        try:
            tables = reading.read([path])
        except Refused:
            continue
        assert all(len(row) == len(table.columns) for table in tables for row in table.rows)
        assert all(len(table.rows) == len(table.lines) for table in tables)

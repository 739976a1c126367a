"""Refused rows as files, and the command line: whatever stands around it, what is told is true and is one document."""

import argparse
import csv
import io
import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bailiwick import cli
from bailiwick.cli import importing
from bailiwick.exchange.models import Import, Refusal
from bailiwick.exchange.reading import read
from bailiwick.exchange.refused_rows import file_name, write_refused, write_rows
from bailiwick.exchange.rules.records import RefusedRow
from bailiwick.exchange.rules.tables import Table
from bailiwick.kit import Refused, say
from bailiwick.network.queries import network_of
from bailiwick.pipeline.models import Opportunity
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.within import set_network
from tests.village import Village

FORMULA = ("=", "+", "-", "@", "\t", "\r")
cells = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=30)


def refusal(table: str, *told: str, line: int = 2, reason: str = "There is no day here.") -> RefusedRow:
    return RefusedRow(table, line, say("%(why)s", why=reason), told)


# --- files


@settings(deadline=None)
@given(st.lists(cells, min_size=2, max_size=4), cells, cells)
def test_no_cell_is_a_formula_in_a_spreadsheet(told: list[str], column: str, reason: str) -> None:
    out = io.StringIO(newline="")
    write_rows(out, [column] * len(told), [(3, reason, told)])
    rows = list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert not [cell for row in rows for cell in row if cell.startswith(FORMULA)]
    assert [cell.removeprefix("'") if cell[1:].startswith(FORMULA) else cell for cell in rows[1][: len(told)]] == [
        cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell for cell in told
    ]


def test_two_tables_of_one_stem_are_two_files(tmp_path: Path) -> None:
    rows = [refusal(name, "x") for name in ("deals.csv", "deals.xlsx", "a/deals", "..", "\ud800", "x" * 300)]
    files = write_refused([Table(row.table, ("id",), [], []) for row in rows], rows, tmp_path / "out.csv")
    assert len({*files}) == len(rows)
    assert sorted(tmp_path.iterdir()) == sorted(files)


def test_half_a_character_in_a_cell_is_written_as_a_question(tmp_path: Path) -> None:
    [file] = write_refused([], [refusal("t", "a\ud800b")], tmp_path / "out.csv")
    assert "a?b" in file.read_text("utf-8")


@given(cells)
def test_a_file_name_is_one(name: str) -> None:
    found = file_name(name)
    assert found == Path(found).name
    assert found not in ("", ".", "..")
    assert len(found.encode()) <= 80


# --- the command line

HEADER = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"
DEALS = HEADER + "".join(
    f"D{n:03},Anna Berg,Hoist,Acme,{stage},2017-0{n % 9 + 1}-03,{close},{value}\n"
    for n in range(40)
    for stage, close, value in ((("Won", "2017-10-05", 900), ("Lost", "2017-10-06", 0), ("Engaging", "", ""))[n % 3],)
) + "D100,Anna Berg,Hoist,Acme,Won,2017-13-99,2017-10-05,900\n"  # fmt: skip
Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def run(village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in a folder of its own, in the store of the tests; its code and the one document on standard output."""
    monkeypatch.setattr(importing, "with_django", lambda home: None)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "home").mkdir()
    (tmp_path / "sales.csv").write_text(DEALS)
    monkeypatch.setattr(sys, "stdin", io.StringIO())

    def command(*words: str | Path, network: str = "fresh", plain: bool = False) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        options = ["--home", str(tmp_path / "home"), "import", *map(str, words), "--network", network]
        code = cli.main(options if plain else [*options, "--json"])
        out = capsys.readouterr().out
        return code, {"said": out} if plain else json.loads(out)

    return command


@pytest.mark.django_db
class TestCommand:
    def test_an_export_becomes_a_network_and_every_row_is_told(self, run: Run, tmp_path: Path) -> None:
        code, report = run("sales.csv")
        assert code == 0
        assert report["accepted"] + report["refused"] + report["duplicates"] == report["rows"] == 41
        assert Path(report["refused_file"]).read_text("utf-8-sig").startswith("opportunity_id,")
        assert report["link"].startswith("http://127.0.0.1:")

    def test_refused_rows_read_back_tell_the_same(self, run: Run) -> None:
        _, report = run("sales.csv")
        [table] = read([Path(report["refused_file"])])
        assert table.rows[0][0] == "D100"

    def test_where_the_folder_takes_no_file_the_home_does(self, run: Run, tmp_path: Path) -> None:
        code, report = run("sales.csv", "--refused", "/proc/nothing/refused.csv")
        assert (code, Path(report["refused_file"]).parent) == (0, tmp_path / "home")
        code, report = run("sales.csv", "--refused", tmp_path / "home")  # a folder
        assert (code, Path(report["refused_file"]).name) == (0, "home") or report["refused_unwritten"]

    def test_where_no_place_takes_a_file_it_says_so_and_everything_is_taken_in(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(importing, "write_refused", no_room)
        code, report = run("sales.csv")
        assert (code, report["refused_file"], report["refused_unwritten"]) == (0, None, True)
        set_network(network_of("fresh").pk)
        assert Refusal.objects.in_network(importing._clerk(network_of("fresh"))).count() == 1
        _, said = run("sales.csv", plain=True)
        assert "could not be written" in said["said"]

    def test_the_given_file_is_never_overwritten(self, run: Run, tmp_path: Path) -> None:
        given_file = tmp_path / "sales.refused.csv"
        given_file.write_text(DEALS)
        _, report = run(given_file, "--source", "sales")
        assert given_file.read_text() == DEALS
        assert Path(report["refused_file"]).name == "sales.refused.again.csv"

    @pytest.mark.parametrize("source", ["../../etc/x", "a/b", "\udcff\udcfe", " ", "=cmd()", "..", "x" * 60])
    def test_a_source_of_any_name_is_no_path(self, run: Run, tmp_path: Path, source: str) -> None:
        code, report = run("sales.csv", "--source", source)
        assert code == 0
        assert Path(report["refused_file"]).absolute().parent == tmp_path

    @pytest.mark.parametrize(
        "content",
        ["", "[]", "nonsense", '{"unknown": 1}', '{"tables": {"a": 1}}', "[" * 100_000, "null", '{"currency": "BITCOIN"}'],
    )
    def test_a_mapping_that_is_none_is_refused(self, run: Run, tmp_path: Path, content: str) -> None:
        (tmp_path / "m.json").write_text(content)
        code, report = run("sales.csv", "--mapping", "m.json")
        assert (code, set(report)) == (1, {"refused", "remedy"})
        assert not Network.objects.filter(slug="fresh").exists()

    def test_a_mapping_in_bytes_a_folder_a_pipe_or_a_device_is_refused(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00\x80")
        os.mkfifo(tmp_path / "pipe")
        (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
        for name in ("bytes", "pipe", "home", "/dev/null", "gone"):
            code, report = run("sales.csv", "--mapping", name)
            assert (code, "mapping" in report["refused"]) == (1, True), name

    def test_a_pipe_a_device_or_nothing_is_no_export(self, run: Run, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.csv")
        for name in ("pipe.csv", "/dev/zero", "nowhere.csv", "home", ""):
            code, report = run(name)
            assert (code, set(report)) == (1, {"refused", "remedy"}), name

    def test_what_has_to_be_asked_is_written_to_a_file_with_standard_input_closed(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "stdin", None)
        (tmp_path / "odd.csv").write_text(re.sub(r"2017-(\d\d)-(\d\d)", r"\2/\1/2017", DEALS.replace("13-99", "09-09")))
        code, report = run("odd.csv", "--source", "a/b")
        assert code == 2
        assert {*report} == {"source", "questions", "mapping"}
        told = json.loads((tmp_path / report["mapping"]).read_text())
        for question in told["questions"]:
            question["answer"] = question["choices"][0][0]
        (tmp_path / report["mapping"]).write_text(json.dumps(told))
        assert run("odd.csv", "--source", "a/b", "--mapping", report["mapping"])[0] == 0

    def test_an_end_of_input_is_no_answer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from bailiwick.exchange.rules.mapping import Question

        monkeypatch.setattr(sys, "stdin", io.StringIO("7\nx\n"))
        with pytest.raises(Refused, match="no_answer"):
            importing._ask(Question("stage|x", say("What?"), (("won", say("won")),)))

    def test_stopped_in_the_middle_nothing_is_there_and_it_says_so(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(importing, "_progress", lambda rows: stopped)
        code, report = run("sales.csv")
        assert (code, set(report)) == (130, {"refused", "remedy"})
        assert not Network.objects.filter(slug="fresh").exists()

    def test_what_breaks_is_loud_and_still_one_document(self, run: Run, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
        monkeypatch.setattr(importing, "_progress", lambda rows: a_bug)
        with pytest.raises(RuntimeError, match="a bug"):
            run("sales.csv")
        assert set(json.loads(capsys.readouterr().out)) == {"refused", "remedy"}

    def test_an_import_of_another_network_is_not_found_there(self, run: Run) -> None:
        _, first = run("sales.csv", network="one")
        _, second = run("sales.csv", network="two")
        code, report = run("--undo", first["import"], network="two")
        assert (code, set(report)) == (1, {"refused", "remedy"})
        for slug, told in (("one", first), ("two", second)):
            set_network(network_of(slug).pk)
            by = importing._clerk(network_of(slug))
            assert Import.objects.in_network(by).get().pk.hex == told["import"].replace("-", "")
            assert Opportunity.objects.in_network(by).count() == 40
        assert run("--undo", second["import"], network="two")[1]["removed"] > 40
        assert run("--undo", "no id", network="two")[0] == run("--undo", first["import"], network="none")[0] == 1

    @pytest.mark.parametrize(
        "words", [["--name", "x" * 201], ["--currency", "BITCOIN"], ["--source", "x" * 61], ["--currency", "ß"], ["--undo", "x"]]
    )
    def test_words_that_fit_nothing_are_refused(self, run: Run, words: list[str]) -> None:
        assert run("sales.csv", *words)[0] == 1
        assert run("sales.csv", network="Not A Slug")[0] == 1

    def test_a_rehearsal_changes_nothing_and_tells_the_same(self, run: Run, village: Village) -> None:
        code, would = run("sales.csv", "--rehearse")
        assert (code, Network.objects.filter(slug="fresh").exists()) == (0, False)
        _, did = run("sales.csv")
        assert {name: did[name] for name in ("rows", "accepted", "refused", "created")} == {
            name: would[name] for name in ("rows", "accepted", "refused", "created")
        }


def stopped(count: int) -> None:
    raise KeyboardInterrupt


def a_bug(*words: object) -> None:
    raise RuntimeError("a bug")


def no_room(*words: object) -> None:
    raise OSError("no room")


def test_whoever_asks_in_words_gets_words() -> None:
    assert cli.parser().parse_args(["import", "x", "--network", "y"]).json is False
    assert isinstance(cli.parser(), argparse.ArgumentParser)

"""`bailiwick measure` and `bailiwick measures`: a table or a document, and one sentence for whatever is asked wrong."""

import json
from collections.abc import Callable

import pytest

from bailiwick import cli
from bailiwick.cli import measure
from bailiwick.measures import MEASURES
from bailiwick.tenancy.within import set_network
from tests.performance.dealt import aim, deals
from tests.village import Village

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(village: Village, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in the store of the tests: its code, and what it says on standard output and beside it."""
    monkeypatch.setattr(measure, "with_django", lambda home: None)

    def command(*options: str, network: str = "village") -> tuple[int, str, str]:
        capsys.readouterr()
        code = cli.main(["measure", *options, "--network", network])
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


def test_a_figure_is_a_line_with_its_interval_and_says_when_there_are_too_few(run: Run, village: Village) -> None:
    """3 of 4: Wilson with 1.645: 35.6% to 94.2%."""
    deals(village, "noor", 1, 2, 3)
    deals(village, "noor", 4, outcome="lost")
    code, out, err = run("win_rate", "--period", "2024-04")
    assert code == 0
    assert err.startswith("win_rate (share), as of ")
    [line] = out.splitlines()
    words = line.split()
    assert (words[0], words[1]) == ("all", "0.75")
    assert [float(words[2]), float(words[4])] == pytest.approx([0.356, 0.942], abs=0.001)
    assert "n=4" in words
    assert line.endswith("too few to tell")


def test_a_figure_for_each_key_stands_in_the_order_of_the_names(run: Run, village: Village) -> None:
    deals(village, "noor", 10, 20)
    deals(village, "ben", 40)
    deals(village, "sven", 5)
    code, out, _ = run("won_value", "--period", "2024-04", "--by", "seller")
    assert code == 0
    assert [(line[:30].strip(), line[30:].split()) for line in out.splitlines()] == [
        ("Ben Okafor", ["40", "EUR", "n=1"]), ("Noor Haddad", ["30", "EUR", "n=2"]), ("Sven Berg", ["5", "EUR", "n=1"]),
    ]  # fmt: skip


def test_conditions_leave_those_that_fit_all_of_them(run: Run, village: Village) -> None:
    deals(village, "noor", 10, 20)
    deals(village, "piet", 40)
    where = ("--where", "unit=Cobalt Payments", "--where", "seller=noor haddad")
    code, out, _ = run("won_count", "--period", "2024-04", *where, "--json")
    told = json.loads(out)
    assert code == 0
    assert told["where"] == {"unit": "Cobalt Payments", "seller": "noor haddad"}
    assert [(row["value"], row["n"]) for row in told["rows"]] == [(2, 2)]


def test_no_case_is_no_row_and_no_failure(run: Run) -> None:
    for name in MEASURES:
        code, out, _ = run(name, "--period", "1999", "--json")
        assert code == 0
        assert all(row["value"] in (None, 0) for row in json.loads(out)["rows"])
        assert run(name, "--period", "1999", "--by", "seller")[0] == 0


def test_attainment_is_told_for_each_holder(run: Run, village: Village) -> None:
    """30 of 40."""
    deals(village, "noor", 30)
    aim(village, 40)
    _, out, _ = run("attainment", "--period", "2024-04", "--by", "unit", "--json")
    assert [(row["key"], row["value"]) for row in json.loads(out)["rows"]] == [("Cobalt Payments", 0.75)]


WRONG = {
    ("happiness",): "There is no measure of this name. There are: win_rate,",
    ("",): "There is no measure of this name.",
    ("win_rate", "--period", "soon"): "“soon” is no period. Write 2026, 2026-Q4,",
    ("win_rate", "--period", "2026-13"): "“2026-13” is no period.",
    ("win_rate", "--where", "Noor"): "“Noor” is no condition. Write --where manager=\"Mia Berg\".",
    ("win_rate", "--where", "=x"): "“=x” is no condition.",
    ("win_rate", "--where", "colour=red"): "win_rate is not told apart by colour. It is by: unit,",
    ("win_rate", "--where", "manager=Nobody"): "Nothing here is called “Nobody”. Write it as the lists do.",
    ("win_rate", "--by", "colour"): "win_rate is not told apart by colour. It is by: unit,",
    ("attainment", "--by", "month"): "attainment is not told apart by month.",
}  # fmt: skip


@pytest.mark.parametrize(("options", "said"), WRONG.items())
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_what_is_asked_wrong_ends_with_one_and_a_sentence(
    run: Run, options: tuple[str, ...], said: str, more: tuple[str, ...]
) -> None:
    code, out, err = run(*options, *more)
    assert code == 1
    assert err.startswith(f"bailiwick: {said}")
    assert len(err.splitlines()) == 1
    if more:
        told = json.loads(out)
        assert f"{told['refused']} {told['remedy']}".startswith(said)
    else:
        assert out == ""


def test_a_network_that_is_none_is_refused_and_what_is_wrong_in_itself_before_it(run: Run) -> None:
    code, out, err = run("win_rate", network="nowhere")
    assert (code, out) == (1, "")
    assert err.startswith("bailiwick: ")
    assert "Traceback" not in err
    assert "no period" in run("win_rate", "--period", "x", network="nowhere")[2]


@pytest.mark.parametrize(
    "words", [["measure"], ["measure", "win_rate"], ["measure", "win_rate", "--network"], ["measure", "--colour"]]
)
def test_a_command_that_is_not_whole_needs_an_answer(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    assert ended.value.code == 2
    assert "usage: bailiwick measure" in capsys.readouterr().err


def test_the_same_as_the_director_sees_is_told(run: Run, village: Village) -> None:
    for who in ("noor", "ben", "sven", "piet", "arvid"):
        deals(village, who, 1)
    assert json.loads(run("won_count", "--period", "2024-04", "--json")[1])["rows"][0]["n"] == 5
    set_network(village.by.network)


def test_every_measure_is_listed_in_words_and_as_a_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["measures"]) == 0
    out = capsys.readouterr().out
    assert [line for line in out.splitlines() if not line.startswith(" ")] == list(MEASURES)
    assert "Of the deals that were decided, how many were won." in out
    assert cli.main(["measures", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {one["name"]: one["minimum"] for one in told} == {name: one.minimum for name, one in MEASURES.items()}

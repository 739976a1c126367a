"""A hundred people at work for a minute: nothing breaks, and every act that was acknowledged is there once."""

from collections.abc import Callable
from pathlib import Path

from trials.homes import Home
from trials.steady import known, run, told

SECONDS, DEALS, THINK = 60.0, 2_000, 6.0


def test_a_hundred_people_at_work_for_a_minute_break_and_lose_nothing(ground: Path, figure: Callable[[str], None]) -> None:
    home = Home(ground / "home")
    assert home.bailiwick("migrate").returncode == 0
    people = home.inside("settle_crowd", DEALS)
    assert len(people) == 100
    known(home)
    seen = run(home, people, SECONDS, THINK, ground)
    figures = told(seen)
    assert not seen.errors, [f"{one.what} at {one.at:.1f} s: {one.status} after {one.took:.1f} s" for one in seen.errors]
    assert set(seen.beside) == {"import", "backup"}
    assert not [said for said in seen.beside.values() if said.startswith("FAILED")], seen.beside
    assert len(seen.day.kept) > len(people) / 2, "hardly anything was acknowledged: this tried nothing"
    assert (seen.lost, seen.twice) == ([], [])
    kinds = {one.what for one in seen.day.answered if one.status < 400}
    assert kinds == {one.what for one in seen.day.answered}, "something was always refused"
    figure(
        f"{figures['requests']} requests of 100 people, {figures['a_second']} a second, {figures['statuses']}; "
        f"p50 {figures['p50_ms']} and p99 {figures['p99_ms']} ms by thirds; memory {figures['memory_mb']} MB, "
        f"{figures['acknowledged']} acts acknowledged, each there once"
    )

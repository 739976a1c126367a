"""A backup made while people work is a state that was; restored it goes on where it ended."""

import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from trials.homes import Home
from trials.load import load
from trials.served import served

# Everybody signs in and is invited anew after a restore, and the clock of the ledger is set on; all the rest is as it was.
SET_ON = ("network_session", "network_pushdevice", "ledger_clock", "network_invitation")
OPEN = "SELECT count(*), count(*) FILTER (WHERE used IS NULL AND until > now()) FROM network_invitation"
DIGEST = "SELECT md5(coalesce(string_agg(t::text, ',' ORDER BY t::text), '')) FROM \"{}\" t"
LEDGER = "SELECT id::text, moment, seq FROM ledger_entry ORDER BY moment, seq"
SEALED = "SELECT coalesce(sum(entries), 0) FROM ledger_seal"


def digests(home: Home) -> dict[str, str]:
    """One digest a table."""
    with home.store():
        names = [row[0] for row in home.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        return {name: home.ask(DIGEST.format(name).replace("%", "%%"))[0][0] for name in names if name not in SET_ON}


def test_a_quiet_backup_restores_every_table(home: Home, ground: Path, figure: Callable[[str], None]) -> None:
    begun = time.monotonic()
    told = home.bailiwick("backup", ground / "quiet.bw", "--json")
    assert told.returncode == 0, told.stderr
    taken, begun = time.monotonic() - begun, time.monotonic()
    restored = Home(ground / "restored")
    done = restored.bailiwick("restore", ground / "quiet.bw")
    assert done.returncode == 0, done.stdout + done.stderr
    figure(f"backup {taken:.1f} s, {json.loads(told.stdout)['bytes'] / 1e6:.2f} MB; restore {time.monotonic() - begun:.1f} s")
    assert digests(restored) == digests(home)
    assert (home.ask(OPEN), restored.ask(OPEN)) == ([(1, 1)], [(1, 0)])
    assert restored.ask("SELECT count(*) FROM network_session") == [(0,)]
    again = restored.bailiwick("restore", ground / "quiet.bw")
    assert again.returncode == 1
    assert "not empty" in again.stderr


def test_a_backup_under_load_restores_to_a_prefix_that_goes_on(
    home: Home, facts: dict[str, Any], ground: Path, figure: Callable[[str], None]
) -> None:
    account = facts["accounts"]["Hafen Logistik GmbH"]
    with served(home, facts["sessions"]["noor"]) as serving, load(serving.browser, account, threads=4):
        time.sleep(2.0)
        sealed_before = home.ask(SEALED)[0][0]
        told = home.bailiwick("backup", ground / "busy.bw")
        time.sleep(1.0)
    assert told.returncode == 0, told.stderr
    restored = Home(ground / "restored")
    done = restored.bailiwick("restore", ground / "busy.bw")
    assert done.returncode == 0, done.stdout + done.stderr

    source, copy = home.ask(LEDGER), restored.ask(LEDGER)
    sealed = restored.ask(SEALED)[0][0]
    upto = restored.ask("SELECT max(upto) FROM ledger_seal")[0][0]
    assert sealed > sealed_before
    assert set(copy) <= set(source)
    assert [row for row in copy if row[1] <= upto] == [row for row in source if row[1] <= upto], "a sealed entry is missing"
    assert len([row for row in copy if row[1] <= upto]) == sealed
    figure(f"backup under load: {len(copy)} of {len(source)} entries, {sealed} sealed")

    sessions = restored.inside("sign_in")
    with served(restored, sessions["noor"]) as serving:
        assert serving.browser.post(f"/accounts/{account}/activities", {"kind": "call", "text": "after the restore"}) == 302
    assert restored.bailiwick("seal").returncode == 0
    after = restored.ask(LEDGER)
    assert after[: len(copy)] == copy, "a new entry stands before a restored one"
    assert len(after) > len(copy)
    assert restored.ask(SEALED)[0][0] == len(after), "a new entry is in no seal"
    assert restored.bailiwick("doctor", "--ledger").returncode == 0


def test_an_edited_a_deleted_and_a_swapped_entry_are_found(home: Home) -> None:
    assert home.bailiwick("seal").returncode == 0
    assert home.bailiwick("doctor", "--ledger").returncode == 0
    one = "(SELECT id FROM ledger_entry ORDER BY seq LIMIT 1)"
    two = "(SELECT id FROM ledger_entry ORDER BY seq OFFSET 1 LIMIT 1)"
    for tampering, undo in (
        (f"UPDATE ledger_entry SET day = day + 1 WHERE id = {one}", f"UPDATE ledger_entry SET day = day - 1 WHERE id = {one}"),
        ("UPDATE ledger_seal SET digest = reverse(digest)", "UPDATE ledger_seal SET digest = reverse(digest)"),
        (f"UPDATE ledger_entry SET seq = -seq WHERE id = {two}", "UPDATE ledger_entry SET seq = -seq WHERE seq < 0"),
        (f"DELETE FROM ledger_entry WHERE id = {one}", ""),
    ):
        home.ask(f"{tampering} RETURNING 1")
        told = home.bailiwick("doctor", "--ledger", "--json")
        assert told.returncode == 1, tampering
        assert any("does not fit" in line["found"] for line in json.loads(told.stdout) if line["state"] == "off")
        if undo:
            home.ask(f"{undo} RETURNING 1")
            assert home.bailiwick("doctor", "--ledger").returncode == 0, undo


def test_who_was_erased_after_the_backup_is_erased_again_by_the_restore(home: Home, facts: dict[str, Any], ground: Path) -> None:
    assert home.bailiwick("backup", ground / "before.bw").returncode == 0
    assert home.inside("erase", facts["people"]["noor"]) == 1
    assert home.bailiwick("backup", ground / "after.bw").returncode == 0
    named = "SELECT count(*) FROM network_person WHERE name = 'Noor Haddad'"
    notes = "SELECT count(*) FROM pipeline_activity WHERE text LIKE '%%noor called%%'"
    assert home.ask(named) == [(0,)]
    assert facts["people"]["noor"] in (home.place / "erased.jsonl").read_text()

    forgetful = Home(ground / "forgetful")
    done = forgetful.bailiwick("restore", ground / "before.bw")
    assert "unless you name the list" in done.stdout
    assert forgetful.ask(named) == [(1,)]

    mindful = Home(ground / "mindful")
    done = mindful.bailiwick("restore", ground / "before.bw", "--erased", home.place)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Erased again: 1." in done.stdout
    assert mindful.ask(named) == [(0,)]
    assert mindful.ask(notes) == home.ask(notes)
    assert mindful.ask(
        "SELECT count(*) FROM territories_holding WHERE until IS NULL AND person_id = %s", facts["people"]["noor"]
    ) == [(0,)]
    assert (mindful.place / "erased.jsonl").read_text()


def test_a_restore_into_a_home_that_is_served_or_from_a_torn_file_is_refused(home: Home, ground: Path) -> None:
    assert home.bailiwick("backup", ground / "whole.bw").returncode == 0
    (ground / "torn.bw").write_bytes((ground / "whole.bw").read_bytes()[:20_000])
    empty = Home(ground / "empty")
    told = empty.bailiwick("restore", ground / "torn.bw")
    assert told.returncode == 1
    assert "still empty" in told.stderr
    told = empty.bailiwick("restore", ground / "whole.bw")
    assert told.returncode == 0, told.stderr
    running = home.start("serve", "--port", "0", stdout=subprocess.DEVNULL)
    try:
        time.sleep(1)
        told = home.bailiwick("restore", ground / "whole.bw")
        assert told.returncode == 1
        assert "Traceback" not in told.stderr
    finally:
        running.terminate()
        running.wait(30)

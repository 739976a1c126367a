"""Hooks under load while their sender is killed: each event arrives, recognisable, and nothing that is nobody's business."""

import json
import os
import re
import signal
import time
from collections.abc import Callable
from html import unescape
from typing import Any

from standardwebhooks import Webhook

from tests.hooks.listening import listening
from trials.homes import Home, eventually
from trials.load import Browser, load
from trials.patience import bound
from trials.served import served

KIND = "pipeline.activity_logged"
KILLS = 4
LATE = 60.0  # seconds after which everything has arrived, the claims of killed senders counted


def test_a_killed_sender_loses_no_event_and_one_told_twice_has_one_id(
    home: Home, facts: dict[str, Any], figure: Callable[[str], None]
) -> None:
    home.environment["BAILIWICK_HOOKS_INSIDE"] = "127.0.0.1"
    account = facts["accounts"]["Hafen Logistik GmbH"]
    with served(home, facts["sessions"]["noor"]) as site, listening() as there:
        form = {"label": "trial", "url": there.url, "kinds": KIND}
        assert site.browser.post("/settings/hooks", form) == 200
        (hook,) = home.ask("SELECT id::text FROM hooks_hook")[0]
        before = {row[0] for row in home.ask("SELECT id::text FROM ledger_entry WHERE kind = %s", KIND)}
        with load(site.browser, account, threads=4) as done:
            for _ in range(KILLS):
                time.sleep(2.5)
                os.kill(site.clock, signal.SIGKILL)
        assert done.kept
        # A claim of a killed sender lasts two minutes: it is over at once here.
        home.ask("UPDATE hooks_delivery SET claimed = now() WHERE claimed IS NOT NULL RETURNING id")
        wanted = {row[0] for row in home.ask("SELECT id::text FROM ledger_entry WHERE kind = %s", KIND)} - before

        def told() -> dict[str, set[str]]:
            found: dict[str, set[str]] = {}
            for n in range(len(there.sent)):
                event = json.loads(there.body(n))["data"]["event"]
                found.setdefault(event, set()).add(there.headers(n)["webhook-id"])
            return found

        assert eventually(lambda: set(told()) >= wanted, bound(LATE)), f"{len(wanted - set(told()))} of {len(wanted)} are missing"
        assert set(told()) == wanted
        assert {len(ids) for ids in told().values()} == {1}
        figure(f"hooks: {len(wanted)} events under {KILLS} kills of the sender, {len(there.sent) - len(wanted)} told twice")
        page = site.browser.get(f"/settings/hooks/{hook}")[2]
        assert not re.search(r"whsec_", unescape(page))


def test_what_is_done_is_told_within_seconds_to_whoever_sees_it_and_to_nobody_else(
    home: Home, facts: dict[str, Any], figure: Callable[[str], None]
) -> None:
    home.environment["BAILIWICK_HOOKS_INSIDE"] = "127.0.0.1"
    account = facts["accounts"]["Hafen Logistik GmbH"]
    with served(home, facts["sessions"]["noor"]) as site, listening() as mine, listening() as theirs:
        secrets = {}
        for name, there in (("noor", mine), ("sven", theirs)):
            form = {"label": name, "url": there.url, "kinds": "*"}
            status, _, page = Browser(site.port, facts["sessions"][name]).answer("/settings/hooks", form)
            assert status == 200
            secrets[name] = unescape(re.findall(r"whsec_[\w+/=&#;]+", page)[0])
        begun = time.monotonic()
        assert site.browser.post(f"/accounts/{account}/activities", {"kind": "call", "text": "called"}) == 302
        assert eventually(lambda: bool(mine.sent), bound(8.0))
        figure(f"hooks: told {time.monotonic() - begun:.1f} s after the act")
        body = Webhook(secrets["noor"]).verify(mine.body(0), mine.headers(0))
        assert body["type"] == KIND
        assert body["data"]["by"] == facts["people"]["noor"]
        time.sleep(4)
        assert theirs.sent == []

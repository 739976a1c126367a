"""The rival's side of `bench doors`: its database beside ours on the same server, its application under the same web server."""

import base64
import csv
import json
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from bench.home import Say
from bench.pages import DEPTH
from bench.processes import HOST
from bench.product import CLIENTS
from bench.rival.installing import NotThere
from bench.serving import Request, Server, Side, as_json
from bench.starting import WORKERS

DATABASE = "rival"
WITHIN = 600.0  # seconds for one step of the set-up
MODEL = "model.sale.opportunity"
UNDECIDED = [["state", "in", ["lead", "opportunity"]]]
# The fields of its list view, with the names and digits that its client asks for beside them.
COLUMNS = (
    "company.rec_name", "number", "reference", "start_date", "end_date", "employee.rec_name", "description",
    "party.rec_name", "amount", "currency.rec_name", "currency.digits", "state", "conversion_probability",
)  # fmt: skip
# The columns of the export as its import knows them; stage and product have no column that may be written so.
IMPORTED = ("reference", "employee", "party", "description", "start_date", "end_date", "amount", "currency")


@dataclass(frozen=True)
class Rival:
    """Its side, and what its import asks for."""

    side: Side
    facts: Mapping[str, Any]
    deals: Sequence[Sequence[str]]

    def login(self) -> Request:
        """Signing in: the first that can be asked of it."""
        return _rpc("", "common.db.login", self.facts["user"], {"password": self.facts["password"]}, "en")

    def signed_in(self, server: Server) -> "Rival":
        """With a session for each client; it keeps them in its database, so that they outlive the server."""
        tokens = [self._session(server) for _ in range(CLIENTS)]
        made = self._created()
        return replace(self, side=replace(
            self.side,
            create=[_rpc(token, f"{MODEL}.create", [made], self.context) for token in tokens],
            deep=replace(self.side.deep, headers=_headers(tokens[0])),
            first=replace(self.side.first, headers=_headers(tokens[0])),
        ))  # fmt: skip

    def judge(self, server: Server) -> None:
        """An opportunity that is more than certain must be refused, or what is compared has no checks."""
        created = self.side.create[0]
        token = created.headers["Authorization"].removeprefix("Session ")
        wrong = _rpc(token, f"{MODEL}.create", [self._created() | {"conversion_probability": 5}], self.context)
        answer = json.loads(server.ask(replace(wrong, error=b"")))
        if "error" not in answer:
            raise RuntimeError(f"the rival takes everything: {answer}")

    def imported(self, server: Server) -> tuple[int, float]:
        """How many rows its import took in, asked as its client does, and in how many seconds."""
        request = _rpc(self._session(server), f"{MODEL}.import_data", list(IMPORTED), self.deals, self.context)
        began = time.perf_counter()
        answer = json.loads(server.ask(request))
        took = time.perf_counter() - began
        if answer["result"] != len(self.deals):
            raise RuntimeError(f"the rival's import did not take everything in: {answer}")
        return len(self.deals), took

    @property
    def context(self) -> dict[str, Any]:
        """What its client says of the user with every request."""
        return {"company": self.facts["company"], "employee": self.facts["employee"], "language": "en"}

    def _session(self, server: Server) -> str:
        user, token = json.loads(server.ask(self.login()))["result"][:2]
        return base64.b64encode(f"{self.facts['user']}:{user}:{token}".encode()).decode()

    def _created(self) -> dict[str, Any]:
        known = {name: self.facts[name] for name in ("company", "currency", "party", "employee")}
        amount = {"__class__": "Decimal", "decimal": "84000.00"}
        return known | {"description": "40 terminals for the new depot", "amount": amount, "end_date": _day(2028, 12, 31)}


def _day(year: int, month: int, day: int) -> dict[str, Any]:
    return {"__class__": "date", "year": year, "month": month, "day": day}


def _headers(token: str) -> dict[str, str]:
    return {"Content-Type": "application/json"} | ({"Authorization": f"Session {token}"} if token else {})


def _rpc(token: str, method: str, *params: Any) -> Request:
    body = as_json({"id": 1, "method": method, "params": params})
    return Request(f"/{DATABASE}/rpc/", _headers(token), body, "POST", error=b'"error"')


def made(python: Path, home: Path, outside: Mapping[str, str], admin: str, ours: Side, export: Path, say: Say) -> Rival:
    """The rival with the opportunities of `shown.csv` in the home and the customers of the export; or NotThere."""
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template0".encode())
    environment = _settings(python, home, outside, admin)
    admin_of = [str(python.parent / "trytond-admin"), "-d", DATABASE]
    began = time.monotonic()
    _run([*admin_of, "--all", "--email", "bench@rival.example"], environment)
    _run([*admin_of, "-u", "sale_opportunity", "--activate-dependencies"], environment)
    filling = str(Path(__file__).with_name("filling.py"))
    told = _run([str(python), filling, DATABASE, str(home / "shown.csv"), str(export / "deals.csv")], environment)
    say(f"the rival stands after {time.monotonic() - began:.1f} s")
    facts = json.loads(told.splitlines()[-1])
    rival = Rival(_side(python, environment, ours), facts, _deals(export))
    return replace(rival, side=replace(rival.side, first=_listed(rival, 0), deep=_listed(rival, int(facts["rows"] * DEPTH))))


def _listed(rival: Rival, offset: int) -> Request:
    """Fifty of its list, in the list's own order."""
    return _rpc("", f"{MODEL}.search_read", UNDECIDED, offset, 50, None, COLUMNS, rival.context)


def _side(python: Path, environment: Mapping[str, str], ours: Side) -> Side:
    return Side(
        name="the rival",
        command=[
            str(python), "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", "PORT", "--workers", str(WORKERS),
            "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "trytond.application:app",
        ],
        environment=environment,
        database=DATABASE,
        postmaster=ours.postmaster,
    )  # fmt: skip


def _settings(python: Path, home: Path, outside: Mapping[str, str], admin: str) -> dict[str, str]:
    """Its configuration: the database by its address without a name, everything else as it comes."""
    file, secret = home / "rival.conf", home / "rival.password"
    address = urlunsplit(urlsplit(admin)._replace(path="/"))
    file.write_text(f"[database]\nuri = {address}\n")
    secret.write_text("a password that nobody uses\n")
    mine = {"TRYTOND_CONFIG": str(file), "TRYTONPASSFILE": str(secret), "TRYTOND_DATABASE_NAMES": DATABASE}
    return {name: value for name, value in outside.items() if not name.startswith("PYTHON")} | mine


def _run(command: Sequence[str], environment: Mapping[str, str]) -> str:
    done = subprocess.run(command, env=dict(environment), capture_output=True, text=True, timeout=WITHIN, check=False)  # noqa: S603
    if done.returncode:
        raise NotThere(f"the rival could not be set up: {(done.stderr.strip().splitlines() or ['no reason given'])[-1]}")
    return done.stdout


def _deals(export: Path) -> list[list[str]]:
    with (export / "deals.csv").open(newline="", encoding="utf-8") as source:
        return [
            [
                row["deal_id"],
                row["sales_agent"],
                row["account"],
                row["product"],
                row["opened"],
                row["close_date"],
                row["value"],
                "Euro",
            ]
            for row in csv.DictReader(source)
        ]

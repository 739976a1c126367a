"""How the scanners are let loose: wapiti on everything it comes to, sqlmap on every parameter of forms and of the contract."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from trials.homes import ROOT
from trials.load import TOKEN, Browser
from trials.patience import bound
from trials.tools import run, tool

# What a scanner without the internet can try. Not: log4shell, spring4shell (no Java), wapp, nikto, cms (lists to be fetched), ssl
# (no TLS on loopback), brute force (tests/web/test_signing_in.py).
MODULES = (
    "cookieflags,csp,http_headers,methods,htaccess,csrf,xss,sql,redirect,file,exec,crlf,permanentxss,ssrf,xxe,upload,"
    "ldap,shellshock,timesql,backup"
)
# Who follows these is signed out, or takes the others' access away, and attacks nothing from then on; each of these doors has
# tests of its own.
LEFT_OUT = ("/sign-out/*", "/password/*", "/settings/devices*", "*/leaving*", "*/access*", "*/roles*", "*/ending*", "*/erasure*")
LEVELS = {0: "info", 1: "low", 2: "medium", 3: "high", 4: "critical"}


@dataclass(frozen=True)
class Finding:
    """What a scanner says is wrong, and how bad it takes it to be."""

    kind: str
    level: int
    where: str

    def __str__(self) -> str:
        return f"{LEVELS[self.level]}: {self.kind} at {self.where}"


@dataclass(frozen=True)
class Pace:
    """How long each of wapiti's parts may take, and whether sqlmap tries all it has or what a first look invites."""

    crawl: int
    module: int
    thorough: bool


SHORT, LONG = Pace(15, 4, False), Pace(120, 45, True)


def wapiti(address: str, lure: str, session: str, pace: Pace, keeps: Path) -> tuple[list[Finding], int]:
    """What it finds, and on how many pages and forms it came."""
    report = keeps / "wapiti.json"
    cookie = f"Cookie: sessionid={session}; csrftoken={TOKEN}"
    options = (
        *("-u", address, "-m", MODULES, "--scope", "domain", "-H", cookie, "--endpoint", lure, "--dns-endpoint", "127.0.0.1"),
        *(
            "--max-scan-time",
            bound(pace.crawl),
            "--max-attack-time",
            bound(pace.module),
            "--max-links-per-page",
            60,
            "--max-files-per-dir",
            20,
        ),
        *("--flush-session", "--store-session", keeps / "session", "--no-bugreport", "-v", 0, "-f", "json", "-o", report),
        *(part for door in LEFT_OUT for part in ("-x", address + door.lstrip("/"))),
    )
    done = run(tool("scanners", "wapiti"), *options, home=keeps, timeout=3600)
    assert report.exists(), done.stderr[-2000:]
    told = json.loads(report.read_text())
    return list(_of_wapiti(told)), told["infos"]["crawled_pages_nbr"]


def _of_wapiti(told: dict[str, Any]) -> Iterator[Finding]:
    for group in ("vulnerabilities", "anomalies"):
        for kind, found in told[group].items():
            for one in found:
                where = f"{one['method']} {one['path']}" + (f" ({one['parameter']})" if one["parameter"] else "")
                yield Finding(kind, one["level"], where)


def sqlmap(addresses: list[str], header: str, pace: Pace, keeps: Path, *more: str) -> tuple[list[Finding], int]:
    """The parameters that it takes to be open to SQL, and how many it tried. `more`: further options of sqlmap."""
    given, results = keeps / "addresses.txt", keeps / "results.csv"
    given.write_text("\n".join(addresses))
    options = (
        *("--batch", "-m", given, "--level", 3, "--risk", 1, "-H", header, "--skip", "cookie,user-agent,referer,host"),
        *("--technique", "BEUST" if pace.thorough else "BEU", "--time-sec", 1, "--disable-coloring", "--flush-session"),
        *("--ignore-code", "*", "--output-dir", keeps / "out", "--results-file", results),
        *("--skip-waf", *more, *(() if pace.thorough else ("--smart",))),
    )
    done = run(tool("scanners", "sqlmap"), *options, home=keeps, timeout=7200)
    tried = re.findall(r"heuristic \(basic\) test shows that \w+ parameter '[^']+'", done.stdout)
    assert "testing URL" in done.stdout, done.stdout[-2000:] + done.stderr[-2000:]
    return list(_of_sqlmap(results)), len(tried)


def _of_sqlmap(results: Path) -> Iterator[Finding]:
    """A row for each parameter it suspects; it takes back itself what it cannot use, and says so in the row."""
    if results.exists():
        for row in csv.DictReader(results.read_text().splitlines()):
            if row["Parameter"]:
                back = "false positive" in row["Note(s)"]
                kind = "SQL injection, taken back by sqlmap itself" if back else "SQL injection"
                yield Finding(kind, 1 if back else 4, f"{row['Place']} {row['Target URL']} ({row['Parameter']})")


# A plausible value for what a form or the contract asks for, so that the answer is a page and not a refusal.
NOBODY = "018f0000-0000-7000-8000-000000000000"
VALUES = {
    "limit": "5", "period": "2026-Q4", "by": "seller", "standing": "open", "q": "Anlage", "text": "Anlage", "step": "",
    "column": "", "order": "", "kind": "call", "state": "", "held": "", "sector": "", "country": "DE", "quiet": "",
    "next": "/my-day",
    **dict.fromkeys(("person", "unit", "account", "held_by", "process"), NOBODY),
    **dict.fromkeys(("expected_from", "expected_to", "on_from", "on_to"), "2026-11-30"),
}  # fmt: skip
WHERE = {"lists/pipeline": "q=Anlage"}
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
NAMED = re.compile(r'<(?:input|select)\b[^>]*\bname="([\w.-]+)"')
LED = re.compile(r'href="(/[\w/-]+\?[^"#]+)"')
PAGES = (
    "/pipeline", "/pipeline/board", "/accounts", "/contacts", "/activities", "/people", "/search", "/measures/win_rate",
    "/measures/won_value", "/my-day",
)  # fmt: skip


def query_of(names: list[str]) -> str:
    return urlencode({name: VALUES.get(name, "1") for name in names})


def asked_by_pages(browser: Browser) -> list[str]:
    """Every form that asks, on the pages of lists, search and measures, and one link of each kind with what it carries."""
    found: dict[tuple[str, ...], str] = {}
    for page in PAGES:
        _, _, text = browser.get(page, timeout=60)
        for head, inside in FORM.findall(text):
            action = re.search(r'action="([^"?]+)', head)
            names = sorted(set(NAMED.findall(inside)) - {"csrfmiddlewaretoken"})
            if action and 'method="post"' not in head and names:
                found[(action[1], *names)] = f"{action[1]}?{query_of(names)}"
        for link in map(unescape, LED.findall(text)):
            where, _, query = link.partition("?")
            found.setdefault((where, *sorted(re.findall(r"(\w+)=", query))), link)
    return sorted(found.values())


def asked_by_the_contract() -> list[str]:
    """Each parameter of each GET of the API that names no single thing, alone: so that no other is refused before it."""
    paths = json.loads((ROOT / "docs" / "openapi.json").read_text())["paths"]
    found = []
    for path, methods in paths.items():
        names = [one["name"] for one in methods.get("get", {}).get("parameters", ()) if one["in"] == "query"]
        where = path.replace("measures/{name}", "measures/win_rate").replace("lists/{name}", "lists/pipeline")
        if "{" not in where:
            given = VALUES | {"where": WHERE.get(where.removeprefix("/api/v1/"), "year=2026")}
            always = {"q": "Anlage"} if "q" in names else {}
            found += [f"{where}?{urlencode(always | {name: given.get(name, '1')})}" for name in names]
    return found

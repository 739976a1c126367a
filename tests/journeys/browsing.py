"""A person of the village in a browser of their own, and what the browser complained about meanwhile."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from trials.served import Served

WHERE = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
MISSING = "No Chromium here: `apt-get install chromium`, or name one in BAILIWICK_CHROMIUM; then the journeys run."
QUIET = ("--no-sandbox", "--disable-quic", "--disable-background-networking")
# What Chromium says by itself where there is no network: a request that fails, and a worker that is not looked up anew.
OFFLINE = (
    "ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "Failed to fetch", "when fetching the script",
    "htmx:sendError", "htmx:afterRequest",
)  # fmt: skip
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


def chromium() -> str | None:
    """The program to drive, if there is one."""
    named = os.environ.get("BAILIWICK_CHROMIUM")
    return named or next((found for name in WHERE if (found := shutil.which(name))), None)


@dataclass
class Visits:
    """Everybody who visits in one journey. `expected` are words of complaints that belong to the journey."""

    browser: Browser
    site: Served
    sessions: dict[str, str]
    expected: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.site.port}"

    def by(self, name: str, **options: Any) -> Page:
        """A new browser of this person, signed in; nobody for an empty name."""
        context = self.browser.new_context(base_url=self.address, **{"locale": "en-GB", **options})
        context.set_default_timeout(15_000)
        if name:
            context.add_cookies([{"name": "sessionid", "value": self.sessions[name], "url": self.address}])
        self.contexts.append(context)
        return self.tab(context)

    def tab(self, context: BrowserContext) -> Page:
        """One more tab; what its console says is heard."""
        page = context.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda why: self.complaints.append(f"script: {why}"))
        return page

    def _console(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning") or "Content Security Policy" in said.text:
            self.complaints.append(f"{said.type}: {said.text} ({said.location.get('url', '')})")

    def unexpected(self) -> list[str]:
        """Complaints that no journey expects."""
        return [said for said in self.complaints if not any(words in said for words in self.expected)]


def pages_from(page: Page, start: str) -> Iterator[str]:
    """Go to every page that can be reached by links from `start`, one of each kind: addresses that differ in an id are alike."""
    waiting, seen = [start], {_kind(start)}
    while waiting:
        path = waiting.pop(0)
        answer = page.goto(path)
        assert answer, path
        assert answer.status == 200, f"{path}: {answer.status}"
        links = page.eval_on_selector_all("a[href]:not([download])", "all => all.map(a => a.href)")
        yield path
        for link in links:
            parts = urlsplit(link)
            if parts.netloc == urlsplit(page.url).netloc and _kind(parts.path) not in seen:
                seen.add(_kind(parts.path))
                waiting.append(parts.path + (f"?{parts.query}" if parts.query else ""))


def _kind(path: str) -> str:
    return ID.sub("*", path.partition("?")[0])

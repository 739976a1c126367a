"""A caller of the API: JSON in, JSON out, with the token of one of the village."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from bailiwick.kit import Actor
from bailiwick.network.commands import give_token
from tests.village import NOW, Village


@dataclass
class Caller:
    """Somebody's token, and what was last answered."""

    token: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    media: str = "application/json"

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """The answer as it is."""
        sent = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        text = "" if body is None else body if isinstance(body, str | bytes) else json.dumps(body, default=str)
        client = Client(raise_request_exception=False)
        return client.generic(method, f"/api/v1{path}", text, content_type=self.media, headers=sent | self.headers | said)

    def get(self, path: str, status: int = 200) -> Any:
        """What was read."""
        return self._read(self.ask("GET", path), status)

    def post(self, path: str, body: Any = None, status: int = 200, **headers: str) -> Any:
        """What came of an act."""
        return self._read(self.ask("POST", path, body, **headers), status)

    def send(self, method: str, path: str, body: Any = None, status: int = 200) -> Any:
        """Any other act."""
        return self._read(self.ask(method, path, body), status)

    @staticmethod
    def _read(answer: HttpResponse, status: int) -> Any:
        assert answer.status_code == status, answer.content.decode()
        return json.loads(answer.content) if answer.content else None


def caller_for(by: Actor, scope: str = "write") -> Caller:
    """A caller with a new token of this person."""
    return Caller(give_token(label="test", scope=scope, by=by, now=NOW)[1])


@pytest.fixture
def calling(village: Village) -> Callable[..., Caller]:
    """A caller as the named person of the village."""
    return lambda name, scope="write": caller_for(village.actor(name), scope)


@pytest.fixture
def noor(calling: Callable[..., Caller]) -> Caller:
    """The village's seller."""
    return calling("noor")

"""A person of the village speaking to the API."""

import json
from collections.abc import Callable

from django.http import HttpResponse
from django.test import Client

from bailiwick.network.commands import give_token
from tests.village import NOW, Village


def caller(village: Village, name: str) -> Callable[..., HttpResponse]:
    """Asks the API as this person."""
    _, text = give_token(label="x", scope="write", by=village.actor(name), now=NOW)
    client = Client(raise_request_exception=False)

    def send(method: str, path: str, sent: object = None, **headers: str) -> HttpResponse:
        said = {"Authorization": f"Bearer {text}", **headers}
        return client.generic(
            method, f"/api/v1{path}", json.dumps(sent) if sent is not None else "", content_type="application/json", headers=said
        )

    return send

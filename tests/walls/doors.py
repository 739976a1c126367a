"""Every declared page and endpoint as the tests ask it. What a test cannot fill fails, so that no route is forgotten."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.test import Client

from bailiwick.api.contract import contract
from bailiwick.web import pages
from bailiwick.web.door import ROUTES
from tests.village import TODAY
from tests.walls.world import ABSENT, World

pages.load()

# What the part of an address before an id says of the thing.
KINDS = {
    "accounts": "account", "contacts": "contact", "opportunities": "deal", "tasks": "task", "activities": "task", "promises": "promise",
    "leads": "lead", "imports": "import", "people": "person", "units": "unit", "roles": "membership", "tokens": "token",
    "projects": "unit", "targets": "target", "views": "view", "changes": "change", "rows": "deal", "processes": "process",
    "hooks": "hook", "deliveries": "delivery", "services": "program", "arrivals": "arrival", "sources": "source",
}  # fmt: skip
# How many questions were sent, by verb.
SENT: Counter[str] = Counter()
PLACE = re.compile(r"<\w+:\w+>|\{[\w:]+\}")
JSON = "application/json"
MAIL = "From: a@neu.example\r\nSubject: neu eingetragen\r\nMessage-ID: <neu@neu.example>\r\n\r\nneu eingetragen\r\n"


@dataclass(frozen=True)
class Door:
    """One address and one method. `kinds`: of the things in the address, in order."""

    name: str
    method: str
    pattern: str
    api: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.pattern or '/'}"

    @property
    def kinds(self) -> tuple[str, ...]:
        parts = self.pattern.strip("/").split("/")
        found = []
        for before, part in zip(parts, parts[1:], strict=False):
            if PLACE.fullmatch(part):
                assert before in KINDS, f"{self}: what stands after {before}/ is unknown to tests/walls/doors.py"
                found.append("program_token" if before == "tokens" and "services" in parts else KINDS[before])
        assert len(found) == len(PLACE.findall(self.pattern)), f"{self}: tests/walls/doors.py does not know how to fill this"
        return tuple(found)

    @property
    def acts(self) -> bool:
        return self.method not in ("GET", "HEAD")

    def address(self, *things: UUID) -> str:
        assert len(things) == len(self.kinds)
        filled = iter(things)
        return "/" + PLACE.sub(lambda _: str(next(filled)), self.pattern).lstrip("/")

    def things(self, world: World, owner: str) -> tuple[UUID, ...]:
        """The ids of `owner`'s things for this address; those that are nobody's for "absent"."""
        return tuple(world.ids[kind].get(owner, ABSENT) if owner != "absent" else ABSENT for kind in self.kinds)


def named(pattern: str) -> str:
    """What is named by a word instead of an id is no thing of anybody: every measure is defined for all, every list there."""
    for word, said in (
        ("lists/<slug:name>", "lists/pipeline"),
        ("lists/{name}", "lists/pipeline"),
        ("<slug:kind>", "csv"),
        ("<slug:column>", "origin"),
    ):
        pattern = pattern.replace(word, said)
    return re.sub(r"measures/(<slug:name>|\{name\})", "measures/win_rate", pattern)


def page_doors() -> list[Door]:
    found = [Door(route.name, method, named(route.pattern)) for route in ROUTES for method in route.methods]
    return sorted((door for door in found if not door.pattern.endswith("-stub")), key=str)


def api_doors() -> list[Door]:
    paths: Mapping[str, Any] = contract()["paths"]
    found = [
        Door(operation["operationId"], method.upper(), named(path.lstrip("/")), api=True)
        for path, methods in paths.items()
        for method, operation in methods.items()
    ]
    return sorted(found, key=str)


def ask(world: World, door: Door, role: str, *things: UUID, query: Mapping[str, str] | None = None) -> HttpResponse:
    """The answer to `role`, with a plausible form or body."""
    SENT[door.method] += 1
    where = door.address(*things)
    if door.api:
        return _call(world, door, role, where, things, query)
    where += f"?{urlencode(query)}" if query else ""
    client = world.client(role)
    if not door.acts:
        return client.get(where)
    return client.post(where, typed(world, door, things))


def _call(
    world: World, door: Door, role: str, where: str, things: tuple[UUID, ...], query: Mapping[str, str] | None
) -> HttpResponse:
    asked = dict(query or {})
    if door.method == "DELETE" and door.name == "release":
        asked["line"] = str(line_of(world))
    if door.method == "DELETE" and door.name == "target_withdraw":
        asked["version"] = "1"
    headers = {} if role == "anonymous" else {"Authorization": f"Bearer {world.bearer(role)}"}
    text = json.dumps(sample(world, door, things)) if door.method in ("POST", "PUT", "PATCH") else ""
    media = JSON
    if door.name == "arrival_new":  # the one that takes a file
        text, media = MAIL, "message/rfc822"
    where += f"?{urlencode(asked)}" if asked else ""
    if door.name == "source_deliver":
        where, text, media = f"{where}?name=export.csv", "no table", "application/octet-stream"
    return Client(raise_request_exception=False).generic(door.method, where, text, content_type=media, headers=headers)


def line_of(world: World) -> UUID:
    assert world.village.line is not None
    return world.village.line.pk


def typed(world: World, door: Door, things: tuple[UUID, ...]) -> dict[str, str]:
    """A form that every page finds its fields in."""
    village = world.village
    form = {
        "name": "Neu Eingetragen", "title": "Neu Eingetragen", "text": "neu eingetragen", "kind": "call", "due": TODAY.isoformat(),
        "reason": "price", "value": "4711", "version": "1", "step": str(world.step), "line": str(line_of(world)), "act": "release",
        "product": str(village.products[0].pk), "quantity": "2", "price": "90", "role": "seller", "sure": "on", "scope": "read",
        "label": "neu", "days": "90", "language": "en", "theme": "dark", "goal": "", "company": "", "email": "neu@neu.example",
        "purpose": "neu", "url": "https://receiver.example/in", "kinds": "*", "since": TODAY.isoformat(), "key": "a-key", "confirmed": "1", "website": "", "phone": "",
    }  # fmt: skip
    form["unit"] = str(village.units["cobalt"].pk)
    form["parent"] = str(village.units["cobalt"].pk)
    form["manager"] = form["person"] = form["answerable"] = str(village.people["ben"].pk)
    form["network"] = str(world.network)
    form["question"] = "floors"
    if door.name == "setup_currency":
        form["currency"] = "EUR"
    if door.name == "lead":
        form["act"] = "open"
    if door.name in ("line", "line_preview"):
        form["line"] = "called somebody about terminals, Einzeiler"
    if door.name in ("target", "target_new"):
        form |= {"amount": "5", "period": "2026-Q4", "measure": "won_value", "act": "", "holder": f"{form['unit']}/"}
    if door.name == "list_change":
        deal = world.ids["deal"]["noor"]
        form |= {"act": "origin", "row": f"{deal}:1", "value": "neu", "looked": "neu", "query": ""}
    if door.name == "view_save":
        form |= {"shared": "me", "query": ""}
    if door.name == "unit_new":
        form["kind"], form["company"] = "project", "Cobalt Client"
    if door.name == "unit_manager":
        form["version"] = ""
    if door.name in ("leaving", "leaving_preview"):
        form |= {f"all-{kind}": str(village.people["ben"].pk) for kind in ("account", "opportunity", "task", "promise", "lead")}
    return form


def sample(world: World, door: Door, things: tuple[UUID, ...]) -> Any:
    """A body that the published schema of an operation admits."""
    document = contract()
    operation = document["paths"][f"/{door.pattern.replace('win_rate', '{name}').replace('lists/pipeline', 'lists/{name}')}"][
        door.method.lower()
    ]
    if JSON not in operation.get("requestBody", {}).get("content", {}):
        return {}
    return _of(world, operation["requestBody"]["content"][JSON]["schema"], "", document)


IDS = ("id", "account", "contact", "opportunity", "person", "step", "line", "product", "unit")


def _of(world: World, schema: Mapping[str, Any], name: str, document: Mapping[str, Any]) -> Any:
    if "$ref" in schema:
        return _of(world, document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]], name, document)
    kind = schema.get("type")
    if kind == "object":
        asked = set(schema.get("required", ())) | ({"title", "text", "reason"} & set(schema["properties"]))
        return {one: _of(world, part, one, document) for one, part in schema["properties"].items() if one in asked}
    if kind == "array":
        return [_of(world, schema["items"], name, document)]
    if "enum" in schema:
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    if schema.get("format") == "uuid":
        assert name in IDS, f"no sample for the id {name}"
        return str({"step": world.step, "line": line_of(world), "product": world.village.products[0].pk}.get(name, ABSENT))
    if schema.get("format") == "date":
        return TODAY.isoformat()
    if "anyOf" in schema:
        return _of(world, schema["anyOf"][0], name, document)
    if kind == "integer":
        return max(1, schema.get("minimum", 1))
    if kind == "boolean":
        return True
    assert kind == "string", f"no sample for {name}: {schema}"
    known = {"measure": "won_value", "period": "2026-Q4", "currency": "EUR", "act": "origin", "kinds": "*"}
    known["url"] = "https://receiver.example/in"
    if name in known:
        return known[name]
    return "7" if name in ("quantity", "price", "value", "amount") else "write" if name == "scope" else "neu eingetragen"

"""The contract that the API publishes of itself (OpenAPI 3.1): made of the declared endpoints, error bodies declared once."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from ninja import NinjaAPI

from bailiwick.api import problems
from bailiwick.api.bearer import Bearer
from bailiwick.api.door import ENDPOINTS, KEY, KEY_PATTERN, Endpoint
from bailiwick.api.endpoints import load
from bailiwick.ledger.once import LONGEST_KEY

PREFIX = "api/v1/"
ABOUT = """Everything that the pages of Bailiwick do, by the same commands and under the same rights.

Times are UTC, days are local days of the unit, money is an exact amount as text with its currency, shares are of one
(0.15 is 15 percent). An act with an Idempotency-Key happens once: the same key with the same body gets the same answer for
thirty days, with another body it is refused. Refusals are problem documents in the language of Accept-Language or the person.
A token may ask 600 times a minute (unless the operator says otherwise), then it is 429 with Retry-After until the next one.
Every answer bears the X-Request-Id of its request, the caller's own if it is 1 to 64 of A-Za-z0-9._-; quote it when you ask.
"""
EVERY = (401, 403, 404, 422, 429, 500, 503)
ACTING = (400, 409, 413, 415, 507)
KEY_PARAMETER = {
    "name": KEY,
    "in": "header",
    "required": False,
    "description": "Chosen by the caller for this one act; repeat it to repeat the answer instead of the act.",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": KEY_PATTERN},
}


def declared() -> list[Endpoint]:
    """Every endpoint with who may come: what a permission matrix is made of."""
    load()
    return ENDPOINTS


@cache
def api() -> NinjaAPI:
    """Every declared endpoint behind its token."""
    made = NinjaAPI(title="Bailiwick", version="1", description=ABOUT, docs_url=None, openapi_url=None, urls_namespace="api")
    problems.handle(made)
    for one in declared():
        made.default_router.add_api_operation(
            f"{one.path}",
            [one.method],
            one.view,
            auth=Bearer(one.media),
            response={one.status: one.gives},
            operation_id=one.name,
            tags=[one.path.split("/")[1]],
            openapi_extra=_beside(one),
        )
    return made


def _beside(one: Endpoint) -> dict[str, Any] | None:
    """What the library does not know of an endpoint: its key, and the file that it takes."""
    found: dict[str, Any] = {"parameters": [KEY_PARAMETER]} if one.acts else {}
    if one.media:
        found["requestBody"] = {"required": True, "content": {kind: {"schema": {"type": "string"}} for kind in one.media}}
    return found or None


@cache
def contract() -> dict[str, Any]:
    """The document at /api/v1/openapi.json."""
    document: dict[str, Any] = dict(api().get_openapi_schema(path_prefix=PREFIX))
    document.pop("servers", None)
    document["components"]["responses"] = _responses(document)
    for one in ENDPOINTS:
        operation = document["paths"][address_of(one)][one.method.lower()]
        operation["responses"] = {str(status): said for status, said in operation["responses"].items()}
        for status in errors_of(one):
            operation["responses"][str(status)] = {"$ref": f"#/components/responses/Problem{status}"}
        for parameter in operation["parameters"]:
            parameter["schema"] = _never_null(parameter["schema"])
    return document


def address_of(one: Endpoint) -> str:
    """The address of an endpoint as the contract writes it."""
    return f"/{PREFIX}{one.path.lstrip('/')}".replace("{uuid:", "{").replace("{slug:", "{")


def errors_of(one: Endpoint) -> tuple[int, ...]:
    """The statuses of the problem documents that an endpoint may answer with."""
    return tuple(sorted({*EVERY, *(ACTING if one.acts else ())}))


def _responses(document: dict[str, Any]) -> dict[str, Any]:
    shown = problems.ProblemShown.model_json_schema(ref_template="#/components/schemas/{model}", mode="validation")
    document["components"]["schemas"] |= {**shown.pop("$defs"), "Problem": shown}
    content = {problems.MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {f"Problem{status}": {"description": str(title), "content": content} for status, title in problems.TITLES.items()}


def _never_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter of an address is there or not, it is never null."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
    return {**kinds[0], **_but(schema)} if len(kinds) == 1 else schema


def _but(schema: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in schema.items() if name not in ("anyOf", "default")}


def operations() -> Iterator[tuple[str, str]]:
    """(method, address) of everything that the contract publishes."""
    for address, methods in contract()["paths"].items():
        for method in methods:
            yield method.upper(), address

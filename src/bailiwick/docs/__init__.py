"""`python -m bailiwick.docs`: writes what the code itself can tell into docs/, between two markers: fields, events, routes.
The contract of the API and the bill of materials are written whole.

It answers for the tables; the words around them are written by hand and stay.
"""

import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from functools import partial
from itertools import groupby
from pathlib import Path

from bailiwick.docs import bom
from bailiwick.measures import MEASURES
from bailiwick.measures.dimensions import dimensions_of

FOLDER = Path(__file__).resolve().parents[3] / "docs"
BEGIN = "<!-- made by `make docs` from here: do not edit -->"
END = "<!-- to here -->"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table.

    >>> print(table(["kind"], [["a|b"]]))
    | kind |
    |---|
    | a\\|b |
    """
    lines = [head, *rows]
    written = ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]
    return "\n".join([written[0], "|" + "---|" * len(head), *written[1:]])


def of_fields() -> str:
    """Every field, by what it belongs to."""
    from bailiwick.fields import every_field

    parts = []
    for what, found in groupby(every_field(), key=lambda field: field.name.split(".")[0]):
        rows = [
            (f"`{one.short}`", str(one.label), str(one.purpose), one.owner, _roles(one.readers) or "nobody else", str(one.review))
            for one in found
        ]
        head = ("field", "label", "purpose", "owner", "read by", "review")
        parts.append(f"## {what.replace('_', ' ')}\n\n{table(head, rows)}")
    return "\n\n".join(parts)


def of_events() -> str:
    """Every kind of event with its sentence and its own columns."""
    from bailiwick.kit.event import BASE, KINDS

    rows = [
        (
            f"`{kind}`",
            f"{record.SCHEMA}",
            str(record.SENTENCE.template),
            ", ".join(f"`{field.name}`" for field in fields(record) if field.name not in BASE) or "none",
        )
        for kind, record in sorted(KINDS.items())
    ]
    return table(("kind", "schema", "sentence", "its own columns"), rows)


def of_routes() -> str:
    """Every page and every endpoint with who may come."""
    from bailiwick.api.door import ENDPOINTS
    from bailiwick.web.door import ROUTES

    pages = sorted(ROUTES, key=lambda route: route.pattern)
    page_rows = [(f"`{one.name}`", f"`/{one.pattern}`", ", ".join(one.methods), _roles(one.roles)) for one in pages]
    parts = ["## Pages", table(("page", "address", "asked by", "who may come"), page_rows)]
    if ENDPOINTS:
        endpoints = sorted(ENDPOINTS, key=lambda one: (one.path, one.method))
        rows = [(f"`{one.name}`", f"`{one.path}`", one.method, _roles(one.roles)) for one in endpoints]
        parts += ["## Endpoints", table(("endpoint", "address under /api/v1", "asked by", "who may come"), rows)]
    return "\n\n".join(parts)


def of_measures() -> str:
    """Every measure with what it tells; each has a page of its own."""
    rows = [
        (f"[`{one.name}`]({one.name}.md)", str(one.label), str(one.meaning), str(one.unit), str(one.minimum))
        for one in MEASURES.values()
    ]
    return table(("measure", "label", "what it tells", "unit", "least cases"), rows)


def of_measure(name: str) -> str:
    """What one measure says about itself."""
    one = MEASURES[name]
    said = {
        "what it tells": one.meaning,
        "of": one.population,
        "interval": one.interval,
        "purpose": one.purpose,
        "unit": one.unit,
        "least cases": f"{one.minimum}, below which a page says “too few to tell”" if one.minimum > 1 else "1",
        "owner": _roles([one.owner]),
        "read by": _roles(one.readers),
        "review": one.review,
        "version": one.version,
        "told apart by": ", ".join(dimensions_of(one)),
    }
    return table((f"`{name}`", ""), [(word, str(text)) for word, text in said.items()])


MADE: dict[str, Callable[[], str]] = {
    "fields.md": of_fields,
    "events.md": of_events,
    "routes.md": of_routes,
    "measures/README.md": of_measures,
    **{f"measures/{name}.md": partial(of_measure, name) for name in MEASURES},
}


def of_contract() -> str:
    """The contract of the API, whole: kept so that each change of it is seen."""
    from bailiwick.api.contract import contract

    return json.dumps(contract(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


WHOLE: dict[str, Callable[[], str]] = {"openapi.json": of_contract, "bom.json": bom.written}


def renewed(text: str, made: str) -> str:
    """`text` with `made` between its markers."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{made}\n\n{END}{after}"


def stale() -> list[str]:
    """The documents that no longer say what the code says; the pages must be loaded."""
    return [name for name, make in MADE.items() if renewed(text := (FOLDER / name).read_text(), make()) != text]


def _roles(roles: Iterable[str]) -> str:
    from bailiwick.kit import Role

    have = set(roles)
    return "everybody" if have == set(Role) else ", ".join(role.replace("_", " ") for role in Role if role in have)


def main() -> int:
    """Write the documents that are stale, and say which."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bailiwick.config.typing")
    from importlib import import_module

    import django

    django.setup()
    import_module("bailiwick.config.urls")  # from here on every page, endpoint, field and event is declared
    made = {name: renewed((FOLDER / name).read_text(), MADE[name]()) for name in stale()}
    made |= {name: make() for name, make in WHOLE.items()}
    for name, text in made.items():
        path = FOLDER / name
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
            sys.stdout.write(f"docs/{name}\n")
    return 0

"""What changed between two contracts of the API, in words, and which of it breaks programs that keep to the older one."""

from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]


def changes(before: Schema, after: Schema) -> list[str]:
    """One line for each change, those that break first. Descriptions and examples change nothing."""
    found = [*_operations(before, after), *_schemas(before, after)]
    return sorted(found, key=lambda line: (not line.startswith("breaks"), line))


def _operations(before: Schema, after: Schema) -> Iterator[str]:
    old, new = (
        {f"{verb.upper()} {path}": one for path, verbs in document["paths"].items() for verb, one in verbs.items()}
        for document in (before, after)
    )
    yield from (f"breaks: {name} is gone" for name in old.keys() - new.keys())
    yield from (f"adds: {name}" for name in new.keys() - old.keys())
    for name in old.keys() & new.keys():
        asked = {one["name"]: one for one in old[name].get("parameters", ())}
        asks = {one["name"]: one for one in new[name].get("parameters", ())}
        yield from (f"breaks: {name} takes no {one} any more" for one in asked.keys() - asks.keys())
        for one in asks.keys() - asked.keys():
            yield f"{'breaks' if asks[one].get('required') else 'adds'}: {name} takes {one}"
        for one in asked.keys() & asks.keys():
            yield from _value(f"{name} {one}", asked[one]["schema"], asks[one]["schema"])
        gives, gave = set(new[name]["responses"]), set(old[name]["responses"])
        yield from (f"adds: {name} may answer {status}" for status in gives - gave)
        yield from (f"breaks: {name} answers no {status} any more" for status in gave - gives if status.startswith("2"))


def _schemas(before: Schema, after: Schema) -> Iterator[str]:
    old, new = (document["components"]["schemas"] for document in (before, after))
    yield from (f"breaks: {name} is gone" for name in old.keys() - new.keys())
    yield from (f"adds: {name}" for name in new.keys() - old.keys())
    for name in old.keys() & new.keys():
        had, has = old[name].get("properties", {}), new[name].get("properties", {})
        needed, needs = set(old[name].get("required", ())), set(new[name].get("required", ()))
        taken = new[name].get("additionalProperties") is False
        yield from (f"breaks: {name} has no {one} any more" for one in had.keys() - has.keys())
        yield from (f"{'breaks' if taken and one in needs else 'adds'}: {name} has {one}" for one in has.keys() - had.keys())
        yield from (f"breaks: {name} needs {one}" for one in (needs - needed) & had.keys() if taken)
        yield from (f"breaks: {name} may be without {one}" for one in (needed - needs) & has.keys() if not taken)
        for one in had.keys() & has.keys():
            yield from _value(f"{name} {one}", had[one], has[one])


def _value(what: str, before: Schema, after: Schema) -> Iterator[str]:
    for word in ("type", "format", "$ref", "anyOf", "items"):
        if before.get(word) != after.get(word):
            yield f"breaks: {what} was {before.get(word)} and is {after.get(word)}"
    yield from (f"breaks: {what} is never {one} any more" for one in set(before.get("enum", ())) - set(after.get("enum", ())))
    yield from (f"adds: {what} may be {one}" for one in set(after.get("enum", ())) - set(before.get("enum", ())))
    for word, narrower in (("maxLength", min), ("maximum", min), ("minLength", max), ("minimum", max)):
        old, new = before.get(word), after.get(word)
        if old != new:
            narrows = new is not None and (old is None or narrower(old, new) == new)
            yield f"{'breaks' if narrows else 'adds'}: {what} {word} was {old} and is {new}"

"""What is recorded for ever: ids, amounts, days and codes, with a sentence for people, readable as it was once stored."""

import os
import re
import subprocess
import sys
import types
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import pytest

import tests.house.source  # noqa: F401 - declares every kind
from bailiwick.kit.event import BASE, KINDS, Event, read_facts
from tests.cluster import NOWHERE
from tests.house.samples.make import stored

PLAIN = {UUID, Decimal, int, bool, date, datetime}
# Text columns that hold one of a few codes, never what somebody typed.
CODES = {
    "currency": "ISO 4217",
    "columns": "names of columns, never their values",
    "role": "kit.Role",
    "source": "which agreement or act gave a sight",
    "reason": "why a holding begins or ends: claimed, released, handed over, ...",
    "kind": "the kind of an activity",
    "origin": "how a lead came in: typed or import",
    "outcome": "what became of a lead",
    "was": "the outcome that was taken back",
    "measure": "the name of a measure",
}
COMMON = {"by", "subject"}
EVERY = sorted(KINDS)


def own(record: type[Event]) -> dict[str, Any]:
    """The record's own columns with their types."""
    hints = get_type_hints(record)
    return {field.name: hints[field.name] for field in fields(record) if field.name not in BASE}


def parts(hint: Any) -> set[Any]:
    """The plain types of a hint: `UUID | None` is one UUID, a tuple is what it holds."""
    if get_origin(hint) in (types.UnionType, Union, tuple):
        return {part for inner in get_args(hint) if inner not in (type(None), Ellipsis) for part in parts(inner)}
    return {hint}


@pytest.mark.parametrize("kind", EVERY)
def test_an_event_is_called_by_its_package_and_has_a_sentence(kind: str) -> None:
    record = KINDS[kind]
    assert re.fullmatch(r"[a-z]+\.[a-z_]+", kind)
    assert kind.partition(".")[0] == record.__module__.split(".")[1]
    assert str(record.SENTENCE)
    places = set(re.findall(r"%\((\w+)\)s", record.SENTENCE.template))
    assert places <= set(own(record)) | COMMON
    assert "%" not in re.sub(r"%\(\w+\)s|%%", "", record.SENTENCE.template)


@pytest.mark.parametrize("kind", EVERY)
def test_an_event_holds_ids_amounts_days_and_codes_and_never_free_text(kind: str) -> None:
    for column, hint in own(KINDS[kind]).items():
        texts = {part for part in parts(hint) if part not in PLAIN}
        assert texts <= {str}, f"{column}: {hint}"
        assert not texts or column in CODES, (
            f"{column} is text: put a code on the list, and what somebody typed into a row that can be erased"
        )


def test_every_kind_is_known_to_every_process_as_soon_as_it_is_set_up() -> None:
    """The clock loads no page and few commands: a kind it did not know it would tell nobody of."""
    asked = "import django; django.setup(); from bailiwick.kit.event import KINDS; print(*sorted(KINDS))"
    surroundings = {**os.environ, **NOWHERE, "DJANGO_SETTINGS_MODULE": "bailiwick.config.settings"}
    told = subprocess.run([sys.executable, "-c", asked], env=surroundings, capture_output=True, text=True, check=True)
    assert told.stdout.split() == EVERY


def test_every_kind_has_a_stored_sample_of_its_present_schema() -> None:
    have = {(one["kind"], one["schema"]) for one in stored()}
    assert {(kind, record.SCHEMA) for kind, record in KINDS.items()} - have == set(), (
        "run: .venv/bin/python -m tests.house.samples.make"
    )


def test_no_sample_is_of_a_kind_that_nobody_knows() -> None:
    """A kind that was once stored stays readable for ever: rename nothing, add an upcast."""
    assert {one["kind"] for one in stored()} <= set(KINDS)


@pytest.mark.parametrize("sample", stored(), ids=lambda one: f"{one['kind']}.{one['schema']}")
def test_a_stored_event_is_read_back_with_its_types(sample: dict[str, Any]) -> None:
    kind = sample["kind"]
    facts = read_facts(kind, sample["facts"])
    for column, hint in own(KINDS[kind]).items():
        allowed = tuple(parts(hint) | ({type(None)} if type(None) in get_args(hint) else set()))
        value = facts[column]
        values = value if get_origin(hint) is tuple else [value]
        assert isinstance(values, list | tuple), column
        assert all(isinstance(one, allowed) for one in values), f"{column}: {value!r} is no {hint}"


@pytest.mark.parametrize(
    "sample", [one for one in stored() if one["schema"] == KINDS[one["kind"]].SCHEMA], ids=lambda one: one["kind"]
)
def test_an_event_that_is_read_back_is_stored_the_same_again(sample: dict[str, Any]) -> None:
    facts = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in read_facts(sample["kind"], sample["facts"]).items()
    }
    base = {"subject": UUID(int=1), "happened": datetime(2026, 11, 22, 9), "day": date(2026, 11, 22)}
    assert KINDS[sample["kind"]](**base, **facts).facts() == sample["facts"]

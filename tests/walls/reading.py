"""Answers as the tests compare them, and the tables as one digest."""

import re
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import HttpResponse

from tests.house.source import tenant_models

UUIDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
CSRF = re.compile(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[A-Za-z0-9]{64}')
ACCESS_RECORDS = "ledger_accessrecord"


def body(answer: HttpResponse) -> str:
    return answer.content.decode()


def washed(answer: HttpResponse, *things: UUID) -> tuple[int, str, str, str]:
    """Status, kind, where it leads and body, without what may differ: tokens of forms, and the ids that were asked for."""
    text, place = CSRF.sub(r"\1", body(answer)), answer.headers.get("Location", "")
    for thing in things:
        text, place = text.replace(str(thing), "THING"), place.replace(str(thing), "THING")
    return answer.status_code, answer.headers.get("Content-Type", ""), place, text


def ordinal(text: str) -> str:
    """The same with every id replaced by its place of first appearance."""
    seen: dict[str, str] = {}
    return UUIDS.sub(lambda found: seen.setdefault(found[0], f"id{len(seen)}"), text)


def tables() -> list[str]:
    return sorted(model._meta.db_table for model in tenant_models())


def digest() -> str:
    """Every row of every tenant table but the record of reads, of accesses, invitations and of tokens (not when they were used)."""
    parts = [
        f"(SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM \"{name}\" t)"
        for name in tables()
        if name != ACCESS_RECORDS
    ]
    parts += [
        f"(SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY id), '')) FROM {name} t)"
        for name in ("network_access", "network_invitation")
    ]
    parts.append(
        "(SELECT md5(coalesce(string_agg(id::text || digest || coalesce(until::text, ''), '|' ORDER BY id), '')) FROM network_apitoken t)"
    )
    return one("SELECT " + " || ".join(parts))


def changed_tables(before: dict[str, str]) -> list[str]:
    return [name for name, was in each_digest().items() if before[name] != was]


def each_digest() -> dict[str, str]:
    """By table, to say which one changed."""
    return {
        name: one(f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM \"{name}\" t") for name in tables()
    }


def one(statement: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]

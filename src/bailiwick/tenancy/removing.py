"""Rows go for good: for what was never lived with (an import undone). What something else still needs stays."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from bailiwick.tenancy.walls import InNetwork

Part = tuple[Any, str]


def remove(model: Any, ids: Collection[UUID], *, parts: Sequence[Part] = (), by: InNetwork) -> set[UUID]:
    """Those of these rows that no other row refers to are gone, with their `parts` (model, field that names the row).

    A row also stays where one of its parts is referred to. Returns the ids that were removed.
    """
    there = set(model.objects.in_network(by).filter(pk__in=ids).values_list("pk", flat=True))
    own = {part for part, _ in parts}
    for part, name in parts:
        inside = part.objects.in_network(by).filter(**{f"{name}__in": there})
        owner = dict(inside.values_list("pk", f"{name}_id"))
        there -= {owner[used] for used in _needed(part, set(owner), {model, *own}, by)}
    while needed := _needed(model, there, own, by):
        there -= needed
    for part, name in parts:
        _delete(part, f"{name}_id", there, by)
    _delete(model, "id", there, by)
    return there


def _delete(model: Any, column: str, ids: Collection[UUID], by: InNetwork) -> None:
    """In one statement, so that the database judges a tree as a whole; Django's own way refuses it row by row."""
    quote = connection.ops.quote_name
    statement = f"DELETE FROM {quote(model._meta.db_table)} WHERE network_id = %s AND {quote(column)} = ANY(%s)"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [by.network, list(ids)])


def _needed(model: Any, ids: Collection[UUID], but: Collection[Any], by: InNetwork) -> set[UUID]:
    """Which of these rows others refer to. Rows that go together (a tree of units) do not hold each other."""
    needed: set[UUID] = set()
    for relation in model._meta.get_fields(include_hidden=True):
        if not relation.one_to_many or relation.related_model in but:
            continue
        key = relation.field
        users = relation.related_model.objects.in_network(by).filter(**{f"{key.name}__in": ids})
        if relation.related_model is model:
            users = users.exclude(pk__in=ids)
        needed |= set(users.values_list(key.attname, flat=True))
    return needed

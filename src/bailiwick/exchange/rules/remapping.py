"""A mapping with tables and columns as a person chose them."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, replace

from bailiwick.exchange.rules.detecting.aside import BY_HAND
from bailiwick.exchange.rules.mapping import Column, Mapping, TableMapping
from bailiwick.exchange.rules.targets import KINDS, target_of
from bailiwick.kit import Invalid, Problem, say


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a table holds ("" leaves it aside), and the target of each of its columns ("" leaves it out)."""

    kind: str
    columns: Dictionary[str, str]


Columns = Dictionary[str, Chosen]


def remapped(mapping: Mapping, chosen: Columns) -> Mapping:
    """The mapping with these tables as chosen; tables and columns that nobody chose for stay as they are.

    Raises `Invalid` with the table's name where two columns would be the same, or a table in use has no columns.
    """
    return replace(mapping, tables=tuple(_table(table, chosen.get(table.table)) for table in mapping.tables))


def _table(table: TableMapping, chosen: Chosen | None) -> TableMapping:
    if chosen is None:
        return table
    if chosen.kind not in KINDS:
        return table if not table.kind else TableMapping(table.table, "", (), BY_HAND)
    before = {column.column: column for column in table.columns}
    columns = [column for name, column in before.items() if name not in chosen.columns]
    for name, target in chosen.columns.items():
        if target_of(target):
            same = name in before and before[name].target == target
            columns.append(before[name] if same else Column(target, name))
    _check(table.table, columns)
    return TableMapping(table.table, chosen.kind, tuple(columns))


def _check(table: str, columns: list[Column]) -> None:
    if not columns:
        raise Invalid([Problem(table, say("Choose what its columns are, or leave the table aside."))])
    targets: dict[str, str] = {}
    for column in columns:
        if column.target in targets:
            both = say(
                "“%(one)s” and “%(other)s” cannot both be the same; leave one of them out.",
                one=targets[column.target],
                other=column.column,
            )
            raise Invalid([Problem(table, both)])
        targets[column.target] = column.column

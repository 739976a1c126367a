"""What an earlier import of the same source settled, carried over as far as tables and columns are still the same."""

from dataclasses import replace

from bailiwick.exchange.rules.detecting.aside import BY_HAND
from bailiwick.exchange.rules.detecting.fitting import Fit, Seen
from bailiwick.exchange.rules.mapping import Column, Mapping, TableMapping


def fitted_by(known: Mapping | None, seen: Seen) -> tuple[str, Fit] | None:
    """The kind and columns that a person or an earlier import chose, if the table still has these columns."""
    table = known.table(seen.table.name) if known else None
    if table is None or (not table.kind and table.aside != BY_HAND):
        return None
    profiles = {profile.column: profile for profile in seen.profiles}
    if any(column.column not in profiles for column in table.columns):
        return None
    return table.kind, {column.target: profiles[column.column] for column in table.columns}


def kept_by(known: Mapping | None, seen: Seen) -> tuple[str, Fit] | None:
    """What is left of a choice whose columns are not all there any more; None where most of them are gone."""
    table = known.table(seen.table.name) if known else None
    if table is None or not table.kind:
        return None
    profiles = {profile.column: profile for profile in seen.profiles}
    left = {column.target: profiles[column.column] for column in table.columns if column.column in profiles}
    return (table.kind, left) if 0 < len(left) < len(table.columns) <= 2 * len(left) else None


def completed(kept: Fit, fresh: Fit) -> Fit:
    """What was chosen, and what was found for the rest."""
    taken = {profile.column for profile in kept.values()}
    return kept | {target: one for target, one in fresh.items() if target not in kept and one.column not in taken}


def recalled(fresh: Mapping, known: Mapping) -> Mapping:
    """The fresh mapping with the choices of the known one; what was answered is not asked again."""
    waiting = {question.key for question in known.questions}
    settled = {value: outcome for value, outcome in known.outcomes.items() if f"stage|{value}" not in waiting}
    # Stages that no deal is in this time are remembered too: they come back, and the places of the others stay what they were.
    outcomes = {**fresh.outcomes, **settled}
    steps = [step for step in known.steps if outcomes.get(step) == "open"]
    steps += [step for step in fresh.steps if step not in steps and outcomes.get(step) == "open"]
    same = {kind: dict(spellings) for kind, spellings in fresh.same.items()}
    for kind, spellings in known.same.items():
        same.setdefault(kind, {}).update(spellings)
    return replace(
        fresh,
        tables=tuple(_table(table, known.table(table.table)) for table in fresh.tables),
        outcomes=outcomes,
        steps=tuple(steps),
        same=same,
        currency=known.currency or fresh.currency,
        questions=tuple(
            one for one in fresh.questions if not (one.key.startswith("stage|") and one.key.removeprefix("stage|") in settled)
        ),
    )


def _table(fresh: TableMapping, known: TableMapping | None) -> TableMapping:
    if known is None or known.kind != fresh.kind:
        return fresh
    if not fresh.kind:
        return replace(fresh, aside=known.aside if known.aside == BY_HAND else fresh.aside)
    columns = tuple(_column(column, known.of(column.target)) for column in fresh.columns)
    # A column that was mapped and has gone stays in the mapping: the rehearsal tells it, and it may come back.
    found = {column.target for column in columns} | {column.column for column in columns}
    gone = tuple(column for column in known.columns if column.target not in found and column.column not in found)
    return replace(fresh, columns=columns + gone)


def _column(fresh: Column, known: Column | None) -> Column:
    if known is None or known.column != fresh.column:
        return fresh
    return replace(fresh, days={**fresh.days, **known.days}, decimal=known.decimal or fresh.decimal)

"""Attainment and coverage as measures: one figure for each holder of a target."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from bailiwick.kit import Role, Scope, Sentence, say
from bailiwick.measures import Measure
from bailiwick.mirror import Question
from bailiwick.network.models import Unit as Place
from bailiwick.network.queries import Member, members
from bailiwick.performance.models import Target
from bailiwick.performance.queries.targets import standings, targets
from bailiwick.performance.queries.tree import nearest_projects, subtrees
from bailiwick.performance.rules.figures import Figure


def of_targets(measure: Measure, viewer: Scope, question: Question) -> tuple[list[Figure], dict[tuple[str, str], str | Sentence]]:
    """One figure for each target of the period that the viewer may count, and what its holder is called.

    By seller: people's targets; by unit or project: those of units; by manager: those of the units that they answer for; by
    nothing: those of units that stand at the top of what the viewer sees. The period is that of the targets; without one it is
    every target that runs on the day asked for.
    """
    by = question.by[0] if question.by else ""
    rows = [row for row in _asked(viewer, question) if (row.person_id is not None) == (by == "seller")]
    if by == "project":
        rows = [row for row in rows if row.unit.kind == Place.Kind.PROJECT]
    managers = {one.unit: one for one in members(viewer, {row.unit_id for row in rows}) if one.role is Role.MANAGER}
    rows = _of_keys(rows, question.where, managers, viewer)
    if not by:
        below = subtrees(viewer)
        covered = {unit for row in rows for unit in below.get(row.unit_id, frozenset()) - {str(row.unit_id)}}
        rows = [row for row in rows if str(row.unit_id) not in covered]
    figures, names = [], {}
    for stands in standings(viewer, rows, as_of=question.as_of):
        if stands.figure is None:
            continue
        key, name = _holder(stands.target, by, managers.get(stands.target.unit_id))
        value = stands.attained if measure.name == "attainment" else stands.coverage
        keys = (key,) if by else ()
        figures.append(Figure(keys, stands.figure.n, value, currency=stands.target.currency))
        names[by, key] = name
    return figures, names


def _asked(viewer: Scope, question: Question) -> list[Target]:
    rows = targets(viewer)
    if question.since and question.until:
        return list(rows.filter(since=question.since, until=question.until))
    return list(rows.filter(since__lte=question.as_of, until__gte=question.as_of))


def _of_keys(
    rows: Sequence[Target], where: Mapping[str, Sequence[str]], managers: Mapping[UUID, Member], viewer: Scope
) -> list[Target]:
    """Those whose holder has one of the keys asked for, in each dimension."""
    nearest = nearest_projects(viewer) if "project" in where else {}
    keys: dict[str, Callable[[Target], str]] = {
        "unit": lambda row: str(row.unit_id),
        "project": lambda row: nearest.get(str(row.unit_id), ""),
        "manager": lambda row: str(managers[row.unit_id].person) if row.unit_id in managers else "",
        "seller": lambda row: str(row.person_id or ""),
    }
    return [row for row in rows if all(keys[name](row) in wanted for name, wanted in where.items())]


def _holder(row: Target, by: str, manager: Member | None) -> tuple[str, str | Sentence]:
    if row.person is not None:
        return str(row.person_id), row.person.name
    if by == "manager":
        return (str(manager.person), manager.name) if manager else ("", say("not known"))
    return str(row.unit_id), row.unit.name

"""From tables to a mapping: look at the columns, find who refers to whom, judge the kinds, settle or ask the rest."""

from collections.abc import Sequence

from bailiwick.exchange.rules.detecting.aside import why
from bailiwick.exchange.rules.detecting.dialects import dialect_of
from bailiwick.exchange.rules.detecting.fitting import Fit, Seen, World, fit, world_of
from bailiwick.exchange.rules.detecting.grouping import grouped, merged
from bailiwick.exchange.rules.detecting.kinds import judged
from bailiwick.exchange.rules.detecting.ordering import day_orders, decimal_marks
from bailiwick.exchange.rules.detecting.profile import Profile, look
from bailiwick.exchange.rules.detecting.references import references
from bailiwick.exchange.rules.detecting.remembered import completed, fitted_by, kept_by, recalled
from bailiwick.exchange.rules.detecting.settling import settled
from bailiwick.exchange.rules.detecting.stages import stages_of
from bailiwick.exchange.rules.detecting.trails import with_trail
from bailiwick.exchange.rules.mapping import Column, Mapping, Question, TableMapping
from bailiwick.exchange.rules.tables import Table
from bailiwick.exchange.rules.targets import TARGETS, Shape, target_of
from bailiwick.exchange.rules.values.amounts import currency_of
from bailiwick.kit import Refused, Sentence, say

# Kinds depend on what the tables that they refer to are, and these in turn on who refers to them.
ROUNDS = 3
AMOUNTS = frozenset((Shape.MONEY, Shape.NUMBER, Shape.PERCENT))
RANK = {target: place for place, target in enumerate(TARGETS)}

Found = list[tuple[Seen, str, Fit]]


def detect(tables: Sequence[Table], *, source: str = "", known: Mapping | None = None) -> Mapping:
    """What the tables are and how they map, with questions for what only a person can tell.

    `known` is a mapping of an earlier import of the same source: where its tables and columns are still there, its choices
    win. Raises Refused("no_sales_export") if no table holds anything of sales.
    """
    looked = [look(table) for table in tables]
    groups = [[tables[place] for place in group] for group in grouped(tables, looked, known)]
    profiles = {table.name: seen for table, seen in zip(tables, looked, strict=True)}
    every = [
        Seen(group[0], profiles[group[0].name]) if len(group) == 1 else Seen(one := merged(group), look(one)) for group in groups
    ]
    found, world = _kinds(every, known)
    if not any(kind for _, kind, _ in found):
        raise _refusal(every)
    mapped, questions = _tables(_each(found, groups, profiles, [table.name for table in tables]), known)
    outcomes, steps, asked = stages_of(found)
    fresh = Mapping(
        source,
        dialect_of(tables),
        mapped,
        outcomes,
        steps,
        _same(found, world),
        _currency(found),
        tuple(sorted([*questions, *asked], key=lambda one: one.key)),
    )
    return recalled(fresh, known) if known else fresh


def _kinds(every: Sequence[Seen], known: Mapping | None) -> tuple[Found, World]:
    refers = references([seen.profiles for seen in every])
    world = world_of(refers, {}, {})
    result: dict[str, tuple[str, Fit]] = {}
    for _ in range(ROUNDS):
        for seen in every:
            by_hand = fitted_by(known, seen)
            result[seen.table.name] = by_hand or (judged(seen, world) if seen.table.rows else ("", {}))
            if not by_hand and (kept := kept_by(known, seen)):
                result[seen.table.name] = kept[0], completed(kept[1], fit(seen, kept[0], world))
        kinds = {name: kind for name, (kind, _) in result.items()}
        roles = {(name, one.column): target for name, (_, fitted) in result.items() for target, one in fitted.items()}
        if kinds == world.kinds and roles == world.roles:
            break
        world = world_of(refers, kinds, roles)
    found = []
    for seen in every:
        kind, fitted = result[seen.table.name]
        remembered = known is not None and fitted_by(known, seen) is not None
        found.append((seen, kind, fitted if remembered else with_trail(seen, kind, settled(seen, kind, fitted, world))))
    return found, world


def _each(
    found: Found, groups: Sequence[Sequence[Table]], profiles: dict[str, tuple[Profile, ...]], order: Sequence[str]
) -> list[tuple[Seen, str, Fit, Seen]]:
    """What was found of tables that were looked at as one, for each of them, in the order given."""
    each = {}
    for (whole, kind, fitted), group in zip(found, groups, strict=True):
        for table in group:
            seen = Seen(table, profiles[table.name])
            own = {profile.column: profile for profile in seen.profiles}
            each[table.name] = (seen, kind, {target: own[one.column] for target, one in fitted.items()}, whole)
    return [each[name] for name in order]


def _tables(
    found: Sequence[tuple[Seen, str, Fit, Seen]], known: Mapping | None
) -> tuple[tuple[TableMapping, ...], list[Question]]:
    mapped: list[TableMapping] = []
    questions: list[Question] = []
    for seen, kind, fitted, whole in found:
        if not kind:
            mapped.append(TableMapping(seen.table.name, "", (), why(seen)))
            continue
        columns, asked = _columns(seen, kind, fitted, whole)
        remembered = known.table(seen.table.name) if known else None
        mapped.append(TableMapping(seen.table.name, kind, columns))
        questions += [one for one in asked if not (remembered and _answered(one, remembered))]
    return tuple(mapped), questions


def _answered(question: Question, remembered: TableMapping) -> bool:
    """Whether the remembered mapping settles what is asked."""
    for column in remembered.columns:
        if question.key == f"decimal|{remembered.table}|{column.column}" and column.decimal:
            return True
        if any(question.key == f"days|{remembered.table}|{column.column}|{shape}" for shape in column.days):
            return True
    return False


def _columns(seen: Seen, kind: str, fitted: Fit, whole: Seen) -> tuple[tuple[Column, ...], list[Question]]:
    """How the columns are read. What a table leaves open, those of the same columns may tell together."""
    columns, questions = _read_by(seen, kind, fitted)
    if not questions or len(whole.table.rows) == len(seen.table.rows):
        return columns, questions
    profiles = {profile.column: profile for profile in whole.profiles}
    together, still = _read_by(whole, kind, {target: profiles[one.column] for target, one in fitted.items()})
    open_ones = {question.key.replace(f"|{whole.table.name}|", f"|{seen.table.name}|", 1) for question in still}
    return tuple(
        Column(one.target, one.column, {**other.days, **one.days}, one.decimal or other.decimal)
        for one, other in zip(columns, together, strict=True)
    ), [question for question in questions if question.key in open_ones]


def _read_by(seen: Seen, kind: str, fitted: Fit) -> tuple[tuple[Column, ...], list[Question]]:
    shapes = {target: known.shape for target in fitted if (known := target_of(target))}
    days = [one for target, one in fitted.items() if shapes[target] is Shape.DAY]
    amounts = [one for target, one in fitted.items() if shapes[target] in AMOUNTS]
    chosen, day_questions = day_orders(seen.table, days, _with(seen, days, "day"), _span(fitted))
    decimals, decimal_questions = decimal_marks(amounts, _with(seen, amounts, "number"))
    columns = tuple(
        Column(
            target,
            fitted[target].column,
            chosen.get(fitted[target].column, {}) if shapes[target] is Shape.DAY else {},
            decimals.get(fitted[target].column, ""),
        )
        for target in sorted(fitted, key=lambda target: (not target.startswith(f"{kind}."), RANK.get(target, len(RANK)), target))
    )
    return columns, day_questions + decimal_questions


def _with(seen: Seen, wanted: Sequence[Profile], shape: str) -> list[Profile]:
    columns = {one.column for one in wanted}
    return [one for one in seen.profiles if one.column in columns or (one.shape == shape and not one.whole)]


def _span(fitted: Fit) -> tuple[str, str] | None:
    begin = fitted.get("opportunity.entered")
    end = fitted.get("opportunity.close") or fitted.get("opportunity.decided")
    return (begin.column, end.column) if begin and end else None


def _same(found: Found, world: World) -> dict[str, dict[str, str]]:
    """The other spellings of what the mapped columns refer to, by kind."""
    same: dict[str, dict[str, str]] = {}
    for _, _, fitted in found:
        for target, profile in fitted.items():
            refers = TARGETS[target].refers if target in TARGETS else ""
            if refers and (reference := world.leads_to(profile, refers)) and reference.same:
                same.setdefault(refers, {}).update(reference.same)
    return {kind: dict(sorted(spellings.items())) for kind, spellings in sorted(same.items())}


def _currency(found: Found) -> str:
    cells: set[str] = set()
    for _, kind, fitted in found:
        stated = fitted.get("opportunity.currency")
        if stated and stated.distinct == 1 and len(code := next(iter(stated.counts))) == 3 and code.isalpha():
            return code.upper()
        if kind in ("opportunity", "line"):
            for target in ("opportunity.value", "line.amount", "line.price"):
                cells.update(fitted[target].sample if target in fitted else ())
    return currency_of(cells)


def _refusal(every: Sequence[Seen]) -> Refused:
    reasons = {seen.table.name: why(seen) for seen in every}
    name, reason = next(iter(sorted(reasons.items())), ("", Sentence("")))
    sentence = (
        say("There is no table in this.")
        if not reasons
        else say("%(table)s is no sales export. %(reason)s", table=name, reason=reason)
        if len(reasons) == 1
        else say(
            "None of these %(n)s tables is a sales export. %(table)s, for instance: %(reason)s",
            n=len(reasons),
            table=name,
            reason=reason,
        )
    )
    return Refused(
        "no_sales_export",
        sentence,
        say("Give a list of deals with stage, value or close date, or lists of companies, people, products or activities."),
    )

"""In which order of day, month and year a column is written, and with which decimal mark: settled, or asked, never guessed.

One possible reading settles it. Of two, other columns of the table that are written alike decide if they all agree; then the
order of events, if all readings but one have many deals close before they open and that one has none; then a person.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Dictionary
from datetime import date
from decimal import Decimal
from itertools import product
from statistics import median

from bailiwick.exchange.rules.detecting.profile import Profile
from bailiwick.exchange.rules.mapping import Question
from bailiwick.exchange.rules.tables import Table
from bailiwick.exchange.rules.values.amounts import amount_of, marks_of
from bailiwick.exchange.rules.values.days import day_of, orders_of, shape_of
from bailiwick.kit import Sentence, say

SETTLED = frozenset(("iso", "name", "serial", ""))
MISWRITTEN = 0.05
DIGITS = str.maketrans("023456789", "1" * 9)
ENOUGH = 30  # deals with both days, before their order tells anything
MANY = 0.05  # the share of deals that must close before they open for a reading to be out of the question
MOST_OPEN = 4  # columns and layouts read in every combination

Orders = dict[str, tuple[str, ...]]


def shapes_in(profile: Profile) -> dict[str, list[str]]:
    """The distinct days of a column by how they are written; only where the order has to be told."""
    found: dict[str, list[str]] = defaultdict(list)
    for value in profile.counts:
        shape = shape_of(value)
        if shape not in SETTLED:
            found[shape].append(value)
    return dict(sorted(found.items()))


def orders(profile: Profile) -> Orders:
    """Per shape the possible orders. A few cells that fit no order (the 31st of February) do not spoil the others'."""
    found: Orders = {}
    for shape, cells in shapes_in(profile).items():
        possible = orders_of(cells).get(shape, ())
        found[shape] = possible or _most(shape, cells)
    return found


def _most(shape: str, cells: Sequence[str]) -> tuple[str, ...]:
    misfits = {order: sum(_day(cell, shape, order) is None for cell in cells) for order in ("dmy", "mdy", "ymd")}
    fitting = tuple(order for order, count in misfits.items() if count <= MISWRITTEN * len(cells))
    return fitting[:1] if len(fitting) == 1 else ("dmy", "mdy")


def _day(cell: str, shape: str, order: str) -> date | None:
    try:
        return day_of(cell, {shape: order})
    except ValueError:
        return None


def middle_day(profile: Profile) -> float:
    """The median day of a column, good for comparing columns whatever their order of day and month."""
    settled = {shape: possible[0] for shape, possible in orders(profile).items()}
    days = [day.toordinal() for value in profile.sample if (day := _read(value, settled))]
    return median(days) if days else 0.0


def _read(value: str, settled: Dictionary[str, str]) -> date | None:
    try:
        return day_of(value, settled)
    except ValueError:
        return None


def day_orders(
    table: Table, wanted: Sequence[Profile], every: Sequence[Profile], span: tuple[str, str] | None
) -> tuple[dict[str, dict[str, str]], list[Question]]:
    """How the wanted columns write their days: `{column: {shape: order}}`, and the questions that remain.

    `every` are all columns of days in the table; `span` names the column of the beginning and that of the end.
    """
    known = {one.column: orders(one) for one in every}
    chosen: dict[str, dict[str, str]] = {}
    questions: list[Question] = []
    told = _told_by_events(table, span, known)
    for profile in sorted(wanted, key=lambda one: one.column):
        settled = chosen.setdefault(profile.column, {})
        for shape, possible in known[profile.column].items():
            agreed = possible if len(possible) == 1 else _others(shape, profile.column, known)
            order = agreed[0] if len(agreed) == 1 else told.get((profile.column, shape))
            if order:
                settled[shape] = order
            else:
                questions.append(_day_question(profile, shape, shapes_in(profile)[shape]))
    return chosen, questions


def _others(shape: str, column: str, known: Dictionary[str, Orders]) -> tuple[str, ...]:
    said = {one[shape] for name, one in known.items() if name != column and shape in one and len(one[shape]) == 1}
    return said.pop() if len(said) == 1 else ()


def _told_by_events(table: Table, span: tuple[str, str] | None, known: Dictionary[str, Orders]) -> dict[tuple[str, str], str]:
    """The orders, by column and layout, on which all readings agree under which no deal closes before it opens.

    All columns and layouts that are open are read in every combination: one export wrote the same layout with the day
    first in one column and with the month first in the next. It counts only where there is enough to go by and every other
    reading has many deals close before they open.
    """
    if not span:
        return {}
    open_ones = [
        (name, shape)
        for name in dict.fromkeys(span)
        for shape, possible in known.get(name, {}).items()
        if len(possible) > 1 and len(_others(shape, name, known)) != 1
    ]
    if not 0 < len(open_ones) <= MOST_OPEN:
        return {}
    turned: dict[tuple[str, ...], float] = {}
    for orders_ in product(*(known[name][shape] for name, shape in open_ones)):
        turned[orders_] = _turned(table, span, known, dict(zip(open_ones, orders_, strict=True)))
    good = [orders_ for orders_, part in turned.items() if part == 0]
    if not good or any(0 < part < MANY for part in turned.values()):
        return {}
    return {slot: said.pop() for slot, *rest in zip(open_ones, *good, strict=True) if len(said := set(rest)) == 1}


def _turned(
    table: Table, span: tuple[str, str], known: Dictionary[str, Orders], reading: Dictionary[tuple[str, str], str]
) -> float:
    """The share of deals that close before they open; where too few tell both days, a little, which settles nothing."""
    days = []
    for name in span:
        first = {shape: reading.get((name, shape), possible[0]) for shape, possible in known.get(name, {}).items()}
        days.append([_read(cell, first) for cell in table.column(name)])
    pairs = [(begun, ended) for begun, ended in zip(*days, strict=True) if begun and ended]
    return sum(ended < begun for begun, ended in pairs) / len(pairs) if len(pairs) >= ENOUGH else MANY / 2


def _day_question(profile: Profile, shape: str, cells: Sequence[str]) -> Question:
    example = next(cell for cell in sorted(cells) if _day(cell, shape, "dmy") != _day(cell, shape, "mdy") or cell == max(cells))
    guess = ("mdy", "dmy") if shape.startswith("/") else ("dmy", "mdy")
    return Question(
        f"days|{profile.table}|{profile.column}|{shape}",
        say("Does the day or the month come first in %(column)s of %(table)s?", column=profile.column, table=profile.table),
        tuple((order, _meaning(example, _day(example, shape, order))) for order in guess),
    )


def _meaning(example: str, day: date | None) -> Sentence:
    return say("%(text)s is %(day)s", text=example, day=day)


def decimal_marks(wanted: Sequence[Profile], every: Sequence[Profile]) -> tuple[dict[str, str], list[Question]]:
    """The decimal mark of each wanted column of amounts, and the questions that remain."""
    chosen: dict[str, str] = {}
    questions = []
    for profile in sorted(wanted, key=lambda one: one.column):
        possible = marks(profile)
        if len(possible) > 1:
            said = {one[0] for one in map(marks, every) if len(one) == 1 and one[0]}
            possible = tuple(said) if len(said) == 1 else possible
        if len(possible) > 1:
            questions.append(_decimal_question(profile))
        else:
            chosen[profile.column] = possible[0] if possible else ""
    return chosen, questions


def marks(profile: Profile) -> tuple[str, ...]:
    """The possible decimal marks: ("",) where no cell has one. Cells that are no amounts do not spoil the others'."""
    cells = [bare for value in _alike(profile.counts) if marks_of((bare := value.removesuffix("%").strip(),))]
    if not any("." in cell or "," in cell for cell in cells):
        return ("",)
    if profile.table.endswith(".parquet"):
        return (".",)  # typed: its numbers are written by us
    return marks_of(cells) or _most_marks([value for value in profile.counts if marks_of((value,))])


def _alike(values: Iterable[str]) -> list[str]:
    """One of all values that differ in their digits only: which digits stand there decides nothing, save a nought in front."""
    kept: dict[str, str] = {}
    for value in values:
        kept.setdefault(("0" if value[0] == "0" else "") + value.translate(DIGITS), value)
    return sorted(kept.values())


def _most_marks(cells: Sequence[str]) -> tuple[str, ...]:
    fits = {mark: sum(mark in marks_of((cell,)) for cell in cells) for mark in (".", ",")}
    fitting = tuple(mark for mark, count in fits.items() if count >= (1 - MISWRITTEN) * len(cells))
    return fitting if len(fitting) == 1 else (".", ",")


def _decimal_question(profile: Profile) -> Question:
    """The first guess is the larger amount: what is written with three digits after each mark is thousands."""
    example = next((cell for cell in sorted(profile.counts) if len(marks_of((cell,))) > 1 and ("." in cell or "," in cell)), "")
    guess = (",", ".") if "." in example else (".", ",")
    return Question(
        f"decimal|{profile.table}|{profile.column}",
        say(
            "Is the mark in the amounts of %(column)s of %(table)s one of decimals or of thousands?",
            column=profile.column,
            table=profile.table,
        ),
        tuple((mark, say("%(text)s is %(amount)s", text=example, amount=_amount(example, mark))) for mark in guess),
    )


def _amount(text: str, mark: str) -> Decimal | None:
    try:
        return amount_of(text, mark)
    except ValueError:
        return None

"""Leads, opportunities and activities arrive with their past."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from bailiwick.exchange.commands.intake.hold import Hold, is_past
from bailiwick.exchange.rules.records import Record
from bailiwick.kit import day_of
from bailiwick.pipeline.commands.activities import NewActivity, log_many
from bailiwick.pipeline.commands.arriving import Arrived, arrive_many
from bailiwick.pipeline.commands.leads import NewLead, enter_many
from bailiwick.pipeline.commands.sides import Hand
from bailiwick.pipeline.commands.stepping import NewLine

AT_ONCE = 2000
ENOUGH_WINS = 10  # fewer tell nothing about how old a win can be


def take_leads(new: Sequence[Record], hold: Hold) -> None:
    """Leads wait for a first contact, on the side of who is named in the source."""
    made = [(hand_of(record, hold), _lead(record, hold.of.source)) for record in new]
    hold.made("lead", new, enter_many(made, by=hold.by))


def _lead(record: Record, source: str) -> NewLead:
    told = {name: record.values[name] for name in ("name", "company", "email", "phone", "origin", "entered", "closed", "reason")}
    return NewLead(**told, source=source, source_id=record.key)


def take_opportunities(new: Sequence[Record], everything: Sequence[Record], hold: Hold) -> None:
    """Opportunities stand as they stood in the source; open ones that nobody can believe any more are stale on arrival."""
    oldest = oldest_win(everything)
    for start in range(0, len(new), AT_ONCE):
        part = new[start : start + AT_ONCE]
        made = [(hand_of(record, hold), arrived(record, hold, oldest)) for record in part]
        hold.made("opportunity", part, arrive_many(made, by=hold.by))
        hold.progress(len(part))


def arrived(record: Record, hold: Hold, oldest: timedelta | None) -> Arrived:
    """A record as the pipeline takes it."""
    values = record.values
    return Arrived(
        title=values["title"],
        account=hold.row("account", values["account"]),
        lead=hold.row("lead", values["lead"]),
        value=values["value"],
        currency=values["currency"] or hold.currency,
        expected=values["expected"],
        entered=values["entered"],
        origin=values["origin"],
        step=hold.places[values["step"]],
        stated_discount=values["stated_discount"],
        outcome=values["outcome"],
        decided=values["decided"],
        reason=values["reason"],
        stale=is_stale(values, hold.as_of, oldest),
        lines=tuple(_lines(values["lines"], hold)),
        stays=tuple((hold.places[place], day) for place, day in values["stays"]),
        source=hold.of.source,
        source_id=record.key,
    )


def _lines(lines: Sequence[tuple[str, Decimal, Decimal | None]], hold: Hold) -> list[NewLine]:
    known = [(hold.row("product", product), quantity, price) for product, quantity, price in lines]
    return [NewLine(product=product, quantity=quantity, price=price) for product, quantity, price in known if product]


def oldest_win(deals: Sequence[Record]) -> timedelta | None:
    """The age of the win that took longest; None where fewer than ten wins tell theirs."""
    ages = [
        deal.values["decided"] - deal.values["entered"]
        for deal in deals
        if deal.values["outcome"] == "won" and deal.values["entered"] and deal.values["decided"]
    ]
    return max(ages) if len(ages) >= ENOUGH_WINS else None


def is_stale(values: Mapping[str, object], as_of: date, oldest: timedelta | None) -> bool:
    """Whether an open deal is stale on arrival: its stated close has passed by then, or no win ever took so long.

    >>> is_stale({"outcome": "open", "expected": date(2017, 1, 1), "entered": None}, date(2017, 2, 1), None)
    True
    """
    expected, entered = values["expected"], values["entered"]
    if values["outcome"] != "open":
        return False
    passed = isinstance(expected, date) and expected < as_of
    return passed or (oldest is not None and isinstance(entered, date) and as_of - entered > oldest)


def take_activities(new: Sequence[Record], hold: Hold) -> None:
    """What was done and is planned stands on the timelines of companies and deals."""
    for start in range(0, len(new), AT_ONCE):
        part = new[start : start + AT_ONCE]
        hold.made("activity", part, log_many([(hand_of(record, hold), _activity(record, hold)) for record in part], by=hold.by))
        hold.progress(len(part))


def _activity(record: Record, hold: Hold) -> NewActivity:
    """What is done by the clock of the import and not yet by that of its unit, further west, is planned there."""
    values = record.values
    day, due = values["day"], values["due"]
    if day and day > day_of(hold.now, hold.side(values["owner"], past=True).zone):
        day, due = None, due or day
    return NewActivity(
        kind=values["kind"],
        text=values["text"],
        account=hold.row("account", values["account"]),
        contact=hold.row("contact", values["contact"]),
        opportunity=hold.row("opportunity", values["opportunity"]),
        day=day,
        due=due,
        source=hold.of.source,
        source_id=record.key,
    )


def hand_of(record: Record, hold: Hold) -> Hand:
    """On whose side a row stands: what is open goes to nobody where its owner has left, what is past stays theirs."""
    return Hand(hold.by, hold.now, hold.side(record.values["owner"], is_past(record)))

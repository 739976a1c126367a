"""What was done is logged, what is to do is planned, and promises are made and kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID

from bailiwick.kit import Actor, NotSeen, Refused, say
from bailiwick.ledger.commands import record, record_many
from bailiwick.pipeline import events
from bailiwick.pipeline.commands.sides import Hand, columns, editable, instant, own_side, side_of, sided, today
from bailiwick.pipeline.models import Activity, Opportunity, Promise
from bailiwick.tenancy.adding import add_many
from bailiwick.tenancy.walls import InNetwork
from bailiwick.territories.commands import Whose, contacted
from bailiwick.territories.commands.accounts import editable_account, tie_many
from bailiwick.territories.models import Contact

TOUCHING = frozenset({Activity.Kind.CALL, Activity.Kind.MEETING, Activity.Kind.MAIL, Activity.Kind.VISIT})


@dataclass(frozen=True, kw_only=True)
class NewActivity:
    """Something done (`day` set) or planned (`due`, or no day at all)."""

    kind: str
    text: str = ""
    account: UUID | None = None
    contact: UUID | None = None
    opportunity: UUID | None = None
    day: date | None = None
    due: date | None = None
    due_time: time | None = None
    wanted_discount: Decimal | None = None
    source: str = ""
    source_id: str = ""


def log_activities(
    new: Sequence[NewActivity], *, by: Actor, now: datetime, whose: Whose | None = None, judged: bool = False
) -> list[Activity]:
    """Activities stand on the timelines of their account and opportunity; planned ones are tasks. One event each.

    Refuses a done activity of a day to come: then it is a task.
    """
    whose = whose or own_side(by)
    if not judged:
        _judge(new, by)
    return log_many([(Hand(by, now, whose), one) for one in new], by=by)


def log_many(new: Sequence[tuple[Hand, NewActivity]], *, by: InNetwork) -> list[Activity]:
    """Activities stand on their timelines; planned ones are tasks. The doors have judged accounts and opportunities."""
    if any(one.day and one.day > today(hand.whose, hand.now) for hand, one in new):
        raise Refused("done_in_future", say("That day is to come: plan it instead of logging it."))
    rows = [activity_row(one, hand.whose, hand.by, hand.now) for hand, one in new]
    add_many(rows)
    pairs = list(zip(new, rows, strict=True))
    tie_many([(row.account_id, hand.whose) for (hand, _), row in pairs if row.account_id], by=by)
    newest: dict[UUID, date] = {}
    for row in rows:
        if row.account_id and row.day and row.kind in TOUCHING:
            newest[row.account_id] = max(row.day, newest.get(row.account_id, row.day))
    contacted(newest, by=by)
    record_many(
        [(logged(row, hand.whose, hand.now, one.wanted_discount), hand.by, hand.now) for (hand, one), row in pairs], by=by
    )
    return rows


def _judge(new: Sequence[NewActivity], by: Actor) -> None:
    for account in {one.account for one in new if one.account}:
        editable_account(account, by)
    people = {one.contact: one.account for one in new if one.contact}
    cards = dict(Contact.objects.seen_by(by.scope).filter(pk__in=people).values_list("pk", "account"))
    if cards != people:
        raise NotSeen  # a contact is named together with the company on whose card it is
    for opportunity in {one.opportunity for one in new if one.opportunity}:
        editable(Opportunity.objects.seen_by(by.scope), opportunity, by)


def activity_row(one: NewActivity, whose: Whose, by: Actor, now: datetime) -> Activity:
    return Activity(
        network_id=by.network,
        account_id=one.account,
        contact_id=one.contact,
        opportunity_id=one.opportunity,
        kind=one.kind,
        text=one.text,
        day=one.day,
        done=instant(one.day, whose, now) if one.day else None,
        due=one.due,
        due_time=one.due_time,
        source=one.source,
        source_id=one.source_id,
        created=now,
        **columns(whose),
    )


def logged(
    row: Activity, whose: Whose, now: datetime, wanted: Decimal | None, *, wrote: bool = True
) -> events.ActivityLogged | events.TaskPlanned:
    """The event of something done or planned; `wrote` as in the event of what is done."""
    about = tuple(other for other in (row.account_id, row.opportunity_id, row.contact_id) if other)
    if row.done:
        return events.ActivityLogged(
            subject=row.pk,
            about=about,
            kind=row.kind,
            account=row.account_id,
            wanted_discount=wanted,
            wrote=wrote,
            **sided(whose, row.done, row.day),
        )
    return events.TaskPlanned(
        subject=row.pk, about=about, kind=row.kind, account=row.account_id, due=row.due, **sided(whose, now)
    )


def complete_task(which: UUID, *, by: Actor, now: datetime, text: str = "") -> Activity:
    """The task is done now; doing it twice is refused, so that nothing counts twice."""
    row = _open_task(which, by)
    whose = side_of(row)
    row.done, row.day = now, today(whose, now)
    row.text = f"{row.text}\n{text}".strip() if text else row.text
    row.version += 1
    row.save(update_fields=["done", "day", "text", "version"])
    if row.account_id and row.kind in TOUCHING:
        contacted({row.account_id: row.day}, by=by)
    record(logged(row, whose, now, None, wrote=bool(text)), by=by, now=now)
    return row


def drop_task(which: UUID, *, by: Actor, now: datetime) -> Activity:
    """The task will not be done; it stays on the timeline as dropped."""
    row = _open_task(which, by)
    row.dropped = now
    row.version += 1
    row.save(update_fields=["dropped", "version"])
    record(events.TaskDropped(subject=row.pk, kind=row.kind, **sided(side_of(row), now)), by=by, now=now)
    return row


def _open_task(which: UUID, by: Actor) -> Activity:
    row = editable(Activity.objects.seen_by(by.scope), which, by)
    if row.done or row.dropped:
        raise Refused("task_closed", say("This is done or dropped already."))
    return row


def promise(
    *, text: str, due: date, by: Actor, now: datetime, account: UUID | None = None, opportunity: UUID | None = None
) -> Promise:
    """The customer was told this by that day; it stands on the day of whoever promised until kept."""
    whose = own_side(by)
    if opportunity is not None:
        deal = editable(Opportunity.objects.seen_by(by.scope), opportunity, by)
        whose, account = side_of(deal), account or deal.account_id
    if account is not None:
        editable_account(account, by)
    row = Promise.objects.in_network(by).create(
        network_id=by.network,
        text=text,
        due=due,
        account_id=account,
        opportunity_id=opportunity,
        created=now,
        **columns(whose),
    )
    about = tuple(other for other in (account, opportunity) if other)
    record(events.PromiseMade(subject=row.pk, about=about, due=due, account=account, **sided(whose, now)), by=by, now=now)
    return row


def keep_promise(which: UUID, *, by: Actor, now: datetime) -> Promise:
    """What was promised is with the customer."""
    row = editable(Promise.objects.seen_by(by.scope), which, by)
    if row.kept or row.withdrawn:
        raise Refused("promise_closed", say("This promise is kept or withdrawn already."))
    row.kept = now
    row.version += 1
    row.save(update_fields=["kept", "version"])
    about = tuple(other for other in (row.account_id, row.opportunity_id) if other)
    record(events.PromiseKept(subject=row.pk, about=about, due=row.due, **sided(side_of(row), now)), by=by, now=now)
    return row

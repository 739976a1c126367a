"""What came in for somebody is proposed to them, kept as an activity when they say so, or thrown away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Q

from bailiwick.kit import Actor, NotSeen, Refused, say
from bailiwick.network.models import Person
from bailiwick.network.queries import own_addresses
from bailiwick.pipeline import arrived
from bailiwick.pipeline.arrived import Arrived, Concerns
from bailiwick.pipeline.commands.activities import NewActivity, log_activities
from bailiwick.pipeline.commands.sides import own_side, today
from bailiwick.pipeline.models import Activity, Arrival
from bailiwick.pipeline.rules.arrivals import Address, Happening, Letter, Proposed, concerned, of_event, of_letter, read
from bailiwick.tenancy.turns import take_turns

SOURCE = "arrival"
MOST_WAITING = 500
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a message led to: new arrivals, how many of it had come before, how many it took back."""

    new: Sequence[Arrival] = ()
    known: int = 0
    withdrawn: int = 0


def take_in(raw: bytes, *, language: str, by: Actor, now: datetime) -> TakenIn:
    """What a mail or an invitation says is proposed to the actor, and to nobody else; it is no activity yet, and no event.

    The message itself is not kept. What came before is not proposed again; a newer version of an invitation takes the place
    of the one that waits, and one that is called off takes it away. Refuses what cannot be read, and more than 500 that wait.
    """
    side = own_side(by)
    told = read(raw, zone=side.zone, now=now)
    own = own_addresses(by)
    people = {one.email for letter in told.letters for one in letter.people} | {
        one.email for event in told.events for one in event.people
    }
    among = arrived.known(by.scope, {email for email in people if email not in own and not _ours(email)})
    take_turns("pipeline.arrival", by.person)  # the same message may be on its way by two doors at once
    if told.letters:
        letter = concerned(told.letters, {*own, *filter(_ours, people)}, among)
        return _propose([_of_letter(letter, among, own, language, by, now)], now=now, by=by)
    called_off = [event for event in told.events if event.cancelled]
    taken = _propose([_of_event(one, among, own, by, now) for one in told.events if not one.cancelled], now=now, by=by)
    return replace(taken, withdrawn=sum(_withdraw(event, by) for event in called_off))


def _ours(email: str) -> bool:
    """Whether it looks like an address for mail of ours (`log+...`): it says nothing about customers."""
    return email.startswith("log+")


def _digest(by: Actor, *parts: object) -> str:
    return sha256("\n".join(map(str, (by.person, *parts))).encode()).hexdigest()


def _of_letter(
    letter: Letter, among: Mapping[str, Concerns], own: frozenset[str], language: str, by: Actor, now: datetime
) -> Arrival:
    proposed = of_letter(letter, today(own_side(by), now), language)
    digest = _digest(by, "mail", letter.key)
    return _row(proposed, letter.people, letter.subject, digest, digest, among, own, by, now)


def _of_event(event: Happening, among: Mapping[str, Concerns], own: frozenset[str], by: Actor, now: datetime) -> Arrival:
    proposed = of_event(event, now)
    # Kept is an appointment on its day: the same one moved to another is another.
    mark = _digest(by, "event", event.key, event.day, event.time)
    row = _row(proposed, event.people, event.summary, _digest(by, "event", event.key), mark, among, own, by, now)
    row.sequence = event.sequence
    return row


def _row(
    proposed: Proposed, people: Sequence[Address], subject: str, digest: str, mark: str, among: Mapping[str, Concerns],
    own: frozenset[str], by: Actor, now: datetime,
) -> Arrival:  # fmt: skip
    others = [one for one in people if one.email not in own and not _ours(one.email)]
    found = arrived.concerning(by.scope, others, subject, dict(among))
    return Arrival(
        network_id=by.network,
        person=by.person,
        digest=digest,
        mark=mark,
        kind=proposed.kind,
        text=proposed.text,
        who=f"{others[0].name} <{others[0].email}>".strip() if others else "",
        account=found.account,
        contact=found.contact,
        opportunity=found.opportunity,
        day=proposed.day,
        due=proposed.due,
        due_time=proposed.due_time,
        arrived=now,
    )


def _propose(rows: Sequence[Arrival], *, by: Actor, now: datetime) -> TakenIn:
    """Rows that are new stand there; older versions of theirs are gone."""
    mine = Arrival.objects.seen_by(by.scope)
    there = {row.digest: row for row in mine.filter(digest__in=[row.digest for row in rows])}
    kept = set(
        Activity.objects.in_network(by)
        .filter(source=SOURCE, source_id__in=[row.mark for row in rows])
        .values_list("source_id", flat=True)
    )
    new = {row.digest: row for row in rows if row.mark not in kept and _newer(row, there.get(row.digest))}
    old = [there[digest].pk for digest in new if digest in there]
    if len(new) - len(old) > max(0, MOST_WAITING - mine.count()):
        raise Refused(
            "too_many_arrivals",
            say("More than %(most)s mails and invitations wait to be kept.", most=MOST_WAITING),
            say("Keep some or throw some away first."),
        )
    mine.filter(pk__in=old).delete()
    Arrival.objects.in_network(by).bulk_create(new.values())
    return TakenIn(list(new.values()), known=len(rows) - len(new))


def _newer(row: Arrival, there: Arrival | None) -> bool:
    """Whether nothing of it waits, or an older version; an occurrence that has moved on with the calendar is newer too."""
    return there is None or (row.sequence, row.mark != there.mark) > (there.sequence, False)


def _withdraw(event: Happening, by: Actor) -> int:
    rows = Arrival.objects.seen_by(by.scope).filter(digest=_digest(by, "event", event.key), sequence__lte=event.sequence)
    return rows.delete()[0]


def keep_arrival(which: UUID, *, values: Mapping[str, Any] | None = None, by: Actor, now: datetime) -> Activity:
    """The arrival is an activity of the actor, as every other door logs or plans one; with a next step it is a task besides.

    `values`: what the actor says otherwise (kind, text, due, account, contact, opportunity). Raises `NotSeen` where it is kept
    or thrown away already. What was kept is done or dropped like any other activity.
    """
    row = Arrival.objects.seen_by(by.scope).filter(pk=which).select_for_update().first()
    if row is None:
        raise NotSeen
    of = _changed(arrived.arrival(by.scope, which), values or {}, by)
    new = NewActivity(
        kind=of.row.kind,
        text=of.row.text,
        account=of.account.pk if of.account else None,
        contact=of.contact.pk if of.contact else None,
        opportunity=of.opportunity.pk if of.opportunity else None,
        day=of.row.day,
        due=None if of.row.day else of.row.due,
        due_time=of.row.due_time if of.row.due and not of.row.day else None,
        source=SOURCE,
        source_id=row.mark,
    )
    step = replace(new, kind=Activity.Kind.TASK, day=None, due=of.row.due, due_time=None, text=_title(of.row), source_id="")
    activities = log_activities([new, step] if of.row.day and of.row.due else [new], by=by, now=now)
    Arrival.objects.seen_by(by.scope).filter(pk=which).delete()
    return activities[0]


def _title(row: Arrival) -> str:
    return row.text.partition("\n")[0][:200]


def _changed(of: Arrived, values: Mapping[str, Any], by: Actor) -> Arrived:
    """The arrival as its person says that it is; a deal brings its company, and a contact stays with its own."""
    for name in ("kind", "text", "due"):
        if name in values:
            setattr(of.row, name, values[name])
    account, deal = of.account, of.opportunity
    if "opportunity" in values:
        wanted = values["opportunity"]
        deal = arrived.own_open_deals(by.scope).select_related("account").filter(pk=wanted).first() if wanted else None
        if wanted and deal is None:
            raise NotSeen
    if "account" in values:
        wanted = values["account"]
        account = arrived.workable(by.scope).filter(pk=wanted).first() if wanted else None
        if wanted and account is None:
            raise NotSeen
    if deal and deal.account_id and (account is None or deal.account_id != account.pk):
        chosen = "opportunity" in values and values["opportunity"] != (of.opportunity.pk if of.opportunity else None)
        account, deal = (arrived.workable(by.scope).filter(pk=deal.account_id).first(), deal) if chosen else (account, None)
    contact = of.contact if of.contact and account and of.contact.account_id == account.pk else None
    return Arrived(of.row, account, contact, deal)


def throw_away(which: UUID, *, by: Actor) -> None:
    """Nothing of the arrival is kept."""
    if not Arrival.objects.seen_by(by.scope).filter(pk=which).delete()[0]:
        raise NotSeen


def forget_arrivals(*, by: Actor, now: datetime) -> int:
    """What nobody kept within 30 days is gone, and what came for somebody who has left."""
    left = Person.objects.in_network(by).exclude(left=None).values("pk")
    rows = Arrival.objects.in_network(by).filter(Q(arrived__lt=now - KEPT) | Q(person__in=left))
    return rows.delete()[0]

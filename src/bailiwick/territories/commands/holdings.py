"""The right to call on an account in a sales line begins and ends."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from bailiwick.kit import Actor, NotAllowed, NotSeen, Refused, Role, day_of, say
from bailiwick.ledger.commands import record
from bailiwick.network.rules import in_person
from bailiwick.tenancy.adding import add_many
from bailiwick.territories import events
from bailiwick.territories.commands.accounts import Whose, editable_account, tie, tie_many
from bailiwick.territories.models import Account, Holding

TAKEN = say("Somebody else already calls on this company in this sales line.")
TAKEN_REMEDY = say("One company, one caller: ask your manager, or wait until it is free.")


def hold(
    accounts: Sequence[UUID], *, line: UUID, whose: Whose, by: Actor, now: datetime, reason: str = "claimed", judged: bool = False
) -> list[Holding]:
    """`whose.person` is the one caller of each account in `line` from now on.

    Of simultaneous claims the database lets exactly one in; the others are refused with the rule and the next step, and
    are not told whose customer it is. Whoever calls somewhere is a person: no program claims anything.
    """
    in_person(by)
    if not judged:
        for account in accounts:
            editable_account(account, by)
    rows = [_holding(account, line, whose, by, now, reason) for account in accounts]
    _begin(rows, by)
    tie(accounts, whose=whose, by=by)
    record(*(_began(row, whose, now) for row in rows), by=by, now=now)
    return rows


def _holding(account: UUID, line: UUID, whose: Whose, by: Actor, now: datetime, reason: str) -> Holding:
    return Holding(
        network_id=by.network,
        account_id=account,
        line_id=line,
        person_id=whose.person,
        unit_id=whose.unit,
        organization_id=whose.organization,
        reason=reason,
        since=now,
    )


def _begin(rows: Sequence[Holding], by: Actor) -> None:
    """These holdings begin, all of them or none. Raises `Refused` where one of the companies is held or contested."""
    _one_after_the_other([row.account_id for row in rows], by)
    try:
        with transaction.atomic():
            Holding.objects.in_network(by).bulk_create(rows)
    except IntegrityError as why:
        if "one_holder_an_account_and_line" not in str(why):
            raise NotSeen from None  # the line or the account is none of this network
        raise Refused("taken", TAKEN, TAKEN_REMEDY) from None


def _one_after_the_other(accounts: Sequence[UUID], by: Actor) -> None:
    """Claims and releases of one company queue here: two claims that met in the constraint would wait for each other.

    Tried with six processes on one account: 21 of 55 claims ended in DeadlockDetected, after a second of waiting.
    """
    rows = Account.objects.in_network(by).filter(pk__in=accounts).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))


def release(account: UUID, *, line: UUID, by: Actor, now: datetime, reason: str = "released") -> None:
    """Nobody calls on the account in `line` any more. By its holder, their manager or the partner's admin."""
    row = current(account, line, by)
    columns = {"unit": row.unit_id, "person": row.person_id, "organization": row.organization_id} if row else {}
    if row is None or not by.scope.sees(**columns):
        raise NotSeen
    if not (by.system or by.scope.may_edit(**columns)):  # a tie of one's own to the company is no right to the holding
        raise NotAllowed(say("You see this, but somebody else calls there."), say("Ask the holder, or the manager of the unit."))
    end([row], reason=reason, by=by, now=now)


def end(rows: Sequence[Holding], *, reason: str, by: Actor, now: datetime) -> None:
    """Those of these holdings that are open still end now; one event each. For commands that have judged the right."""
    _one_after_the_other([row.account_id for row in rows], by)
    still = Holding.objects.in_network(by).filter(pk__in=[row.pk for row in rows], until=None)
    rows = list(still)
    now = _not_before(rows, now)
    still.update(until=now)
    record(
        *(
            events.HolderEnded(
                subject=row.account_id,
                happened=now,
                day=day_of(now, "UTC"),
                unit=row.unit_id,
                person=row.person_id,
                organization=row.organization_id,
                holder=row.person_id,
                line=row.line_id,
                reason=reason,
            )
            for row in rows
            if row.person_id is not None
        ),
        by=by,
        now=now,
    )


def _not_before(rows: Sequence[Holding], now: datetime) -> datetime:
    """`now`, or the beginning of the latest of these: whoever waited for their turn knows an earlier hour than who had it."""
    return max([now, *(row.since for row in rows)])


def contest(accounts: Sequence[UUID], *, line: UUID, by: Actor, now: datetime) -> None:
    """Nobody holds these accounts in `line` until it is settled; everyone keeps the own opportunities.

    Refuses all of them where one is held or contested already: whoever calls there keeps the company until it is released.
    Takes thousands at once with the same few statements.
    """
    rows = [
        Holding(network_id=by.network, account_id=account, line_id=line, contested=True, reason="several work there", since=now)
        for account in accounts
    ]
    _begin(rows, by)
    record(
        *(
            events.AccountContested(subject=account, happened=now, day=now.date(), person=by.person, line=line)
            for account in accounts
        ),
        by=by,
        now=now,
    )


def settle_contested(choices: Mapping[UUID, Whose], *, by: Actor, now: datetime) -> int:
    """On each of these accounts the named person is the one caller wherever it was contested; the number of accounts.

    By the director. One event each. What somebody settled meanwhile stays as it is; where that is all of it, it is refused.
    Takes thousands at once with the same few statements. The way back is `release`, and a claim by somebody else.
    """
    if not (by.system or Role.DIRECTOR in by.scope.roles):
        raise NotAllowed(say("Contested companies are settled by the director."), say("Ask the director."))
    _one_after_the_other(list(choices), by)
    contested = Holding.objects.in_network(by).filter(account__in=choices, contested=True, until=None)
    before = list(contested.order_by("account", "line"))
    if not before:
        raise Refused("settled_already", say("None of these companies is contested any more."), say("Look at the page again."))
    found = [(row.account_id, row.line_id) for row in before]
    now = _not_before(before, now)
    contested.update(until=now)
    rows = [_holding(account, line, choices[account], by, now, "settled") for account, line in found]
    add_many(rows)
    tie_many(list({account: choices[account] for account, _ in found}.items()), by=by)
    record(*(_began(row, choices[row.account_id], now) for row in rows), by=by, now=now)
    return len({account for account, _ in found})


def current(account: UUID, line: UUID, by: Actor) -> Holding | None:
    """The open holding of an account in a line, held or contested."""
    return Holding.objects.in_network(by).filter(account=account, line=line, until=None).first()


def _began(row: Holding, whose: Whose, now: datetime) -> events.HolderBegan:
    return events.HolderBegan(
        subject=row.account_id,
        happened=now,
        day=day_of(now, whose.zone),
        unit=row.unit_id,
        person=row.person_id,
        organization=row.organization_id,
        holder=row.person_id or row.pk,
        line=row.line_id,
        reason=row.reason,
    )

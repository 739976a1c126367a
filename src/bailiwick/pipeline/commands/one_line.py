"""One typed line becomes what it says: an activity, a next step, a promise, a value, a decision."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bailiwick.kit import Actor, Refused, say
from bailiwick.pipeline.commands.activities import NewActivity, log_activities, promise
from bailiwick.pipeline.commands.closing import lose, win
from bailiwick.pipeline.commands.opening import NewOpportunity, change_opportunity, open_opportunities
from bailiwick.pipeline.commands.sides import own_side, today
from bailiwick.pipeline.models import Activity, Opportunity
from bailiwick.pipeline.rules.line import Understood


@dataclass(frozen=True, slots=True)
class KeptLine:
    """What a line has become: ids of the rows, as far as it said so."""

    activity: UUID
    opportunity: UUID | None
    task: UUID | None
    promise: UUID | None


def keep_line(line: Understood, *, by: Actor, now: datetime) -> KeptLine:
    """Everything that the line says is true, or nothing is: one transaction, refused where a part is refused.

    A value goes to the one open opportunity on the account, or opens one where there is none; with several open ones the
    line stays a note of the account and the value in its words. A line that fits several companies is asked about.
    """
    if line.account is None and line.account_candidates:
        fit = ", ".join(named.name for named in line.account_candidates[:5])
        raise Refused("which_account", say("Which one is meant: %(names)s?", names=fit), say("Write one more word of its name."))
    account = line.account.id if line.account else None
    deal = _deal(line, account, by, now)
    contact = line.contact.id if line.contact and line.contact.belongs == account else None
    if deal is not None:
        deal = _stated(line, deal, by, now)
    whose, on = own_side(by), deal.pk if deal else None
    first = NewActivity(
        kind=line.kind,
        text=line.text,
        account=account,
        contact=contact,
        opportunity=on,
        day=(line.when or today(whose, now)) if line.done else None,
        due=None if line.done else line.when,
        due_time=None if line.done else line.time,
        wanted_discount=line.discount,
    )
    new = [first, *_next_step(line, account, contact, on)]
    rows = log_activities(new, by=by, now=now)
    promised = _promised(line, account, on, by, now)
    _decided(line, deal, by, now)
    return KeptLine(rows[0].pk, on, rows[1].pk if len(rows) > 1 else None, promised)


def _deal(line: Understood, account: UUID | None, by: Actor, now: datetime) -> Opportunity | None:
    open_here = Opportunity.objects.seen_by(by.scope).filter(outcome=Opportunity.Outcome.OPEN)
    if line.opportunity is not None:
        return open_here.filter(pk=line.opportunity.id).first()
    if account is None:
        return None
    found = list(open_here.filter(account=account, person=by.person)[:2])
    if len(found) == 1:
        return found[0]
    if found or line.money is None or line.account is None:
        return None
    new = NewOpportunity(title=line.account.name, account=account, value=line.money.amount, currency=line.money.currency)
    return open_opportunities([new], by=by, now=now)[0]


def _stated(line: Understood, deal: Opportunity, by: Actor, now: datetime) -> Opportunity:
    if line.money is None or line.money.amount == deal.value:
        return deal
    if deal.currency and line.money.currency != deal.currency:
        return deal
    return change_opportunity(deal.pk, values={"value": line.money.amount}, version=deal.version, by=by, now=now)


def _next_step(line: Understood, account: UUID | None, contact: UUID | None, on: UUID | None) -> list[NewActivity]:
    if line.next is None:
        return []
    known = line.next.kind if line.next.kind in Activity.Kind.values else Activity.Kind.TASK
    return [NewActivity(kind=known, text=line.next.text, account=account, contact=contact, opportunity=on, due=line.next.by)]


def _promised(line: Understood, account: UUID | None, on: UUID | None, by: Actor, now: datetime) -> UUID | None:
    due = line.next.by if line.next else None
    if not line.promise or due is None:
        return None
    text = line.next.text if line.next and line.next.text else line.text[:400]
    return promise(text=text[:400], due=due, account=account, opportunity=on, by=by, now=now).pk


def _decided(line: Understood, deal: Opportunity | None, by: Actor, now: datetime) -> None:
    if line.outcome is None:
        return
    if deal is None:
        raise Refused(
            "which_deal",
            say("Which opportunity was decided? There is not exactly one open on this company."),
            say("Name it in the line, or open it and press Won or Lost."),
        )
    if line.outcome == "won":
        win(deal.pk, by=by, now=now)
    else:
        lose(deal.pk, reason=line.reason[:200], by=by, now=now)

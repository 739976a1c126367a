"""What territories answer to the questions that every package is asked (`ledger.asking`)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from bailiwick.kit import Actor, Scope, Sentence, say
from bailiwick.ledger.asking import Held, KeptRows
from bailiwick.network.models import Membership
from bailiwick.territories.commands import Whose, hold
from bailiwick.territories.commands.holdings import end
from bailiwick.territories.models import Account, Contact, Holding, Tie


def names(ids: Collection[UUID], viewer: Scope) -> Mapping[UUID, str | Sentence]:
    """Accounts and contacts in sight; an erased contact is "erased contact"."""
    if not ids:
        return {}
    found: dict[UUID, str | Sentence] = dict(Account.objects.seen_by(viewer).filter(pk__in=ids).values_list("pk", "name"))
    for row in Contact.objects.seen_by(viewer).filter(pk__in=ids):
        found[row.pk] = say("erased contact") if row.erased else row.name
    return found


def holdings(person: UUID, by: Actor) -> Sequence[Held]:
    """Accounts on which the person calls, by sales line."""
    rows = Holding.objects.in_network(by).filter(person_id=person, until=None).select_related("account", "line")
    return [Held("account", row.pk, row.account.name, row.unit_id, Sentence(row.line.name), row.organization_id) for row in rows]


def hand_over(things: Sequence[tuple[Held, UUID]], by: Actor, now: datetime) -> int:
    """Each holding ends and begins again with its receiver, in the unit where the receiver sells."""
    to = {held.id: receiver for held, receiver in things if held.kind == "account"}
    rows = list(Holding.objects.in_network(by).filter(pk__in=to, until=None).select_related("line"))
    end(rows, reason="handed over", by=by, now=now)
    sides = sides_of(set(to.values()), by)
    groups: dict[tuple[UUID, UUID], list[UUID]] = defaultdict(list)
    for row in rows:
        groups[to[row.pk], row.line_id].append(row.account_id)
    for (receiver, line), accounts in groups.items():
        hold(accounts, line=line, whose=sides[receiver], by=by, now=now, reason="handed over", judged=True)
    return len(rows)


def sides_of(people: Collection[UUID], by: Actor) -> dict[UUID, Whose]:
    """Where rows of these people stand: the unit in which they sell, else the one they manage."""
    rows = Membership.objects.in_network(by).filter(person__in=people, until=None).select_related("unit", "person")
    found: dict[UUID, Whose] = {}
    for row in sorted(rows, key=lambda member: (member.role not in ("seller", "partner_seller"), member.since)):
        side = Whose(unit=row.unit_id, person=row.person_id, organization=row.unit.organization_id, zone=row.unit.zone)
        found.setdefault(row.person_id, side)
    return found


def kept_about(person: UUID, viewer: Scope) -> Sequence[KeptRows]:
    """Companies on which the person calls or called, and those they had to do with."""
    held = Holding.objects.seen_by(viewer).filter(person_id=person).order_by("since")
    ties = Tie.objects.seen_by(viewer).filter(person_id=person).order_by("account__name")
    return [
        KeptRows(
            say("companies on which you call or called"),
            list(held.values("account__name", "line__name", "reason", "since", "until")),
        ),
        KeptRows(say("companies you had to do with"), list(ties.values("account__name"))),
    ]


def erase(subject: UUID, by: Actor, now: datetime) -> int:
    """Name and contact data of a contact are emptied; the id stays, so that history does."""
    gone = {"name": "", "position": "", "email": "", "phone": "", "source": "", "source_id": "", "custom": {}}
    return Contact.objects.in_network(by).filter(pk=subject).update(**gone, erased=now, archived=now)

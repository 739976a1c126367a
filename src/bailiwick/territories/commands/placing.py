"""Where companies belong is stated for many at once: city, country, sector."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from bailiwick.kit import Actor, NotAllowed, NotSeen, say
from bailiwick.ledger.commands import record
from bailiwick.tenancy.changing import change_many
from bailiwick.territories import events
from bailiwick.territories.models import Account
from bailiwick.territories.models.accounts import editable_ties

PLACES = ("city", "country", "sector")


def place_accounts(which: Sequence[UUID], values: Mapping[str, str], *, by: Actor, now: datetime) -> None:
    """Each card says where the company belongs as given; one event for each. By whoever may work on every one of them.

    No key of identity hangs on these fields, so that nobody's claim is touched.
    """
    names = [name for name in PLACES if name in values]
    rows = list(Account.objects.in_network(by).filter(pk__in=which, archived=None).select_for_update().order_by("pk"))
    if len(rows) < len(set(which)):
        raise NotSeen
    mine = set(editable_ties(by.scope).filter(account__in=which).values_list("account", flat=True))
    if not by.system and {row.pk for row in rows} - mine:
        raise NotAllowed(say("You see this card, but others work on it."), say("Ask its holder or their manager."))
    for row in rows:
        for name in names:
            setattr(row, name, values[name])
        row.version += 1
    change_many(rows, [*names, "version"], by=by)
    record(
        *(
            events.AccountChanged(subject=row.pk, happened=now, day=now.date(), person=by.person, columns=tuple(names))
            for row in rows
        ),
        by=by,
        now=now,
    )

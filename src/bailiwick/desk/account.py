"""Everything that the page and the endpoint of one company show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bailiwick.desk.timeline import Timeline, timeline
from bailiwick.kit import Scope, Sentence
from bailiwick.ledger import asking
from bailiwick.pipeline import queries as pipeline
from bailiwick.pipeline.models import Activity, Opportunity, Promise
from bailiwick.territories import queries
from bailiwick.territories.models import Account, Contact, Holding


@dataclass(frozen=True, slots=True)
class AccountCard:
    """One company: its card, who holds it, and what hangs on it as far as the viewer sees that."""

    account: Account
    contacts: list[Contact]
    holdings: list[Holding]
    names: Mapping[UUID, str | Sentence]
    deals: list[Opportunity]
    tasks: list[Activity]
    promises: list[Promise]
    timeline: Timeline


def account_card(viewer: Scope, which: UUID, today: date) -> AccountCard:
    """The card of a company in sight; raises `NotSeen`."""
    account = queries.account(viewer, which)
    holdings = queries.holders(viewer, [which])
    activities, promises = pipeline.of_account(viewer, which)
    return AccountCard(
        account=account,
        contacts=queries.contacts(viewer, which),
        holdings=holdings,
        names=asking.names([one.person_id for one in holdings if one.person_id], viewer),
        deals=pipeline.shown(viewer, pipeline.opportunities(viewer, today=today, account=which).order_by("-created")[:50]),
        tasks=[one for one in activities if not one.done and not one.dropped],
        promises=promises,
        timeline=timeline(viewer, which),
    )

"""What waits in the store, of all networks, and for how long. Counts and ages; no name."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from bailiwick.exchange.queries import asked_since
from bailiwick.hooks.queries import waiting as of_hooks
from bailiwick.kit import Scope
from bailiwick.ledger.queries import sealing
from bailiwick.notices.queries import outbox
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.within import within

NOBODY = UUID(int=0)
NONE = timedelta()


@dataclass(slots=True)
class Waiting:
    """Sums over the networks, and of ages the worst. `seal_age` is None where no network has a seal."""

    messages: int = 0
    given_up: int = 0
    message_late: timedelta = NONE
    deliveries: int = 0
    delivery_late: timedelta = NONE
    imports: int = 0
    import_late: timedelta = NONE
    unsealed: timedelta = NONE
    seal_age: timedelta | None = field(default=None)


def waiting(now: datetime) -> Waiting:
    """What `bailiwick doctor` asks of each network by the same queries, added up."""
    told = Waiting()
    for network in Network.objects.order_by("created"):
        nobody = Scope(network.pk, NOBODY)
        with within(network.pk):
            box, asked, seals = outbox(nobody, now), asked_since(nobody), sealing(nobody)
            deliveries, due = of_hooks(nobody, now)
        told.messages += box.waiting
        told.given_up += box.given_up
        told.message_late = max(told.message_late, now - box.due_since if box.due_since else NONE)
        told.deliveries += deliveries
        told.delivery_late = max(told.delivery_late, now - due if due else NONE)
        told.imports += len(asked)
        told.import_late = max(told.import_late, now - asked[0] if asked else NONE)
        told.unsealed = max(told.unsealed, now - seals.waits_since if seals.waits_since else NONE)
        if seals.newest:
            told.seal_age = max(told.seal_age or NONE, now - seals.newest)
    return told

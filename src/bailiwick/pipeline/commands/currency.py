"""Amounts that came without a currency get one."""

from bailiwick.kit import Actor, NotAllowed, Role, say
from bailiwick.pipeline.models import Opportunity


def state_currency(currency: str, *, by: Actor) -> int:
    """Opportunities whose source named no currency are in `currency`; their number. Director only, one statement.

    Their versions stay: nobody worked on them, and the next export of the source goes on with them.
    """
    if not (by.system or Role.DIRECTOR in by.scope.roles):
        raise NotAllowed(say("The currency is stated by the director."), say("Ask the director."))
    return Opportunity.objects.in_network(by).filter(currency="").update(currency=currency)

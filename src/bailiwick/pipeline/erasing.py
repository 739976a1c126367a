"""What erasing a person, contact or lead means for words: own ones are emptied, names are struck from those of others."""

import re
from typing import Any
from uuid import UUID

from django.db.models import F, Func, Q, Value

from bailiwick.kit import Actor, Door
from bailiwick.ledger.models import Entry
from bailiwick.lists.commands import forget
from bailiwick.network.models import Person
from bailiwick.pipeline import events
from bailiwick.pipeline.models import Activity, Arrival, Lead, Opportunity, Promise
from bailiwick.territories.models import Contact

WRITTEN: tuple[tuple[Any, str], ...] = ((Activity, "text"), (Promise, "text"), (Opportunity, "reason"), (Lead, "reason"))
# Events of those who wrote such words: whoever only finished, kept, moved or handed over is no author.
WRITING = (
    events.TaskPlanned, events.PromiseMade, events.OpportunityLost, events.OpportunityWithdrawn, events.LeadClosed,
)  # fmt: skip
NAMING: tuple[tuple[Any, str], ...] = (*WRITTEN, (Opportunity, "title"), (Arrival, "text"), (Arrival, "who"))
STRUCK = "\N{HORIZONTAL ELLIPSIS}"
SHORTEST = 4  # a shorter text is a syllable of too much else


def empty_words_of(person: UUID, by: Actor) -> int:
    """What the person wrote is empty, also on rows that others hold by now: the ledger knows who wrote them.

    Who finished a task of somebody else wrote only if they added words, which cannot be told apart from the words before.
    Whoever imported a file wrote none of its words.
    """
    logged = Q(kind=events.ActivityLogged.KIND) & (Q(facts__wrote=True) | Q(facts__wrote__isnull=True))
    acts = Entry.objects.in_network(by).filter(by=person).exclude(door=Door.IMPORT)
    theirs = acts.filter(logged | Q(kind__in=[event.KIND for event in WRITING])).values("subject")
    return sum(
        model.objects.in_network(by).filter(Q(person=person) | Q(pk__in=theirs)).exclude(**{column: ""}).update(**{column: ""})
        for model, column in WRITTEN
    )


def forget_arrivals_of(subject: UUID, by: Actor) -> int:
    """What came in for the person, or from the contact, is gone: nobody has kept it."""
    return Arrival.objects.in_network(by).filter(Q(person=subject) | Q(contact=subject)).delete()[0]


def strike_names(subject: UUID, by: Actor) -> int:
    """Name, e-mail address and telephone number of a person or contact no longer stand in anybody's words, views or changes."""
    struck = 0
    for text in _known(subject, by):
        struck += forget(text, by=by)
        for model, column in NAMING:
            rows = model.objects.in_network(by).filter(**{f"{column}__icontains": text})
            pattern = Value(re.escape(text))
            struck += rows.update(**{column: Func(F(column), pattern, Value(STRUCK), Value("gi"), function="regexp_replace")})
    return struck


def _known(subject: UUID, by: Actor) -> set[str]:
    found: set[str] = set()
    for model in (Person, Contact, Lead):
        for row in model.objects.in_network(by).filter(pk=subject).values_list("name", "email", "phone"):
            found |= {text for text in row if len(text) >= SHORTEST}
    return found

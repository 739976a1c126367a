"""A person's own settings."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from bailiwick.kit import Actor
from bailiwick.network.models import Person
from bailiwick.network.rules import in_person

OWN = ("language", "theme", "quiet_from", "quiet_until", "digest", "remind_tasks", "remind_promises")


def prefer(values: Mapping[str, Any], *, by: Actor) -> None:
    """The person's language, theme, quiet hours and kinds of messages are as given; anything else is ignored."""
    in_person(by)
    Person.objects.in_network(by).filter(pk=by.person).update(**{name: values[name] for name in OWN if name in values})


def read_until(until: datetime, *, by: Actor, now: datetime) -> None:
    """What the actor was told up to then is not new to them any more; never in the future, and never back."""
    rows = Person.objects.in_network(by).filter(Q(told_until=None) | Q(told_until__lt=until), pk=by.person)
    rows.update(told_until=min(until, now))

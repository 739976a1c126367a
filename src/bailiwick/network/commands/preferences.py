"""A person's own settings."""

from collections.abc import Mapping
from typing import Any

from bailiwick.kit import Actor
from bailiwick.network.models import Person

OWN = ("language", "theme", "quiet_from", "quiet_until", "digest", "remind_tasks", "remind_promises")


def prefer(values: Mapping[str, Any], *, by: Actor) -> None:
    """The person's language, theme, quiet hours and kinds of messages are as given; anything else is ignored."""
    Person.objects.in_network(by).filter(pk=by.person).update(**{name: values[name] for name in OWN if name in values})

"""Fields that another system is the master of: every command asks here before it changes a row that came from a source.

Who keeps which field is known to a package above (`settings.MASTERS`); it is asked in the same words by every one below.
"""

from collections.abc import Collection, Iterable, Mapping
from importlib import import_module

from django.conf import settings

from bailiwick.kit import Refused, Sentence, say
from bailiwick.tenancy.walls import InNetwork

Kept = Mapping[str, frozenset[str]]


def kept_elsewhere(kind: str, sources: Iterable[str], by: InNetwork) -> Kept:
    """By source, the fields of its rows of a kind that are kept there; no question where no row came from a source."""
    wanted: Collection[str] = {source for source in sources if source}
    found: Kept = import_module(settings.MASTERS).kept_elsewhere(kind, wanted, by) if wanted else {}
    return found


def refuse_kept_elsewhere(
    kind: str, changes: Iterable[tuple[str, Iterable[str]]], labels: Mapping[str, Sentence], by: InNetwork
) -> None:
    """Raises `Refused` where a row of a source (the first of each pair) would be changed in a field that is kept there."""
    changes = [(source, list(fields)) for source, fields in changes]
    kept = kept_elsewhere(kind, [source for source, _ in changes], by)
    for source, fields in changes:
        for field in fields:
            if field in kept.get(source, ()):
                raise Refused(
                    "kept_elsewhere",
                    say("%(field)s is kept in %(source)s.", field=labels.get(field, field), source=source),
                    say("Change it there: it comes here with the next export."),
                )

"""What exchange answers to those who ask before they change a row: which of its fields are kept elsewhere."""

from collections.abc import Collection, Mapping

from bailiwick.exchange.models import StandingSource
from bailiwick.exchange.rules.masters import SOURCE, of_kind
from bailiwick.tenancy.walls import InNetwork


def kept_elsewhere(kind: str, sources: Collection[str], by: InNetwork) -> Mapping[str, frozenset[str]]:
    """By source, the fields of its rows of a kind of which it is the master."""
    rows = StandingSource.objects.in_network(by).filter(ended=None, source__in=sources).exclude(masters={})
    return {source: of_kind(masters, kind, SOURCE) for source, masters in rows.values_list("source", "masters")}

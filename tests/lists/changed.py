"""A change of many rows as a row: what tests of doors and walls open."""

from uuid import UUID

from bailiwick.lists.models import Change
from tests.village import NOW, Village


def a_change(village: Village, name: str, deal: UUID | None = None) -> Change:
    """This person stated anew where one of their deals came from, and can undo it."""
    which = deal or village.deals["Hafen Logistik GmbH terminals"].pk
    change: Change = Change.objects.in_network(village.by).create(
        network_id=village.by.network,
        of="pipeline",
        act="origin",
        person=village.people[name].pk,
        rows=[[str(which), 1, "fair"]],
        made=NOW,
    )
    return change

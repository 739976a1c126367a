"""What undoing an import leaves in place: what people touched, and what something that stays needs without a key to it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from bailiwick.exchange.commands.intake import changes
from bailiwick.exchange.models import Import, Taken
from bailiwick.kit import Role
from bailiwick.network.models import Access, Invitation, Membership
from bailiwick.pipeline.models import Activity
from bailiwick.tenancy.walls import InNetwork
from bailiwick.territories.models import Holding, Tie

# The ledger is walked once; what it tells of rows of other imports is of no interest.
HAPPENED = """
SELECT DISTINCT row FROM ledger_entry entry, unnest(entry.about) AS told(row)
WHERE entry.network_id = %s AND entry.recorded > %s AND entry.door <> 'import' AND row = ANY(%s)
"""


def touched_since(of: Import, notes: Sequence[Taken], by: InNetwork) -> set[UUID]:
    """Rows of a later version than the import left, and those about which something happened since.

    What stands on the card of a company that was here before counts as touched with the card.
    """
    told = {note.row: note.version for note in notes}
    with connection.cursor() as cursor:
        on_cards = _on_cards(notes, by)
        cursor.execute(HAPPENED, [by.network, of.taken, [*told, *on_cards.values()]])
        happened = {row for (row,) in cursor.fetchall()}
    later = set[UUID]()
    for kind, rows in _by_kind(notes).items():
        stored = _model(kind).objects.in_network(by).filter(pk__in=rows).values_list("pk", "version")
        later |= {pk for pk, version in stored if version != told[pk]}
    return later | (happened & told.keys()) | {row for row, card in on_cards.items() if card in happened}


def hold_still(notes: Sequence[Taken], by: InNetwork) -> None:
    """Nobody changes these rows until the end of the act; in one order, as every command locks them."""
    for kind, ids in sorted(_by_kind(notes).items()):
        rows = _model(kind).objects.in_network(by).filter(pk__in=ids).order_by("pk")
        list(rows.select_for_update().values_list("pk"))


def _model(kind: str) -> Any:
    return changes.CARDS[kind][0] if kind in changes.CARDS else changes.OTHERS[kind]


def _by_kind(notes: Sequence[Taken]) -> Mapping[str, list[UUID]]:
    rows: dict[str, list[UUID]] = defaultdict(list)
    for note in notes:
        if note.version and note.kind in changes.COUNTED:
            rows[note.kind].append(note.row)
    return rows


def _on_cards(notes: Sequence[Taken], by: InNetwork) -> dict[UUID, UUID]:
    """The account of each tie and holding that the import left on older cards."""
    rows = [note.row for note in notes if note.kind in ("tie", "holding")]
    found: dict[UUID, UUID] = {}
    for model in (Tie, Holding) if rows else ():
        found |= dict(model.objects.in_network(by).filter(pk__in=rows).values_list("pk", "account"))
    return found


class Spared:
    """Rows that something needs which names them by id only: logins, invitations, ties, holdings, places of people."""

    def __init__(self, of: Import, people: Collection[UUID], by: InNetwork) -> None:
        self._of, self._people, self._by = of, people, by

    def of(self, kind: str, rows: Collection[UUID]) -> set[UUID]:
        """Those of these rows of a kind that stay; to be asked when what refers to them is gone."""
        if kind == "person":
            return self._working(rows)
        return self._staffed(rows) if kind == "unit" else set()

    def _working(self, people: Collection[UUID]) -> set[UUID]:
        """People with a login or an invitation, and callers of companies that stay."""
        doors = (Access.objects.filter(network=self._by.network), Invitation.objects.filter(network=self._by.network))
        found = {row for rows in doors for row in rows.filter(person__in=people).values_list("person", flat=True) if row}
        holders = Holding.objects.in_network(self._by).filter(person_id__in=people)
        return found | {row for row in holders.values_list("person_id", flat=True) if row}

    def _staffed(self, units: Collection[UUID]) -> set[UUID]:
        """Units in which somebody has a place who stays; whom the import itself let act there has none."""
        acting = Q(role=Role.MANAGER, acting=True, since__lte=self._of.taken) & ~Q(person__in=self._people)
        places = Membership.objects.in_network(self._by).filter(unit__in=units).exclude(acting)
        invited = Invitation.objects.filter(network=self._by.network, unit__in=units, used=None)
        called = Holding.objects.in_network(self._by).filter(unit_id__in=units)
        rows = (*places.values_list("unit", flat=True), *called.values_list("unit_id", flat=True))
        return {row for row in (*rows, *invited.values_list("unit", flat=True)) if row}


def on_timelines(activities: Collection[UUID], by: InNetwork) -> set[UUID]:
    """The companies with which these activities were."""
    rows = Activity.objects.in_network(by).filter(pk__in=activities, account__isnull=False)
    return set(rows.values_list("account", flat=True))


def forget_ties(people: Collection[UUID], by: InNetwork) -> None:
    """Nobody who is gone has to do with a company that stays."""
    Tie.objects.in_network(by).filter(person_id__in=people).delete()

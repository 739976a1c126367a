"""Views are saved and dropped; many rows are changed at once, after a look at what would happen, and back again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, quote_plus
from uuid import UUID

from django.db.models import Q

from bailiwick.fields.typed import Unreadable, read
from bailiwick.kit import Actor, Invalid, NotAllowed, NotSeen, Problem, Refused, Sentence, say
from bailiwick.ledger.masters import kept_elsewhere
from bailiwick.lists.asking import Chosen
from bailiwick.lists.listing import SAME, Act, Listing, Seen
from bailiwick.lists.models import Change, View
from bailiwick.tenancy.turns import take_turns
from bailiwick.tenancy.walls import InNetwork

MOST, MOST_VIEWS = 2000, 50
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Judged:
    """What an act would do: the rows that would change, and those left as they are with the reason."""

    value: Any
    changes: Sequence[Any]
    left: Sequence[tuple[Any, Sentence]]


def value_of(act: Act, typed: str, seen: Seen) -> Any:
    """What was typed or chosen for an act, as a value; raises `Invalid`."""
    try:
        if act.field is not None:
            return read(act.field, typed)
        if act.choices is not None and typed in {value for value, _ in act.choices(seen)}:
            return act.means(typed, seen)
    except Unreadable as why:
        raise Invalid([Problem("value", why.sentence)]) from None
    raise Invalid([Problem("value", say("Choose one of the values offered."))])


def judge(listing: Listing, act: Act, which: Mapping[UUID, int], typed: str, *, by: Actor, seen: Seen) -> Judged:
    """What `act` would do to the rows in sight among `which` (id and the version that was read, 0 for none)."""
    value = value_of(act, typed, seen)
    if len(which) > MOST:
        raise too_many()
    changes, left = [], []
    rows = list(listing.rows(seen).filter(pk__in=list(which)).order_by("pk"))
    kept = _kept(act, rows, by)
    for row in rows:
        why = act.refuses(row, value, by) or kept.get(row.pk)
        if why is None and which[row.pk] not in (0, row.version):
            why = say("somebody changed it since")
        if why is None:
            changes.append(row)
        else:
            left.append((row, why))
    return Judged(value, changes, left)


def _kept(act: Act, rows: Sequence[Any], by: Actor) -> Mapping[UUID, Sentence]:
    """Why rows stay whose field is kept in the source that they came from."""
    kind, field = act.states
    kept = kept_elsewhere(kind, {row.source for row in rows}, by) if kind else {}
    return {
        row.pk: say("it is kept in %(source)s", source=row.source) for row in rows if kind and field in kept.get(row.source, ())
    }


def too_many() -> Refused:
    """More rows than one act may change."""
    return Refused(
        "too_many_rows",
        say("At most %(most)s rows are changed at once.", most=MOST),
        say("Narrow the list by a condition, and do it in parts."),
    )


def change(
    listing: Listing, act: Act, which: Mapping[UUID, int], typed: str, *, by: Actor, seen: Seen, now: datetime
) -> tuple[Change | None, Judged]:
    """Every row that may be changed is; what each said before is kept, so that the person can undo all of it.

    Rows that the rule leaves alone stay; the answer names them. Without a row to change nothing is kept.
    """
    _held_still(listing, which, by)
    found = judge(listing, act, which, typed, by=by, seen=seen)
    if not found.changes:
        return None, found
    before = {row.pk: act.before(row) for row in found.changes}
    act.apply(list(before), found.value, by, now)
    return kept_for_undo(listing.name, listing.model, act.name, before, by=by, now=now), found


def _held_still(listing: Listing, which: Iterable[UUID], by: InNetwork) -> None:
    """Nobody changes these rows between the look at what they say and the act; in one order, as every command locks them."""
    rows = listing.model.objects.in_network(by).filter(pk__in=list(which)).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))


def change_one(
    listing: Listing, act: Act, which: UUID, version: int, typed: str, *, by: Actor, seen: Seen, now: datetime
) -> None:
    """The row says what was typed, as `change`; what may not be is refused with the reason."""
    _, found = change(listing, act, {which: version}, typed, by=by, seen=seen, now=now)
    for _, why in found.left:
        if why is not SAME:
            raise NotAllowed(why)


def kept_for_undo(of: str, model: type[Any], act: str, before: Mapping[UUID, str], *, by: Actor, now: datetime) -> Change:
    """What rows said before an act that was done, so that whoever did it can take it back."""
    Change.objects.in_network(by).filter(person=by.person, made__lt=now - KEPT).delete()
    # Also of rows that left the actor's sight by the act itself.
    after = dict(model.objects.in_network(by).filter(pk__in=before).values_list("pk", "version"))
    made: Change = Change.objects.in_network(by).create(
        network_id=by.network,
        of=of,
        act=act,
        person=by.person,
        rows=[[str(which), after.get(which, 0), said] for which, said in before.items()],
        made=now,
    )
    return made


def undo(change: UUID, listings: Mapping[str, Listing], *, by: Actor, seen: Seen, now: datetime) -> tuple[int, list[Any]]:
    """Rows say again what they said before; those that somebody changed since stay, and are the second of the answer."""
    row = Change.objects.seen_by(by.scope).select_for_update().filter(pk=change).first()
    listing = listings.get(row.of) if row else None
    act = listing.act(row.act, by.scope) if row and listing else None
    if row is None or listing is None or act is None:
        raise NotSeen
    if row.undone is not None:
        raise Refused("undone_already", say("This was undone already."))
    kept = {UUID(which): (version, said) for which, version, said in row.rows}
    _held_still(listing, kept, by)
    groups: dict[str, list[UUID]] = {}
    values: dict[str, Any] = {}
    stays = []
    rows = list(listing.rows(seen).filter(pk__in=list(kept)).order_by("pk"))
    elsewhere = _kept(act, rows, by)
    for one in rows:
        version, said = kept[one.pk]
        if said not in values:
            values[said] = read(act.field, said) if act.field is not None else act.means(said, seen)
        if one.version != version or one.pk in elsewhere or act.refuses(one, values[said], by):
            stays.append(one)
        else:
            groups.setdefault(said, []).append(one.pk)
    for said, which in groups.items():
        act.apply(which, values[said], by, now)
    row.undone = now
    row.save(update_fields=["undone"])
    return sum(map(len, groups.values())), stays


def save_view(chosen: Chosen, *, name: str, shared: str, by: Actor, now: datetime) -> View:
    """The question is kept under a name; one's own view of that name asks this from now on."""
    take_turns("lists.views", by.person)  # or two windows would both find a place for the last one
    own = View.objects.in_network(by).filter(person=by.person)
    home = by.scope.home
    if shared == View.Shared.UNIT and home is None:
        raise Invalid([Problem("shared", say("You are in no unit of which others could have it."))])
    if own.count() >= MOST_VIEWS and not own.filter(of=chosen.listing.name, name=name).exists():
        raise Refused(
            "too_many_views", say("You have %(most)s views already.", most=MOST_VIEWS), say("Drop one that you no longer use.")
        )
    told = {
        "query": chosen.query(),
        "shared": shared,
        "unit": home.unit if home else None,
        "organization": by.scope.firm,
        "made": now,
    }
    view: View = own.update_or_create(network_id=by.network, person=by.person, of=chosen.listing.name, name=name, defaults=told)[
        0
    ]
    return view


def forget(text: str, *, by: InNetwork) -> int:
    """No view and no change holds this text any more, a name or an address that is erased; nor as a query writes it."""
    written = {text, quote_plus(text), quote(text)}
    views, changes = Q(), Q(rows__icontains=text)
    for one in written:
        views |= Q(name__icontains=one) | Q(query__icontains=one)
    gone = View.objects.in_network(by).filter(views).delete()[0]
    return gone + Change.objects.in_network(by).filter(changes).delete()[0]


def drop_view(view: UUID, *, by: Actor) -> View:
    """The view is gone for everybody who had it. By whoever made it."""
    found = View.objects.seen_by(by.scope).filter(pk=view, person=by.person).first()
    if found is None:
        raise NotSeen
    found.delete()
    return found

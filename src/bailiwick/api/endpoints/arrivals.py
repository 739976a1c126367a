"""My arrivals: mails and invitations that are given, proposed as activities, and kept or thrown away."""

from bailiwick.api.asked import Asked, Told
from bailiwick.api.door import endpoint
from bailiwick.api.schemas import Id, Taken, built
from bailiwick.api.shapes.arrivals import ArrivalShown, TakenInShown
from bailiwick.api.shapes.doings import ActivityShown
from bailiwick.api.shapes.plain import Everything
from bailiwick.kit.scope import SELLING
from bailiwick.pipeline import arrived, commands
from bailiwick.pipeline.fields import ACTIVITY

MEDIA = ("message/rfc822", "text/calendar")


class Chosen(Taken):
    """Whom it concerns, where that is not as proposed."""

    account: Id | None = None
    opportunity: Id | None = None


ArrivalKept = built("ArrivalKept", ACTIVITY, Chosen, partial=True)


@endpoint("GET", "/arrivals", name="arrivals", roles=SELLING, gives=Everything[ArrivalShown])
def arrivals(asked: Asked) -> Told:
    """What waits for me to be kept or thrown away, the latest first, at most a hundred. Nobody else sees it."""
    return Told(Everything[ArrivalShown](items=[ArrivalShown.of(one) for one in arrived.arrivals(asked.viewer)]))


@endpoint("POST", "/arrivals", name="arrival_new", roles=SELLING, media=MEDIA, gives=TakenInShown, status=201)
def arrival_new(asked: Asked, raw: bytes) -> Told:
    """Give one mail or calendar file, at most 10 MB; what it says is proposed to me. The message itself is not kept."""
    taken = commands.take_in(raw, language=asked.speech.locale, by=asked.actor, now=asked.now)
    ids = {row.pk for row in taken.new}
    shown = [ArrivalShown.of(one) for one in arrived.arrivals(asked.viewer) if one.row.pk in ids]
    return Told(TakenInShown(proposed=shown, known=taken.known, withdrawn=taken.withdrawn))


@endpoint("POST", "/arrivals/{uuid:arrival}/keep", name="arrival_keep", roles=SELLING, takes=ArrivalKept, gives=ActivityShown)
def arrival_keep(asked: Asked, arrival: Id, given: Chosen) -> Told:
    """Keep it as an activity, as proposed or as said otherwise; with a day and a next step it is a task besides."""
    chosen = {name: getattr(given, name) for name in ("account", "opportunity") if name in given.model_fields_set}
    row = commands.keep_arrival(arrival, values=given.values() | chosen, by=asked.actor, now=asked.now)
    return Told(ActivityShown.of(row))


@endpoint("DELETE", "/arrivals/{uuid:arrival}", name="arrival_throw", roles=SELLING)
def arrival_throw(asked: Asked, arrival: Id) -> Told:
    """Throw it away; nothing of it is kept."""
    commands.throw_away(arrival, by=asked.actor)
    return Told()

"""Standing sources: which there are, and files delivered for one."""

from bailiwick.api.asked import Asked, Told
from bailiwick.api.bearer import FILE
from bailiwick.api.door import endpoint
from bailiwick.api.schemas import FileName, Id
from bailiwick.api.shapes.plain import Everything
from bailiwick.api.shapes.sources import IncomingShown, SourceShown
from bailiwick.exchange import standing
from bailiwick.exchange.commands.gathering import deliver
from bailiwick.exchange.commands.unpacking import TOGETHER, Given
from bailiwick.kit.scope import DEALING


@endpoint("GET", "/sources", name="sources", roles=DEALING, gives=Everything[SourceShown])
def sources(asked: Asked) -> Told:
    """Sources whose exports are taken in again by themselves, by name, as the director sees them; never their tokens."""
    found = standing.standing_sources(asked.viewer)
    return Told(Everything[SourceShown](items=[SourceShown.of(one, asked.speech) for one in found]))


@endpoint(
    "POST",
    "/sources/{uuid:source}/files",
    name="source_deliver",
    roles=DEALING,
    gives=IncomingShown,
    status=202,
    media=(FILE,),
    most=TOGETHER,
)
def source_deliver(asked: Asked, source: Id, name: FileName, raw: bytes) -> Told:
    """Deliver a file of a standing source, as the body. It is taken in with the next export, as its source says when.

    A token made for this source opens this and nothing else. The same file twice in a row is one, so that it can be sent again
    whenever an answer was lost.
    """
    token = asked.caller.token
    only = token.pk if token.scope == "deliver" else None
    row, _ = deliver(source, Given(name, raw), token=only, by=asked.actor, now=asked.now)
    return Told(IncomingShown.of(row))

"""Who I am, and what is kept about me."""

from bailiwick.api.asked import Asked, Told
from bailiwick.api.door import endpoint
from bailiwick.api.shapes.doings import KeptRowsShown, KeptShown
from bailiwick.api.shapes.network import Me
from bailiwick.desk.kept import document
from bailiwick.network.queries import home_unit, oneself


@endpoint("GET", "/me", name="me", gives=Me)
def me(asked: Asked) -> Told:
    """Who the token is: person, roles, network."""
    return Told(Me.of(asked, oneself(asked.viewer), home_unit(asked.viewer)))


@endpoint("GET", "/me/kept", name="kept", gives=KeptShown)
def kept(asked: Asked) -> Told:
    """Every row that is kept about me, by kind; also who looked at my rows, and what they are called."""
    kinds, names = document(asked.viewer)
    items = [KeptRowsShown(what=asked.speech.say(kind.what), rows=[dict(row) for row in kind.rows]) for kind in kinds]
    return Told(KeptShown(items=items, names={who: asked.speech.say(name) for who, name in names.items()}))

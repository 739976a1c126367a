"""Who I am, and what is kept about me."""

from bailiwick.api.asked import Asked, Told
from bailiwick.api.door import endpoint
from bailiwick.api.shapes.doings import KeptRowsShown
from bailiwick.api.shapes.network import Me
from bailiwick.api.shapes.plain import Everything
from bailiwick.ledger.asking import kept_about
from bailiwick.network.queries import home_unit


@endpoint("GET", "/me", name="me", gives=Me)
def me(asked: Asked) -> Told:
    """Who the token is: person, roles, network."""
    return Told(Me.of(asked, home_unit(asked.viewer)))


@endpoint("GET", "/me/kept", name="kept", gives=Everything[KeptRowsShown])
def kept(asked: Asked) -> Told:
    """Every row that is kept about me, by kind; also who looked at my rows."""
    rows = kept_about(asked.person.pk, asked.viewer)
    shown = [KeptRowsShown(what=asked.speech.say(one.what), rows=[dict(row) for row in one.rows]) for one in rows]
    return Told(Everything[KeptRowsShown](items=shown))

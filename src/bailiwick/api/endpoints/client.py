"""The client's own projects."""

from bailiwick.api.asked import Asked, Told
from bailiwick.api.door import endpoint
from bailiwick.api.shapes.client import ClientProjectShown
from bailiwick.api.shapes.plain import Everything
from bailiwick.desk.client import client_projects
from bailiwick.kit import Role
from bailiwick.performance.queries import today_of


@endpoint("GET", "/client", name="client", roles=frozenset({Role.CLIENT}), gives=Everything[ClientProjectShown])
def client(asked: Asked) -> Told:
    """The projects that are done for your organization: progress, appointments and next steps."""
    found = client_projects(asked.viewer, today_of(asked.network, asked.today))
    return Told(Everything[ClientProjectShown](items=[ClientProjectShown.of(one) for one in found]))

"""Who acts when no person does: the command line and the clock."""

from uuid import UUID

from bailiwick.kit import Actor, Door, Role, Scope

NOBODY = UUID(int=0)


def clerk(network: UUID, door: Door = Door.COMMAND) -> Actor:
    """The operator of this machine, acting in `network`; events name nobody and the door."""
    return Actor(Scope(network, NOBODY, roles=frozenset({Role.DIRECTOR}), everything=True), door, system=True)

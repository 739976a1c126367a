"""Who acts, and through which door."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bailiwick.kit.scope import Scope


class Door(StrEnum):
    """The way by which an act came in; kept with each event."""

    PAGE = "page"
    API = "api"
    IMPORT = "import"
    COMMAND = "command"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person of a network acting now. `system` marks acts of the firm's own set-up, which no role limits."""

    scope: Scope
    door: Door
    system: bool = False

    @property
    def network(self) -> UUID:
        return self.scope.network

    @property
    def person(self) -> UUID:
        return self.scope.person

"""What is kept about the viewer, who looked at it, and all of it as one document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from bailiwick.desk.timeline import Timeline, told
from bailiwick.kit import Scope, Sentence
from bailiwick.ledger import asking, queries
from bailiwick.ledger.asking import KeptRows
from bailiwick.ledger.models import AccessRecord
from bailiwick.network.queries import who_looked

MOST_LOOKS = 100_000


@dataclass(frozen=True, slots=True)
class KeptAboutMe:
    """`kinds`: every row by kind; `looks`: who looked, with their `names`; `timeline`: events, newest first."""

    kinds: Sequence[KeptRows]
    looks: Sequence[AccessRecord]
    names: Mapping[UUID, str | Sentence]
    timeline: Timeline


def kept(viewer: Scope, *, most: int = 30) -> KeptAboutMe:
    """Everything about the viewer; of events and looks the last `most`."""
    looks = queries.looks_at(viewer, viewer.person, most=most)
    viewers = {look.viewer for look in looks}
    names = asking.names(viewers, viewer) | who_looked(viewer, viewers)
    line = told(viewer, queries.acts_of(viewer, viewer.person, most=most))
    return KeptAboutMe(asking.kept_about(viewer.person, viewer), looks, names, line)


def document(viewer: Scope) -> tuple[Sequence[KeptRows], Mapping[UUID, str | Sentence]]:
    """Every row without a limit, and the names of those who looked."""
    kinds = asking.kept_about(viewer.person, viewer)
    looks = {look.viewer for look in queries.looks_at(viewer, viewer.person, most=MOST_LOOKS)}
    return kinds, asking.names(looks, viewer) | who_looked(viewer, looks)

"""What is kept about the viewer, who looked at it, and all of it as one document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from bailiwick.kit import Scope, Sentence
from bailiwick.ledger import asking, queries
from bailiwick.ledger.asking import KeptRows
from bailiwick.ledger.models import AccessRecord
from bailiwick.ledger.queries import Happening
from bailiwick.network.queries import who_looked
from bailiwick.pipeline.queries import texts

MOST_LOOKS = 100_000


@dataclass(frozen=True, slots=True)
class KeptAboutMe:
    """`kinds`: every row by kind; `looks`: who looked; `happened`: events, newest first; `names` of the ids in both."""

    kinds: Sequence[KeptRows]
    looks: Sequence[AccessRecord]
    happened: Sequence[Happening]
    names: Mapping[UUID, str | Sentence]
    words: Mapping[UUID, str]


def kept(viewer: Scope, *, most: int = 30) -> KeptAboutMe:
    """Everything about the viewer; of events and looks the last `most`."""
    looks = queries.looks_at(viewer, viewer.person, most=most)
    happened = queries.acts_of(viewer, viewer.person, most=most)
    ids = {look.viewer for look in looks} | {one.by for one in happened} | {one.subject for one in happened}
    ids |= {value for one in happened for value in one.facts.values() if isinstance(value, UUID)}
    names = asking.names(ids, viewer) | who_looked(viewer, {look.viewer for look in looks})
    return KeptAboutMe(
        asking.kept_about(viewer.person, viewer), looks, happened, names, texts(viewer, [one.subject for one in happened])
    )


def document(viewer: Scope) -> tuple[Sequence[KeptRows], Mapping[UUID, str | Sentence]]:
    """Every row without a limit, and the names of those who looked."""
    kinds = asking.kept_about(viewer.person, viewer)
    looks = {look.viewer for look in queries.looks_at(viewer, viewer.person, most=MOST_LOOKS)}
    return kinds, asking.names(looks, viewer) | who_looked(viewer, looks)

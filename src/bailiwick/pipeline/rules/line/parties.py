"""Whom a line is about: the company, the person and the opportunity that its names point to, or what must be asked."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from uuid import UUID

from bailiwick.pipeline.rules.line.legalforms import core_of
from bailiwick.pipeline.rules.line.names import Place, places, words_of
from bailiwick.pipeline.rules.line.records import Named
from bailiwick.pipeline.rules.line.verbs import VERBS
from bailiwick.pipeline.rules.line.words import Line, Span, keys

INTRODUCED = frozenset(words[-1] for words in VERBS) | keys(
    "with mit to an von from bei call email mail phone meet visit ask told asked herr herrn frau mr mrs ms dr for für"
)
MOST_ASKED = 6


@dataclass(frozen=True, slots=True)
class Mentioned:
    """The places of a line that name somebody or something known."""

    accounts: tuple[Place, ...]
    contacts: tuple[Place, ...]
    opportunities: tuple[Place, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(place.span for place in (*self.accounts, *self.contacts, *self.opportunities))


@dataclass(frozen=True, slots=True)
class Parties:
    """Whom the line is about. `which` holds the words as typed that fit several."""

    account: Named | None
    candidates: tuple[Named, ...]
    contact: Named | None
    opportunity: Named | None
    which: tuple[str, ...]


def mentioned(line: Line, accounts: Sequence[Named], contacts: Sequence[Named], opportunities: Sequence[Named]) -> Mentioned:
    """Names found; of two that overlap the longer stays, and of two of the same words the company."""
    firms = places(line, accounts)
    owners = {named.id for place in firms for named in place.named}
    people = tuple(place for place in places(line, contacts, last_word=True) if _introduced(line, place, owners))
    firms = tuple(place for place in firms if not any(_inside(place, one, equal=False) for one in people))
    people = tuple(place for place in people if not any(_inside(place, one) for one in firms))
    deals = places(line, [*opportunities, *_shortened(accounts, opportunities)])
    other = (*firms, *people)
    return Mentioned(firms, people, tuple(place for place in deals if not any(_inside(place, one) for one in other)))


def _inside(place: Place, other: Place, equal: bool = True) -> bool:
    within = other.span.first <= place.span.first and place.span.end <= other.span.end
    return within and (equal or place.span != other.span)


def _introduced(line: Line, place: Place, owners: Set[UUID]) -> bool:
    """A first name in small letters counts only where a name is to be expected: "spoke with petra", not "the bill".

    Or beside the company of that person; `owners` are the companies mentioned.
    """
    if any(fit.capital or fit.count > 1 for fit in place.fits) or line.key(place.span.first - 1) in INTRODUCED:
        return True
    return any(named.belongs in owners for named in place.named)


def _shortened(accounts: Sequence[Named], opportunities: Sequence[Named]) -> list[Named]:
    """Opportunities without the name of their company in front ("Acme - rollout" is "rollout" too)."""
    names = {account.id: core_of(words_of(account.name)) for account in accounts}
    found = []
    for deal in opportunities:
        owner, title = names.get(deal.belongs or deal.id, ()), words_of(deal.name)
        if owner and title[: len(owner)] == owner and len(title) > len(owner):
            found.append(Named(deal.id, " ".join(title[len(owner) :]), deal.belongs))
    return found


def parties(line: Line, said: Mentioned, known: Mapping[UUID, Named], clause: Span) -> Parties:
    """The parties of a line whose main clause is `clause`; `known` are companies and opportunities by id."""
    firms = _chosen(said.accounts, clause)
    people = _belonging(_first(said.contacts, clause), firms)
    firms = _narrowed(firms, people)
    deals = tuple(dict.fromkeys(known.get(deal.id, deal) for deal in _belonging(_chosen(said.opportunities, clause), firms)))
    firms = _narrowed(firms, deals)
    people, deals = _belonging(people, firms), _belonging(deals, firms)
    firms = firms or _owners((*people, *deals), known)
    account = firms[0] if len(firms) == 1 else None
    asked = [_words(line, one) for one, named in ((said.contacts, people), (said.opportunities, deals)) if len(named) > 1]
    return Parties(
        account,
        firms[:MOST_ASKED] if account is None else (),
        people[0] if len(people) == 1 else None,
        deals[0] if len(deals) == 1 else None,
        tuple([_which(line, said.accounts, firms)] if len(firms) > 1 else []) + tuple(asked),
    )


def _words(line: Line, found: Sequence[Place]) -> str:
    return line.said(found[0].span)


def _kept(found: Sequence[Place]) -> list[Place]:
    """Without the small words, unless nothing else was found."""
    return [place for place in found if place.sure] or list(found)


def _chosen(found: Sequence[Place], clause: Span) -> tuple[Named, ...]:
    """What all places agree on; else what the main clause names; else all of it, to be asked."""
    kept = _kept(found)
    for some in (kept, [place for place in kept if place.span.first in clause]):
        shared = set(some[0].named).intersection(*(place.named for place in some)) if some else set()
        if shared:
            return tuple(named for named in some[0].named if named in shared)
    return tuple(dict.fromkeys(named for place in kept for named in place.named))


def _first(found: Sequence[Place], clause: Span) -> tuple[Named, ...]:
    """Of several people met the first of the main clause: the line itself keeps the others."""
    kept = _kept(found)
    here = [place for place in kept if place.span.first in clause] or kept
    return here[0].named if here else ()


def _belonging(named: Sequence[Named], firms: Sequence[Named]) -> tuple[Named, ...]:
    ids = {firm.id for firm in firms}
    return tuple(one for one in named if not ids or one.belongs is None or one.belongs in ids)


def _narrowed(firms: tuple[Named, ...], others: Sequence[Named]) -> tuple[Named, ...]:
    """Several companies that fit, narrowed by who is named beside them."""
    owners = {one.belongs for one in others}
    return tuple(firm for firm in firms if firm.id in owners) or firms if len(firms) > 1 else firms


def _owners(others: Sequence[Named], known: Mapping[UUID, Named]) -> tuple[Named, ...]:
    """The companies of the people and opportunities named."""
    owners = dict.fromkeys(one.belongs for one in others if one.belongs is not None)
    return tuple(known.get(owner, Named(owner, "")) for owner in owners)


def _which(line: Line, found: Sequence[Place], firms: Sequence[Named]) -> str:
    """The typed words that fit several companies; their names where other words led to them."""
    if len(found) == 1:
        return _words(line, found)
    return " / ".join(firm.name for firm in firms[:MOST_ASKED] if firm.name)

"""What exchange answers to the questions that every package is asked (`ledger.asking`)."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from bailiwick.exchange.models import GivenFile, Import, Refusal, Taken
from bailiwick.kit import Actor, Scope, Sentence, say
from bailiwick.ledger.asking import Held, KeptRows
from bailiwick.network.models import Person
from bailiwick.pipeline.models import Lead
from bailiwick.territories.models import Contact

STRUCK = "\N{HORIZONTAL ELLIPSIS}"
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1252")
SHORTEST = 4  # a shorter text is a syllable of too much else


def names(ids: Collection[UUID], viewer: Scope) -> Mapping[UUID, str | Sentence]:
    """Imports by their source."""
    return dict(Import.objects.seen_by(viewer).filter(pk__in=ids).values_list("pk", "source"))


def holdings(person: UUID, by: Actor) -> Sequence[Held]:
    """Nothing: an import is nobody's to hand over."""
    return ()


def hand_over(things: Sequence[tuple[Held, UUID]], by: Actor, now: datetime) -> int:
    """Nothing is held."""
    return 0


def kept_about(person: UUID, viewer: Scope) -> Sequence[KeptRows]:
    """Imports that the person took in, and which of them brought the person's own entry."""
    own = Import.objects.in_network(viewer).filter(by=person).order_by("created")
    brought = Taken.objects.in_network(viewer).filter(row=person, kind="person").order_by("of__created")
    return [
        KeptRows(say("exports you took in"), list(own.values("source", "state", "created"))),
        KeptRows(say("exports that your entry came from"), list(brought.values("of__source", "of__created"))),
    ]


def erase(subject: UUID, by: Actor, now: datetime) -> int:
    """Refused rows and given files that hold the name or address are gone; mappings and reports no longer tell them."""
    changed = Taken.objects.in_network(by).filter(row=subject).exclude(before=None).update(before=None)
    for text in _known(subject, by):
        changed += Refusal.objects.in_network(by).filter(cells__icontains=json.dumps(text)[1:-1]).delete()[0]
        for row in Import.objects.in_network(by).filter(mapping__icontains=text) | Import.objects.in_network(by).filter(
            report__icontains=text
        ):
            row.mapping, row.report = _struck(row.mapping, text), _struck(row.report, text)
            row.save(update_fields=["mapping", "report"])
            changed += 1
        for given in GivenFile.objects.in_network(by):
            if any(text.encode(encoding, "ignore") in bytes(given.content) for encoding in ENCODINGS):
                given.delete()
                changed += 1
    return changed


def _known(subject: UUID, by: Actor) -> list[str]:
    texts: list[str] = []
    for model in (Person, Contact, Lead):
        row = model.objects.in_network(by).filter(pk=subject).first()
        texts += [row.name, row.email, row.phone] if row else []
    return [text for text in texts if len(text) >= SHORTEST]


def _struck(value: Any, text: str) -> Any:
    """The same JSON with `text` struck out wherever it stands."""
    if isinstance(value, str):
        return value.replace(text, STRUCK)
    if isinstance(value, list):
        return [_struck(one, text) for one in value]
    if isinstance(value, dict):
        return {_struck(name, text): _struck(one, text) for name, one in value.items()}
    return value

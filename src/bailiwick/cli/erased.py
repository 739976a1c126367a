"""The list of erased ids beside the store, so that a backup made before an erasure does not bring the erased back.

A backup keeps what was there when it was made, and the list inside it ends there. `erased.jsonl` in the home is the list
as it is now, ids and times only; the clock and every backup write it. Keep a copy with the backups.
"""

import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from bailiwick.kit import Actor, Refused, say

LIST = "erased.jsonl"


@dataclass(frozen=True, slots=True)
class Erased:
    """A person or contact of a network that was erased."""

    network: UUID
    kind: str
    subject: UUID
    at: datetime


def write_list(home: Path) -> int:
    """`erased.jsonl` of the home names everybody erased so far, whole or not at all; their number."""
    found = sorted(_stored(), key=lambda one: (one.at, str(one.subject)))
    lines = "".join(
        json.dumps({"network": str(one.network), "kind": one.kind, "subject": str(one.subject), "at": one.at.isoformat()}) + "\n"
        for one in found
    )
    target = home / LIST
    if target.exists() and target.read_text() == lines:
        return len(found)
    part = home / f".{LIST}.{secrets.token_hex(4)}"
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(lines)
        out.flush()
        os.fsync(out.fileno())
    part.rename(target)
    return len(found)


def read_list(given: Path) -> list[Erased]:
    """The list in a file, or in a home. Raises `Refused` where there is none or it cannot be read."""
    file = given / LIST if given.is_dir() else given
    try:
        return [_read(line) for line in file.read_text().splitlines() if line.strip()]
    except OSError as why:
        raise Refused("no_list", say("%(file)s cannot be read: %(why)s.", file=str(file), why=str(why.strerror))) from None
    except (ValueError, KeyError, TypeError):
        raise Refused("bad_list", say("%(file)s is not a list of erased ids.", file=str(file))) from None


def _read(line: str) -> Erased:
    told = json.loads(line)
    return Erased(UUID(told["network"]), str(told["kind"]), UUID(told["subject"]), datetime.fromisoformat(told["at"]))


def _stored() -> Iterator[Erased]:
    from bailiwick.cli.clerk import clerk
    from bailiwick.ledger.models import Erasure
    from bailiwick.tenancy.models import Network
    from bailiwick.tenancy.within import within

    for network in Network.objects.all():
        with within(network.pk):
            for row in Erasure.objects.in_network(clerk(network.pk)):
                yield Erased(network.pk, row.kind, row.subject, row.at)


def erase_again(listed: list[Erased], now: datetime) -> tuple[int, list[str]]:
    """Everybody listed is erased in this store: how many were still there, and a line for each that could not be erased."""
    done, trouble = 0, []
    for one in listed:
        try:
            done += _erase_again(one, now)
        except Refused as no:
            trouble.append(f"The {one.kind} {one.subject} is not erased: {no.sentence} {no.remedy or ''}".strip())
    return done, trouble


def _erase_again(one: Erased, now: datetime) -> bool:
    from bailiwick.cli.clerk import clerk
    from bailiwick.ledger.commands import mark_erased
    from bailiwick.ledger.models import Erasure
    from bailiwick.network.models import Person
    from bailiwick.pipeline.commands.leads import erase_lead
    from bailiwick.pipeline.models import Lead
    from bailiwick.tenancy.models import Network
    from bailiwick.tenancy.within import within
    from bailiwick.territories.commands import erase_contact
    from bailiwick.territories.models import Contact

    by = clerk(one.network)
    with within(one.network):
        if not Network.objects.filter(pk=one.network).exists():
            return False
        if Erasure.objects.in_network(by).filter(subject=one.subject).exists():
            return False
        models: dict[str, Any] = {"person": Person, "lead": Lead}
        kept = models.get(one.kind, Contact)
        if not kept.objects.in_network(by).filter(pk=one.subject).exists():
            mark_erased(one.kind, one.subject, by=by, now=now)  # entered after the backup: only the list must stay whole
            return False
        if one.kind == "person":
            _erase_person(one.subject, by, now)
        elif one.kind == "lead":
            erase_lead(one.subject, by=by, now=now)
        else:
            erase_contact(one.subject, by=by, now=now)
    return True


def _erase_person(person: UUID, by: Actor, now: datetime) -> None:
    """Whoever had not left when the backup was made leaves now; what they held goes to the manager nearest above it."""
    from bailiwick.network.commands import erase_person, leave
    from bailiwick.network.models import Person
    from bailiwick.network.queries import left_behind, takers

    if Person.objects.in_network(by).filter(pk=person, left=None).exists():
        held, _ = left_behind(by, person)
        found = takers(by, (thing.unit for thing in held), person)
        shares = {thing.id: taker for thing in held if (taker := found[thing.unit]) is not None}
        if len(shares) < len(held):
            raise Refused(
                "nobody_above", say("Nobody above could take over what they held."), say("Record that they leave, then erase.")
            )
        leave(person=person, shares=shares, by=by, now=now)
    erase_person(person=person, by=by, now=now)

"""A network that was lived in has left: its parcel is there, and no row of it is in the store any more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from bailiwick.cli.clerk import clerk
from bailiwick.demo.removal import remove
from bailiwick.kit import Role
from bailiwick.ledger.commands import seal
from bailiwick.moving.admitting import Admitted, admit
from bailiwick.moving.packing import pack
from bailiwick.moving.unpacking import opened
from bailiwick.network.commands import erase_person, give_token, invite
from bailiwick.network.queries import digest_of
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.within import at_one_instant, within
from bailiwick.territories.commands import erase_contact
from bailiwick.territories.models import Contact
from tests.village import NOW, Village, settle


@dataclass(frozen=True)
class Left:
    """A network that has left."""

    file: Path
    village: Village
    description: dict[str, Any]
    secrets: list[str]

    @property
    def id(self) -> UUID:
        return self.village.by.network


def lived_in(slug: str) -> Village:
    """A village with a seal, with erased people and with open ends; it may be removed again."""
    with transaction.atomic():
        village = settle(slug)
        Network.objects.filter(slug=slug).update(demo=True)
        erase_person(person=village.people["rita"].pk, by=village.by, now=NOW)
    sealed(village)
    with within(village.by.network):
        who = Contact.objects.in_network(village.by).order_by("created", "id").first()
        assert who
        erase_contact(who.pk, by=village.by, now=NOW + timedelta(minutes=1))
    return village


def sealed(village: Village) -> None:
    with within(village.by.network):
        seal(village.by, datetime.now(UTC))


def secrets_of(village: Village) -> list[str]:
    """What opens doors of this installation, as told and as kept."""
    with within(village.by.network):
        login = village.login("noor")
        login.set_password("only noor knows this one")
        login.save()
        _, token = give_token(label="mine", scope="read", by=village.actor("noor"), now=NOW)
        link = invite(unit=village.units["cobalt"].pk, role=Role.SELLER, by=village.by, now=NOW)
        return [token, digest_of(token), link, digest_of(link), login.password]


def leave(network: UUID, file: Path) -> dict[str, Any]:
    """The network is packed and then taken out of the store."""
    with at_one_instant(network):
        description = pack(Network.objects.get(pk=network), file, now=datetime.now(UTC))
    remove(Network.objects.get(pk=network))
    return description


def come(file: Path, slug: str) -> Admitted:
    """As the command does it."""
    with opened(file) as parcel:
        parcel.check()
        with within(parcel.network):
            return admit(parcel, slug=slug, by=clerk(parcel.network))


@pytest.fixture
def real(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Transactions that are committed: a network that comes in is there for everybody."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="package")
def left(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Left:
    with django_db_blocker.unblock():
        village = lived_in("left")
        secrets = secrets_of(village)
        file = tmp_path_factory.mktemp("parcel") / "left.zip"
        return Left(file, village, leave(village.by.network, file), secrets)


@pytest.fixture
def back(left: Left, real: None) -> Iterator[Left]:
    """The network that left is here again, called otherwise, until the test is over."""
    come(left.file, "back")
    yield left
    remove(Network.objects.get(pk=left.id))

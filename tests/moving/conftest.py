"""A network that was lived in has left: its parcel is there, and no row of it is in the store any more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from bailiwick.cli.clerk import clerk
from bailiwick.demo.removal import remove
from bailiwick.exchange.models import Import, Refusal, SetupAnswer, Taken
from bailiwick.kit import Role
from bailiwick.ledger.commands import seal
from bailiwick.ledger.models import AccessRecord
from bailiwick.lists.models import Change, View
from bailiwick.moving.admitting import Admitted, admit
from bailiwick.moving.packing import pack
from bailiwick.moving.unpacking import opened
from bailiwick.network.commands import add_units, erase_person, give_program_token, give_token, invite
from bailiwick.network.commands.setting_up import NewUnit
from bailiwick.network.models import Sight, Unit
from bailiwick.network.queries import digest_of
from bailiwick.notices.models import Message
from bailiwick.performance.models import Target
from bailiwick.pipeline.commands import NewLead, NewLine, enter_leads, state_lines
from bailiwick.pipeline.models import Promise
from bailiwick.tenancy.adding import add_many
from bailiwick.tenancy.models import Network, new_id
from bailiwick.tenancy.within import at_one_instant, within
from bailiwick.territories.commands import erase_contact
from bailiwick.territories.models import AccountKey, Contact, Potential, Territory
from tests.network.programs import a_program
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
    """A village with a row in every table, a seal, erased people and entries after it; it may be removed again."""
    with transaction.atomic():
        village = settle(slug)
        one_of_each(village)
        Network.objects.filter(slug=slug).update(demo=True)
        erase_person(person=village.people["rita"].pk, by=village.by, now=NOW)
    sealed(village)
    with within(village.by.network):
        who = Contact.objects.in_network(village.by).order_by("created", "id").first()
        assert who
        erase_contact(who.pk, by=village.by, now=NOW + timedelta(minutes=1))
    return village


def one_of_each(village: Village) -> None:
    """A row in every table that the village itself leaves empty."""
    net, who, unit, firm = village.by.network, village.people["noor"].pk, village.units["cobalt"], village.organizations["firm"]
    of = Import.objects.in_network(village.by).create(network_id=net, source="crm", by=who, created=NOW, report={"rows": 3})
    territory = Territory(network_id=net, name="North", boundary="PLZ 20000 to 25999", unit_id=unit.pk)
    add_many([territory])
    for row in (
        Taken(network_id=net, of=of, kind="account", key="k", row=new_id(), content="c", version=1, made=False, before={"a": None}),
        Taken(network_id=net, of=of, kind="account", key="l", row=new_id(), content="c", version=1, made=True),
        Refusal(network_id=net, of=of, table="deals.csv", line=7, reason="no day", cells=["a", "32.13.2026"]),
        SetupAnswer(network_id=net, question="currency", state="later", since=NOW),
        AccessRecord(network_id=net, viewer=village.people["aylin"].pk, person=who, page="pipeline", day=NOW.date(), last=NOW),
        View(network_id=net, of="deals", name="Mine", query="q=x", person=who, unit=unit.pk, organization=firm, made=NOW),
        Change(network_id=net, of="deals", act="close", person=who, rows=[{"id": str(new_id()), "before": None}], made=NOW),
        Message(network_id=net, person=who, kind="morning", about="x", subject="Good morning", body="1\n2", made=NOW, not_before=NOW),
        AccountKey(network_id=net, account=village.accounts["Hafen Logistik GmbH"], kind="domain", value="hafen.example"),
        Potential(network_id=net, territory=territory, amount="1000000.00", currency="EUR", since=NOW.date(), stated_by="Chamber"),
        Sight(network_id=net, viewer=village.people["conny"], unit=unit, purpose="coaching", source="agreement", since=NOW),
        Target(
            network_id=net, measure="won_value", unit=unit, organization_id=firm, since=NOW.date(), until=NOW.date(), amount=5, created=NOW,
            source="crm", source_id="1", custom={"said": "näher"},
        ),
        Promise(
            network_id=net, text="by Friday", due=NOW.date(), created=NOW, unit_id=unit.pk, person_id=who, organization_id=firm,
        ),
    ):  # fmt: skip
        add_many([row])
    later = add_units([NewUnit(name="North", kind="office", parent=village.units["firm"].pk)], by=village.by, now=NOW)[0]
    Unit.objects.in_network(village.by).filter(pk=village.units["delta"].pk).update(parent=later)  # whose id is above its own
    program = a_program(village)
    give_program_token(program.pk, label="sync", scope="write", by=village.actor("dora"), now=NOW)
    enter_leads([NewLead(name="Lena", company="Neu GmbH")], by=village.actor("noor"), now=NOW)
    deal = village.deals["Hafen Logistik GmbH terminals"]
    line = NewLine(product=village.products[0].pk, quantity=Decimal("2.500"), price=Decimal("99.9999"))
    state_lines(deal.pk, lines=[line], version=1, by=village.actor("noor"), now=NOW)


def sealed(village: Village) -> None:
    with within(village.by.network):
        seal(village.by, datetime.now(UTC))


def secrets_of(village: Village) -> list[str]:
    """What opens doors of this installation, as told and as kept."""
    with within(village.by.network):
        _, token = give_token(label="mine", scope="read", by=village.actor("noor"), now=NOW)
        link = invite(unit=village.units["cobalt"].pk, role=Role.SELLER, by=village.by, now=NOW)
        return [token, digest_of(token), link, digest_of(link), village.login("noor").password]


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
        village, file = lived_in("left"), tmp_path_factory.mktemp("parcel") / "left.zip"
        secrets = secrets_of(village)
        return Left(file, village, leave(village.by.network, file), secrets)


@pytest.fixture
def back(left: Left, real: None) -> Iterator[Left]:
    """The network that left is here again, called otherwise, until the test is over."""
    come(left.file, "back")
    yield left
    remove(Network.objects.get(pk=left.id))

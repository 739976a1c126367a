"""What trials do inside a home, in a process of its own: `python -m trials.inside HOME ACT ARGUMENTS`."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

PEOPLE = ("dora", "aylin", "noor", "ben", "jonas", "sven", "paula", "piet", "astrid", "arvid")


def settle_village() -> dict[str, Any]:
    """The cast stands in the home; who signs in with which cookie, and where things are."""
    from django.db import transaction

    from bailiwick.kit import Role
    from bailiwick.network.commands import invite
    from bailiwick.network.commands.devices import show_on
    from bailiwick.network.models import Login
    from tests.notices.browser import Browser
    from tests.village import PASSWORD, settle

    with transaction.atomic():
        village = settle()
        unit = village.units["cobalt"].pk
        invitation = invite(unit=unit, role=Role.SELLER, by=village.by, now=datetime.now(UTC))
    seller = Login.objects.get(email="noor@village.example")
    seller.set_password(PASSWORD)
    seller.save()
    sessions, device = sign_in(), Browser()
    show_on(sessions["arvid"], address="https://push.invalid/", key=device.key, auth=device.auth_text, now=datetime.now(UTC))
    return {
        "network": str(village.by.network),
        "people": {name: str(person.pk) for name, person in village.people.items()},
        "accounts": {name: str(row.pk) for name, row in village.accounts.items()},
        "deals": {name: str(row.pk) for name, row in village.deals.items()},
        "line": str(village.line.pk) if village.line else "",
        "sessions": sessions,
        "invitation": invitation,
    }


def settle_crowd(deals: int) -> list[dict[str, Any]]:
    """A hundred people with so many deals stand in the home; who signs in with which cookie and token."""
    from trials import crowding

    return crowding.settle_crowd(deals)


def settle_world() -> dict[str, Any]:
    """A network with a row of every kind stands in the home; who signs in with which cookie or token, and their things."""
    from django.db import transaction

    from bailiwick.network.models import Login
    from tests.exports import an_import
    from tests.walls.world import built

    with transaction.atomic():
        world = built("world")
        for state in ("waiting", "asked", "undone"):
            world.keep("import", state, an_import(world.village, state, f"Export {state}").pk)
    logins = {name: Login.objects.get(email=f"{name}@world.example") for name in world.village.people}
    return {
        "network": str(world.network),
        "ids": {kind: {name: str(which) for name, which in found.items()} for kind, found in world.ids.items()},
        "sessions": {name: session_of(login) for name, login in logins.items()},
        "bearers": bearers(world.village),
    }


def bearers(village: Any) -> dict[str, str]:
    """A token of today for each of those who attack: those of the world are as old as the village."""
    from bailiwick.network.commands import give_token

    now = datetime.now(UTC)
    return {
        name: give_token(label="Attack", scope="write", by=village.actor(name), now=now)[1] for name in ("noor", "paula", "dora")
    }


def stand() -> str:
    """A source stands in the village, as its director made it; the folder below the inbox is called like this."""
    from django.conf import settings

    from bailiwick.cli.clerk import clerk
    from bailiwick.network.models import Person
    from bailiwick.network.queries import scope_of
    from bailiwick.tenancy.models import Network
    from bailiwick.tenancy.within import within
    from tests.exchange.standing import stands
    from tests.village import NOW, Village

    network = Network.objects.get(slug="village")
    with within(network.pk):
        village = Village(clerk(network.pk))
        dora = Person.objects.in_network(village.by).get(email="dora@village.example")
        assert scope_of(network.pk, dora.pk, NOW).roles
        village.people["dora"] = dora
        stood = stands(village, settings.INBOX)
        return str(stood.folder.relative_to(settings.INBOX))


def speak(language: str) -> None:
    """Everybody reads in this language from now on."""
    from bailiwick.network.models import Person
    from bailiwick.tenancy.models import Network
    from bailiwick.tenancy.within import within

    for network in Network.objects.all():
        with within(network.pk):
            Person.objects.in_network(type("By", (), {"network": network.pk})()).update(language=language)


def sign_in() -> dict[str, str]:
    """A session of each person of the village."""
    from bailiwick.network.models import Login

    return {name: session_of(Login.objects.get(email=f"{name}@village.example")) for name in PEOPLE}


def session_of(login: Any) -> str:
    """A session made directly in the session store: its key goes into the cookie."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from bailiwick.web.sessions import SessionStore
    from bailiwick.web.signin import BACKEND

    session = SessionStore()
    session[SESSION_KEY] = str(login.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = login.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def open_many(how_many: int) -> int:
    """So many opportunities in one act; says "in the act" once it is in the middle."""
    from decimal import Decimal

    from bailiwick.kit import Actor, Door
    from bailiwick.network.models import Person
    from bailiwick.network.queries import scope_of
    from bailiwick.pipeline.commands import NewOpportunity, open_opportunities
    from bailiwick.tenancy.models import Network
    from bailiwick.tenancy.within import within

    network = Network.objects.get(slug="village")
    now = datetime.now(UTC)
    with within(network.pk):
        everybody = Person.objects.in_network(type("By", (), {"network": network.pk})())
        seller = everybody.get(email="noor@village.example")
        by = Actor(scope_of(network.pk, seller.pk, now), Door.COMMAND)
        new = [NewOpportunity(title=f"Many {n}", value=Decimal(n), currency="EUR") for n in range(how_many)]
        sys.stderr.write("in the act\n")
        sys.stderr.flush()
        return len(open_opportunities(new, by=by, now=now))


def ask_for_import(folder: str, source: str) -> str:
    """The director of the village gave these files on the page of imports and asked for them to be taken in."""
    from bailiwick.exchange.commands.giving import answer, ask_for, give
    from bailiwick.exchange.commands.unpacking import Given
    from bailiwick.kit import Actor, Door
    from bailiwick.network.models import Person
    from bailiwick.network.queries import scope_of
    from bailiwick.tenancy.models import Network
    from bailiwick.tenancy.within import within

    network, now = Network.objects.get(slug="village"), datetime.now(UTC)
    with within(network.pk):
        everybody = Person.objects.in_network(type("By", (), {"network": network.pk})())
        by = Actor(scope_of(network.pk, everybody.get(email="dora@village.example").pk, now), Door.PAGE)
        files = [Given(file.name, file.read_bytes()) for file in sorted(Path(folder).iterdir())]
        given = give(files, source, "EUR", by=by, now=now)
        while open_ones := [one for one in given.mapping["questions"] if not one.get("answer")]:
            first = {one["key"]: one["choices"][0][0] for one in open_ones}
            given = answer(given.pk, answers=first, by=by, now=now)
        return str(ask_for(given.pk, by=by, now=now).pk)


def tokens() -> dict[str, str]:
    """A token of Noor's for the API, which writes, and one for the feed of her dates."""
    from bailiwick.kit import Actor, Door
    from bailiwick.network.commands import give_token
    from bailiwick.network.models import Person
    from bailiwick.network.queries import scope_of
    from bailiwick.tenancy.models import Network
    from bailiwick.tenancy.within import within

    network, now = Network.objects.get(slug="village"), datetime.now(UTC)
    with within(network.pk):
        everybody = Person.objects.in_network(type("By", (), {"network": network.pk})())
        by = Actor(scope_of(network.pk, everybody.get(email="noor@village.example").pk, now), Door.COMMAND)
        return {scope: give_token(label=scope, scope=scope, by=by, now=now)[1] for scope in ("write", "dates")}


def migrate_in_part(left: int) -> int:
    """The tables stand as the owner makes them, except what the last `left` migrations do; how many were done."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from bailiwick.cli.owner import open_to_application

    open_to_application()
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())[:-left]
    executor.migrate([(migration.app_label, migration.name) for migration, _ in plan], plan)
    return len(plan)


def erase(who: str) -> int:
    """A person of the village leaves, with everything going to their manager, and is erased."""
    from uuid import UUID

    from bailiwick.cli.clerk import clerk
    from bailiwick.cli.erased import Erased, erase_again
    from bailiwick.tenancy.models import Network

    network = Network.objects.get(slug="village")
    one = Erased(clerk(network.pk).network, "person", UUID(who), datetime.now(UTC))
    done, trouble = erase_again([one], datetime.now(UTC))
    assert not trouble, trouble
    return done


def main() -> None:
    """Django stands on the home; then the act."""
    home, act, arguments = sys.argv[1:]
    from bailiwick.cli.surroundings import with_django

    with_django(Path(home), migrate=False)
    answer = globals()[act](*json.loads(arguments))
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()

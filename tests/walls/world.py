"""The village with a row of every kind for everybody who sells, each with words and an amount that stand nowhere else."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.test import Client

from bailiwick.desk.lists import LISTS
from bailiwick.lists import choose
from bailiwick.lists.commands import save_view
from bailiwick.network.commands import give_program_token, give_token
from bailiwick.network.models import Access, ApiToken, Login, Membership
from bailiwick.performance.commands import NewTarget, set_targets
from bailiwick.performance.rules.periods import period_of
from bailiwick.pipeline.commands import (
    NewActivity,
    NewLead,
    NewOpportunity,
    NewStep,
    enter_leads,
    issue_process,
    log_activities,
    open_opportunities,
    promise,
)
from bailiwick.pipeline.models import Process, Step
from bailiwick.territories.commands import add_accounts, add_contacts, hold
from tests.exports import a_standing_source, an_import
from tests.hooks.hooked import a_delivery, a_hook
from tests.lists.changed import a_change
from tests.network.programs import a_program
from tests.pipeline.mails import an_arrival
from tests.village import FOUNDED, NOW, PEOPLE, TODAY, Village, settle
from tests.walls.rights import OWNERS, ROLES, UNIT

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ABSENT = UUID("018f0000-0000-7000-8000-000000000000")


@dataclass
class World:
    """A network with everybody's things by kind and owner, and the words that only those who see a thing may read."""

    village: Village
    ids: dict[str, dict[str, UUID]] = field(default_factory=dict)
    words: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    bearers: dict[str, str] = field(default_factory=dict)
    step: UUID = ABSENT
    digest: str = ""

    @property
    def network(self) -> UUID:
        return self.village.by.network

    def keep(self, kind: str, owner: str, thing: UUID, *words: str) -> None:
        self.ids.setdefault(kind, {})[owner] = thing
        self.words.setdefault(kind, {})[owner] = words

    def client(self, name: str) -> Client:
        """A browser in which this person is signed in (nobody: anonymous); the network is chosen."""
        return self.clients[name]

    def bearer(self, name: str) -> str:
        """The text of a token of this person that may write."""
        return self.bearers[name]


def browser(village: Village, name: str | None) -> Client:
    """A new browser. A fault of the server is an answer of 500, not an exception."""
    client = Client(raise_request_exception=False)
    if name is not None:
        client.force_login(Access.objects.get(network=village.by.network, person=village.people[name].pk).login, backend=BACKEND)
        session = client.session
        session["network"] = str(village.by.network)
        session.save()
    return client


def built(slug: str) -> World:
    """The world, in the running transaction."""
    village = settle(slug)
    world = World(village)
    own_logins(village, slug)
    for place, owner in enumerate(OWNERS):
        rows(world, owner, place)
    for name, (full, place, _) in PEOPLE.items():
        world.keep("person", name, village.people[name].pk, full, f"{name}@village.example")
        if place in village.units and name in OWNERS:
            world.keep("unit", name, village.units[place].pk)
    members = Membership.objects.in_network(village.by).filter(until=None).order_by("role")
    for name in OWNERS:
        own = (
            members.filter(person=village.people[name]).exclude(role="manager").first()
            or members.filter(person=village.people[name]).first()
        )
        world.keep("membership", name, own.pk)
    for name in OWNERS:  # an import holds rows of everybody
        row = an_import(village, "taken", f"Export {name}geheim", f"Zelle {name}geheim")
        world.keep("import", name, row.pk, row.source, f"Zelle {name}geheim")
        world.keep("source", name, a_standing_source(village, f"Quelle {name}geheim").pk, f"Quelle {name}geheim")
    for name in OWNERS:
        by = village.actor(name)
        view = save_view(choose(LISTS["pipeline"], {}, by.scope), name=f"Sicht {name}geheim", shared="me", by=by, now=NOW)
        world.keep("view", name, view.pk, f"Sicht {name}geheim")
        world.keep("change", name, a_change(village, name, world.ids["deal"][name]).pk)
    for name in OWNERS:
        arrival = an_arrival(village, name, f"Post {name}geheim", f"von{name}geheim@kunde.example")
        world.keep("arrival", name, arrival.pk, f"Post {name}geheim", f"von{name}geheim@kunde.example")
    for name in OWNERS:
        hook = a_hook(village, name, label=f"Haken {name}geheim", url=f"https://{name}geheim.example/in")
        world.keep("hook", name, hook.pk, f"Haken {name}geheim", f"{name}geheim.example", hook.salt)
        world.keep("delivery", name, a_delivery(village, hook).pk)
    for name in OWNERS:
        answers = {"callwerk": "paula", "nordpart": "astrid"}.get(UNIT[name], "aylin")
        program = a_program(village, UNIT[name], answers, name=f"Dienst {name}geheim")
        token, _ = give_program_token(
            program.pk, label=f"Dienst {name}geheim label", scope="read", by=village.actor("dora"), now=NOW
        )
        world.keep("program", name, program.pk, f"Dienst {name}geheim")
        world.keep("program_token", name, token.pk, f"Dienst {name}geheim label", token.digest)
    for name in OWNERS:
        if UNIT[name] != "firm":
            side = village.side(name)
            new = NewTarget(
                measure="won_value",
                unit=side.unit,
                person=village.people[name].pk,
                period=period_of(TODAY),
                amount=Decimal(91_000 + len(world.ids.get("target", {}))),
                currency="EUR",
            )
            world.keep("target", name, set_targets([new], by=village.by, now=NOW)[0].pk)
    for name in ROLES:
        world.clients[name] = browser(village, None if name == "anonymous" else name)
        if name != "anonymous":
            by = village.actor(name)
            token, text = give_token(label=f"{name} secret label", scope="write", by=by, now=NOW)
            world.bearers[name] = text
            if name in OWNERS:
                world.keep("token", name, token.pk, f"{name} secret label", token.digest)
    arvid, _ = give_token(label="arvid secret label", scope="write", by=village.actor("arvid"), now=NOW)
    world.keep("token", "arvid", arvid.pk, "arvid secret label", arvid.digest)
    world.step = Step.objects.in_network(village.by).get(place=2).pk
    # An older way to sell, beside the one in which new deals begin: somewhere for deals to go.
    issue_process("Older", [NewStep(name="All of it")], since=FOUNDED.date() - timedelta(days=9), by=village.by)
    selling = Process.objects.in_network(village.by).get(name="Selling").pk
    for name in OWNERS:
        world.keep("process", name, selling)
    assert Access.objects.filter(network=village.by.network).count() >= len(ROLES) - 1
    assert ApiToken.objects.filter(access__network=village.by.network).count() >= len(ROLES) - 1
    return world


def own_logins(village: Village, slug: str) -> None:
    """Everybody has a login of this network's own, not one that several networks of these tests share."""
    for name, person in village.people.items():
        login = Login.objects.create(email=f"{name}@{slug}.example")
        Access.objects.filter(network=village.by.network, person=person.pk).update(login=login)


def rows(world: World, owner: str, place: int) -> None:
    """One thing of every kind for `owner`."""
    village = world.village
    by, whose = village.actor(owner), village.side(owner)
    word, amount = f"{owner}geheim", Decimal(71_311 + 1_117 * place)
    account = add_accounts([{"name": f"Firma {word}", "city": f"Stadt{word}"}], whose=whose, by=by, now=NOW)[0]
    assert village.line is not None
    hold([account.pk], line=village.line.pk, whose=whose, by=by, now=NOW)
    contact = add_contacts(
        account.pk, [{"name": f"Kontakt {word}", "email": f"{word}@kunde.example"}], whose=whose, by=by, now=NOW
    )[0]
    new = NewOpportunity(
        title=f"Anlage {word}",
        account=account.pk,
        value=amount,
        currency="EUR",
        expected=TODAY + timedelta(days=3),
        origin=f"Messe {word}",
    )
    deal = open_opportunities([new], whose=whose, by=by, now=NOW)[0]
    told = NewActivity(kind="note", text=f"Notiz {word}", account=account.pk, opportunity=deal.pk, day=TODAY)
    plan = NewActivity(kind="call", text=f"Aufgabe {word}", account=account.pk, opportunity=deal.pk, due=TODAY)
    task = log_activities([told, plan], whose=whose, by=by, now=NOW)[1]
    promised = promise(text=f"Zusage {word}", due=TODAY, opportunity=deal.pk, by=by, now=NOW)
    lead = enter_leads(
        [NewLead(name=f"Anfrage {word}", company=f"Neu {word}", email=f"neu{word}@kunde.example")], whose=whose, by=by, now=NOW
    )[0]
    money = (f"{amount:,.0f}", f"{amount:.0f}")
    world.keep("account", owner, account.pk, f"Firma {word}", f"Stadt{word}")
    world.keep("contact", owner, contact.pk, f"Kontakt {word}", f"{word}@kunde.example")
    world.keep("deal", owner, deal.pk, f"Anlage {word}", f"Messe {word}", *money)
    world.keep("task", owner, task.pk, f"Aufgabe {word}", f"Notiz {word}")
    world.keep("promise", owner, promised.pk, f"Zusage {word}")
    world.keep("lead", owner, lead.pk, f"Anfrage {word}", f"Neu {word}", f"neu{word}@kunde.example")

"""Logins, their access to a network, and tokens of the API."""

import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Q

from bailiwick.kit import Actor, NotSeen, Refused, say
from bailiwick.network.models import Access, ApiToken, Invitation, Login, Person, Session
from bailiwick.network.queries import digest_of, leaver, open_accesses
from bailiwick.network.rules import in_person
from bailiwick.tenancy.models import new_id
from bailiwick.tenancy.turns import take_turns

PREFIX = "bw_"
PACE = """
    INSERT INTO network_pace AS kept (token, minute, n) VALUES (%s, %s, 1) ON CONFLICT (token) DO UPDATE
    SET n = CASE WHEN kept.minute = excluded.minute THEN kept.n + 1 ELSE 1 END, minute = excluded.minute RETURNING n
"""
STAMPED_EVERY = timedelta(minutes=1)
NOBODYS = "@nobody.invalid"  # the address of a login that stands in for one that is somebody else here


def open_access(*, person: UUID, email: str, password: str | None, by: Actor, now: datetime) -> Access:
    """The login with `email` is this person of the actor's network; made if need be, with `password` or none usable.

    By whoever staffs each unit of the person. Refuses a person who has, or had, a login here, and an address that somebody
    chose by an invitation and never proved: that somebody may be anybody. With the address of another organization's person
    all looks as if it were free, or the answer would tell a partner who else is here: the login becomes this person's when it
    is that one's no more.
    """
    if not by.system:
        leaver(by, person)
    take_turns("network.login", email.lower())  # or two who give the same address would both find it free
    login = Login.objects.filter(email__iexact=email).first()
    taken = Access.objects.filter(login=login, network=by.network).select_related("login").first() if login else None
    if login and taken and not _colleagues(taken.person, person, by):
        login = _freed(taken, login) if taken.until and not login.claimed else _nobodys()
    if login is not None and login.claimed:
        raise Refused(
            "address_claimed",
            say("Somebody signs in with that address who has not proved yet that it is theirs."),
            say("The director can invite them: the link is opened by whoever it is given to."),
        )
    if login is None:
        login = Login(email=email.lower())
        login.set_password(password) if password else login.set_unusable_password()
        login.save()
    return let_in(login, person=person, by=by, now=now)


def let_in(login: Login, *, person: UUID, by: Actor, now: datetime) -> Access:
    """`login` is this person of the actor's network; links that would have made another one so open nothing any more."""
    if Person.objects.in_network(by).filter(pk=person, program=True).exists():
        raise never_signs_in()
    try:
        with transaction.atomic():
            access = Access.objects.create(login=login, network_id=by.network, person=person)
    except IntegrityError as why:
        if "one_login_a_person" in str(why):
            raise Refused("has_login", say("They have a login here already.")) from None
        raise Refused("login_is_somebody", say("That login is somebody in this network already.")) from None
    void_invitations(person, by=by, now=now)
    return access


def never_signs_in() -> Refused:
    """What is refused to whoever would let a program in."""
    return Refused("never_signs_in", say("A service account never signs in."), say("Give it a token instead."))


def _colleagues(one: UUID, other: UUID, by: Actor) -> bool:
    firms = set(Person.objects.in_network(by).filter(pk__in=(one, other)).values_list("organization", flat=True))
    return len(firms) == 1


def _nobodys() -> Login:
    login = Login(email=f"{new_id()}{NOBODYS}", is_active=False)
    login.set_unusable_password()
    login.save()
    return login


def _freed(ended: Access, login: Login) -> Login:
    """The login of an access that has ended, which keeps its end and its tokens and has one that opens nothing instead."""
    ended.login = _nobodys()
    ended.save(update_fields=["login"])
    return login


def void_invitations(person: UUID, *, by: Actor, now: datetime) -> None:
    """Links for this person that nobody has opened yet open nothing from now on."""
    Invitation.objects.filter(network=by.network, person=person, used=None, until__gt=now).update(until=now)


def address_proved(login: UUID) -> None:
    """Whoever signs in with this login reads the mail of its address: a link from there was opened."""
    Login.objects.filter(pk=login).update(claimed=None)


def end_access(person: UUID, *, by: Actor, now: datetime) -> None:
    """No later request of this person succeeds: session, token or link; every door asks `access_of` first.

    Their sessions are gone, for they hold the address of the login. Whoever of another organization waits for the login
    (`open_access`) has it from now on.
    """
    void_invitations(person, by=by, now=now)
    for access in Access.objects.filter(network=by.network, person=person, until=None).select_related("login"):
        access.until = now
        access.save(update_fields=["until"])
        if access.login:
            end_sessions(access.login, now=now)
            _pass_on(access, access.login, by)


def end_sessions(login: Login, *, now: datetime) -> None:
    """No session is left with this login and its address, but those that work in another network which it opens.

    Expired sessions of anybody go too: nothing else takes them away.
    """
    Session.objects.filter(expire_date__lt=now).delete()
    elsewhere = [access.network_id for access in open_accesses(login.pk, now)]
    Session.objects.filter(Q(network=None) | ~Q(network__in=elsewhere), login=login).delete()


def end_other_sessions(login: Login, *, but: str) -> int:
    """This login is signed in nowhere but in the session with this key; how many others there were."""
    return Session.objects.filter(login=login).exclude(pk=but).delete()[0]


def end_session(login: Login, which: str) -> None:
    """One's own session of which the key has this hash ends; raises `NotSeen` where there is none."""
    found = next((one for one in Session.objects.filter(login=login) if digest_of(one.pk) == which), None)
    if found is None:
        raise NotSeen
    found.delete()


def _pass_on(ended: Access, login: Login, by: Actor) -> None:
    same = Person.objects.in_network(by).filter(email__iexact=login.email, left=None).exclude(pk=ended.person)
    waiting = Access.objects.filter(network=by.network, until=None, login__email__endswith=NOBODYS)
    heir = waiting.filter(person__in=same.values("pk")).select_related("login").order_by("id").first()
    if heir is None or heir.login is None or login.claimed:
        return
    stand_in, heir.login = heir.login, _freed(ended, login)
    heir.save(update_fields=["login"])
    stand_in.delete()


def give_token(*, label: str, scope: str, by: Actor, now: datetime, until: datetime | None = None) -> tuple[ApiToken, str]:
    """A token of the actor: to read, to write as well, or for the feed of own dates. Its text is shown this once.

    Of a person only: what a program opens is given to it by whoever staffs its units (`programs.give_program_token`).
    """
    in_person(by)
    access = Access.objects.filter(network=by.network, person=by.person).first()
    if access is None:
        raise NotSeen
    return new_token(access, label=label, scope=scope, now=now, until=until)


def new_token(access: Access, *, label: str, scope: str, now: datetime, until: datetime | None) -> tuple[ApiToken, str]:
    """A token that opens what this access opens, and its text."""
    text = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(access=access, label=label, scope=scope, digest=digest_of(text), created=now, until=until)
    return token, text


def revoke_token(token: UUID, *, by: Actor, now: datetime) -> None:
    """The token opens nothing from now on. Only one's own."""
    changed = ApiToken.objects.filter(pk=token, access__network=by.network, access__person=by.person).update(until=now)
    if not changed:
        raise NotSeen


def paced(token: ApiToken, now: datetime, seconds: int = 60) -> int:
    """How many requests this token has made in this minute (or `seconds`), this one counted: exactly, over all processes.

    0 where it cannot be counted: a full disk must not keep anybody from reading.
    """
    with suppress(OperationalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PACE, [token.pk, int(now.timestamp()) // seconds])
        row = cursor.fetchone()
        return int(row[0]) if row else 0
    return 0


def stamp_token(token: ApiToken, now: datetime) -> None:
    """When it was last used, at most once a minute; a full disk must not keep anybody from reading."""
    before = now - STAMPED_EVERY
    if token.used is None or token.used < before:
        with suppress(OperationalError), transaction.atomic():
            ApiToken.objects.filter(Q(used=None) | Q(used__lt=before), pk=token.pk).update(used=now)

"""Global logins and their doors into networks: found before a network is set, hence no tenant tables."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower

from bailiwick.kit import Role
from bailiwick.tenancy.models import Network, new_id


class Logins(BaseUserManager["Login"]):
    """Makes logins; an e-mail address is one login whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "Login":
        return self.get(email__iexact=username or "")


class Login(AbstractBaseUser):
    """A way to sign in; may be several persons in several networks.

    `claimed`: when somebody with an invitation chose this address; None once a mail has proved that it is theirs, or where
    only a mail gives the first password.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)
    claimed = models.DateTimeField(null=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[Logins] = Logins()

    class Meta:
        constraints = (models.UniqueConstraint(Lower("email"), name="one_login_an_email"),)


class Session(AbstractBaseSession):
    """A browser in which somebody is signed in, or is about to be. Its owner sees where it is (`device`) and since when.

    No address of the net and no place is kept. `seen`: the last day on which it was used, not the hour.
    """

    login = models.ForeignKey(Login, on_delete=models.CASCADE, null=True, related_name="sessions")
    network = models.UUIDField(null=True)
    device = models.CharField(max_length=60, default="")
    begun = models.DateTimeField(null=True)
    seen = models.DateField(null=True)


class PushDevice(models.Model):
    """A browser that shows messages by itself: its address at the service of its maker, and the keys that only it can open with.

    It is its session's: signed out, there or from elsewhere, it is told nothing more.
    """

    LONGEST = 1000

    session = models.OneToOneField(Session, on_delete=models.CASCADE, primary_key=True, related_name="pushed")
    address = models.CharField(max_length=LONGEST)
    key = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    since = models.DateTimeField()


class Access(models.Model):
    """This login is this person of this network, until access ends.

    Without a login it is a program's, which never signs in: its tokens open the API and nothing else opens anything.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    login = models.ForeignKey(Login, on_delete=models.CASCADE, null=True, related_name="accesses")
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    person = models.UUIDField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["login", "network"], name="one_person_a_login_and_network"),
            models.UniqueConstraint(fields=["network", "person"], name="one_login_a_person"),
        )


class ApiToken(models.Model):
    """A token of a person or a program, stored as a hash only; it carries the rights of whose it is and no more.

    `scope`: it opens the API to read, or to write as well, or only the feed of one's own dates, or is part of an address to
    which mail for its person may be sent, or only delivers files of one standing source.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    access = models.ForeignKey(Access, on_delete=models.CASCADE, related_name="tokens")
    label = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    scope = models.CharField(max_length=7, choices=[(one, one) for one in ("read", "write", "dates", "mail", "deliver")])
    created = models.DateTimeField()
    used = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)


class Invitation(models.Model):
    """A link that makes its opener somebody of a network, once; its token is stored as a hash only.

    `person` is the one who gets a login, None where the opener becomes a new person; `unit` and `role` are what they have
    from then on.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    person = models.UUIDField(null=True)
    unit = models.UUIDField()
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    created = models.DateTimeField()
    until = models.DateTimeField()
    used = models.DateTimeField(null=True)

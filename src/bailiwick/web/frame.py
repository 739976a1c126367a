"""What every page has around it: navigation by role, who looks, messages."""

from dataclasses import dataclass
from typing import Any

from django.contrib.messages import get_messages
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language_bidi, gettext

from bailiwick.kit import Role
from bailiwick.kit.scope import READING
from bailiwick.notices.queries import unread
from bailiwick.web.asked import Asked

SELLING = frozenset({Role.SELLER, Role.MANAGER, Role.PARTNER_SELLER, Role.PARTNER_ADMIN})
LEADING = frozenset({Role.DIRECTOR, Role.MANAGER, Role.PARTNER_ADMIN})


@dataclass(frozen=True)
class Entry:
    """One entry of the navigation."""

    label: str
    url: str
    current: bool
    key: str
    count: int = 0


PEOPLE = (
    "everybody",
    "unit", "unit_new", "unit_people", "unit_manager", "person", "person_roles", "person_invitation", "person_erasure", "leaving",
    "leaving_preview", "unit_program", "program_tokens",
)  # fmt: skip
HOOKS = ("hooks", "hook", "hook_secret", "hook_replay")
IMPORTS = ("import_", "import_answer", "import_take", "import_undo", "standing", "standing_key")


# Route, the word on it, its key after "g", who has it, and the routes below it that light it too.
def _entries() -> list[tuple[str, str, str, frozenset[Role], tuple[str, ...]]]:
    return [
        ("overview", gettext("Overview"), "o", LEADING, ("project",)),
        ("client", gettext("Your project"), "o", frozenset({Role.CLIENT}), ()),
        ("my_day", gettext("My day"), "d", SELLING, ("line", "arrived", "arrival")),
        (
            "pipeline",
            gettext("Pipeline"),
            "p",
            READING,
            ("opportunity", "opportunity_new", "leads", "board", "processes", "transfer"),
        ),
        ("accounts", gettext("Accounts"), "a", READING, ("account", "account_new", "account_change", "contacts")),
        ("activities", gettext("Activities"), "v", READING, ()),
        ("targets", gettext("Targets"), "t", SELLING | {Role.DIRECTOR}, ("target", "target_new")),
        ("measures", gettext("Measures"), "n", SELLING | {Role.DIRECTOR, Role.STEWARD}, ("measure",)),
        ("people", gettext("People"), "e", LEADING | SELLING, PEOPLE),
        ("imports", gettext("Imports"), "i", frozenset({Role.DIRECTOR}), IMPORTS),
        ("kept", gettext("Kept about me"), "k", frozenset(Role), ()),
        ("told", gettext("Messages"), "m", frozenset(Role), ()),
        ("settings", gettext("Settings"), "s", frozenset(Role), ("signing_in", "mail_address", *HOOKS)),
    ]


def frame(asked: Asked, name: str) -> dict[str, Any]:
    """The context that `base.html` expects."""
    roles, token = asked.viewer.roles, get_token(asked.request)
    new = unread(asked.viewer, asked.person.told_until, asked.now)
    return {
        "asked": asked,
        "speech": asked.speech,
        "nav": [
            Entry(label, reverse(route), name == route or name in below, key, new if route == "told" else 0)
            for route, label, key, who, below in _entries()
            if roles & who
        ],
        "home_url": "/",
        "search_url": reverse("search") if roles & READING else "",
        "search_live_url": reverse("search_live"),
        "settings_url": reverse("settings"),
        "sign_out_url": reverse("account_logout"),
        "csrf_token": token,
        "csrf_input": format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token),
        "viewer_name": asked.person.name,
        "viewer_place": asked.network.name,
        "viewer_key": str(asked.person.pk),
        "language": asked.speech.locale,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "theme": asked.person.theme,
        "messages": [{"level": one.extra_tags or "good", "text": one.message} for one in get_messages(asked.request)],
    }

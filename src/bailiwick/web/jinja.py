"""The environment of the templates: translation, addresses, and nothing that computes."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, StrictUndefined


def environment(**options: Any) -> Environment:
    """A strict environment: a name that is not given is an error, not an empty place."""
    made = Environment(  # noqa: S701 - Django's engine asks for autoescape
        **{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}, extensions=["jinja2.ext.i18n"]
    )
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(static=static, url=address)
    return made


def address(route: str, /, *parts: Any, **query: Any) -> str:
    """The address of a route with its query; empty values are left out."""
    from urllib.parse import urlencode

    asked = {key: value for key, value in query.items() if value not in (None, "")}
    return reverse(route, args=parts) + (f"?{urlencode(asked)}" if asked else "")

"""Web sessions as Django keeps them, but for keys that no session of ours ever had; each says whose it is and where."""

import hashlib
import re
from datetime import date, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.db import OperationalError

from bailiwick.network.models import Session

DEVICE, BEGUN, SEEN = "device", "begun", "seen"
BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = tuple((name, name) for name in ("Android", "iPhone", "iPad", "Windows", "Mac", "Linux"))


class SessionStore(db.SessionStore):
    """A cookie may hold anything (quoted, even a null byte, which the store refuses): such a key is no session."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """What the session holds also stands in columns, by which its owner finds and ends it; it has a last day however used."""
        row = cast(Session, super().create_model_instance(data))
        row.login_id = UUID(data[SESSION_KEY]) if data.get(SESSION_KEY) else None
        row.network = UUID(data["network"]) if data.get("network") else None
        row.device = data.get(DEVICE, "")
        row.begun = datetime.fromisoformat(data[BEGUN]) if data.get(BEGUN) else None
        row.seen = date.fromisoformat(data[SEEN]) if data.get(SEEN) else None
        if row.begun:
            row.expire_date = min(row.expire_date, row.begun + timedelta(seconds=settings.SESSION_LASTS))
        return row

    def _validate_session_key(self, key: Any) -> bool:
        return isinstance(key, str) and len(key) >= 8 and key.isascii() and key.isalnum()

    def save(self, must_create: bool = False) -> None:
        """Django takes every trouble of the store for a session that somebody has ended: a store that is away is none."""
        try:
            super().save(must_create)
        except UpdateError as ended:
            if isinstance(ended.__context__, OperationalError):
                raise ended.__context__ from ended.__context__.__cause__
            raise


def mark(session: SessionBase, browser: str, now: datetime) -> None:
    """The session says since when it is there and on what device."""
    session[DEVICE], session[BEGUN], session[SEEN] = device_of(browser), now.isoformat(), now.date().isoformat()


def seen(session: SessionBase, today: date) -> None:
    """The session was used today; written once a day."""
    if session.get(SEEN) != today.isoformat():
        session[SEEN] = today.isoformat()


def device_of(browser: str) -> str:
    """What somebody would call their browser, from what it says of itself.

    >>> device_of("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"), device_of("curl/8.5")
    ('Firefox, Linux', '')
    """
    found = [next((name for mark, name in known if re.search(mark, browser)), "") for known in (BROWSERS, SYSTEMS)]
    return ", ".join(word for word in found if word)


def hashed(key: str, prefix: str, version: int) -> str:
    """The key under which something is counted; it may hold the address of somebody and is not kept as such."""
    return hashlib.sha256(f"{prefix}:{version}:{key}".encode()).hexdigest()

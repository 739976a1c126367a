"""Web sessions as Django keeps them, but for keys that no session of ours ever had."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError


class SessionStore(db.SessionStore):
    """A cookie may hold anything (quoted, even a null byte, which the store refuses): such a key is no session."""

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

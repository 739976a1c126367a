"""Web sessions as Django keeps them, but for keys that no session of ours ever had."""

from typing import Any

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """A cookie may hold anything (quoted, even a null byte, which the store refuses): such a key is no session."""

    def _validate_session_key(self, key: Any) -> bool:
        return isinstance(key, str) and len(key) >= 8 and key.isascii() and key.isalnum()

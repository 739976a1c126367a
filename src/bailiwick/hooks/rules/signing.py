"""The secret of a hook and what it signs, as https://www.standardwebhooks.com writes it."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

PREFIX = "whsec_"


def secret_of(root: str, hook: UUID, salt: str) -> str:
    """The secret of a hook, worked out from the secret of the installation and the hook's salt: it is stored nowhere.

    Whoever has the tables or a backup and not `root` knows nothing of it. 32 bytes, as many as the digest has.
    """
    key = hmac.new(root.encode(), b"bailiwick.hooks.secret", hashlib.sha256).digest()
    return PREFIX + base64.b64encode(hmac.new(key, f"{hook}:{salt}".encode(), hashlib.sha256).digest()).decode()


def signature(secret: str, message: str, at: datetime, body: bytes) -> str:
    """`v1,` and the signature of one message."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message}.{int(at.timestamp())}.".encode() + body
    return f"v1,{base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()}"


def headers(secrets: Sequence[str], message: str, at: datetime, body: bytes) -> dict[str, str]:
    """What a message carries: its id, when it was sent, and a signature by each secret that is good now."""
    return {
        "webhook-id": message,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signature(secret, message, at, body) for secret in secrets),
    }


def message_id(hook: UUID, entry: UUID) -> str:
    """The id of an event as a hook tells it: the same at each attempt and each replay."""
    return f"msg_{uuid5(hook, str(entry)).hex}"

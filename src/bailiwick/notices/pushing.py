"""What is posted to the service of a browser's maker so that the browser shows a message: only that browser can read it.

Web Push: RFC 8030 (the post), RFC 8291 (the encryption), RFC 8292 (who we are). No table, no clock, no net.
"""

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the curve (SEC 2, 2.4.2)
RECORD = 4096  # bytes that a browser takes at least
AUTH = 16  # bytes of the secret that a browser gives
LASTS = timedelta(hours=12)  # for which a token of ours is good; a day at most
KEPT = 3600  # seconds for which the service waits for a device that is off


def own_key(root: str) -> ec.EllipticCurvePrivateKey:
    """The key by which services know this installation, worked out from its secret: it is stored nowhere."""
    number = int.from_bytes(hmac.new(root.encode(), b"bailiwick.notices.push", hashlib.sha512).digest())
    return ec.derive_private_key(number % (ORDER - 1) + 1, CURVE)


@cache
def public_key(root: str) -> str:
    """The same as a browser is given it."""
    return _text(_point(own_key(root)))


def is_device(key: str, auth: str) -> bool:
    """Whether these are keys with which a browser can be written to."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, _bytes(key))
        return len(_bytes(auth)) == AUTH
    except (ValueError, binascii.Error):
        return False


def sealed(message: bytes, key: str, auth: str, *, salt: bytes = b"", ours: ec.EllipticCurvePrivateKey | None = None) -> bytes:
    """The message as only the browser with `key` and `auth` can read it (RFC 8291, one record).

    `salt` (16 bytes) and `ours` are new each time, but for the example of the RFC.
    """
    salt, ours = salt or os.urandom(16), ours or ec.generate_private_key(CURVE)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, _bytes(key))
    info = b"WebPush: info\0" + _bytes(key) + _point(ours)
    secret = _derived(ours.exchange(ec.ECDH(), theirs), _bytes(auth), info, 32)
    content = _derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD.to_bytes(4) + bytes([len(_point(ours))]) + _point(ours)
    return head + AESGCM(content).encrypt(nonce, message + b"\2", None)


def headers(address: str, message: str, root: str, sender: str, now: datetime) -> Mapping[str, str]:
    """What goes with it: who posts (`sender`, an address of mail), for how long it is worth, and that it takes the place of the
    same message told before."""
    site = urlsplit(address)
    claims = {"aud": f"{site.scheme}://{site.netloc}", "exp": int((now + LASTS).timestamp()), "sub": f"mailto:{sender}"}
    token = jwt.encode(claims, own_key(root), algorithm="ES256")
    return {
        "Authorization": f"vapid t={token}, k={public_key(root)}",
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT),
        "Topic": message,
        "Urgency": "normal",
    }


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


def _point(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

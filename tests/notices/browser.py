"""The other end of a push, written from RFC 8188 and RFC 8291 without looking at ours."""

import base64
import hashlib
import hmac
import os

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def bytes_of(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "==")


def private(text: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(bytes_of(text)), ec.SECP256R1())


def one(secret: bytes, salt: bytes, info: bytes) -> bytes:
    """The first block of HKDF with SHA-256 (RFC 5869)."""
    key = hmac.new(salt, secret, hashlib.sha256).digest()
    return hmac.new(key, info + b"\1", hashlib.sha256).digest()


class Browser:
    """Keys of its own, and what it reads."""

    def __init__(self, private_key: ec.EllipticCurvePrivateKey | None = None, auth: bytes = b"") -> None:
        self.private, self.auth = private_key or ec.generate_private_key(ec.SECP256R1()), auth or os.urandom(16)
        self.point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.key = base64.urlsafe_b64encode(self.point).decode().rstrip("=")
        self.auth_text = base64.urlsafe_b64encode(self.auth).decode().rstrip("=")

    def opens(self, told: bytes) -> bytes:
        """The message; raises `InvalidTag` for what is not for this browser."""
        salt, length = told[:16], told[20]
        sender, box = told[21 : 21 + length], told[21 + length :]
        shared = self.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
        secret = one(shared, self.auth, b"WebPush: info\0" + self.point + sender)
        content = one(secret, salt, b"Content-Encoding: aes128gcm\0")[:16]
        nonce = one(secret, salt, b"Content-Encoding: nonce\0")[:12]
        plain = AESGCM(content).decrypt(nonce, box, None).rstrip(b"\0")
        assert plain[-1:] == b"\2", "the last record says that it is the last"
        return plain[:-1]

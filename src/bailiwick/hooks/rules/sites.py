"""Where a hook may lead: an address of the internet, never one of the inside that only we can reach."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from bailiwick.kit import Sentence, say

Network = IPv4Network | IPv6Network
TLS_PORT, PLAIN_PORT = 443, 80
ADDRESS = re.compile(r"https?://[!-~]+")
NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,252}[a-z0-9_.])?|[0-9a-f:.]{2,45}")


def networks(said: str) -> tuple[Network, ...]:
    """The networks of a setting: `10.1.0.0/16,fd00:1::/64`.

    >>> [str(one) for one in networks("10.1.0.0/16, 127.0.0.1")]
    ['10.1.0.0/16', '127.0.0.1/32']
    """
    return tuple(ip_network(one.strip()) for one in said.split(",") if one.strip())


# Of IPv6 only what is given out to the world, without what stands for an address of IPv4 or for a tunnel to one, and
# without what is for writing about: an address in it could lead anywhere. 168.63.129.16 is the inside of every machine at Azure.
WORLD = IPv6Network("2000::/3")
NOBODYS = networks("192.0.0.0/24,192.88.99.0/24,168.63.129.16,2001::/23,2001:db8::/32,2002::/16,3fff::/20,2620:4f:8000::/48")


@dataclass(frozen=True, slots=True)
class Site:
    """The parts of a hook's address: `path` with its query, `host` as it is looked up and as the certificate names it."""

    tls: bool
    host: str
    port: int
    path: str

    @property
    def usual(self) -> bool:
        """Whether it is what the internet may be asked for: TLS on its own port."""
        return self.tls and self.port == TLS_PORT

    @property
    def named(self) -> str:
        """The host as the request names it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (TLS_PORT if self.tls else PLAIN_PORT) else f"{host}:{self.port}"


def site_of(url: str) -> Site | None:
    """The parts of `url`; None for what is no address, or carries a name, a password or a fragment.

    >>> site_of("https://example.com/in?from=us")
    Site(tls=True, host='example.com', port=443, path='/in?from=us')
    >>> site_of("https://user@example.com/") is None
    True
    """
    if not ADDRESS.fullmatch(url) or "\\" in url:
        return None
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        return None
    if "@" in parts.netloc or "#" in url or port == 0 or not NAME.fullmatch(host):
        return None
    tls = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Site(tls, host, port or (TLS_PORT if tls else PLAIN_PORT), path)


def refused_site(url: str, inside: Sequence[Network]) -> Sentence | None:
    """What is wrong with an address as typed; None where it may be tried. Names are looked up when it is called."""
    site = site_of(url)
    if site is None:
        return say("An address looks like https://example.com/hook, without a name or password in it.")
    if not site.usual and not inside:
        return say("It begins with https:// and has no port of its own.")
    try:
        literal = ip_address(site.host)
    except ValueError:
        return None
    return None if may_call(site, [str(literal)], inside) else say("That address is not one of the internet.")


def may_call(site: Site, addresses: Sequence[str], inside: Sequence[Network]) -> bool:
    """Whether every one of the addresses to which the name leads may be called.

    `inside`: networks of one's own that the operator opened; only they may be called without TLS or on another port.
    """
    return bool(addresses) and all(_listed(one, inside) or (site.usual and of_the_world(one)) for one in map(_address, addresses))


def of_the_world(address: IPv4Address | IPv6Address | None) -> bool:
    """Whether an address is one of the internet, reached the same from everywhere; closed where in doubt.

    >>> [of_the_world(ip_address(one)) for one in ("93.184.215.14", "10.0.0.1", "::ffff:93.184.215.14")]
    [True, False, False]
    """
    if address is None or not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if isinstance(address, IPv6Address) and address not in WORLD:
        return False
    return not any(address in one for one in NOBODYS)


def _listed(address: IPv4Address | IPv6Address | None, inside: Sequence[Network]) -> bool:
    return address is not None and any(address in one for one in inside)


def _address(said: str) -> IPv4Address | IPv6Address | None:
    """None for what is no plain address: one with a zone names a wire of ours."""
    try:
        return ip_address(said) if "%" not in said else None
    except ValueError:
        return None

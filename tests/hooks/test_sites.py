"""Where a hook may lead: every spelling of an inner address is refused, and so is what only looks like an address."""

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bailiwick.hooks.rules.sites import Site, may_call, networks, of_the_world, refused_site, site_of

INNER = (
    "0.0.0.0", "0.1.2.3", "127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "169.254.0.1", "100.64.0.1", "100.127.255.254", "192.0.0.8", "192.0.0.192", "192.0.2.1", "192.88.99.1",
    "198.18.0.1", "198.51.100.1", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:8.8.8.8", "::127.0.0.1", "::7f00:1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "2001:0:4136:e378::1",
    "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "ff0e::1", "2001:db8::1", "3fff::1", "100::1", "5f00::1",
)  # fmt: skip
WORLD = ("8.8.8.8", "93.184.215.14", "1.1.1.1", "2606:4700::1111", "2a00:1450:4001:82b::200e")
USUAL = Site(True, "example.com", 443, "/")


@pytest.mark.parametrize("address", INNER)
def test_an_inner_address_is_never_called(address: str) -> None:
    assert not of_the_world(ip_address(address))
    assert not may_call(USUAL, [address], ())


@pytest.mark.parametrize("address", WORLD)
def test_an_address_of_the_internet_is_called(address: str) -> None:
    assert may_call(USUAL, [address], ())


@pytest.mark.parametrize("address", INNER)
def test_one_inner_address_among_others_closes_the_name(address: str) -> None:
    assert not may_call(USUAL, ["8.8.8.8", address], ())
    assert not may_call(USUAL, [address, "8.8.8.8"], ())


@pytest.mark.parametrize("address", ["fe80::1%eth0", "8.8.8.8%1", "example.com", "", "0x7f000001", "127.1", "010.0.0.1"])
def test_what_is_no_plain_address_is_never_called(address: str) -> None:
    assert not may_call(USUAL, [address], ())
    assert not may_call(USUAL, [], ())


@given(st.ip_addresses(v=6))
def test_of_ipv6_only_what_is_given_out_to_the_world_is_called(address: object) -> None:
    whole = int(address)  # type: ignore[call-overload]
    if of_the_world(address):  # type: ignore[arg-type]
        assert whole >> 125 == 1
        assert whole >> 112 != 0x2002


def test_what_the_operator_opened_may_be_called_also_without_tls_and_nothing_beside_it() -> None:
    inside = networks("10.1.0.0/16")
    plain = Site(False, "crm.inside", 8080, "/")
    assert may_call(plain, ["10.1.2.3"], inside)
    assert not may_call(plain, ["10.2.2.3"], inside)
    assert not may_call(plain, ["8.8.8.8"], inside), "without TLS only inside"
    assert not may_call(plain, ["::ffff:10.1.2.3"], inside)
    assert may_call(USUAL, ["8.8.8.8"], inside)


@pytest.mark.parametrize(
    "url",
    [
        "", "example.com", "ftp://example.com/", "file:///etc/passwd", "gopher://example.com/", "javascript:alert(1)", "//example.com/",
        "https://", "https:///path", "https://user@example.com/", "https://user:word@example.com/", "https://@example.com/",
        "https://example.com:0/", "https://example.com:99999/", "https://example.com:x/", "https://exa mple.com/",
        "https://example.com/\r\nX: y", "https://example.com\\@evil.example/", "https://example.com/#part", "https://[::1", "https://[fe80::1%25eth0]/",
        "https://ex\x00ample.com/", "https://exämple.com/", "https://example.com/ä", "HTTPS\t://example.com", "https://%31%32%37.0.0.1/",
        "https://a,b.example/", "https://-/",
    ],
)  # fmt: skip
def test_what_is_no_plain_address_of_a_hook_is_refused(url: str) -> None:
    assert site_of(url) is None
    assert refused_site(url, ()) is not None


@pytest.mark.parametrize(
    "url",
    ["http://example.com/", "https://example.com:8443/", "https://127.0.0.1/", "https://[::1]/", "https://10.0.0.1/x", "https://[::ffff:127.0.0.1]/"],
)  # fmt: skip
def test_without_tls_on_another_port_or_to_an_inner_address_a_hook_is_refused_as_it_is_typed(url: str) -> None:
    assert site_of(url) is not None
    assert refused_site(url, ()) is not None


def test_an_address_as_receivers_have_them_is_taken() -> None:
    assert refused_site("https://hooks.example.com/in/42?key=a%20b", ()) is None
    assert refused_site("http://127.0.0.1:8080/in", networks("127.0.0.1")) is None
    assert site_of("https://EXAMPLE.com") == Site(True, "example.com", 443, "/")
    assert site_of("https://[2606:4700::1111]/in") == Site(True, "2606:4700::1111", 443, "/in")
    assert Site(True, "2606:4700::1111", 443, "/").named == "[2606:4700::1111]"
    assert Site(True, "a.example", 8443, "/").named == "a.example:8443"


@pytest.mark.parametrize("host", ["2130706433", "0x7f.0.0.1", "0177.0.0.1", "127.1", "localhost", "127.0.0.1.nip.io"])
def test_another_spelling_of_an_inner_address_is_a_name_and_is_judged_where_it_leads(host: str) -> None:
    assert site_of(f"https://{host}/") is not None
    assert not may_call(site_of(f"https://{host}/") or USUAL, ["127.0.0.1"], ())

"""Where a row is seen in its source: an address with the place of the id. Pure."""

import re
from urllib.parse import quote, urlsplit

from bailiwick.kit import Sentence, say

ID = "{id}"
PLAIN = re.compile(r"[!-~]+")


def wrong_link(template: str) -> Sentence | None:
    """What is wrong with an address in which `{id}` stands for an id; None where nothing is.

    >>> [wrong_link(one) is None for one in ("https://crm.example/deal/{id}?tab=1", "https://crm.example/{id}/{id}")]
    [True, False]
    >>> [str(wrong_link(one))[:12] for one in ("http://crm.example/{id}", "https://{id}.example/", "https://me@crm.example/{id}")]
    ['An address l', 'An address l', 'An address l']
    """
    wrong = say("An address looks like https://crm.example/deal/{id}.")
    try:
        parts = urlsplit(template)
        host = parts.hostname or ""
    except ValueError:
        return wrong
    said = parts.scheme == "https" and "." in host and "@" not in parts.netloc and ID not in parts.netloc
    return None if said and template.count(ID) == 1 and PLAIN.fullmatch(template) and "\\" not in template else wrong


def link_to(template: str, key: str) -> str:
    """The address of one row; whatever its id holds, it stays in its place.

    >>> link_to("https://crm.example/deal/{id}", "7/../x?y")
    'https://crm.example/deal/7%2F..%2Fx%3Fy'
    """
    return template.replace(ID, quote(key, safe=""))


def host_of(template: str) -> str:
    """The host to which an address leads, for a person to see before they go there.

    >>> host_of("https://crm.example:8443/deal/{id}")
    'crm.example:8443'
    """
    return urlsplit(template).netloc

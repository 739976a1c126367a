"""`bailiwick receive`: one mail for somebody's own address, on standard input, as a mail server's pipe hands it over.

Exit codes are those of sysexits.h, by which mail servers know what to do: 0 taken, 65 it cannot be read, 67 nobody has this
address, 75 try again later. What is printed goes into the mail that says so, hence no word about who or what is here.
"""

import argparse
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from email import message_from_bytes
from email.policy import compat32
from typing import TYPE_CHECKING

from bailiwick.kit import Refused

if TYPE_CHECKING:
    from bailiwick.network.models import ApiToken
    from bailiwick.pipeline.commands import TakenIn

TAKEN, UNREADABLE, UNKNOWN, LATER = 0, 65, 67, 75
MOST_BYTES, MOST_A_DAY, MOST_TRIED, HEAD = 10_000_000, 200, 20, 100_000
SECRET = re.compile(r"\blog\+([a-z2-7]{32})@", re.IGNORECASE)
SAID_BY_SERVER = ("ORIGINAL_RECIPIENT", "RECIPIENT")  # Postfix tells them to a command in an alias
SAID_IN_HEAD = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to", "cc")
WORDS = {
    UNREADABLE: "This is no mail that can be read here, or it is larger than 10 MB.",
    UNKNOWN: "Nobody has this address.",
    LATER: "It cannot be taken just now.",
}


def run(asked: argparse.Namespace) -> int:
    """Take what is on standard input; the answer is the exit code."""
    taken = None
    try:
        code, taken = receive(asked)
    except Exception:  # a mail server that hears of anything else sends the mail back: later it may be taken
        code = LATER
    if code:
        print(f"bailiwick: {WORDS[code]}", file=sys.stderr)
    if asked.json:
        new, known, withdrawn = (len(taken.new), taken.known, taken.withdrawn) if taken else (0, 0, 0)
        print(json.dumps({"code": code, "proposed": new, "known": known, "withdrawn": withdrawn}))
    return code


def receive(asked: argparse.Namespace) -> "tuple[int, TakenIn | None]":
    """Exit code, and what came of it."""
    raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        return UNREADABLE, None
    secrets = list(dict.fromkeys(addressed(asked.address, os.environ, raw)))[:MOST_TRIED]
    if not secrets:
        return UNKNOWN, None
    from datetime import UTC

    from bailiwick.cli.surroundings import with_django

    with_django(asked.home, migrate=False)
    from bailiwick.network.queries import token_of_mail

    now = datetime.now(UTC)
    token = next((found for secret in secrets if (found := token_of_mail(secret, now))), None)
    return take(token, raw, now) if token else (UNKNOWN, None)


def addressed(address: str, environment: Mapping[str, str], raw: bytes) -> Iterator[str]:
    """The secrets of the addresses that it may be for: as named, else as the server or the head of the mail says."""
    if address:
        yield from SECRET.findall(f"{address}@")
        return
    yield from (secret for name in SAID_BY_SERVER for secret in SECRET.findall(environment.get(name, "")[:1_000]))
    head = message_from_bytes(raw[:HEAD].split(b"\n\n")[0].split(b"\r\n\r\n")[0] + b"\n\n", policy=compat32)
    yield from (secret for name in SAID_IN_HEAD for said in head.get_all(name, [])[:20] for secret in SECRET.findall(str(said)))


def take(token: "ApiToken", raw: bytes, now: datetime) -> "tuple[int, TakenIn | None]":
    """The message is proposed to the one whose address it is; beyond 200 on a day it has to wait, of which they are told once."""
    from bailiwick.kit import Actor, Door
    from bailiwick.network.commands.access import paced, stamp_token
    from bailiwick.network.queries import oneself, scope_of
    from bailiwick.notices.commands import tell
    from bailiwick.pipeline.commands import take_in
    from bailiwick.tenancy.within import within
    from bailiwick.web.mails.arrivals import too_many

    access = token.access
    many = paced(token, now, seconds=86_400) > MOST_A_DAY
    with within(access.network_id):
        by = Actor(scope_of(access.network_id, access.person, now), Door.COMMAND)
        if not by.scope.sells:
            return UNKNOWN, None
        person = oneself(by.scope)
        language = person.language or access.network.language
        if many:
            zone = by.scope.home.zone if by.scope.home else access.network.zone
            tell([too_many(person, zone, language, now, MOST_A_DAY)], by=by, now=now)
            return LATER, None
    stamp_token(token, now)
    try:
        with within(access.network_id):
            return TAKEN, take_in(raw, language=language, by=by, now=now)
    except Refused as no:
        return (LATER if no.code == "too_many_arrivals" else UNREADABLE), None

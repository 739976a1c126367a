"""What a header or a file name speaks of: its words, folded and parted, as concepts of the vocabulary."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from bailiwick.exchange.rules.detecting.phrases import PHRASES
from bailiwick.exchange.rules.detecting.vocabulary import NOISE, WORDS

CONCEPT = {word: concept for concept, words in WORDS.items() for word in words.split() if "_" not in word}
LINKS = ("", "s", "n", "en", "es", "e")
# Words that end other words by accident (`ownership`), and short ones that end headers on purpose (`accountid`).
NEVER_A_TAIL = frozenset("ship art ort land rep name_ on am".split())
SHORT_TAILS = frozenset("id nr no key day tag www url".split())
LONGEST_PHRASE = 4
LONGEST_NAME = 300  # letters of a header that are looked at: what is longer is no name
STANDING = re.compile(r"__(c|r|pc)$", re.IGNORECASE)
# "(Do Not Modify) Account" is the id of the row in Dynamics; the day of the change and the checksum beside it are no ids.
KEPT = re.compile(r"\s*\(\s*(?:do not modify|nicht ändern)\s*\)\s*(?P<own>.+)", re.IGNORECASE)
NO_ID = frozenset(("modified", "audit"))
# Systems that say before each column of which table it is: "Deal - Title", "Deal : Name".
BEFORE = re.compile(r"\s*(?P<own>\w[\w ]{0,40}?)\s+[-:]\s+\S")
# Pipedrive's persons are the customers' people; whoever sells is a user there.
PERSON = re.compile(r"\s*person\s+-\s", re.IGNORECASE)
NEITHER = re.compile(r"[^a-z\d]+")
HUMP = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")


@lru_cache(maxsize=200_000)
def folded(text: str) -> str:
    """Small letters and digits only, without accents: `GTX Pro`, `gtx-pro` and `GTXPro` are one.

    >>> folded("Größe (GTX-Pro)")
    'grossegtxpro'
    """
    if text.isascii():
        return NEITHER.sub("", text.lower())
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def parted(name: str) -> list[str]:
    """The words of a name, folded: humps, underscores and punctuation part them.

    >>> parted("Deal - Expected closeDate__c")
    ['deal', 'expected', 'close', 'date']
    """
    bare = STANDING.sub(" ", name.strip()).replace("IDs", "Ids")
    pieces = re.split(r"[\W_]+", HUMP.sub(" ", bare))
    return [word for word in (folded(piece) for piece in pieces) if word]


@lru_cache(maxsize=10_000)
def split_compound(word: str) -> tuple[str, ...]:
    """A word written together in the words it is made of, where the vocabulary knows all of them.

    >>> split_compound("abschlussdatum"), split_compound("kundennummer"), split_compound("xyzzy")
    (('abschluss', 'datum'), ('kunden', 'nummer'), ())
    """
    if word in CONCEPT:
        return (word,)
    for end in range(len(word) - 2, 2, -1):
        if word[:end] in CONCEPT and (tail := _tail(word[end:])):
            return (word[:end], *tail)
    return ()


def _tail(rest: str) -> tuple[str, ...]:
    for link in LINKS:
        bare = rest.removeprefix(link) if rest.startswith(link) else ""
        if bare in SHORT_TAILS or (len(bare) > 3 and bare not in NEVER_A_TAIL):
            if bare in SHORT_TAILS:
                return (bare,)
            if parts := split_compound(bare):
                return parts
    return ()


def _said(words: list[str]) -> list[str]:
    """Words as concepts, the longest phrases first; a word that nobody knows stays, with a question mark before it."""
    said: list[str] = []
    place = 0
    while place < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - place), 0, -1):
            phrase = " ".join(words[place : place + length])
            if phrase in PHRASES:
                said += PHRASES[phrase].split()
                break
        else:
            length, word = 1, words[place]
            if word in CONCEPT:
                said.append(CONCEPT[word])
            elif parts := split_compound(word):
                said += _said(list(parts)) if len(parts) > 1 else [CONCEPT[parts[0]]]
            elif word not in NOISE and not word.isdigit() and len(word) > 1:
                said.append("?" + word)
        place += length
    return said


@lru_cache(maxsize=10_000)
def concepts(name: str) -> frozenset[str]:
    """What a name speaks of.

    >>> sorted(concepts("Account Owner")), sorted(concepts("closedate")), sorted(concepts("Kundennummer"))
    (['owner'], ['close', 'date'], ['account', 'id'])
    >>> sorted(concepts("(Do Not Modify) Account")), sorted(concepts("Person - Name"))
    (['account', 'id'], ['contact', 'name'])
    """
    name = name[:LONGEST_NAME]
    kept = KEPT.match(name)
    said = frozenset(_said(parted(PERSON.sub("contact ", kept["own"] if kept else name, count=1))))
    return said | {"id"} if kept and not said & NO_ID else said


def stated(columns: Iterable[str]) -> frozenset[str]:
    """What a table says in its headers that it is: before every one of them, or where it names its rows' ids.

    >>> sorted(stated(["Organization - Name", "Organization - Owner"])), sorted(stated(["Deal - Title", "Person - Name"]))
    (['account'], [])
    """
    columns = list(columns)
    ids = [concepts(kept["own"]) for column in columns if (kept := KEPT.match(column))]
    before = {found["own"].casefold() if (found := BEFORE.match(column)) else "" for column in columns}
    return frozenset().union(*(one for one in ids if not one & NO_ID), concepts(f"{before.pop()} - ") if len(before) == 1 else ())


@lru_cache(maxsize=1_000)
def file_concepts(table: str) -> frozenset[str]:
    """What a table's name speaks of, without folders and endings."""
    bare = re.sub(
        r"\.(csv|tsv|txt|xlsx?|xlsm|ods|parquet|json|jsonl|zip)\b", " ", table.rsplit("/", maxsplit=1)[-1], flags=re.IGNORECASE
    )
    return concepts(bare)

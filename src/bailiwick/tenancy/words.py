"""Search by words: the beginnings of them, or words with one slip of the finger.

`Word` leads from a word to rows of the network; which of those somebody sees is always asked of the rows themselves.
"""

import re
from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from bailiwick.kit import Scope
from bailiwick.tenancy.findable import PHONE
from bailiwick.tenancy.models import TenantModel, Word
from bailiwick.tenancy.walls import InNetwork

R = TypeVar("R", bound=TenantModel)
MOST_WORDS, MOST_AMONG = 8, 24
LONGEST, LONGEST_WORD = 2000, 40
END = "\U0010ffff"
SLIPPED = 4  # a word of fewer letters has too many neighbours for a slip to be told from another word
ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "0123456789", "αβγδεζηθικλμνξοπρστυφχψω", "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ")

THERE = """
    SELECT word FROM unnest(%s::text[]) AS told(word) WHERE EXISTS (
        SELECT FROM tenancy_word kept WHERE network_id = %s AND kind = %s AND kept.word = told.word COLLATE "C"
    )
"""


def words_in(text: str) -> tuple[str, ...]:
    """The words of what somebody typed, folded as those of the rows are, the longest first; a long number is one word."""
    digits = re.sub(r"[\s()+/.-]", "", text)
    if digits.isascii() and digits.isdigit() and len(digits) >= PHONE:
        return (digits[:LONGEST_WORD],)
    return _folded(text)[:MOST_WORDS]


def _folded(text: str) -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT words_of(%s)", [text[:LONGEST]])
        (found,) = cursor.fetchone() or ([],)
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def having(rows: QuerySet[R], text: str, by: InNetwork, *, of: type[TenantModel] | None = None, key: str = "pk") -> QuerySet[R]:
    """Rows of which every word of `text` begins some word; all rows where `text` holds none.

    `of` and `key`: the words are those of another row, to which `key` leads (of the company of a holding).
    """
    for word in words_in(text):
        rows = rows.filter(_has(of or rows.model, key, _leads(word), by))
    return rows


def having_any(rows: QuerySet[R], texts: Sequence[str], by: InNetwork) -> QuerySet[R]:
    """Rows of which some word begins like one of the words of `texts`; no row for no words."""
    words = _folded(" ".join(texts))[:MOST_AMONG] if texts else ()  # one question for all of them
    among = Q()
    for word in words:
        among |= _begins(word)
    return rows.filter(_has(rows.model, "pk", among, by)) if words else rows.none()


def found(model: type[TenantModel], words: Sequence[str], viewer: Scope, *, most: int, slips: bool = False) -> dict[UUID, str]:
    """Up to `most` rows in sight that have every word, each with the word by which the first (longest) of `words` led there.

    In the order of those words, so that which rows come does not hang on rows that the viewer does not see. `slips`: a
    word may also differ in one letter (left out, added, exchanged, two changed about).
    """
    near = _near(model, words, viewer) if slips else {}
    first, *others = words
    rows = Word.objects.in_network(viewer).filter(kind=model._meta.model_name)
    for word in others:
        rows = rows.filter(_has(model, "row", _leads(word) | Q(word__in=near.get(word, ())), viewer))
    sight = model.sight(viewer)
    if sight:
        rows = rows.filter(Exists(model.objects.seen_by(viewer).filter(pk=OuterRef("row"))))
    # Asked one after the other: joined by OR, the two would make PostgreSQL read every word there is.
    ways = [_begins(first), *_as_phone(first), *([Q(word__in=near[first])] if near.get(first) else [])]
    led = [pair for way in ways for pair in rows.filter(way).order_by("word", "row").values_list("word", "row")[:most]]
    told: dict[UUID, str] = {}
    for word, row in sorted(led)[:most]:
        told.setdefault(row, word)
    return told


def _near(model: type[TenantModel], words: Sequence[str], by: InNetwork) -> dict[str, list[str]]:
    """For each word those one slip away that there are: few, so that PostgreSQL expects few rows and not thousands."""
    near = {}
    with connection.cursor() as cursor:
        for word in words:
            if len(word) >= SLIPPED:
                cursor.execute(THERE, [neighbours(word), by.network, model._meta.model_name])
                near[word] = [found for (found,) in cursor.fetchall()]
    return near


def _has(model: type[TenantModel], key: str, condition: Q, by: InNetwork) -> Exists:
    return Exists(Word.objects.in_network(by).filter(condition, kind=model._meta.model_name, row=OuterRef(key)))


def _begins(word: str) -> Q:
    return Q(word__gte=word, word__lt=word + END)


def _as_phone(word: str) -> list[Q]:
    """The end of a long number, which is all that is kept of a telephone; the number may be a registration as well."""
    return [Q(word=word[-PHONE:])] if word.isdigit() and len(word) > PHONE else []


def _leads(word: str) -> Q:
    """Every way in which a typed word leads to a kept one, but for slips."""
    found = _begins(word)
    for way in _as_phone(word):
        found |= way
    return found


def neighbours(word: str) -> list[str]:
    """Every word that is one slip away from `word`: a letter left out, added or exchanged, or two letters changed about."""
    letters = "".join(alphabet for alphabet in ALPHABETS if set(alphabet) & set(word))
    parted = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    one = {before + after[1:] for before, after in parted if after}
    one |= {before + after[1] + after[0] + after[2:] for before, after in parted if len(after) > 1}
    one |= {before + letter + after[1:] for before, after in parted if after for letter in letters}
    one |= {before + letter + after for before, after in parted for letter in letters}
    return sorted(one - {word})


def closeness(word: str, led: str, name: str) -> tuple[Any, ...]:
    """The order of what was found: the whole word before its beginning, short names before long ones."""
    return (led != word, len(name), name)

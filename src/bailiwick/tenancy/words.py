"""Search by the beginnings of words, over the indexes that the tables declare."""

import re
from typing import Any, TypeVar, cast

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Model, QuerySet

R = TypeVar("R", bound=Model)
WORD = re.compile(r"[^\W_]+")
MOST_WORDS = 8


def beginning(rows: QuerySet[R], column: str, text: str) -> QuerySet[R]:
    """Rows in whose `column` every word of `text` begins some word; all rows where `text` holds no word."""
    words = WORD.findall(text)[:MOST_WORDS]
    if not words:
        return rows
    return _matching(rows, column, " & ".join(f"{word}:*" for word in words))


def any_of(rows: QuerySet[R], column: str, words: "list[str] | tuple[str, ...]") -> QuerySet[R]:
    """Rows in whose `column` at least one of `words` begins some word; no row for no words."""
    clean = [word for text in words for word in WORD.findall(text)][:24]
    if not clean:
        return rows.none()
    return _matching(rows, column, " | ".join(f"{word}:*" for word in clean))


def _matching(rows: QuerySet[R], column: str, query: str) -> QuerySet[R]:
    vector = SearchVector(column, config="simple")
    found: Any = rows.annotate(words=vector).filter(words=SearchQuery(query, search_type="raw", config="simple"))
    return cast(QuerySet[R], found)

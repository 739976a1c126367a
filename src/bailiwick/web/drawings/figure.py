"""A key figure as the macro `figure` prints it: every word is given, nothing is computed."""

from dataclasses import dataclass

from bailiwick.web.drawings.drawn import Drawn


@dataclass(frozen=True, slots=True)
class Figure:
    """`name` small, `value` large with `between` ("58% to 66%") beside it, `note` below: n, what it means, and where to look.

    With `too_few` cases the words say so in the value's place; the note says when it will be known.
    """

    name: str
    value: str
    between: str = ""
    note: str = ""
    url: str = ""
    url_word: str = ""
    too_few: bool = False
    drawn: Drawn | None = None

"""Which cells say nothing although something stands in them."""

# What systems write for "no value". The zero day is MySQL's, \N that of its dumps, NaT that of data frames; the first day of
# all is where .NET begins.
PLACEHOLDERS = frozenset(
    {"", "-", "--", "–", "—", "null", "(null)", "n/a", "#n/a", "na", "none", "nat", "nil", "\\n", "(blank)"}
    | {"0000-00-00", "0000-00-00 00:00:00", "00/00/0000", "00.00.0000"}
    | {"0001-01-01", "0001-01-01 00:00:00", "0001-01-01t00:00:00", "01.01.0001", "01.01.0001 00:00:00", "1/1/0001"}
    | {"01/01/0001", "01/01/0001 00:00:00", "1/1/0001 12:00:00 am"}
)


def is_blank(text: str) -> bool:
    """Whether a cell of a day, an amount or a check is empty in all but form.

    >>> [is_blank(text) for text in ("", " - ", "NULL", "0000-00-00", "0")]
    [True, True, True, True, False]
    """
    return not text or text.strip().lower() in PLACEHOLDERS

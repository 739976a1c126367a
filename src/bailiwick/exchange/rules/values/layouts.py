"""How days are laid out in exports. Only the layouts: whether a text is a real day is told in `days`."""

import re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jän jänner jaenner",
            "feb february februar feber",
            "mar march mär märz mrz maerz",
            "apr april",
            "may mai",
            "jun june juni",
            "jul july juli",
            "aug august",
            "sep sept september",
            "oct october okt oktober",
            "nov november",
            "dec december dez dezember",
        ),
        start=1,
    )
    for name in names.split()
}

WEEKDAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|mo|di|mi|do|fr|sa|so|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)"
)
# 3:04 PM, 13:00:00.000, with Z, UTC or an offset behind. Days are taken as written, so that the rest only has to be a time.
TIME = (
    r"(?:(?:[T,]\s*|\s+)(?:at |um )?\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:\s*[ap]\.?m\.?)?(?: Uhr)?"
    r"(?:\s*(?:Z|UTC|GMT|CES?T|MES?Z)?(?:[+-]\d{2}(?::?\d{2})?)?)?)?"
)
NAME = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
FLAGS = re.IGNORECASE | re.ASCII


def _layout(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"{pattern}{TIME}\Z", FLAGS)


YEAR_FIRST = _layout(r"(?P<year>[1-9]\d{3})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})")
NUMBERED = _layout(r"(?P<one>\d{1,2})(?P<sep>[-/.])\s?(?P<two>\d{1,2})(?P=sep)\s?(?P<year>[1-9]\d{3}|\d{2})")
COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:[T ]?\d{4}(?:\d{2}(?:\.\d+)?)?Z?)?\Z", FLAGS)
SERIAL = re.compile(r"\d{5}(?:\.\d{1,17})?\Z", FLAGS)
NAMED = (
    # 15 Apr, 2021; 15-Apr-21; 15. April 2021; Thu, 15th of April 2021
    _layout(
        rf"(?:{WEEKDAY}[.,]*\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?[\s-]*(?:of\s+)?{NAME}\.?,?[\s-]*(?P<year>[1-9]\d{{3}}|\d{{2}})"
    ),
    # Apr 15, 2021; April 15th 2021; Apr-15-2021
    _layout(rf"(?:{WEEKDAY}[.,]*\s+)?{NAME}\.?[\s-]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|[\s-]+)(?P<year>[1-9]\d{{3}})"),
    # 2021-Apr-15
    _layout(rf"(?P<year>[1-9]\d{{3}})[\s-]+{NAME}\.?[\s-]+(?P<day>\d{{1,2}})"),
    # Thu Apr 15 13:00:00 UTC 2021, as programs print it
    re.compile(
        rf"{WEEKDAY}\s+{NAME}\s+(?P<day>\d{{1,2}})\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?:\s+[A-Z]{{3,4}})?\s+(?P<year>\d{{4}})\Z",
        FLAGS,
    ),
)


def month_of(name: str) -> int:
    """The number of a month's name, English or German, in any case."""
    return MONTHS[name.lower()]

"""How days are laid out in exports. Only the layouts: whether a text is a real day is told in `days`."""

import re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jän jänner jaenner janv janvier enero ene gennaio januari",
            "feb february februar feber fév févr fevr février fevrier febrero febbraio februari",
            "mar march mär märz mrz maerz mars marzo maart",
            "apr april avr avril abr abril aprile",
            "may mai mayo maggio mag mei",
            "jun june juni juin junio giugno giu",
            "jul july juli juil juillet julio luglio lug",
            "aug august août aout agosto ago augustus",
            "sep sept september septembre septiembre setiembre settembre",
            "oct october okt oktober octobre octubre ottobre ott",
            "nov november novembre noviembre",
            "dec december dez dezember déc décembre decembre diciembre dic dicembre",
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
SERIAL = re.compile(r"\d{5}(?:[.,]\d{1,17})?\Z", FLAGS)
NAMED = (
    # 15 Apr, 2021; 15-Apr-21; 15. April 2021; Thu, 15th of April 2021
    _layout(
        rf"(?:{WEEKDAY}[.,]*\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th|er)?\.?[\s-]*(?:(?:of|de)\s+)?{NAME}\.?,?[\s-]*(?:del?\s+)?(?P<year>[1-9]\d{{3}}|\d{{2}})"
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
    """The number of a month's name, in any language and case that is known here."""
    return MONTHS[name.lower()]

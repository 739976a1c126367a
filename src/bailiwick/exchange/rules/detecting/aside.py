"""Why a table is left aside, in a sentence for the person who gave it."""

from collections.abc import Callable

from bailiwick.exchange.rules.detecting.fitting import Seen
from bailiwick.exchange.rules.detecting.profile import Profile
from bailiwick.kit import Sentence, say

BY_HAND = say("Left aside by hand.")
EMPTY = say("It holds no rows.")
HEADER = say("It has a header and no rows below it.")
NOTHING = say("Nothing in it looks like deals, companies, people, products or activities.")
PLACES = say("It describes places.")
CATEGORIES = say("It holds categories that only describe something else.")

LONGEST_NOTE = 60  # rows; more of them are a list without a header

Words = frozenset[str]


def why(seen: Seen) -> Sentence:
    """The likeliest reason, by what the table's name and headers speak of."""
    if seen.table.unread:
        return seen.table.unread
    if not seen.table.rows:
        return HEADER if seen.table.headed and seen.table.columns else EMPTY
    headers = frozenset(word for profile in seen.profiles for word in profile.said)
    return next((sentence for holds, sentence in REASONS if holds(seen, headers)), NOTHING)


def _speaks(*words: str) -> Callable[[Seen, Words], bool]:
    return lambda seen, headers: bool((seen.about | headers).intersection(words))


def _named(*words: str) -> Callable[[Seen, Words], bool]:
    return lambda seen, headers: bool(seen.about.intersection(words))


def _scales(seen: Seen, headers: Words) -> bool:
    """Whether most columns hold small whole numbers, as answers to questions are."""
    return len(seen.profiles) > 3 and sum(_scale(one) for one in seen.profiles) > 0.6 * len(seen.profiles)


def _scale(profile: Profile) -> bool:
    return profile.shape in ("number", "check") and 1 < profile.distinct <= 12 and not profile.said & {"flag", "deleted"}


def _lines(seen: Seen, headers: Words) -> bool:
    """Whether it is a title page or a note: words in one column, or in a second one without a name what belongs to them."""
    columns = seen.table.columns
    return len(seen.table.rows) <= LONGEST_NOTE and (len(columns) == 1 or (len(columns) == 2 and columns[1] == "column 2"))


def _list_of_people(seen: Seen, headers: Words) -> bool:
    return {"first", "last"} <= headers


def _of_places(seen: Seen, headers: Words) -> bool:
    return bool(headers & {"coordinate", "province"}) and not headers & {"email", "phone"}


def _log(seen: Seen, headers: Words) -> bool:
    return "date" in headers and any(one.shape == "day" and one.distinct > 10 for one in seen.profiles)


REASONS: tuple[tuple[Callable[[Seen, Words], bool], Sentence], ...] = (
    (_lines, say("It holds lines of text and no table.")),
    (_speaks("dictionary"), say("It explains the fields of the other tables.")),
    (_speaks("quota", "budget"), say("It holds targets; they are set on their own page.")),
    (_named("quote"), say("It holds quotes; the deals that they belong to are taken in.")),
    (_named("campaign"), say("It holds campaigns or promotions, which are not taken in.")),
    (_speaks("survey"), say("It holds answers to a survey.")),
    (_named("geography", "coordinate"), PLACES),
    (_named("office", "territory"), say("It describes territories; units are drawn up on their own page.")),
    (_named("fiscal"), say("It is a calendar.")),
    (_named("category"), CATEGORIES),
    (_scales, say("It holds answers or scores, not sales.")),
    (_list_of_people, say("It lists people, but nothing tells whose colleagues or contacts they are.")),
    (_of_places, PLACES),
    (
        lambda seen, headers: not seen.table.headed,
        say("It has no header, and its contents do not tell what it is; name its columns in the mapping file to use it."),
    ),
    (
        lambda seen, headers: len(seen.profiles) <= 3 and all("id" in profile.said for profile in seen.profiles),
        say("It holds pairs of keys only."),
    ),
    (_log, say("It looks like a log of events; nothing in it speaks of deals.")),
    (_speaks("category"), CATEGORIES),
)

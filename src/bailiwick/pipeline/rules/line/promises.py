"""Whether a clause promises the customer something, as against the customer promising us."""

from collections.abc import Callable

from bailiwick.pipeline.rules.line.acts import PASSIVE, WE, theirs
from bailiwick.pipeline.rules.line.verbs import NOT
from bailiwick.pipeline.rules.line.words import Line, Span, keys, phrases, single

ENGLISH = keys("promised promise promising pledged committed")
GERMAN = keys("versprochen versprach verspreche versprechen zugesagt zugesichert zusage")
WILL = keys("will i'll we'll werde werden ich")
DELIVER = keys(
    "send deliver provide share give bring supply forward submit ship schicken senden liefern zusenden zuschicken"
    " nachreichen schicke sende liefere geben bringen nachliefern übersenden"
)
US = keys("us uns me mir")
NO_PROMISE = phrases({True: "no promise|don't promise|can't promise|cannot promise"})
PROMISE_WORDS = ENGLISH | GERMAN | WILL | DELIVER | US | single(NO_PROMISE)


def promises(line: Line, clause: Span, name_ends: Callable[[int], bool]) -> bool:
    """`name_ends` says whether a name ends before a word: "Acme promised ..." at the start of a clause is theirs."""
    keys = [line.key(at) for at in range(clause.first, clause.end)]
    for at in range(clause.first, clause.end):
        if _promise_word(line, at, keys) and not _not_ours(line, at, clause, keys, name_ends):
            return True
    return False


def _promise_word(line: Line, at: int, keys: list[str]) -> bool:
    key = line.key(at)
    if key in ENGLISH or key in GERMAN:
        return True
    return key in WILL and bool(DELIVER.intersection(keys))


def _not_ours(line: Line, at: int, clause: Span, keys: list[str], name_ends: Callable[[int], bool]) -> bool:
    before = line.key(at - 1) if at > clause.first else ""
    if US.intersection(keys) or before in PASSIVE or NOT.intersection(keys) or theirs(line, at, clause):
        return True
    if line.key(at) in GERMAN and {"hat", "haben"}.intersection(keys) and not WE.intersection(keys):
        return True
    subject = at - 1 if before in ("has", "have", "will", "hat") else at
    if line.key(at) in GERMAN and line.key(at) not in ("versprach", "verspreche"):
        return False
    return subject > clause.first and name_ends(subject) and _opens(line, clause, subject)


def _opens(line: Line, clause: Span, at: int) -> bool:
    """Whether only capitalised words stand between the start of the clause and this word: a subject, no object."""
    return all(line.words[i].capital or line.words[i].mark for i in range(clause.first, at))

"""Which column refers to which: nearly all its values stand in a column that tells the rows of another table apart.

Compared letter by letter first (some ids differ in case only), then without blanks, punctuation and case, then with one slip
of the pen in long names. Small whole numbers coincide by accident: they count only where the headers say so too.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bailiwick.exchange.rules.detecting.profile import Profile, sample
from bailiwick.exchange.rules.detecting.words import file_concepts, folded
from bailiwick.exchange.rules.ids import short_id

NEARLY_ALL, WITH_HEADER = 0.85, 0.6
NEARLY_UNIQUE = 0.98
# Shorter names are others with one slip, longer ones are prose.
LONG_NAME, LONGEST_NAME = 6, 100
MOST_SLIPS = 2_000
PROPERTIES = frozenset(("id", "name", "alternate", "date", "sales", "value", "text", "title"))
UPWARDS = frozenset(("parent", "manager"))
ROLES = frozenset(("owner", "manager", "developer"))
OWNED = frozenset(("account", "contact", "lead", "opportunity", "product", "activity"))
REFERABLE = frozenset(("code", "text", "name", "email", "url", "number", "phone"))


@dataclass(frozen=True, slots=True)
class Reference:
    """`child` refers to `parent`; `share` of its distinct values are there, `same` are those written otherwise."""

    child: Profile
    parent: Profile
    share: float
    kin: bool
    same: dict[str, str] = field(default_factory=dict)


def references(tables: Sequence[Sequence[Profile]]) -> list[Reference]:
    """Every reference that the values support, the firmest first for each child."""
    every = [profile for table in tables for profile in table]
    parents = [profile for profile in every if _referable(profile) and _tells_apart(profile) and not _only_named(profile)]
    found = [
        reference
        for child in every
        if _referable(child)
        for parent in parents
        if parent is not child and (reference := _reference(child, parent))
    ]
    return sorted(found, key=lambda one: (one.child.table, one.child.column, *_order(one)))


def _order(one: Reference) -> tuple[object, ...]:
    return (
        -one.share,
        len(one.same),
        not one.kin,
        "id" not in one.parent.said,
        -one.parent.distinct,
        one.parent.table,
        one.parent.column,
    )


def _referable(profile: Profile) -> bool:
    return profile.shape in REFERABLE and (profile.shape != "number" or profile.whole) and profile.words <= 8


def _tells_apart(profile: Profile) -> bool:
    return profile.distinct > 1 and profile.distinct >= NEARLY_UNIQUE * profile.filled and profile.share > 0.3


def _only_named(profile: Profile) -> bool:
    """Whether it names whom a row belongs to, without being a list of them: the owners of companies, each but once."""
    if not profile.said & ROLES:
        return False
    about = file_concepts(profile.table)
    return not profile.keyed or bool((about | profile.said) & OWNED and not about & {"person", "owner"})


def kin(child: Profile, parent: Profile) -> bool:
    """Whether the headers speak of one thing: the same name, or the child names what the parent's table is about."""
    if folded(child.column) == folded(parent.column) and child.table != parent.table:
        return True
    about = (parent.said | file_concepts(parent.table)) - PROPERTIES
    if "id" not in parent.said and parent.whole:
        return False
    if parent.said & {"alternate"} and not child.said & {"alternate"}:
        return False
    named = bool(child.said & about) or (child.said & {"owner", "seller", "manager", "developer"} and about & {"person", "owner"})
    if child.table == parent.table:
        return bool(child.said & UPWARDS) and not parent.said & UPWARDS
    return bool(named)


def _reference(child: Profile, parent: Profile) -> Reference | None:
    kindred = kin(child, parent)
    if parent.whole != child.whole or (child.whole and not kindred):
        return None
    if child.table == parent.table and not kindred:
        return None
    if (child.shape == "email") != (parent.shape == "email") or (parent.shape == "phone") != (child.shape == "phone"):
        return None
    wanted = WITH_HEADER if kindred else NEARLY_ALL
    if not child.counts or not _promising(child, parent, wanted, kindred):
        return None
    missing = [value for value in child.counts if value not in parent.counts]
    if missing and parent.shorts:
        missing = [value for value in missing if short_id(value) not in parent.shorts]
    same = {} if child.whole else _respelt(missing, parent)
    share = 1 - (len(missing) - len(same)) / child.distinct
    few = child.distinct < 3 and not kindred and child.shape != "code"
    return Reference(child, parent, share, kindred, same) if share >= wanted and not few else None


def _promising(child: Profile, parent: Profile, wanted: float, kindred: bool) -> bool:
    """A look at some values first: most pairs of columns have nothing in common."""
    few = sample(child.counts)[:40]
    # Folding a hundred thousand ids costs a second, and ids are seldom spelt in two ways.
    loosely = not child.whole and (kindred or parent.shape != "code")
    hits = sum(
        1
        for value in few
        if value in parent.counts
        or (loosely and parent.folds.get(folded(value)))
        or (parent.shorts and short_id(value) in parent.shorts)
    )
    return hits >= wanted * 0.6 * len(few)


def _respelt(missing: Iterable[str], parent: Profile) -> dict[str, str]:
    """The other spellings of what the parent holds; only where one parent alone can be meant."""
    left, same = [], {}
    for value in missing:
        if meant := parent.folds.get(folded(value)):
            same[value] = meant
        else:
            left.append(value)
    if left and parent.shape in ("text", "name") and len(left) <= MOST_SLIPS:
        near = _slips(parent)
        for value in left:
            fold = folded(value)
            if LONG_NAME <= len(fold) <= LONGEST_NAME and not any(letter.isdigit() for letter in fold):
                meanings = {meant for shorter in _shortened(fold) for meant in near[shorter] if _one_slip(fold, folded(meant))}
                if len(meanings) == 1:
                    same[value] = meanings.pop()
    return dict(sorted(same.items()))


def _slips(parent: Profile) -> dict[str, set[str]]:
    near: dict[str, set[str]] = defaultdict(set)
    for fold, value in parent.folds.items():
        if value and LONG_NAME <= len(fold) <= LONGEST_NAME:
            for shorter in _shortened(fold):
                near[shorter].add(value)
    return near


def _shortened(fold: str) -> set[str]:
    return {fold} | {fold[:place] + fold[place + 1 :] for place in range(len(fold))}


def _one_slip(one: str, other: str) -> bool:
    """Whether one letter was left out, added, changed, or swapped with its neighbour."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])

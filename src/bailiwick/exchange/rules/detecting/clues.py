"""What headers call each target, which shapes its cells may have, and which targets a table of a kind can hold."""

from functools import lru_cache

from bailiwick.exchange.rules.detecting.called import FURTHER_TEXTS, ORDER_TEXTS, TEXTS
from bailiwick.exchange.rules.detecting.profile import Profile
from bailiwick.exchange.rules.targets import TARGETS, Shape

# Concepts that make a column something else, unless the target's own words name them.
OTHERWISE = frozenset(
    """audit derived fiscal year quota converted shipping tax birth coordinate emergency fax alternate partner forecast
    campaign competitor private plan count network national survey geography form dealer turnover headcount street province
    purchase flag expected decided history middle deleted probability modified cost list discount percent line due
    dictionary field table territory sort""".split()
)

# Concepts that a table of a kind may say of everything in it without telling columns apart.
OWN = {
    "opportunity": frozenset(("opportunity", "sales", "quote")),
    "line": frozenset(("sales",)),
    "person": frozenset(("person", "sales")),
    "account": frozenset(("account",)),
    "contact": frozenset(("contact", "person")),
    "product": frozenset(("product",)),
    "lead": frozenset(("lead",)),
    "stage": frozenset(("history",)),
    "activity": frozenset(("activity",)),
}

SHAPES = {
    Shape.KEY: frozenset(("code", "number", "text", "name", "email", "url", "phone")),
    Shape.TEXT: frozenset(("code", "text", "name", "url", "number", "email", "phone", "check")),
    Shape.DAY: frozenset(("day",)),
    Shape.MONEY: frozenset(("number", "check")),
    Shape.NUMBER: frozenset(("number", "percent", "check")),
    Shape.PERCENT: frozenset(("number", "percent", "check")),
    Shape.CHECK: frozenset(("check",)),
    Shape.REFERENCE: frozenset(("code", "number", "text", "name", "email", "url", "check")),
}
# What a table can be about: a key that names another of these is a reference, not the table's own key.
ENTITIES = frozenset(
    "opportunity account owner seller person developer manager contact product lead activity campaign office line".split()
)
CALLED = {
    "opportunity": frozenset(("opportunity",)),
    "person": frozenset(("person", "owner", "seller")),
    "account": frozenset(("account",)),
    "contact": frozenset(("contact", "person")),
    "product": frozenset(("product",)),
    "lead": frozenset(("lead",)),
    "activity": frozenset(("activity",)),
}
SPECIAL = {
    "name": frozenset(("text", "name", "code", "url")),
    "email": frozenset(("email", "text")),
    "phone": frozenset(("phone", "number", "code", "text")),
    "website": frozenset(("url", "text")),
    "city": frozenset(("text", "name")),
    "country": frozenset(("text", "name")),
    "sector": frozenset(("text", "name", "code")),
    "stage": frozenset(("text", "name", "code", "number", "check")),
    "office": frozenset(("text", "name", "code")),
    "currency": frozenset(("text", "code")),
}

Pattern = tuple[frozenset[str], float]


def _read(text: str) -> dict[str, tuple[Pattern, ...]]:
    read = {}
    for line in text.strip().replace("\n    ", " ").splitlines():
        target, words = line.split(":", 1)
        patterns = []
        for pattern in words.split("|"):
            parts = pattern.split()
            weight = float(parts.pop()) if parts[-1].startswith(".") else 1.0
            patterns.append((frozenset(parts), weight))
        read[target] = tuple(patterns)
    return read


CLUES = _read(TEXTS)
FURTHER = _read(FURTHER_TEXTS)
ORDER = _read(ORDER_TEXTS)


def allowed(profile: Profile, target: str) -> bool:
    """Whether cells of this shape can be the target; an empty column is none."""
    known = TARGETS[target]
    return profile.shape in SPECIAL.get(known.short, SHAPES[known.shape])


def heard(profile: Profile, target: str, kind: str) -> float:
    """How well a header says a target in a table of a kind, from 0 to 1: what it says besides weakens it, a word of something
    else ends it."""
    return _heard(profile.said, target, kind)


def holds(kind: str) -> dict[str, tuple[Pattern, ...]]:
    """The targets that columns of a table of a kind can be, with their words."""
    own = {target: patterns for target, patterns in CLUES.items() if target.startswith(f"{kind}.")}
    if kind == "line":
        return own | ORDER | FURTHER
    return own | FURTHER if kind == "opportunity" else own


HELD = {kind: holds(kind) for kind in OWN}


@lru_cache(maxsize=200_000)
def _heard(said: frozenset[str], target: str, kind: str) -> float:
    known = frozenset(word for word in said if word[0] != "?")
    # A name with a word that nobody knows is likely the name of something else (of a bank, a model).
    unknown = (len(said) - len(known)) * (2 if target.endswith(".name") else 1)
    own = OWN[kind]
    best = 0.0
    for pattern, weight in HELD[kind][target]:
        if not pattern & known or not pattern - own <= known or (known - pattern) & OTHERWISE - own:
            continue
        hits, besides = len(pattern & known), len(known - pattern - own)
        best = max(best, weight * hits / (hits + besides + 0.5 * unknown))
    return best

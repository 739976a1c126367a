"""Which column of a table is which target, if the table is of a kind: the best assignment, each column and target once."""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field

from bailiwick.exchange.rules.detecting.clues import CALLED, ENTITIES, HELD, allowed, heard
from bailiwick.exchange.rules.detecting.outcomes import outcome_of, telling
from bailiwick.exchange.rules.detecting.profile import Profile
from bailiwick.exchange.rules.detecting.references import Reference
from bailiwick.exchange.rules.detecting.words import file_concepts, stated
from bailiwick.exchange.rules.tables import Table
from bailiwick.exchange.rules.targets import TARGETS, Shape, Target

FLOOR = 0.35
PEOPLE = frozenset(("owner", "developer"))
ROLES = frozenset(("owner", "manager", "developer"))
OTHER_NAMES = frozenset(("opportunity", "product", "lead"))
ENDINGS = frozenset(("close", "decided", "expected"))
REPEATED = 30
# "Field 3" and "Column C" are names without a meaning.
UNTELLING = frozenset(("field", "table", "list"))


@dataclass(frozen=True, slots=True)
class Seen:
    """A table with what was seen in its columns."""

    table: Table
    profiles: tuple[Profile, ...]

    @property
    def about(self) -> frozenset[str]:
        """What the table's name speaks of."""
        return file_concepts(self.table.name)

    @property
    def stated(self) -> frozenset[str]:
        """What the headers say that the table is, as some systems write it into each of them."""
        return stated(self.table.columns) if self.table.headed else frozenset()


@dataclass(frozen=True, slots=True)
class World:
    """What is known of all tables while they are judged: who refers to whom, and the kinds found so far."""

    by_child: Dictionary[tuple[str, str], Sequence[Reference]] = field(default_factory=dict)
    by_parent: Dictionary[tuple[str, str], Sequence[Reference]] = field(default_factory=dict)
    kinds: Dictionary[str, str] = field(default_factory=dict)
    roles: Dictionary[tuple[str, str], str] = field(default_factory=dict)

    def leads_to(self, profile: Profile, kind: str) -> Reference | None:
        """The firmest reference from a column to a table of a kind."""
        every = self.by_child.get((profile.table, profile.column), ())
        return next((one for one in every if self.kinds.get(one.parent.table) == kind), None)

    def leads_elsewhere(self, profile: Profile, kind: str) -> bool:
        """Whether the column refers to tables, and all of them are of other kinds. What only names the same there, as two lists
        name the same owners or deals, is no sign."""
        kinds = {
            self.kinds.get(one.parent.table, "")
            for one in self.by_child.get((profile.table, profile.column), ())
            if one.kin and not profile.said & self._named(one.parent)
        }
        return bool(kinds - {""}) and kind not in kinds

    def _named(self, profile: Profile) -> frozenset[str]:
        """What the column names that is not what its table lists."""
        return profile.said & ENTITIES - CALLED.get(self.kinds.get(profile.table, ""), frozenset())

    def referred_as(self, profile: Profile) -> frozenset[str]:
        """What the columns that refer to this one call it."""
        every = self.by_parent.get((profile.table, profile.column), ())
        return frozenset(word for one in every for word in one.child.said if one.child.table != profile.table or one.kin)


Fit = dict[str, Profile]


def world_of(found: Sequence[Reference], kinds: Dictionary[str, str], roles: Dictionary[tuple[str, str], str]) -> World:
    by_child: dict[tuple[str, str], list[Reference]] = {}
    by_parent: dict[tuple[str, str], list[Reference]] = {}
    for one in found:
        by_child.setdefault((one.child.table, one.child.column), []).append(one)
        by_parent.setdefault((one.parent.table, one.parent.column), []).append(one)
    return World(by_child, by_parent, kinds, roles)


def fit(seen: Seen, kind: str, world: World) -> Fit:
    """The columns of a table as a table of this kind; the firmest pairs first, ties by name, never by place."""
    pairs = sorted(
        (
            (-score, rank, profile.column, target, profile)
            for rank, target in enumerate(HELD[kind])
            for profile in seen.profiles
            if (score := score_of(profile, target, kind, world)) >= FLOOR
        ),
        key=lambda pair: pair[:4],
    )
    fitted: Fit = {}
    taken: set[str] = set()
    for _, _, column, target, profile in pairs:
        if target not in fitted and column not in taken:
            fitted[target] = profile
            taken.add(column)
    return fitted


def score_of(profile: Profile, target: str, kind: str, world: World) -> float:
    """How well a column is a target: what its header says, what its cells are, where it leads."""
    if not allowed(profile, target):
        return 0.0
    known = TARGETS[target]
    judge = BY_SHAPE.get(known.shape) or BY_NAME.get(known.short, _as_value)
    return judge(profile, known, heard(profile, target, kind), world)


def silent(profile: Profile) -> bool:
    """Whether the header says nothing that the vocabulary knows: then the cells speak alone."""
    return all(word[0] == "?" or word in UNTELLING for word in profile.said)


def vague(profile: Profile) -> bool:
    """Whether the header says at most that this is an id or a name, not of what."""
    return all(word[0] == "?" or word in ("id", "name") or word in UNTELLING for word in profile.said)


def _as_value(profile: Profile, known: Target, said: float, world: World) -> float:
    return said + 0.05 * profile.share if said else 0.0


def _as_day(profile: Profile, known: Target, said: float, world: World) -> float:
    """The day on which a step was entered, even the last one, is told by the step's name: it is not when the deal closes."""
    return 0.0 if "enter" in profile.said and known.short in ENDINGS else _as_value(profile, known, said, world)


def _as_name(profile: Profile, known: Target, said: float, world: World) -> float:
    """Whose name it is has to fit: a company's owner is no name of a company, a company's name none of a person."""
    if profile.said & (ROLES if known.kind not in ("person", "lead") else OTHER_NAMES if known.kind == "person" else frozenset()):
        return 0.0
    if known.kind == "contact" and (profile.shape == "url" or "account" in profile.said):
        return 0.0
    return said + 0.1 * (profile.shape == "name") + 0.1 * profile.unique if said else 0.0


def _as_address(profile: Profile, known: Target, said: float, world: World) -> float:
    """Of two addresses the one that others refer to: deals may name their company by its domain."""
    called = bool(world.referred_as(profile) & CALLED.get(known.kind, frozenset()))
    return said + 0.05 * profile.share + 0.3 * called if said else 0.0


def _as_pipeline(profile: Profile, known: Target, said: float, world: World) -> float:
    return 0.0 if "stage" in profile.said else said


def _as_stage(profile: Profile, known: Target, said: float, world: World) -> float:
    """Some systems keep the step and the status apart: the one that knows won and lost is the one that decides."""
    speaks = profile.mass(telling(profile.counts)) if profile.distinct <= 100 else 0.0
    decided = speaks > 0.5 and any(outcome_of(value) in ("won", "lost") for value in profile.sample)
    if said:
        return said * (1.0 if speaks > 0.3 or "stage" in profile.said else 0.6) + 0.5 * speaks + 0.5 * decided
    return 0.9 * speaks if speaks > 0.6 and decided and silent(profile) and profile.distinct > 1 else 0.0


def _as_key(profile: Profile, known: Target, said: float, world: World) -> float:
    if profile.share < 0.95 or profile.distinct < 0.9 * profile.filled or profile.said & ENTITIES - CALLED[known.kind]:
        return 0.0
    if said and "id" not in profile.said and profile.shape != "code" and not profile.whole:
        return 0.0  # a name, not a number
    referred = 0.3 * bool(world.by_parent.get((profile.table, profile.column)))
    if said:
        return said + referred - 0.2 * (not profile.unique)
    return 0.4 + referred if silent(profile) and profile.shape == "code" and profile.rows > 1 else 0.0


def _as_reference(profile: Profile, known: Target, said: float, world: World) -> float:
    once = profile.distinct > 0.9 * profile.filled and profile.filled >= REPEATED
    if known.short in PEOPLE and once:
        said *= 0.4  # whoever sells does it more than once
    if known.name == "opportunity.account" and once and "seller" in profile.said:
        said = 0.45  # each but once: not who sells to them but who signed up, as on a marketplace
    if world.leads_to(profile, known.refers):
        return said + 0.5 if said else 0.6 * vague(profile)
    if profile.shape == "check" or (profile.whole and "id" not in profile.said):
        return 0.0  # a count, not a key: the number of employees is nobody
    return said * (0.3 if world.leads_elsewhere(profile, known.refers) else 1.0)


Judge = Callable[[Profile, Target, float, World], float]
BY_SHAPE: dict[Shape, Judge] = {Shape.KEY: _as_key, Shape.REFERENCE: _as_reference, Shape.DAY: _as_day}
BY_NAME: dict[str, Judge] = {
    "name": _as_name,
    "website": _as_address,
    "email": _as_address,
    "pipeline": _as_pipeline,
    "stage": _as_stage,
    "step": _as_stage,
}

"""What unnamed columns of a table of deals are, judged by their cells alone: only where the header says nothing at all."""

from bailiwick.exchange.rules.detecting.fitting import Fit, Seen, World, silent
from bailiwick.exchange.rules.detecting.ordering import middle_day
from bailiwick.exchange.rules.detecting.profile import Profile
from bailiwick.exchange.rules.targets import TARGETS


def guessed(seen: Seen, fitted: Fit, world: World) -> Fit:
    """The fit with what cells alone tell, once a column of stages or of decisions shows that these are deals."""
    if "opportunity.stage" not in fitted:
        return fitted
    taken = {profile.column for profile in fitted.values()}
    left = sorted((one for one in seen.profiles if one.column not in taken and silent(one)), key=lambda one: one.column)
    full = dict(fitted)
    _days([one for one in left if one.shape == "day" and one.distinct > 1], full)
    _people(seen, [one for one in left if one.shape in ("name", "email")], full)
    _companies([one for one in left if one.shape in ("text", "name", "code", "url")], full)
    _amounts([one for one in left if one.shape == "number"], full)
    return full


def _free(left: list[Profile], full: Fit) -> list[Profile]:
    taken = {profile.column for profile in full.values()}
    return [one for one in left if one.column not in taken]


def _days(left: list[Profile], full: Fit) -> None:
    """Of two days the later one closes. Which is later is told by the years first, so that no order of day and month counts."""
    wanted = [target for target in ("opportunity.entered", "opportunity.close") if target not in full]
    if "opportunity.decided" in full and "opportunity.close" in wanted:
        wanted.remove("opportunity.close")
    if len(left) == 1 and len(wanted) == 2:
        full["opportunity.close"] = left[0]
    elif left and wanted:
        ordered = sorted(left, key=lambda one: (middle_day(one), one.column))
        for target, one in zip(wanted, ordered if len(wanted) > 1 else ordered[-1:], strict=False):
            full[target] = one
        if len(wanted) > 1:
            full["opportunity.close"] = ordered[-1]


def _people(seen: Seen, left: list[Profile], full: Fit) -> None:
    """Of names that repeat the fewest are the sellers', unless other names settle them: then they are their managers."""
    repeated = [one for one in _free(left, full) if 1 < one.distinct <= 0.5 * one.filled]
    if "opportunity.owner" in full or not repeated:
        return
    owner = min(repeated, key=lambda one: (one.distinct, one.column))
    led = [one for one in repeated if one.distinct > owner.distinct and _settles(seen, one, owner)]
    full["opportunity.owner"] = max(led, key=lambda one: (one.distinct, one.column)) if led else owner


def _settles(seen: Seen, one: Profile, other: Profile) -> bool:
    """Whether each value of one column stands with a single value of the other."""
    pairs = set(zip(seen.table.column(one.column), seen.table.column(other.column), strict=True))
    return len(pairs) == len({value for value, _ in pairs})


def _companies(left: list[Profile], full: Fit) -> None:
    """Companies carry legal forms; where none does, the text of most different values that still repeats is whom one sells to."""
    if "opportunity.account" not in full:
        free = [one for one in _free(left, full) if one.shape != "code" and one.words <= 5 and one.distinct > 2]
        firms = [one for one in free if one.firms >= 0.2]
        if chosen := firms or [one for one in free if one.distinct < one.filled]:
            full["opportunity.account"] = max(chosen, key=lambda one: (one.firms >= 0.2, one.distinct, one.column))
    if "opportunity.product" not in full:
        few = [
            one
            for one in _free(left, full)
            if 1 < one.distinct <= max(3, 0.2 * one.filled) and one.share > 0.8 and one.shape != "url"
        ]
        if few:
            full["opportunity.product"] = max(few, key=lambda one: (one.distinct, one.column))


def _amounts(left: list[Profile], full: Fit) -> None:
    if "opportunity.value" not in full:
        wide = [one for one in left if one.distinct > 10 or one.distinct > 0.5 * one.filled]
        if wide:
            full["opportunity.value"] = max(wide, key=lambda one: (len(max(one.counts, key=len)), one.distinct, one.column))


def by_role(seen: Seen, world: World) -> tuple[str, Fit] | None:
    """What an unnamed table is, told by the columns of deals that refer to it: whom they call their owner is a person."""
    for profile in sorted(seen.profiles, key=lambda one: one.column):
        for reference in world.by_parent.get((profile.table, profile.column), ()):
            child = reference.child
            target = TARGETS.get(world.roles.get((child.table, child.column), ""))
            if (
                target
                and target.kind in ("opportunity", "line")
                and target.refers in ("person", "account", "product")
                and silent(profile)
            ):
                return target.refers, _around(profile, seen, target.refers, world)
    return None


def _around(profile: Profile, seen: Seen, kind: str, world: World) -> Fit:
    """The columns beside the one that is referred to."""
    full: Fit = {f"{kind}.key" if profile.shape == "code" or profile.whole else f"{kind}.{_named(profile)}": profile}
    left = sorted((one for one in seen.profiles if one is not profile and silent(one)), key=lambda one: one.column)
    if f"{kind}.key" in full:
        names = [one for one in left if one.unique and one.shape in ("name", "text") and one.words <= 6]
        if names:
            full[f"{kind}.name"] = names[0]
            left.remove(names[0])
    for one in left:
        upwards = bool(one.counts) and not one.whole and one.counts.keys() <= profile.counts.keys()
        if kind == "account" and upwards:
            full.setdefault("account.parent", one)
        elif kind == "person" and one.distinct < one.filled and (upwards or one.shape == "name"):
            full.setdefault("person.manager", one)
        elif kind == "product" and one.shape == "number":
            full.setdefault("product.list_price", one)
        elif (kind, one.shape) in (("person", "email"), ("account", "url")):
            full.setdefault(f"{kind}.{_named(one)}", one)
    return full


def _named(profile: Profile) -> str:
    return {"email": "email", "url": "website"}.get(profile.shape, "name")

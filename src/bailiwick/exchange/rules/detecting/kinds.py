"""What a table holds: for each kind what must be there, and how firmly it is."""

from collections.abc import Callable

from bailiwick.exchange.rules.detecting.fitting import Fit, Seen, World, fit, silent
from bailiwick.exchange.rules.detecting.guessing import by_role, guessed
from bailiwick.exchange.rules.detecting.outcomes import outcome_of, telling
from bailiwick.exchange.rules.detecting.profile import Profile
from bailiwick.exchange.rules.detecting.states import with_status
from bailiwick.exchange.rules.detecting.words import file_concepts, folded

ACTIVITIES = frozenset(
    """call calls anruf telefonat meeting meetings treffen termin mail email emails note notiz task aufgabe visit besuch
    demo event lunch
    appointment videocall phonecall telefon llamada reunion correo visita appel rendezvous nachricht message sms
    linkedin brief letter
    webinar followup deadline""".split()
)
SELLING = frozenset(("owner", "seller", "manager", "developer"))
LARGE = ("value", "account", "owner", "close", "decided", "expected", "entered", "title", "product", "lead", "contact")
PLANNING = frozenset(("quota", "budget", "campaign", "dictionary", "survey", "geography", "forecast"))

SURE = 3.0
OTHER = frozenset(("account", "contact", "lead", "person", "product", "activity"))

# What needs no more than a name where the headers say what the table is.
STATED = frozenset(("account", "contact", "lead", "product"))

Judge = Callable[[Seen, Fit, World], float]


def judged(seen: Seen, world: World) -> tuple[str, Fit]:
    """The kind that explains a table best with its columns; "" and what little fits when none does."""
    if _quotes(seen, world):
        return "", {}
    for kind in STATED & seen.stated:
        fitted = fit(seen, kind, world)
        if _has(fitted, kind, "name", "last_name"):
            return kind, fitted
    best: tuple[float, str, Fit] = (0.0, "", {})
    for kind, judge in JUDGES.items():
        fitted = fit(seen, kind, world)
        if kind == "opportunity":
            fitted = guessed(seen, with_status(seen, fitted), world)
        grade = judge(seen, fitted, world)
        if grade > best[0]:
            best = (grade, kind, fitted)
    if not best[1] and (told := by_role(seen, world)):
        return told
    if seen.about & PLANNING and not (best[1] == "opportunity" and best[0] >= SURE):
        return "", {}  # campaigns have a status and an owner too
    return best[1], best[2]


def _quotes(seen: Seen, world: World) -> bool:
    """Whether these are quotes for deals that another table lists: taken in too, each deal would be there twice."""
    others = (name for name, kind in world.kinds.items() if kind == "opportunity" and name != seen.table.name)
    return "quote" in seen.about and any("quote" not in file_concepts(name) for name in others)


def _has(fitted: Fit, kind: str, *names: str) -> int:
    return sum(f"{kind}.{name}" in fitted for name in names)


def _headers(seen: Seen) -> frozenset[str]:
    return frozenset(word for profile in seen.profiles for word in profile.said)


def speaks(profile: Profile) -> tuple[float, bool]:
    """Which share of a column speaks of a deal's way, and whether it knows an end."""
    if profile.distinct > 100:
        return 0.0, False
    ends = any(outcome_of(value) in ("won", "lost") for value in profile.counts)
    return profile.mass(telling(profile.counts)), ends


def _opportunity(seen: Seen, fitted: Fit, world: World) -> float:
    large = _has(fitted, "opportunity", *LARGE)
    stage, key = fitted.get("opportunity.stage"), fitted.get("opportunity.key")
    named = "opportunity" in seen.about or any(
        "opportunity" in fitted[target].said
        for target in ("opportunity.key", "opportunity.title", "opportunity.stage")
        if target in fitted
    )
    title = fitted.get("opportunity.title")
    planning = 1.0 if seen.about & (PLANNING | OTHER) and "opportunity" not in seen.about else 0.0
    if planning and title and "opportunity" in title.said and not seen.about & PLANNING:
        planning = 0.0  # what is called a lead in the file's name is an opportunity in its own words
    once = 0.3 if key and key.unique else 0.0
    small = 0.02 * len(fitted) + once - planning
    if stage and large >= 2:
        share, ends = speaks(stage)
        if "opportunity.status" in fitted:
            ends = True
            share = max(share, speaks(fitted["opportunity.status"])[0])
        if share >= 0.5 and ends:
            return 3.2 + small
        if named and (share >= 0.4 or "stage" in stage.said):
            return 2.7 + small
        days = _has(fitted, "opportunity", "close", "decided", "expected", "entered")
        if "stage" in stage.said and large >= 4 and days and "opportunity.value" in fitted:
            return 2.6 + small  # with stages of its own words: what they mean is asked
        if share >= 0.6 and stage.distinct > 2 and large >= 4 and _has(fitted, "opportunity", "value", "close"):
            return 2.3 + small
    if _has(fitted, "opportunity", "won", "closed") and large >= 2:
        return 2.7 + small
    decided = _decided(seen, fitted, named) if large >= 3 else 0.0
    return decided + small if decided else 0.0


def _decided(seen: Seen, fitted: Fit, named: bool) -> float:
    """A list of orders or of closed deals: everything in it was won. Or deals of which nobody tells the stage."""
    whom = _has(fitted, "opportunity", "account", "owner", "lead", "contact")
    day = fitted.get("opportunity.decided")
    if day and whom and (_has(fitted, "opportunity", "value") or whom > 1):
        firm = day.said & {"won", "decided", "order"} or "order" in _headers(seen)
        return 2.4 if firm else 1.6 * (_has(fitted, "opportunity", "account", "value") == 2)
    if named and whom and _has(fitted, "opportunity", "close", "expected") and _has(fitted, "opportunity", "value"):
        return 2.0
    return 0.0


def _line(seen: Seen, fitted: Fit, world: World) -> float:
    order = fitted.get("line.opportunity")
    if not order or order.distinct > 0.9 * order.filled:
        return 0.0
    what = _has(fitted, "line", "product") + ("line" in _headers(seen))
    return 4.0 + 0.02 * len(fitted) if what and _has(fitted, "line", "quantity", "price", "amount") >= 2 else 0.0


def _stage(seen: Seen, fitted: Fit, world: World) -> float:
    deal, step = fitted.get("stage.opportunity"), fitted.get("stage.step")
    if not deal or not step or "stage.entered" not in fitted or seen.about & {"activity", "history"} == {"activity"}:
        return 0.0
    refers = world.leads_to(deal, "opportunity") is not None
    firm = refers and (deal.distinct <= 0.9 * deal.filled or "history" in seen.about)
    return 5.0 if firm or ("history" in seen.about and speaks(step)[0] >= 0.3) else 0.0


def _activity(seen: Seen, fitted: Fit, world: World) -> float:
    if "activity.day" not in fitted and "activity.due" not in fitted:
        return 0.0
    kind = fitted.get("activity.kind")
    speaking = kind.mass({value for value in kind.counts if _is_activity(value)}) if kind and kind.distinct <= 100 else 0.0
    whom = _has(fitted, "activity", "owner", "contact", "account", "opportunity")
    if seen.about & PLANNING:
        return 0.0
    if whom and speaking >= 0.5:
        return 5.5  # a call has a status and a day at a deal, as a step has
    return 3.0 if whom and "activity" in seen.about else 0.0


def _is_activity(value: str) -> bool:
    return folded(value) in ACTIVITIES or bool(ACTIVITIES.intersection(map(folded, value.split())))


def _lead(seen: Seen, fitted: Fit, world: World) -> float:
    key = fitted.get("lead.key")
    named = "lead" in seen.about or (key is not None and "lead" in key.said)
    what = _has(fitted, "lead", "name", "last_name", "company", "email", "origin", "status", "entered", "phone")
    if what < 2 or "opportunity" in seen.about:
        return 0.0
    return 3.0 if named else 2.75 if any({"lead", "status"} <= profile.said for profile in seen.profiles) else 0.0


def _of_others(seen: Seen, name: Profile | None) -> bool:
    """Whether the table's name or that of its names speaks of something other than people who sell."""
    others = frozenset(("account", "contact", "lead", "opportunity", "product"))
    return bool((seen.about & others and not seen.about & {"person", "owner"}) or (name and name.said & others))


def _once(fitted: Fit, kind: str, *names: str) -> bool:
    """Whether each row is one of its kind: by its key, or by one of these columns."""
    if f"{kind}.key" in fitted:
        return True
    every = [fitted[f"{kind}.{name}"] for name in names if f"{kind}.{name}" in fitted]
    return any(one.distinct >= 0.9 * one.filled for one in every)


def _called(seen: Seen, fitted: Fit, world: World, kind: str, words: frozenset[str]) -> bool:
    """Whether others refer to the table under such a word."""
    return any(world.referred_as(profile) & words for target, profile in fitted.items() if target.startswith(kind)) or any(
        world.referred_as(profile) & words for profile in seen.profiles if kind == "person" or not profile.said & SELLING
    )


def _person(seen: Seen, fitted: Fit, world: World) -> float:
    whole = _has(fitted, "person", "name") or _has(fitted, "person", "first_name", "last_name") == 2
    if not (whole or _has(fitted, "person", "email", "key") == 2) or not _once(fitted, "person", "name", "email"):
        return 0.0
    name = fitted.get("person.name")
    named = bool(seen.about & {"person", "owner"}) or bool(name and name.said & {"owner", "seller"})
    led = _has(fitted, "person", "manager", "sells", "office", "email")
    if _called(seen, fitted, world, "person", SELLING) and not _of_others(seen, name):
        return 2.8
    if _has(fitted, "person", "manager", "sells") and (named or whole) and not seen.about & {"account", "contact", "lead"}:
        return 2.7
    return 2.3 if named and led and not seen.about & PLANNING else 0.0


def _account(seen: Seen, fitted: Fit, world: World) -> float:
    name = fitted.get("account.name") or fitted.get("account.website")
    if not name or not _once(fitted, "account", "name", "website"):
        return 0.0
    named = "account" in seen.about or "account" in name.said
    called = _called(seen, fitted, world, "account", frozenset(("account",)))
    more = _has(fitted, "account", "website", "phone", "city", "country", "sector", "owner", "parent", "registration")
    if (named and (more >= 2 or called or (more and name.unique))) or (called and not silent(name)):
        return 2.5 + 0.02 * len(fitted)
    return 0.0


def _contact(seen: Seen, fitted: Fit, world: World) -> float:
    name = fitted.get("contact.name") or fitted.get("contact.last_name")
    if not name or not _once(fitted, "contact", "name", "email", "last_name"):
        return 0.0
    reach = _has(fitted, "contact", "email", "phone")
    called = _called(seen, fitted, world, "contact", frozenset(("contact",)))
    if ("contact" in seen.about or "contact" in name.said or called) and (reach or "contact.account" in fitted):
        return 2.75
    personal = name.shape == "name" or "contact.first_name" in fitted
    return 2.2 if personal and reach and "contact.account" in fitted and "contact.position" in fitted else 0.0


def _product(seen: Seen, fitted: Fit, world: World) -> float:
    name = fitted.get("product.name") or fitted.get("product.code")
    if not name or not _once(fitted, "product", "name", "code") or "category" in seen.about:
        return 0.0
    named = "product" in seen.about or "product" in name.said
    called = _called(seen, fitted, world, "product", frozenset(("product",))) and "category" not in name.said
    return 2.4 if (named or called) and _has(fitted, "product", "list_price", "cost", "family") else 0.0


JUDGES: dict[str, Judge] = {
    "opportunity": _opportunity,
    "line": _line,
    "stage": _stage,
    "activity": _activity,
    "lead": _lead,
    "person": _person,
    "account": _account,
    "contact": _contact,
    "product": _product,
}

"""Words for exports of other systems: states, kinds of tables, what columns can be, counts."""

from collections.abc import Iterable, Mapping, Sequence

from babel.lists import format_list

from bailiwick.desk.imports import Counted
from bailiwick.exchange.models import Import
from bailiwick.exchange.rules.rehearsing.referring import ABOUT
from bailiwick.exchange.rules.targets import KINDS, STAY, TARGETS, target_of
from bailiwick.kit import Sentence, Speech, say, say_n
from bailiwick.web.shapes import State

# Systems whose exports are recognised (`exchange.rules.detecting.dialects`), by the names that people know.
SYSTEMS = {
    "salesforce": "Salesforce",
    "hubspot": "HubSpot",
    "pipedrive": "Pipedrive",
    "dynamics": "Microsoft Dynamics 365",
    "zoho": "Zoho CRM",
}
WORDS: Mapping[Import.State, tuple[str, Sentence]] = {
    Import.State.WAITING: ("watch", say("waits for you")),
    Import.State.ASKED: ("watch", say("on its way")),
    Import.State.TAKEN: ("good", say("taken in")),
    Import.State.UNDONE: ("none", say("undone")),
    Import.State.FAILED: ("off", say("not taken in")),
}
HOLDS: Mapping[str, Sentence] = {
    "person": say("people"),
    "account": say("companies"),
    "contact": say("contacts"),
    "product": say("products"),
    "lead": say("leads"),
    "opportunity": say("deals"),
    "line": say("lines of deals"),
    "stage": say("stages of deals"),
    "activity": say("activities"),
}
NUMBERS: Mapping[str, Sentence] = {
    "people": say_n("one person", "%(n)s people", 1),
    "accounts": say_n("one company", "%(n)s companies", 1),
    "contacts": say_n("one contact", "%(n)s contacts", 1),
    "products": say_n("one product", "%(n)s products", 1),
    "leads": say_n("one lead", "%(n)s leads", 1),
    "opportunities": say_n("one deal", "%(n)s deals", 1),
    "activities": say_n("one activity", "%(n)s activities", 1),
}
# What a column can be where no declared field says it; by the short name, or by the whole one where it means something else.
LABELS: Mapping[str, Sentence] = {
    "key": say("Id"),
    "first_name": say("First name"),
    "last_name": say("Last name"),
    "person.manager": say("Led by"),
    "office": say("Office"),
    "sells": say("Sells (yes or no)"),
    "owner": say("Who works on it"),
    "account.owner": say("Who calls"),
    "parent": say("Parent company"),
    "account": say("Company"),
    "contact": say("Contact"),
    "product": say("Product"),
    "opportunity": say("Deal"),
    "lead": say("Lead"),
    "developer": say("Who brought it"),
    "name": say("Name"),
    "code": say("Code"),
    "family": say("Family of products"),
    "list_price": say("List price"),
    "cost": say("Cost"),
    "entered": say("Entered"),
    "stage.entered": say("Step entered on"),
    "status": say("Status"),
    "stage": say("Stage"),
    "step": say("Step"),
    "place": say("Place in the order of steps"),
    "won": say("Won (yes or no)"),
    "closed": say("Decided (yes or no)"),
    "value": say("Value"),
    "quantity": say("Quantity"),
    "discount": say("Discount"),
    "currency": say("Currency"),
    "close": say("Close date: decided or expected"),
    "decided": say("Decided on"),
    "expected": say("Expected close"),
    "modified": say("Last changed"),
    "deleted": say("Deleted there (yes or no)"),
    "pipeline": say("Pipeline"),
    "price": say("Price"),
    "amount": say("Amount"),
    "kind": say("Kind"),
    "day": say("Done on"),
    "due": say("Due"),
}


def state_of(of: Import, speech: Speech) -> State:
    """Where an import stands, in words."""
    kind, word = WORDS[Import.State(of.state)]
    return State(kind, speech.say(word))


def holds(kind: str, speech: Speech) -> str:
    """What a table of this kind holds."""
    return speech.say(HOLDS[kind]) if kind in HOLDS else ""


def label_of(target: str, speech: Speech) -> str:
    """What a column is, in the words of the field that people type the same thing into."""
    if target.startswith(STAY):
        return speech.say(say("Entered %(step)s", step=target.removeprefix(STAY)))
    known = TARGETS[target]
    return speech.say(known.field.label if known.field else LABELS.get(target) or LABELS[known.short])


def choices(kind: str, mapped: Iterable[str], speech: Speech) -> list[tuple[str, list[tuple[str, str]]]]:
    """What columns of a table can be, by kind: its own first, then what it may tell of others. All for a table of no kind."""
    own = [kind, *ABOUT.get(kind, ())] if kind else list(KINDS)
    mapped = list(mapped)
    known = TARGETS | {target: found for target in mapped if (found := target_of(target))}
    own += [other for other in dict.fromkeys(known[target].kind for target in mapped) if other not in own]
    return [
        (holds(one, speech), [(name, label_of(name, speech)) for name, target in known.items() if target.kind == one])
        for one in own
    ]


def number(kind: str, n: int, speech: Speech) -> str:
    """`12 deals`."""
    known = NUMBERS[kind]
    return speech.say(say_n(known.template, known.plural, n))


def listed(parts: Sequence[str], speech: Speech) -> str:
    """`a, b and c`."""
    return format_list(list(parts), locale=speech.region)


def summed(counts: Sequence[Counted], name: str, speech: Speech) -> str:
    """What one column of counts says: `5 deals, 3 companies and 2 people`; nothing for none."""
    return listed([number(one.kind, n, speech) for one in counts if (n := getattr(one, name))], speech)

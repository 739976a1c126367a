"""What a person should know about the data, one plain sentence for each thing."""

from collections.abc import Callable

from bailiwick.exchange.rules.mapping import Mapping
from bailiwick.exchange.rules.records import Finding
from bailiwick.exchange.rules.rehearsing.notes import Notes
from bailiwick.kit import Sentence, say, say_n

NAMED = 3  # columns in one sentence
Saying = Callable[[int], Sentence]

SAYINGS: dict[str, Saying] = {
    "lines_beside": lambda n: say_n(
        "One line is no row of a table but a title, a total or a remark; it stands among the refused ones.",
        "%(n)s lines are no rows of a table but titles, totals or remarks; they stand among the refused ones.",
        n,
    ),
    "no_losses": lambda n: say("There are only wins here: a win rate would say 100% and mean nothing."),
    "implied.person": lambda n: say_n(
        "One person is named and stands in no list of people.", "%(n)s people are named and stand in no list of people.", n
    ),
    "implied.account": lambda n: say_n(
        "One company is named and stands in no list of companies.",
        "%(n)s companies are named and stand in no list of companies.",
        n,
    ),
    "implied.contact": lambda n: say_n(
        "One contact is named and stands in no list of contacts.", "%(n)s contacts are named and stand in no list of contacts.", n
    ),
    "implied.product": lambda n: say_n(
        "One product is named, and there is no list of products.",
        "%(n)s products are named, and there is no list of products.",
        n,
    ),
    "implied.lead": lambda n: say_n(
        "One lead is named and stands in no list of leads.", "%(n)s leads are named and stand in no list of leads.", n
    ),
    "unknown_product": lambda n: say_n(
        "One product is sold that the list of products does not have.",
        "%(n)s products are sold that the list of products does not have.",
        n,
    ),
    "without_account": lambda n: say_n("One deal names no company.", "%(n)s deals name no company.", n),
    "dangling_reference": lambda n: say_n(
        "One cell refers to a row that is not there; the reference is left empty.",
        "%(n)s cells refer to rows that are not there; the references are left empty.",
        n,
    ),
    "contact_without_company": lambda n: say_n(
        "One contact is named without a company and is left out: a contact stands on a company's card.",
        "%(n)s contacts are named without a company and are left out: a contact stands on a company's card.",
        n,
    ),
    "several_holders": lambda n: say_n(
        "More than one person has deals with one of the companies.",
        "More than one person has deals with the same company; so it is with %(n)s companies.",
        n,
    ),
    "rows_equal_but_id": lambda n: say_n(
        "One row says the same as another under an id of its own; it is taken as a deal of its own.",
        "%(n)s rows say the same as others under ids of their own; they are taken as deals of their own.",
        n,
    ),
    "several_rows_one_person": lambda n: say_n(
        "One row tells of a person who had a row before; the last one holds.",
        "%(n)s rows tell of people who had a row before; the last one of each holds.",
        n,
    ),
    "contradicting_rows": lambda n: say_n(
        "One row contradicts what was said of the same thing before it; what was said first holds.",
        "%(n)s rows contradict what was said of the same things before them; what was said first holds.",
        n,
    ),
    "ambiguous_name": lambda n: say_n(
        "One cell names something of which there are several of that name; the first is taken.",
        "%(n)s cells name things of which there are several of that name; the first is taken.",
        n,
    ),
    "several_in_one_cell": lambda n: say_n(
        "One cell names several where one is taken: the first.", "%(n)s cells name several where one is taken: the first.", n
    ),
    "ring_of_managers": lambda n: say_n(
        "One person leads, over others, those who lead them; this is undone.",
        "%(n)s people lead, over others, those who lead them; this is undone.",
        n,
    ),
    "shared_address": lambda n: say_n(
        "One person has an e-mail address that is another's already; it is left out.",
        "%(n)s people have e-mail addresses that are others' already; they are left out.",
        n,
    ),
    "unreadable_contact_data": lambda n: say_n(
        "In one row an e-mail address, telephone number or website cannot be read as one; what cannot is left out.",
        "In %(n)s rows an e-mail address, telephone number or website cannot be read as one; what cannot is left out.",
        n,
    ),
    "closed_before_entered": lambda n: say_n(
        "One deal was decided before it was entered.", "%(n)s deals were decided before they were entered.", n
    ),
    "modified_before_entered": lambda n: say_n(
        "One deal was changed before it was entered.", "%(n)s deals were changed before they were entered.", n
    ),
    "stage_against_status": lambda n: say_n(
        "One deal has a stage and a status that contradict each other; the status holds.",
        "%(n)s deals have a stage and a status that contradict each other; the status holds.",
        n,
    ),
    "won_before_first_contact": lambda n: say_n(
        "One deal was won before the first contact with its lead.",
        "%(n)s deals were won before the first contact with their leads.",
        n,
    ),
    "decided_without_day": lambda n: say_n(
        "One decided deal has no day of its decision; the day of its last change or entry is taken.",
        "%(n)s decided deals have no day of their decision; the day of their last change or entry is taken.",
        n,
    ),
    "lost_without_value": lambda n: say_n(
        "One deal was lost and does not say what it would have been worth.",
        "%(n)s deals were lost and do not say what they would have been worth.",
        n,
    ),
    "sold_below_cost": lambda n: say_n("One line is sold below its cost.", "%(n)s lines are sold below their cost.", n),
    "history_without_timing": lambda n: say_n(
        "One entry of the stage history was made in one instant with others: it tells no times, only the last step.",
        "%(n)s entries of the stage history were made in one instant: they tell no times, only the last step of each deal.",
        n,
    ),
}


def findings_of(notes: Notes, mapping: Mapping, unmapped: list[str]) -> tuple[Finding, ...]:
    """All findings in a fixed order; the sentence about spellings names three of them."""
    found = []
    for kind, saying in SAYINGS.items():
        if n := notes.counts[kind]:
            found.append(Finding(kind.split(".")[0], saying(n), n, tuple(notes.places[kind])))
    if n := notes.counts["spelling"]:
        found.append(Finding("spelling", _spelling(n, list(notes.pairs)), n, tuple(notes.places["spelling"])))
    if n := notes.counts["column_missing"]:
        found.append(Finding("column_missing", _missing(n, list(notes.missing)), n, tuple(notes.places["column_missing"])))
    aside = [(table.table, table.aside) for table in mapping.tables if not table.kind] + [(name, None) for name in unmapped]
    return (*found, *(Finding("table_left_aside", _aside(name, why), 0) for name, why in aside))


def _spelling(n: int, pairs: list[tuple[str, str]]) -> Sentence:
    named = "; ".join(f"{written} = {meant}" for written, meant in pairs)
    return say_n(
        "One cell spells a name otherwise and was taken for it: %(pairs)s.",
        "%(n)s cells spell names otherwise and were taken for them: %(pairs)s.",
        n,
        pairs=named,
    )


def _missing(n: int, columns: list[str]) -> Sentence:
    return say_n(
        "One column that is mapped is not in its table: %(columns)s.",
        "%(n)s columns that are mapped are not in their tables: %(columns)s.",
        n,
        columns=", ".join(columns[:NAMED]),
    )


def _aside(table: str, why: Sentence | None) -> Sentence:
    return say("%(table)s is left aside: %(why)s", table=table, why=why or say("nothing is known of it."))

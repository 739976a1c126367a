"""Lists as Pipedrive exports them: the table's name before each column, and days as the numbers of a spreadsheet."""

import csv
import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from bailiwick.pipeline.models import Opportunity
from bailiwick.territories.models import Contact
from tests.exchange.books import book
from tests.exchange.small import a_network, taken
from tests.exchange.unknown import Seen, given
from tests.village import Village

HEADER = (
    "Title,Value,Currency,Status,Stage,Owner,Organization,Contact person,Deal created,Won time,Lost time,Expected close date,"
    "Lost reason"
).split(",")
DAYS = ("created", "won", "lost", "expected")
ZERO = datetime(1899, 12, 30)  # where the day numbers of spreadsheets begin
Deal = dict[str, Any]


def deals(count: int = 48, seed: int = 5) -> list[Deal]:
    dice, made = random.Random(seed), []
    for number in range(count):
        status = ("open", "won", "lost")[number % 3]
        created = datetime(2022, 1, 1, 14, 30) + timedelta(days=dice.randint(0, 400))
        ended = created + timedelta(days=dice.randint(5, 90), minutes=77)
        firm = number % 5
        made.append({
            "title": f"Order {number}", "value": 100 * number + 50, "currency": "EUR", "status": status,
            "stage": ("Contact Made", "Proposal Made", "Negotiations Started")[dice.randint(0, 2)],
            "owner": ("Tom Hale", "Eve Stone")[number % 2], "organization": f"Firm {firm}",
            "contact": f"{('Ida', 'Max', 'Kim', 'Lea', 'Jon')[firm]} Lund" if number % 4 else "", "created": created,
            "won": ended if status == "won" else None, "lost": ended if status == "lost" else None,
            "expected": created.replace(hour=0, minute=0) + timedelta(days=2000), "reason": "Too slow" if status == "lost" else "",
        })  # fmt: skip
    return made


def serial(moment: datetime | None) -> str:
    """44562.604166: the day's number and the part of the day."""
    if moment is None:
        return ""
    since = moment - ZERO
    return f"{since.days}.{since.seconds * 1_000_000 // 86_400:06}" if since.seconds else str(since.days)


def told_as(way: str, moment: datetime | None) -> object:
    if way == "serial":
        return serial(moment)
    if way == "comma":
        return serial(moment).replace(".", ",")
    if way == "mixed":
        return serial(moment) if moment and moment.day % 2 else str(moment or "")
    return moment if moment is not None else ""


def cells(deal: Deal, way: str) -> list[object]:
    return [told_as(way, value) if name in DAYS else value for name, value in deal.items()]


def written(header: Sequence[str], rows: Sequence[Sequence[object]], delimiter: str = ",") -> str:
    text = StringIO()
    csv.writer(text, lineterminator="\n", delimiter=delimiter).writerows([header, *rows])
    return text.getvalue()


def same_deals(seen: Seen, every: Sequence[Deal]) -> None:
    """Each deal says what was exported of it; the time of day is left out."""
    assert not seen.asked()
    assert seen.mapping.steps == ("Contact Made", "Proposal Made", "Negotiations Started")
    assert seen.titled("outcome", "value", "currency", "owner", "reason", "entered", "decided", "expected") == {
        one["title"]: (
            one["status"],
            Decimal(one["value"]),
            "EUR",
            one["owner"],
            one["reason"],
            one["created"].date(),
            (end := one["won"] or one["lost"]) and end.date(),
            None if end else one["expected"].date(),
        )
        for one in every
    }


def names_of(seen: Seen, kind: str) -> set[str]:
    return {one.values["name"] for one in seen.found.records[kind]}


@pytest.mark.parametrize("before", ["Deal - ", ""])
@pytest.mark.parametrize("way", ["serial", "mixed"])
def test_days_are_numbers_of_a_spreadsheet_with_or_without_the_name_of_the_table(before: str, way: str, tmp_path: Path) -> None:
    every = deals()
    text = written([before + name for name in HEADER], [cells(one, way) for one in every])
    seen = given(tmp_path, {"deals-1187-9.csv": text})
    same_deals(seen, every)
    assert seen.titled("account")["Order 7"] == ("Firm 2",)
    assert names_of(seen, "contact") == {"Ida Lund", "Max Lund", "Kim Lund", "Lea Lund", "Jon Lund"}
    assert names_of(seen, "person") == {"Tom Hale", "Eve Stone"}


def test_day_numbers_with_the_comma_of_a_german_spreadsheet(tmp_path: Path) -> None:
    every = deals()
    text = written([f"Deal - {name}" for name in HEADER], [cells(one, "comma") for one in every], ";")
    same_deals(given(tmp_path, {"deals.csv": text}), every)


def test_in_a_workbook_days_are_days(tmp_path: Path) -> None:
    every = deals()
    rows: list[Sequence[object]] = [[f"Deal - {name}" for name in HEADER], *(cells(one, "day") for one in every)]
    same_deals(given(tmp_path, {"deals-1187-9.xlsx": book({"Deals": rows})}), every)


def test_an_amount_that_could_be_a_day_number_stays_an_amount(tmp_path: Path) -> None:
    every = deals()
    for number, one in enumerate(every):
        one["value"] = 44_000 + number
    text = written([f"Deal - {name}" for name in HEADER], [cells(one, "serial") for one in every])
    same_deals(given(tmp_path, {"deals.csv": text}), every)


MIXED = (
    "Deal - ID,Deal - Title,Deal - Value,Deal - Status,Deal - Stage,Deal - Owner,Deal - Deal created,Deal - Won time,"
    "Deal - Lost time,Organization - ID,Organization - Name,Organization - Address,Person - ID,Person - Name,Person - Email,"
    "Person - Phone"
).split(",")


def test_what_stands_before_a_column_says_whose_name_it_is(tmp_path: Path) -> None:
    """A person is a customer's, whoever owns the deal is ours: neither gets the other's name or address."""
    every = deals()
    rows = []
    for number, one in enumerate(every):
        firm, name = number % 5, one["contact"]
        rows.append([
            700 + number, one["title"], one["value"], one["status"], one["stage"], one["owner"], serial(one["created"]),
            serial(one["won"]), serial(one["lost"]), 70 + firm, one["organization"], "Main street 1", 30 + firm if name else "",
            name, f"{name[:3].lower()}@firm{firm}.example" if name else "", f"+44 20 555 011{firm}" if name else "",
        ])  # fmt: skip
    seen = given(tmp_path, {"deals.csv": written(MIXED, rows)})
    found = seen.columns("deals.csv")
    assert found["opportunity.title"] == "Deal - Title"
    assert found["opportunity.owner"] == "Deal - Owner"
    assert found["account.name"] == "Organization - Name"
    assert found["contact.name"] == "Person - Name"
    assert found["contact.email"] == "Person - Email"
    assert not [target for target in found if target.startswith("person.")]
    assert names_of(seen, "person") == {"Tom Hale", "Eve Stone"}
    assert {(one.values["name"], one.values["email"], one.values["account"]) for one in seen.found.records["contact"]} == {
        (f"{name} Lund", f"{name.lower()}@firm{firm}.example", str(70 + firm))
        for firm, name in enumerate(("Ida", "Max", "Kim", "Lea", "Jon"))
    }
    assert seen.deals("account", "contact")["707"] == ("72", "32")
    assert seen.deals("account", "contact")["704"] == ("74", None)


ORGANIZATIONS = written(
    [f"Organization - {name}" for name in ("ID", "Name", "Address", "Owner", "Open deals", "Won deals", "Closed deals")],
    [[70 + n, f"Firm {n}", "Main street 1", ("Tom Hale", "Eve Stone")[n % 2], n, n % 2, 1] for n in range(5)],
)
PEOPLE = written(
    [f"Person - {name}" for name in ("ID", "Name", "Organization", "Email - Work", "Owner", "Open deals")],
    [[30 + n, f"{name} Lund", f"Firm {n}", f"{name.lower()}@firm{n}.example", "Tom Hale", n]
     for n, name in enumerate(("Ida", "Max", "Kim", "Lea", "Jon"))],
)  # fmt: skip
ACTIVITIES = written(
    [f"Activity - {name}" for name in ("Subject", "Type", "Due date", "Done", "Deal", "Organization", "Assigned to user")],
    [[f"Call {n}", ("Call", "Meeting")[n % 2], date(2022, 3, 1 + n), ("Done", "To do")[n % 3 == 0], f"Order {n}", f"Firm {n % 5}",
      "Eve Stone"] for n in range(9)],
)  # fmt: skip
EVERYTHING = {"organizations.csv": ORGANIZATIONS, "people.csv": PEOPLE, "activities.csv": ACTIVITIES}


def everything(folder: Path, every: Sequence[Deal]) -> Seen:
    text = written([f"Deal - {name}" for name in HEADER], [cells(one, "serial") for one in every])
    return given(folder, {"deals.csv": text, **EVERYTHING})


def test_all_lists_together_name_their_own_rows_and_refer_to_each_other(tmp_path: Path) -> None:
    every = deals()
    seen = everything(tmp_path, every)
    assert list(seen.kinds().values()) == ["opportunity", "account", "contact", "activity"]
    same_deals(seen, every)
    assert seen.numbers() == {"person": 2, "account": 5, "contact": 5, "opportunity": 48, "activity": 9}
    assert seen.titled("account", "contact")["Order 7"] == ("72", "32")
    assert {one.values["owner"] for one in seen.found.records["account"]} == {"Tom Hale", "Eve Stone"}
    waiting = {one.values["text"] for one in seen.found.records["activity"] if one.values["day"] is None}
    assert waiting == {"Call 0", "Call 3", "Call 6"}


@pytest.mark.django_db
def test_an_export_of_all_lists_is_taken_in(village: Village, tmp_path: Path) -> None:
    every = deals()
    seen, by = everything(tmp_path, every), a_network()
    of = taken(seen.found, by, seen.mapping)
    stored = {deal.title: deal for deal in Opportunity.objects.in_network(by).select_related("account", "person")}
    assert {title: (deal.outcome, deal.value, deal.entered) for title, deal in stored.items()} == {
        one["title"]: (one["status"], Decimal(one["value"]), one["created"].date()) for one in every
    }
    assert (stored["Order 7"].account.name, stored["Order 7"].person.name) == ("Firm 2", "Eve Stone")
    assert {(one.name, one.account.name) for one in Contact.objects.in_network(by).select_related("account")} == {
        (f"{name} Lund", f"Firm {firm}") for firm, name in enumerate(("Ida", "Max", "Kim", "Lea", "Jon"))
    }
    assert (of.report["rows"], of.report["accepted"], of.report["refused"]) == (67, 67, 0)

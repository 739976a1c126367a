"""Workbooks as Dynamics 365 exports them: columns that must not be changed, fields of other tables, a hidden sheet of choices."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from bailiwick.pipeline.models import Opportunity
from tests.exchange.books import book
from tests.exchange.small import a_network, taken
from tests.exchange.unknown import Seen, given
from tests.village import Village

HEADER = (
    "(Do Not Modify) Opportunity|(Do Not Modify) Row Checksum|(Do Not Modify) Modified On|Topic|Potential Customer|"
    "Company Name (Potential Customer) (Account)|Address 1: City (Potential Customer) (Account)|Full Name (Owning User) (User)|"
    "Status|Est. Close Date|Est. Revenue|Actual Close Date|Actual Revenue"
).split("|")
CHOICES: list[list[object]] = [["abCd==:opportunity:opportunityid;name;customerid"], ["Open", "In Progress"], ["Won", "Won"]]
CITIES = ("Leeds", "York", "Hull", "Derby")
Deal = dict[str, Any]
Rows = list[list[object]]


def deals(count: int = 32, seed: int = 9) -> list[Deal]:
    dice, made = random.Random(seed), []
    for number in range(count):
        status = ("Open", "Won", "Lost", "Open")[number % 4]
        closed = date(2026, 1, 2) + timedelta(days=dice.randint(0, 200))
        made.append({
            "id": str(UUID(int=dice.getrandbits(128))), "checksum": f"{dice.getrandbits(500):x}==",
            "modified": datetime(2026, 9, 1, 8, number), "topic": f"Line {number}", "firm": f"Works {number % 4}",
            "owner": ("Ada Moor", "Ben Frost", "Cy Hart")[number % 3], "status": status,
            "expected": closed + timedelta(days=400), "revenue": 1000 + number, "closed": closed if status != "Open" else None,
            "actual": 900 + number if status == "Won" else None,
        })  # fmt: skip
    return made


def rows_of(every: Sequence[Deal]) -> Rows:
    return [
        [one["id"], one["checksum"], one["modified"], one["topic"], one["firm"], one["firm"], CITIES[int(one["firm"][-1])],
         one["owner"], one["status"], one["expected"], one["revenue"], one["closed"] or "", one["actual"] or ""]
        for one in every
    ]  # fmt: skip


def exported(every: Sequence[Deal], header: Sequence[object] = HEADER, without: Sequence[str] = ()) -> bytes:
    kept = [place for place, name in enumerate(HEADER) if name not in without]
    lines: Rows = [[row[place] for place in kept] for row in ([*header], *rows_of(every))]
    return book({"All Opportunities": lines, "hiddenSheet": CHOICES}, very_hidden=["hiddenSheet"])


def same_deals(seen: Seen, every: Sequence[Deal]) -> None:
    """Each deal under its own id; what came of a deal that is won is its value."""
    assert not seen.asked()
    assert seen.mapping.dialect == "dynamics"
    told = seen.deals("title", "outcome", "value", "owner", "decided", "expected")
    assert told == {
        one["id"]: (
            one["topic"],
            one["status"].lower(),
            Decimal(one["actual"] or one["revenue"]),
            one["owner"],
            one["closed"],
            None if one["closed"] else one["expected"],
        )
        for one in every
    }


def companies(seen: Seen) -> dict[str, str]:
    """The cities of the companies that deals name, by name."""
    return {one.values["name"]: one.values["city"] for one in seen.found.records["account"]}


def test_the_id_is_the_rows_own_and_the_checksum_is_nothing(tmp_path: Path) -> None:
    every = deals()
    seen = given(tmp_path, {"All Opportunities 11-20-2026.xlsx": exported(every)})
    found = seen.columns("All Opportunities 11-20-2026.xlsx")
    assert found["opportunity.key"] == "(Do Not Modify) Opportunity"
    assert found["opportunity.modified"] == "(Do Not Modify) Modified On"
    assert found["opportunity.owner"] == "Full Name (Owning User) (User)"
    assert "(Do Not Modify) Row Checksum" not in found.values()
    same_deals(seen, every)
    assert companies(seen) == {f"Works {n}": CITIES[n] for n in range(4)}
    assert {one.values["name"] for one in seen.found.records["person"]} == {"Ada Moor", "Ben Frost", "Cy Hart"}


@pytest.mark.parametrize("without", ["Potential Customer", "Company Name (Potential Customer) (Account)"])
def test_the_company_is_told_by_the_lookup_or_by_its_field(without: str, tmp_path: Path) -> None:
    every = deals()
    seen = given(tmp_path, {"Opportunities.xlsx": exported(every, without=[without])})
    same_deals(seen, every)
    assert companies(seen) == {f"Works {n}": CITIES[n] for n in range(4)}


def test_deals_without_an_actual_date_close_on_the_estimated_one(tmp_path: Path) -> None:
    every = [one for one in deals() if one["status"] == "Open"]
    seen = given(tmp_path, {"My Open Opportunities.xlsx": exported(every, without=["Actual Close Date", "Actual Revenue"])})
    same_deals(seen, every)


def test_the_columns_that_must_not_be_changed_in_german(tmp_path: Path) -> None:
    every = deals()
    german = [
        "(Nicht ändern) Verkaufschance", "(Nicht ändern) Zeilenprüfsumme", "(Nicht ändern) Geändert am", "Thema", "Potenzieller Kunde",
        "Firmenname (Potenzieller Kunde) (Firma)", "Adresse 1: Ort (Potenzieller Kunde) (Firma)",
        "Vollständiger Name (Besitzer) (Benutzer)", "Status", "Gesch. Abschlussdatum", "Gesch. Umsatz", "Tats. Abschlussdatum",
        "Tats. Umsatz",
    ]  # fmt: skip
    seen = given(tmp_path, {"Alle Verkaufschancen.xlsx": exported(every, german)})
    same_deals(seen, every)


def companies_listed() -> Rows:
    header = (
        "(Do Not Modify) Account|(Do Not Modify) Row Checksum|(Do Not Modify) Modified On|Account Name|Main Phone|Address 1: City|"
        "Primary Contact|Owner"
    )
    rows: Rows = [list(header.split("|"))]
    for n in range(6):
        contact = "Ida Lund" if n == 0 else ""
        owner = ("Ada Moor", "Ben Frost")[n % 2]
        phone = f"+44 113 555 010{n}"
        rows.append(
            [str(UUID(int=n + 1)), f"q{n}==", datetime(2026, 1, 1, 9), f"Works {n}", phone, CITIES[n % 4], contact, owner]
        )
    return rows


def both(folder: Path, every: Sequence[Deal]) -> Seen:
    accounts = book({"Active Accounts": companies_listed(), "hiddenSheet": CHOICES}, very_hidden=["hiddenSheet"])
    return given(folder, {"opportunities.xlsx": exported(every), "export.xlsx": accounts})


def test_a_list_of_companies_is_one_although_it_names_a_contact_of_each(tmp_path: Path) -> None:
    every = deals()
    seen = both(tmp_path, every)
    assert seen.columns("export.xlsx")["account.key"] == "(Do Not Modify) Account"
    same_deals(seen, every)
    assert companies(seen) == {f"Works {n}": CITIES[n % 4] for n in range(6)}
    assert {key: told[0] for key, told in seen.deals("account").items()} == {
        one["id"]: str(UUID(int=int(one["firm"][-1]) + 1)) for one in every
    }
    aside = [str(one.sentence) for one in seen.found.findings if one.kind == "table_left_aside"]
    assert len(aside) == 2
    assert all("It is a hidden sheet" in sentence for sentence in aside)


@pytest.mark.django_db
def test_deals_and_companies_are_taken_in_under_their_own_ids(village: Village, tmp_path: Path) -> None:
    every = deals()
    seen, by = both(tmp_path, every), a_network()
    of = taken(seen.found, by, seen.mapping)
    stored = Opportunity.objects.in_network(by).select_related("account", "person")
    assert {row.source_id: (row.outcome, row.value, row.decided, row.account.name, row.person.name) for row in stored} == {
        one["id"]: (one["status"].lower(), Decimal(one["actual"] or one["revenue"]), one["closed"], one["firm"], one["owner"])
        for one in every
    }
    assert (of.report["rows"], of.report["refused"]) == (38, 0)
    again = taken(seen.found, by, seen.mapping)
    assert (again.report["created"], again.report["changed"]) == ({}, {})

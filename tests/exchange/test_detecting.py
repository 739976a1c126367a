"""Exports that nobody has seen before are told by what is in them."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bailiwick.exchange.rules.detecting import detect
from bailiwick.exchange.rules.mapping import Mapping
from bailiwick.exchange.rules.tables import Table
from bailiwick.kit import Refused
from tests.examples import examples
from tests.exchange.exports import FIRMS, GERMAN, GOODS, PEOPLE, PHASES, deal_rows, german, shuffled, table

DEALS = {
    "opportunity.key": "Verkaufschance",
    "opportunity.account": "Firma",
    "opportunity.owner": "Verkäufer",
    "opportunity.product": "Produkt",
    "opportunity.stage": "Phase",
    "opportunity.value": "Wert",
    "opportunity.entered": "Erstellt am",
    "opportunity.close": "Abschluss",
}


def columns(mapping: Mapping, place: int = 0) -> dict[str, str]:
    return {column.target: column.column for column in mapping.tables[place].columns}


def test_a_german_list_of_deals() -> None:
    mapping = detect([german()], source="german")
    assert columns(mapping) == DEALS
    assert mapping.outcomes == dict.fromkeys(PHASES[:3], "open") | {"Gewonnen": "won", "Verloren": "lost"}
    assert mapping.steps == ("Erstkontakt", "Angebot", "Verhandlung")
    assert mapping.tables[0].of("opportunity.value").decimal == ","  # type: ignore[union-attr]
    assert mapping.tables[0].of("opportunity.close").days == {".4": "dmy"}  # type: ignore[union-attr]
    assert mapping.currency == "EUR"
    assert not mapping.questions


@pytest.mark.parametrize("prefix", ["A", "Feld ", "x_"])
def test_headers_that_say_nothing_leave_it_to_the_contents(prefix: str) -> None:
    names = tuple(f"{prefix}{number}" for number in range(1, len(GERMAN) + 1))
    mapping = detect([german(columns=names)])
    assert columns(mapping) == {target: names[GERMAN.index(column)] for target, column in DEALS.items()}


def test_a_table_without_a_header_is_told_by_its_contents_too() -> None:
    names = tuple(f"column {number}" for number in range(1, len(GERMAN) + 1))
    mapping = detect([table("export.txt", names, deal_rows(), headed=False)])
    assert columns(mapping) == {target: names[GERMAN.index(column)] for target, column in DEALS.items()}


@settings(max_examples=examples(15), deadline=None)
@given(st.integers(0, 10_000), st.booleans())
def test_the_order_of_rows_and_columns_does_not_matter(seed: int, named: bool) -> None:
    plain = german() if named else german(columns=tuple(f"A{number}" for number in range(1, 9)))
    assert detect([shuffled(plain, seed)]) == detect([plain])


def _folder(headers: dict[str, tuple[str, ...]]) -> list[Table]:
    deals = [
        (
            f"D{number:04}",
            PEOPLE[number % 4],
            ("Kran40t", *GOODS[1:])[number % 3],
            FIRMS[number % 8],
            ("Lost", "Won", "Engaging")[number % 3],
            f"2023-{number % 12 + 1:02}-05",
            "" if number % 3 == 2 else f"2024-{number % 12 + 1:02}-07",
            "" if number % 3 == 2 else str(1000 + 37 * number % 900),
        )
        for number in range(90)
    ]
    return [
        table(
            "a.csv",
            headers["accounts"],
            [(firm, "steel", "Bonn", FIRMS[0] if place == 3 else "") for place, firm in enumerate(FIRMS)],
        ),
        table("b.csv", headers["goods"], [(good, "Main", str(500 * place + 99)) for place, good in enumerate(GOODS)]),
        table("c.csv", headers["deals"], deals),
        table("d.csv", headers["people"], [(person, "Carla Voss", "North") for person in PEOPLE]),
    ]


def test_a_folder_of_tables_is_held_together_by_its_references() -> None:
    mapping = detect(
        _folder(
            {
                "accounts": ("Company", "Branche", "City", "Parent company"),
                "goods": ("Item", "Family", "Price"),
                "deals": ("Deal No", "Rep", "Item", "Customer", "Outcome", "Opened", "Closed", "Deal size"),
                "people": ("Rep", "Team leader", "Region"),
            }
        )
    )
    assert [one.kind for one in mapping.tables] == ["account", "product", "opportunity", "person"]
    assert columns(mapping, 0)["account.parent"] == "Parent company"
    assert columns(mapping, 2) == {
        "opportunity.key": "Deal No",
        "opportunity.account": "Customer",
        "opportunity.owner": "Rep",
        "opportunity.product": "Item",
        "opportunity.stage": "Outcome",
        "opportunity.value": "Deal size",
        "opportunity.entered": "Opened",
        "opportunity.close": "Closed",
    }
    assert columns(mapping, 3) == {"person.name": "Rep", "person.manager": "Team leader", "person.office": "Region"}
    assert mapping.same == {"product": {"Kran40t": "Kran 40 t"}}


def test_a_folder_whose_headers_say_nothing() -> None:
    widths = {"accounts": 4, "goods": 3, "deals": 8, "people": 3}
    mapping = detect(_folder({name: tuple(f"F{place}" for place in range(width)) for name, width in widths.items()}))
    assert [one.kind for one in mapping.tables] == ["account", "product", "opportunity", "person"]
    assert columns(mapping, 0) == {"account.name": "F0", "account.parent": "F3"}
    assert columns(mapping, 1) == {"product.name": "F0", "product.list_price": "F2"}


def test_a_flat_file_says_things_of_companies_people_and_products() -> None:
    rows = [(*row, "Stahl", "Carla Voss", "Nord") for row in deal_rows()]
    mapping = detect([table("all.csv", (*GERMAN, "Branche", "Vorgesetzter", "Niederlassung"), rows)])
    found = columns(mapping)
    assert found["account.sector"] == "Branche"
    assert found["person.manager"] == "Vorgesetzter"
    assert found["person.office"] == "Niederlassung"


def test_a_list_of_orders_is_a_list_of_deals_won() -> None:
    rows = [
        (f"R{number}", f"{13 + number % 9}.05.2023", FIRMS[number % 8], PEOPLE[number % 4], f"{number},50")
        for number in range(40)
    ]
    mapping = detect([table("Rechnungen.csv", ("Rechnungsnr", "Rechnungsdatum", "Kunde", "Vertreter", "Nettobetrag"), rows)])
    assert mapping.tables[0].kind == "opportunity"
    assert columns(mapping) == {
        "opportunity.key": "Rechnungsnr",
        "opportunity.account": "Kunde",
        "opportunity.owner": "Vertreter",
        "opportunity.value": "Nettobetrag",
        "opportunity.decided": "Rechnungsdatum",
    }


def test_the_status_that_knows_won_and_lost_decides_and_the_two_close_dates_are_told_apart() -> None:
    rows = []
    for number in range(60):
        status = ("open", "won", "lost")[number % 3]
        closed = "" if status == "open" else f"2024-02-{number % 28 + 1:02} 11:00:00"
        rows.append(
            (str(number), FIRMS[number % 8], PEOPLE[number % 4], "Proposal Made", status, f"{number}00", closed, "2024-06-01")
        )
    names = (
        "Deal - ID",
        "Deal - Organization",
        "Deal - Owner",
        "Deal - Stage",
        "Deal - Status",
        "Deal - Value",
        "Deal - Deal closed on",
        "Deal - Expected close date",
    )
    found = columns(detect([table("deals.csv", names, rows)]))
    assert found["opportunity.stage"] == "Deal - Status"
    assert found["opportunity.decided"] == "Deal - Deal closed on"
    assert found["opportunity.expected"] == "Deal - Expected close date"


def test_a_slip_of_the_pen_is_healed_where_one_name_alone_can_be_meant() -> None:
    accounts = table("accounts.csv", ("Company", "Sector", "City"), [(firm, "steel", "Bonn") for firm in FIRMS])
    rows = [(*row[:1], "Nordwnd AG" if row[1] == "Nordwind AG" else row[1], *row[2:]) for row in deal_rows()]
    assert detect([accounts, table("deals.csv", GERMAN, rows)]).same == {"account": {"Nordwnd AG": "Nordwind AG"}}


def test_ids_that_differ_in_case_only_are_two() -> None:
    dice = random.Random(3)
    keys = [f"001{number:03}aB" for number in range(20)] + [f"001{number:03}Ab" for number in range(20)]
    accounts = table(
        "Account.csv", ("Id", "Name", "Industry"), [(key, f"Firm {place} GmbH", "x") for place, key in enumerate(keys)]
    )
    deals = table(
        "Opportunity.csv",
        ("Id", "AccountId", "StageName", "Amount", "CloseDate"),
        [(f"006{n:03}", dice.choice(keys), ("Closed Won", "Prospecting")[n % 2], str(n), "2024-01-01") for n in range(60)],
    )
    mapping = detect([accounts, deals])
    assert columns(mapping, 1)["opportunity.account"] == "AccountId"
    assert not mapping.same


def test_an_empty_set_of_tables_is_refused() -> None:
    with pytest.raises(Refused, match="no_sales_export"):
        detect([])


def test_a_known_mapping_whose_columns_are_gone_is_left() -> None:
    known = detect([german()])
    names = tuple("Betreuer" if name == "Verkäufer" else name for name in GERMAN)
    assert columns(detect([german(columns=names)], known=known))["opportunity.owner"] == "Betreuer"


def test_a_full_export_of_one_file_per_object() -> None:
    def key(kind: str, number: int) -> str:
        return f"{kind}{number:012}AAA"

    nobody = "000000000000000AAA"
    users = [(key("005", n), name, f"u{n}@x.example", key("005", 0) if n else nobody) for n, name in enumerate(PEOPLE)]
    accounts = [(key("001", n), name, "Energy", "Bonn", key("005", n % 4)) for n, name in enumerate(FIRMS)]
    goods = [(key("01t", n), name, f"P{n}", "Main") for n, name in enumerate(GOODS)]
    stages = ("Prospecting", "Closed Won", "Closed Lost")
    deals = [
        (
            key("006", n),
            f"Deal {n}",
            key("001", n % 8),
            key("005", n % 4),
            stages[n % 3],
            str(100 + n),
            "2024-01-05",
            "2023-01-05",
            str(n % 3 == 1),
        )
        for n in range(60)
    ]
    lines = [(key("00k", n), key("006", n // 2), key("01t", n % 3), str(1 + n % 5), "10.5", "21.0") for n in range(120)]
    contacts = [(key("003", n), key("001", n % 8), "Ann", f"Lee{n}", f"a{n}@b.example", "CEO") for n in range(40)]
    tasks = [
        (
            key("00T", n),
            key("003", n % 40),
            key("006", n % 60),
            "Talk",
            f"2024-01-{n % 28 + 1:02}",
            "Completed",
            ("Call", "Email")[n % 2],
            key("005", n % 4),
        )
        for n in range(100)
    ]
    mapping = detect(
        [
            table("User.csv", ("Id", "Name", "Email", "ManagerId"), users),
            table("Account.csv", ("Id", "Name", "Industry", "BillingCity", "OwnerId"), accounts),
            table("Product2.csv", ("Id", "Name", "ProductCode", "Family"), goods),
            table(
                "Opportunity.csv",
                ("Id", "Name", "AccountId", "OwnerId", "StageName", "Amount", "CloseDate", "CreatedDate", "IsWon"),
                deals,
            ),
            table("OpportunityLineItem.csv", ("Id", "OpportunityId", "Product2Id", "Quantity", "UnitPrice", "TotalPrice"), lines),
            table("Contact.csv", ("Id", "AccountId", "FirstName", "LastName", "Email", "Title"), contacts),
            table("Task.csv", ("Id", "WhoId", "WhatId", "Subject", "ActivityDate", "Status", "Type", "OwnerId"), tasks),
        ]
    )
    assert [one.kind for one in mapping.tables] == ["person", "account", "product", "opportunity", "line", "contact", "activity"]
    assert columns(mapping, 0)["person.manager"] == "ManagerId"
    assert columns(mapping, 4)["line.opportunity"] == "OpportunityId"
    assert columns(mapping, 5)["contact.account"] == "AccountId"
    found = columns(mapping, 6)
    assert (found["activity.contact"], found["activity.opportunity"], found["activity.owner"]) == ("WhoId", "WhatId", "OwnerId")
    assert mapping.outcomes == {"Prospecting": "open", "Closed Won": "won", "Closed Lost": "lost"}
    assert not mapping.questions

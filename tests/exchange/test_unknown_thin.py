"""Contacts of no company, leads that are closed, columns that have gone, a stage beside a status: told one by one."""

from pathlib import Path

import pytest

from bailiwick.exchange.rules.detecting import detect
from bailiwick.exchange.rules.records import Record, Rehearsal
from bailiwick.exchange.rules.rehearsing import rehearse
from bailiwick.ledger.models import Entry
from bailiwick.pipeline.models import Lead
from tests.exchange.exports import GERMAN, deal_rows, german, table
from tests.exchange.rehearsed import TODAY, by_key, finding, kinds, only, reasons, rehearsed
from tests.exchange.small import NOW, a_network, person, taken
from tests.exchange.unknown import given
from tests.village import Village


def test_a_status_decides_and_the_stage_tells_the_step() -> None:
    found = rehearsed(opportunity="key|stage|status|close\n1|New|Won|2026-01-02\n2|Offer|Lost|2026-01-03\n3|Offer||2026-12-24")
    assert {key: (deal.values["outcome"], deal.values["step"]) for key, deal in by_key(found, "opportunity").items()} == {
        "1": ("won", 1),
        "2": ("lost", 2),
        "3": ("open", 2),
    }


def test_a_status_that_contradicts_its_stage_holds_and_is_told() -> None:
    found = rehearsed(opportunity="key|stage|status|close\n1|Won|Lost|2026-01-02\n2|Won|New|2026-12-03\n3|Won|Won|2026-01-03")
    assert [deal.values["outcome"] for deal in found.records["opportunity"]] == ["lost", "open", "won"]
    assert finding(found, "stage_against_status").rows == 2


def test_a_status_of_which_nobody_knows_the_meaning_leaves_it_to_the_stage_or_refuses() -> None:
    found = rehearsed(opportunity="key|stage|status|close\n1|Won|Odd|2026-01-02\n2||Odd|2026-01-02\n3|Weird|New|2026-12-02")
    assert reasons(found) == {3: "status: nothing says whether Odd is won, lost or open."}
    assert {key: deal.values["outcome"] for key, deal in by_key(found, "opportunity").items()} == {"1": "won", "3": "open"}


def test_what_came_of_a_deal_is_its_value_once_it_is_won() -> None:
    found = rehearsed(opportunity="key|stage|close|value|amount\n1|Won|2026-01-02|100|90\n2|Lost|2026-01-02|100|\n3|New||100|")
    assert [int(deal.values["value"]) for deal in found.records["opportunity"]] == [90, 100, 100]


def test_values_of_several_currencies_keep_their_own_and_none_is_guessed() -> None:
    found = rehearsed(opportunity="key|value\n1|€ 10\n2|CHF 20\n3|$ 30\n4|40\n5|")
    assert {key: deal.values["currency"] for key, deal in by_key(found, "opportunity").items()} == {
        "1": "EUR",
        "2": "CHF",
        "4": "EUR",
        "5": "EUR",
    }
    assert reasons(found) == {4: "value: nothing says of which currency $ 30 is."}


def test_contacts_of_no_company_are_refused_or_counted() -> None:
    found = rehearsed(
        contact="key|name|account\nc1|Jo|Acme\nc2|Al|",
        opportunity="key|contact|account\n1|c2|\n2|Zoe|\n3|Max|Acme",
        activity="kind|day|contact\nCall|2026-01-01|c2\nCall|2026-01-02|Zoe\nCall|2026-01-02|c1",
    )
    assert reasons(found) == {3: "It names no company: a contact stands on a company's card."}
    assert {one.values["name"] for one in found.records["contact"]} == {"Jo", "Max"}
    assert finding(found, "contact_without_company").rows == 1
    assert [deal.values["contact"] for deal in found.records["opportunity"]] == [None, None, "Max · Acme"]
    assert [one.values["contact"] for one in found.records["activity"]] == [None, None, "c1"]


def test_a_contact_whose_company_only_a_deal_names_stands_there() -> None:
    found = rehearsed(contact="key|name\nc1|Jo", opportunity="key|contact|account\n1|c1|Acme")
    assert only(found, "contact")["account"] == "Acme"


def test_leads_that_the_source_closed_say_so_with_the_reason() -> None:
    text = "key|name|status|closed\n1|Jo|Closed - Converted|\n2|Al|Unqualified|\n3|Di|Working|1\n4|Ed|Open|0\n5|Flo||"
    found = rehearsed(lead=text)
    assert {key: (one.values["closed"], one.values["reason"]) for key, one in by_key(found, "lead").items()} == {
        "1": (True, "converted"),
        "2": (True, "disqualified"),
        "3": (True, "converted"),
        "4": (False, ""),
        "5": (False, ""),
    }


@pytest.mark.django_db
def test_a_closed_lead_arrives_closed(village: Village) -> None:
    by = a_network()

    def lead(key: str, closed: bool, reason: str) -> Record:
        values = {"name": key, "company": "", "email": "", "phone": "", "origin": "", "entered": None, "owner": "Anna"}
        return Record("lead", key, "leads.csv", 2, values | {"closed": closed, "reason": reason})

    records = {"person": (person("Anna"),), "lead": (lead("Jo", True, "converted"), lead("Al", False, ""))}
    taken(Rehearsal(3, 3, 0, records), by)
    rows = {row.name: (row.closed, row.reason) for row in Lead.objects.in_network(by)}
    assert rows == {"Jo": (NOW, "converted"), "Al": (None, "")}
    assert Entry.objects.in_network(by).filter(kind="pipeline.lead_entered").count() == 2


def test_a_column_that_was_mapped_and_has_gone_is_told_and_the_other_choices_hold() -> None:
    known = detect([german()])
    names = [place for place, name in enumerate(GERMAN) if name != "Verkäufer"]
    rows = [tuple(row[place] for place in names) for row in deal_rows()]
    fewer = table("Export.csv", tuple(GERMAN[place] for place in names), rows)
    found = rehearse([fewer], detect([fewer], known=known), today=TODAY)
    assert str(finding(found, "column_missing").sentence) == "One column that is mapped is not in its table: Verkäufer."
    assert len(found.records["opportunity"]) == len(rows)


def test_a_column_that_was_renamed_is_found_again_and_choices_for_the_rest_stay() -> None:
    known = detect([german()])
    names = tuple("Betreuer" if name == "Verkäufer" else name for name in GERMAN)
    mapping = detect([german(columns=names)], known=known)
    assert mapping.tables[0].of("opportunity.owner").column == "Betreuer"  # type: ignore[union-attr]
    assert "column_missing" not in kinds(rehearse([german(columns=names)], mapping, today=TODAY))


def test_several_in_one_cell_mean_the_first() -> None:
    found = rehearsed(account="key|name\n10|Acme\n11|Borg", opportunity="key|account\n1|11;10\n2|10, 11\n3|Rent, Inc")
    assert [deal.values["account"] for deal in found.records["opportunity"]] == ["11", "10", "Rent, Inc"]
    assert finding(found, "several_in_one_cell").rows == 2


def test_ids_of_fifteen_characters_find_those_of_eighteen_letter_by_letter() -> None:
    found = rehearsed(
        account="key|name\n0015g00000Xa1xYAAK|Acme\n0015g00000XA1xYAAK|Borg",
        opportunity="key|account\n1|0015g00000Xa1xY\n2|0015g00000XA1xY\n3|0015g00000Xb1xY",
    )
    deals = [deal.values["account"] for deal in found.records["opportunity"]]
    assert deals == ["0015g00000Xa1xYAAK", "0015g00000XA1xYAAK", None]
    assert finding(found, "dangling_reference").rows == 1


def test_rows_that_two_files_share_count_once_and_those_that_one_repeats_each_time(tmp_path: Path) -> None:
    head, one, two = (
        "Kunde;Vertrieb;Phase;Wert;Abschluss\n",
        "A;Ina Kohl;Gewonnen;5;15.01.2026\n",
        "B;Ina Kohl;Verloren;6;16.01.2026\n",
    )
    seen = given(tmp_path, {"a.csv": head + one + one + two, "b.csv": head + one + two + two})
    assert len(seen.found.records["opportunity"]) == 4
    assert seen.found.duplicates == 2


def test_no_row_fails_by_a_probability_in_percent() -> None:
    found = rehearsed(opportunity="key|stage|place\n1|New|50 %\n2|Offer|high")
    assert not found.refused


def test_a_deal_of_which_a_mark_says_neither_won_nor_lost_is_open() -> None:
    found = rehearsed(opportunity="key|won|close\n1|Y|2026-01-02\n2|N|2026-01-02\n3||2026-12-24")
    assert [deal.values["outcome"] for deal in found.records["opportunity"]] == ["won", "lost", "open"]


def test_headers_in_short_words(tmp_path: Path) -> None:
    text = "OppID;AcctName;SalesRep;Won?;Amt;CloseDt\n1;Acme;Eva Ruf;Y;10;2026-01-01\n2;Borg;Eva Ruf;N;20;2026-01-01\n"
    assert given(tmp_path, {"data.csv": text}).columns("data.csv") == {
        "opportunity.key": "OppID",
        "opportunity.account": "AcctName",
        "opportunity.owner": "SalesRep",
        "opportunity.won": "Won?",
        "opportunity.value": "Amt",
        "opportunity.close": "CloseDt",
    }

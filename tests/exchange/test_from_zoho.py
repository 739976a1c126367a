"""Nine tables as Zoho exports them, with its habits: owners by name here and by id there, a nought for none, days in three layouts.

The rows are invented. What has to come of them is counted on the written files with the csv module alone.
"""

import csv
import random
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest

from bailiwick.pipeline.models import Activity, Lead, Opportunity
from tests.exchange.small import a_network, taken
from tests.exchange.unknown import given
from tests.village import Village

HEADERS = {
    "Users": "USERID,Full Name,Email,Role",
    "Accounts": "ACCOUNTID,Account Name,SMOWNERID,Account Owner,Website,Phone",
    "Contacts": "CONTACTID,First Name,Last Name,Email,Contact Owner,ACCOUNTID,Lead Source",
    "Leads": "LEADID,First Name,Last Name,Company,Email,Lead Owner,Lead Source,Lead Status,Created Time",
    "Potentials": "POTENTIALID,Potential Name,Potential Owner,Created Time,Closing Date,Amount,Stage,LEADID,ACCOUNTID,Lead Source",
    "Calls": "CALLID,Subject,Call Owner,Call Type,Call Start Time,POTENTIALID,Call Status",
    "Events": "EVENTID,Title,Event Owner,Start DateTime,POTENTIALID",
    "Tasks": "TASKID,Subject,Task Owner,Due Date,Status,POTENTIALID",
    "Quotes": "QUOTEID,Subject,Quote Owner,POTENTIALID,Account Name,Grand Total,Quote Stage,Valid Till",
}
USERS = {"4501": "Lena Ortiz", "4502": "Paul Iversen", "4503": "Mia Chen"}
STAGES = ("Closed Won", "Closed Lost", "Qualification", "Negotiation/Review")
OUTCOMES = {"Closed Won": "won", "Closed Lost": "lost"}
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
Files = dict[str, str]
Rows = list[Sequence[object]]


def told(day: date, way: int) -> str:
    """One day in the three layouts that stand beside each other."""
    return (f"{day.day:02} {MONTHS[day.month - 1]}, {day.year} 00:02:00", f"{day} 10:11:12", f"{day:%d-%m-%Y} 09:30")[way % 3]


def read_back(cell: str) -> date:
    """The day in a cell, told apart by its first characters alone."""
    if cell[2] == " ":
        day, month, year = cell[:2], MONTHS.index(cell[3:6]) + 1, cell[8:12]
        return date(int(year), month, int(day))
    return date.fromisoformat(cell[:10]) if cell[4] == "-" else date(int(cell[6:10]), int(cell[3:5]), int(cell[:2]))


def money(number: int) -> str:
    return f"${number * 37:,}.10K" if number % 2 else f"${number * 1000 + 5:,}.50"


def worth(cell: str) -> Decimal:
    """$1,117.10K is one million one hundred and seventeen thousand one hundred."""
    plain = cell.replace("$", "").replace(",", "")
    return Decimal(plain[:-1]) * 1000 if plain.endswith("K") else Decimal(plain)


def export(deals: int = 90, seed: int = 8) -> Files:
    dice, ids, names = random.Random(seed), list(USERS), list(USERS.values())
    start = date(2021, 1, 1)
    days = [start + timedelta(days=dice.randint(0, 300)) for _ in range(deals)]
    sources = ("Trade Show", "Web", "Trade Show", "Partner")
    tables: dict[str, Rows] = {
        "Users": [(key, name, f"{name.split()[0].lower()}@us.example", "Sales") for key, name in USERS.items()],
        "Accounts": [(5000 + n, f"Harbour {n}", ids[n % 3], names[n % 3], f"harbour{n}.example", f"+44 20 555 01{n:02}")
                     for n in range(12)],
        "Contacts": [(6000 + n, "Ida", f"Lund{n}", f"ida{n}@harbour{n % 12}.example", ids[n % 3], 5000 + n % 12, "Tradeshow")
                     for n in range(20)],
        "Leads": [(7000 + n, "Max", f"Roy{n}", f"Shop {n}", f"max{n}@shop.example", names[n % 3], sources[n % 4],
                   ("Contacted", "Junk Lead", "Qualified", "Not Contacted")[n % 4], told(days[n], n)) for n in range(30)],
        "Potentials": [(8000 + n, f"Pier {n % 7}", names[n % 3], told(days[n], n), told(days[n] + timedelta(days=60), n + 1),
                        money(n), STAGES[n % 4], 7000 + n if n < 10 else 0, 5000 + n % 12,
                        ("trade-show", "web", "Web", "TRADE SHOW")[n % 4]) for n in range(deals)],
        "Calls": [(9000 + n, f"Call {n}", ids[n % 3], ("Outbound", "Inbound")[n % 2], told(days[n], n),
                   8000 + n if n % 3 else 0, "Completed") for n in range(40)],
        "Events": [(9100 + n, f"Talk {n}", names[n % 3], told(days[n], n), 8000 + n if n % 2 else 0) for n in range(25)],
        "Tasks": [(9200 + n, f"Paper {n}", ids[n % 3], told(days[n], n), ("Not Started", "Completed")[n % 2], 8000 + n)
                  for n in range(25)],
        "Quotes": [(9300 + n, f"Quote {n}", ids[n % 3], 8000 + n, f"Harbour {n % 12}", money(n), ("Draft", "Accepted")[n % 2],
                    "2021-12-01") for n in range(15)],
    }  # fmt: skip
    return {f"{name}.csv": written(HEADERS[name].split(","), rows) for name, rows in tables.items()}


def written(header: Sequence[object], rows: Rows) -> str:
    """With the two empty columns that stand at the end of each line."""
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([*line, "", ""] for line in (header, *rows))
    return text.getvalue()


def rows_in(files: Files, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(files[f"{name}.csv"], newline="")))


def test_each_table_is_what_it_holds_and_quotes_are_no_second_deals(tmp_path: Path) -> None:
    files = export()
    seen = given(tmp_path, files)
    assert not seen.asked()
    assert seen.kinds() == {
        "Users.csv": "person",
        "Accounts.csv": "account",
        "Contacts.csv": "contact",
        "Leads.csv": "lead",
        "Potentials.csv": "opportunity",
        "Calls.csv": "activity",
        "Events.csv": "activity",
        "Tasks.csv": "activity",
        "Quotes.csv": "",
    }
    counted = {name: len(rows_in(files, name)) for name in HEADERS}
    assert seen.numbers() == {
        "person": counted["Users"],
        "account": counted["Accounts"],
        "contact": counted["Contacts"],
        "lead": counted["Leads"],
        "opportunity": counted["Potentials"],
        "activity": counted["Calls"] + counted["Events"] + counted["Tasks"],
    }
    assert (seen.found.refused, seen.found.duplicates) == ((), 0)
    aside = [str(one.sentence) for one in seen.found.findings if one.kind == "table_left_aside"]
    assert aside == ["Quotes.csv is left aside: It holds quotes; the deals that they belong to are taken in."]


def test_quotes_alone_are_deals_whose_stages_are_asked(tmp_path: Path) -> None:
    seen = given(tmp_path, {"Quotes.csv": export()["Quotes.csv"]}, {"stage|Accepted": "open", "stage|Draft": "open"})
    assert seen.kinds() == {"Quotes.csv": "opportunity"}
    assert seen.numbers()["opportunity"] == 15


def test_deals_of_equal_names_stay_apart_and_say_what_the_file_says(tmp_path: Path) -> None:
    files = export()
    seen = given(tmp_path, files)
    expected = {}
    for row in rows_in(files, "Potentials"):
        outcome, close = OUTCOMES.get(row["Stage"], "open"), read_back(row["Closing Date"])
        owner = next(key for key, name in USERS.items() if name == row["Potential Owner"])
        lead = None if row["LEADID"] == "0" else row["LEADID"]
        dates = (close, None) if outcome != "open" else (None, close)
        expected[row["POTENTIALID"]] = (
            row["Potential Name"], owner, lead, row["ACCOUNTID"], outcome, worth(row["Amount"]), read_back(row["Created Time"]), *dates,
        )  # fmt: skip
    found = seen.deals("title", "owner", "lead", "account", "outcome", "value", "entered", "decided", "expected")
    assert found == expected
    assert len({values[0] for values in found.values()}) == 7


def test_a_nought_is_no_reference_and_none_that_leads_nowhere(tmp_path: Path) -> None:
    files = export()
    seen = given(tmp_path, files)
    assert "dangling_reference" not in seen.findings()
    calls = {one.key: one.values["opportunity"] for one in seen.found.records["activity"]}
    for name, key in (("Calls", "CALLID"), ("Events", "EVENTID"), ("Tasks", "TASKID")):
        for row in rows_in(files, name):
            assert calls[row[key]] == (None if row["POTENTIALID"] == "0" else row["POTENTIALID"])


def test_calls_meetings_and_tasks_are_told_by_their_tables(tmp_path: Path) -> None:
    files = export()
    seen = given(tmp_path, files)
    activities = seen.found.records["activity"]
    assert Counter(one.values["kind"] for one in activities) == {"call": 40, "meeting": 25, "task": 25}
    owners = {one.key: one.values["owner"] for one in activities}
    assert owners["9001"] == "4502", "calls name their owner by id"
    assert owners["9101"] == "4502", "events name their owner by name"
    assert all(one.values["day"] or one.values["due"] for one in activities)


def test_a_source_that_tables_spell_differently_is_one(tmp_path: Path) -> None:
    files = export()
    seen = given(tmp_path, files)
    spelt = Counter(row["Lead Source"] for name in ("Leads", "Potentials") for row in rows_in(files, name))
    assert set(spelt) == {"Trade Show", "trade-show", "TRADE SHOW", "Web", "web", "Partner"}
    origins = Counter(one.values["origin"] for kind in ("lead", "opportunity") for one in seen.found.records[kind])
    usual = {
        "tradeshow": max((n, one) for one, n in spelt.items() if "rade" in one.lower())[1],
        "web": "Web",
        "partner": "Partner",
    }
    expected: Counter[str] = Counter()
    for one, n in spelt.items():
        expected[usual[one.lower().replace("-", "").replace(" ", "")]] += n
    assert origins == expected
    assert seen.findings()["spelling"] == sum(n for one, n in spelt.items() if one not in usual.values())


def without_ids(files: Files) -> Files:
    """The deals as a list of which nobody exported the ids."""
    rows = rows_in(files, "Potentials")
    names = [name for name in HEADERS["Potentials"].split(",") if name not in ("POTENTIALID", "ACCOUNTID")]
    return files | {"Potentials.csv": written(names, [[row[name] for name in names] for row in rows])}


def test_deals_without_ids_are_all_there_and_what_refers_to_them_is_told(tmp_path: Path) -> None:
    files = without_ids(export())
    seen = given(tmp_path, files)
    assert seen.numbers()["opportunity"] == len(rows_in(files, "Potentials"))
    values = Counter(one.values["value"] for one in seen.found.records["opportunity"])
    assert values == Counter(worth(row["Amount"]) for row in rows_in(files, "Potentials"))
    lost = sum(row["POTENTIALID"] != "0" for name in ("Calls", "Events", "Tasks") for row in rows_in(files, name))
    assert seen.findings()["dangling_reference"] == lost
    assert seen.numbers()["activity"] == 90


@pytest.mark.django_db
def test_the_nine_tables_are_taken_in_as_they_were_counted(village: Village, tmp_path: Path) -> None:
    files = export()
    seen, by = given(tmp_path, files), a_network()
    of = taken(seen.found, by, seen.mapping)
    deals = Opportunity.objects.in_network(by)
    won = sum((worth(row["Amount"]) for row in rows_in(files, "Potentials") if row["Stage"] == "Closed Won"), Decimal())
    assert sum((deal.value or 0 for deal in deals if deal.outcome == "won"), Decimal()) == won
    assert Counter(deal.person.name for deal in deals.select_related("person")) == Counter(
        row["Potential Owner"] for row in rows_in(files, "Potentials")
    )
    assert Lead.objects.in_network(by).count() == len(rows_in(files, "Leads"))
    assert Activity.objects.in_network(by).count() == sum(len(rows_in(files, name)) for name in ("Calls", "Events", "Tasks"))
    assert (of.report["refused"], of.report["duplicates"]) == (0, 0)

"""Sheets that somebody keeps by hand, and files of systems without a name, in several languages."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bailiwick.kit import Refused
from tests.exchange.unknown import given, lines, workbook

ORDERS = lines(
    """
    Auftragsnr;Auftragsdatum;Kunde;Artikel;Menge;Einzelpreis;Gesamt
    A-4711;03.02.2026;Möbelhaus Kern GmbH;Schraube M8;1.200;0,15;180,00
    A-4711;03.02.2026;Möbelhaus Kern GmbH;Dübel 10 mm;500;0,08;40,00
    A-4712;17.02.2026;Tischlerei Voss;Leimholz Buche;12;89,90;1.078,80
    A-4713;01.03.2026;Möbelhaus Kern GmbH;Leimholz Buche;3;89,90;269,70
    A-4713;01.03.2026;Möbelhaus Kern GmbH;Schraube M8;100;0,15;15,00
    """
)


def test_orders_of_a_german_system_are_deals_won_with_their_lines(tmp_path: Path) -> None:
    seen = given(tmp_path, {"VA05_Export.txt": ORDERS})
    assert seen.kinds() == {"VA05_Export.txt": "line"}
    assert seen.columns("VA05_Export.txt") == {
        "line.opportunity": "Auftragsnr",
        "line.product": "Artikel",
        "line.quantity": "Menge",
        "line.price": "Einzelpreis",
        "line.amount": "Gesamt",
        "opportunity.account": "Kunde",
        "opportunity.decided": "Auftragsdatum",
    }
    assert not seen.asked()
    assert seen.deals("outcome", "value", "decided", "account") == {
        "A-4711": ("won", Decimal("220.00"), date(2026, 2, 3), "Möbelhaus Kern GmbH"),
        "A-4712": ("won", Decimal("1078.80"), date(2026, 2, 17), "Tischlerei Voss"),
        "A-4713": ("won", Decimal("284.70"), date(2026, 3, 1), "Möbelhaus Kern GmbH"),
    }
    lines_of = seen.deals("lines")["A-4711"][0]
    assert lines_of[0] == ("Schraube M8", Decimal(1200), Decimal("0.1500"))


GERMAN = lines(
    """
    Kunde;Ansprechpartner;Verkäufer;Angebotssumme;Angebotsdatum;Entscheidung am;Status
    Holz & Heim;Frau Lang;Petra Sommer;12.500,00 €;02.01.2026;14.03.2026;gewonnen
    Garten Blum;Herr Ott;Petra Sommer;3.200,50 €;15.01.2026;28.02.2026;verloren
    Stahlbau Nord;Frau Kley;Uwe Brandt;48.000,00 €;20.02.2026;;offen
    Holz & Heim;Frau Lang;Uwe Brandt;900,00 €;13.04.2026;30.04.2026;gewonnen
    """
)


def test_a_german_sheet_without_ids_and_stages(tmp_path: Path) -> None:
    seen = given(tmp_path, {"Angebote 2026.csv": GERMAN.encode("cp1252")})
    found = seen.columns("Angebote 2026.csv")
    assert found["opportunity.account"] == "Kunde"
    assert found["opportunity.owner"] == "Verkäufer"
    assert found["opportunity.stage"] == "Status"
    assert found["opportunity.value"] == "Angebotssumme"
    assert not seen.asked()
    deals = [
        (one.values["account"], one.values["outcome"], one.values["value"], one.values["decided"])
        for one in seen.found.records["opportunity"]
    ]
    assert deals == [
        ("Holz & Heim", "won", Decimal("12500.00"), date(2026, 3, 14)),
        ("Garten Blum", "lost", Decimal("3200.50"), date(2026, 2, 28)),
        ("Stahlbau Nord", "open", Decimal("48000.00"), None),
        ("Holz & Heim", "won", Decimal("900.00"), date(2026, 4, 30)),
    ]
    assert seen.mapping.currency == "EUR"
    assert seen.numbers()["contact"] == 3


SPANISH = lines(
    """
    Oportunidad;Cliente;Comercial;Etapa;Importe;Fecha de creación;Fecha de cierre;Motivo de pérdida
    Reforma oficina;Construcciones Vega;Lucía Mora;Ganada;25.300,00 €;07/01/2026;22/03/2026;
    Ascensor;Hotel Miramar;Lucía Mora;Perdida;61.000,00 €;12/01/2026;15/04/2026;Precio
    Mantenimiento;Hotel Miramar;Raúl Peña;Propuesta;4.800,00 €;05/09/2026;30/11/2026;
    Puertas;Escuela Norte;Raúl Peña;Negociación;9.950,50 €;19/08/2026;15/12/2026;
    Ventanas;Escuela Norte;Raúl Peña;Prospección;1.200,00 €;01/10/2026;31/01/2027;
    """
)


def test_a_spanish_sheet(tmp_path: Path) -> None:
    seen = given(tmp_path, {"oportunidades.csv": SPANISH})
    assert not seen.asked()
    assert seen.mapping.steps == ("Prospección", "Propuesta", "Negociación")
    assert seen.titled("outcome", "value", "account", "owner", "entered", "decided", "expected") == {
        "Reforma oficina": (
            "won",
            Decimal("25300.00"),
            "Construcciones Vega",
            "Lucía Mora",
            date(2026, 1, 7),
            date(2026, 3, 22),
            None,
        ),
        "Ascensor": ("lost", Decimal("61000.00"), "Hotel Miramar", "Lucía Mora", date(2026, 1, 12), date(2026, 4, 15), None),
        "Mantenimiento": ("open", Decimal("4800.00"), "Hotel Miramar", "Raúl Peña", date(2026, 9, 5), None, date(2026, 11, 30)),
        "Puertas": ("open", Decimal("9950.50"), "Escuela Norte", "Raúl Peña", date(2026, 8, 19), None, date(2026, 12, 15)),
        "Ventanas": ("open", Decimal("1200.00"), "Escuela Norte", "Raúl Peña", date(2026, 10, 1), None, date(2027, 1, 31)),
    }


FRENCH = lines(
    """
    Affaire\tSociété\tCommercial\tÉtape\tMontant\tDate de création\tDate de clôture prévue\tDate de signature
    Rénovation hall\tMairie de Sète\tInès Roux\tGagnée\t18 400,00\t5 janvier 2026\t31 mars 2026\t27 mars 2026
    Éclairage\tLycée Hugo\tInès Roux\tPerdue\t7 250,50\t12 février 2026\t30 avril 2026\t2 mai 2026
    Toiture\tFerme Blanche\tPaul Morel\tProposition\t33 000,00\t1er août 2026\t15 décembre 2026\t
    Clôture\tFerme Blanche\tPaul Morel\tQualification\t2 100,00\t9 septembre 2026\t31 janvier 2027\t
    """
)


def test_a_french_sheet_with_months_in_words(tmp_path: Path) -> None:
    seen = given(tmp_path, {"affaires.tsv": FRENCH})
    assert not seen.asked()
    assert seen.titled("outcome", "value", "entered", "decided", "expected") == {
        "Rénovation hall": ("won", Decimal("18400.00"), date(2026, 1, 5), date(2026, 3, 27), None),
        "Éclairage": ("lost", Decimal("7250.50"), date(2026, 2, 12), date(2026, 5, 2), None),
        "Toiture": ("open", Decimal("33000.00"), date(2026, 8, 1), None, date(2026, 12, 15)),
        "Clôture": ("open", Decimal("2100.00"), date(2026, 9, 9), None, date(2027, 1, 31)),
    }


MONDAY: list[list[object]] = [
    ["Sales pipeline"],
    ["Everything the team sells"],
    [],
    ["Active deals"],
    ["Name", "Owner", "Stage", "Deal value", "Company", "Created", "Expected close"],
    ["Kiosk", "Amy Fox", "Proposal", 4000, "Park Cafe", "2026-08-03", "2026-12-10"],
    ["Terrace", "Bo Lind", "New", 1500, "Inn on Hill", "2026-09-12", "2027-01-20"],
    ["", "", "", 5500, "", "", ""],
    [],
    ["Closed deals"],
    ["Name", "Owner", "Stage", "Deal value", "Company", "Created", "Expected close"],
    ["Oven", "Amy Fox", "Won", 2500, "Park Cafe", "2026-02-03", "2026-04-01"],
    ["Awning", "Bo Lind", "Lost", 800, "Inn on Hill", "2026-03-05", "2026-05-05"],
    ["", "", "", 3300, "", "", ""],
]


def test_a_board_with_groups_titles_and_sums(tmp_path: Path) -> None:
    seen = given(tmp_path, {"Sales_pipeline_1764.xlsx": workbook(board=MONDAY)})
    assert seen.titled("outcome", "value", "account", "owner") == {
        "Kiosk": ("open", Decimal(4000), "Park Cafe", "Amy Fox"),
        "Terrace": ("open", Decimal(1500), "Inn on Hill", "Bo Lind"),
        "Oven": ("won", Decimal(2500), "Park Cafe", "Amy Fox"),
        "Awning": ("lost", Decimal(800), "Inn on Hill", "Bo Lind"),
    }
    assert seen.found.accepted == 4
    assert {row.line for row in seen.found.refused} == {1, 2, 4, 8, 10, 11, 14}


AGENCY: dict[str, list[list[object]]] = {
    "Kunden": [
        ["Firma", "Branche", "Ort", "Webseite", "Kontakt E-Mail"],
        ["Bäckerei Lenz", "Lebensmittel", "Ulm", "lenz.example", "info@lenz.example"],
        ["Kanzlei Roth", "Recht", "Köln", "roth.example", "post@roth.example"],
        ["Zahnarzt Dr. Hin", "Gesundheit", "Mainz", "hin.example", "praxis@hin.example"],
    ],
    "Projekte": [
        ["Projekt", "Firma", "Verantwortlich", "Phase", "Budget", "Start", "Abschluss"],
        ["Webshop", "Bäckerei Lenz", "Jana Wolf", "Gewonnen", 18000, "2026-01-10", "2026-02-20"],
        ["Logo", "Kanzlei Roth", "Jana Wolf", "Verloren", 2400, "2026-02-01", "2026-03-01"],
        ["Kampagne", "Zahnarzt Dr Hin", "Emil Sauer", "Angebot", 7500, "2026-09-15", "2026-12-01"],
        ["Relaunch", "Bäckerei Lenz", "Emil Sauer", "Erstgespräch", 12000, "2026-10-20", "2027-02-01"],
    ],
}


def test_an_agencys_workbook_of_two_sheets(tmp_path: Path) -> None:
    seen = given(tmp_path, {"Agentur.xlsx": workbook(**AGENCY)})
    assert list(seen.kinds().values()) == ["account", "opportunity"]
    assert seen.titled("outcome", "value", "account", "owner", "step") == {
        "Webshop": ("won", Decimal(18000), "Bäckerei Lenz", "Jana Wolf", 2),
        "Logo": ("lost", Decimal(2400), "Kanzlei Roth", "Jana Wolf", 2),
        "Kampagne": ("open", Decimal(7500), "Zahnarzt Dr. Hin", "Emil Sauer", 2),
        "Relaunch": ("open", Decimal(12000), "Bäckerei Lenz", "Emil Sauer", 1),
    }
    assert seen.numbers()["account"] == 3


JOINED = lines(
    """
    deal_id,deal_name,amount,stage,created_at,closed_at,company_name,company_city,company_industry,contact_first_name,contact_last_name,contact_email,owner_name,owner_email,manager_name,product_name
    1,North roof,5000,Won,2026-01-05,2026-02-10,Gable Ltd,York,Building,Ann,Reed,ann@gable.example,Zoe Park,zoe@us.example,Hal Moss,Slate
    2,South roof,6000,Lost,2026-01-15,2026-03-10,Gable Ltd,York,Building,Ann,Reed,ann@gable.example,Zoe Park,zoe@us.example,Hal Moss,Slate
    3,Barn,9000,Proposal,2026-08-05,,Field Farm,Ripon,Farming,Bob,Lowe,bob@field.example,Yan Ruiz,yan@us.example,Hal Moss,Tin
    4,Mill,7000,New,2026-09-05,,River Mill,Selby,Food,Cat,Nunn,cat@mill.example,Yan Ruiz,yan@us.example,Hal Moss,Tin
    """
)


def test_everything_joined_into_one_flat_table(tmp_path: Path) -> None:
    seen = given(tmp_path, {"everything.csv": JOINED})
    assert seen.kinds() == {"everything.csv": "opportunity"}
    assert seen.numbers() == {"person": 3, "account": 3, "contact": 3, "product": 2, "opportunity": 4}
    accounts = {one.values["name"]: (one.values["city"], one.values["sector"]) for one in seen.found.records["account"]}
    assert accounts == {"Gable Ltd": ("York", "Building"), "Field Farm": ("Ripon", "Farming"), "River Mill": ("Selby", "Food")}
    contacts = {one.values["name"]: one.values["email"] for one in seen.found.records["contact"]}
    assert contacts == {"Ann Reed": "ann@gable.example", "Bob Lowe": "bob@field.example", "Cat Nunn": "cat@mill.example"}
    people = {one.values["name"]: (one.values["email"], one.values["manager"]) for one in seen.found.records["person"]}
    assert people["Zoe Park"] == ("zoe@us.example", "Hal Moss")
    assert seen.titled("outcome", "account", "owner", "value")["Barn"] == ("open", "Field Farm", "Yan Ruiz", Decimal(9000))


HEAD = "Deal ID,Account,Rep,Status,Value,Created,Closed\n"
QUARTERS = {
    "deals_q1.csv": HEAD + "1,Acorn,Tess Hay,Won,100,01/02/2026,03/03/2026\n2,Bramble,Tess Hay,Lost,200,05/02/2026,04/03/2026\n",
    "deals_q2.csv": HEAD + "3,Acorn,Lou Dean,Won,300,02/04/2026,30/05/2026\n4,Clover,Tess Hay,Won,400,07/04/2026,06/06/2026\n",
    "deals_q3.csv": HEAD + "5,Clover,Lou Dean,Open,500,08/07/2026,\n6,Daisy,Lou Dean,Open,600,09/08/2026,\n",
}


def test_quarters_in_files_of_their_own_are_all_taken_and_tell_the_order_of_days_together(tmp_path: Path) -> None:
    seen = given(tmp_path, QUARTERS)
    assert set(seen.kinds().values()) == {"opportunity"}
    assert len({tuple(sorted(seen.columns(name).items())) for name in QUARTERS}) == 1
    assert not seen.asked()
    assert seen.deals("outcome", "entered", "decided") == {
        "1": ("won", date(2026, 2, 1), date(2026, 3, 3)),
        "2": ("lost", date(2026, 2, 5), date(2026, 3, 4)),
        "3": ("won", date(2026, 4, 2), date(2026, 5, 30)),
        "4": ("won", date(2026, 4, 7), date(2026, 6, 6)),
        "5": ("open", date(2026, 7, 8), None),
        "6": ("open", date(2026, 8, 9), None),
    }


TOTALS = lines(
    """
    Firma;Vertriebler;Phase;Volumen;Abschluss
    Lager Süd GmbH;Ina Kohl;Gewonnen;10.000,00;15.01.2026
    Optik Weiss;Ina Kohl;Verloren;2.500,00;20.02.2026
    Druck & Co;Max Behr;Angebot;7.500,00;31.12.2026
    Total;Max Behr;Angebot;1.000,00;30.12.2026
    Summe;;;21.000,00;
    """
)


def test_a_row_of_totals_at_the_end_is_none_and_a_company_of_that_name_is_one(tmp_path: Path) -> None:
    seen = given(tmp_path, {"liste.csv": TOTALS})
    assert [row.line for row in seen.found.refused] == [6]
    assert sorted((one.values["account"], one.values["value"]) for one in seen.found.records["opportunity"]) == [
        ("Druck & Co", Decimal("7500.00")),
        ("Lager Süd GmbH", Decimal("10000.00")),
        ("Optik Weiss", Decimal("2500.00")),
        ("Total", Decimal("1000.00")),
    ]


STAGES = lines(
    """
    Deal,Customer,Owner,Stage,Won/Lost,Amount,Opened,Closed
    Alpha,Finch,Rae Orr,Demo,,100,2026-07-01,
    Beta,Heron,Rae Orr,Offer,Won,200,2026-01-02,2026-02-03
    Gamma,Finch,Kit Poe,Demo,Lost,300,2026-01-05,2026-03-04
    Delta,Robin,Kit Poe,Offer,,400,2026-08-09,
    """
)


def test_a_sheet_with_a_stage_and_a_column_for_won_or_lost(tmp_path: Path) -> None:
    seen = given(tmp_path, {"tracker.csv": STAGES})
    found = seen.columns("tracker.csv")
    assert (found["opportunity.stage"], found["opportunity.status"]) == ("Stage", "Won/Lost")
    assert seen.mapping.steps == ("Demo", "Offer")
    assert seen.titled("outcome", "step") == {
        "Alpha": ("open", 1),
        "Beta": ("won", 2),
        "Gamma": ("lost", 1),
        "Delta": ("open", 2),
    }


def test_stages_in_words_that_nobody_knows_are_asked_about(tmp_path: Path) -> None:
    text = lines(
        """
        Firma;Betreuer;Phase;Wert;Abschluss
        Uhren Kast;Eva Ruf;Bestellt;100;13.01.2026
        Brot Lind;Eva Ruf;Geplatzt;;14.02.2026
        Eis Amadei;Jo Hahn;Verhandlung;300;15.12.2026
        """
    )
    seen = given(tmp_path, {"vorgänge.csv": text})
    assert {"stage|Bestellt", "stage|Geplatzt"} <= seen.asked()
    told = given(tmp_path, {"vorgänge.csv": text}, {"stage|Bestellt": "won", "stage|Geplatzt": "lost"})
    assert {one.values["account"]: one.values["outcome"] for one in told.found.records["opportunity"]} == {
        "Uhren Kast": "won",
        "Brot Lind": "lost",
        "Eis Amadei": "open",
    }


def test_a_sheet_of_something_else_is_refused(tmp_path: Path) -> None:
    text = "Room,Day,Booked by\n" + "".join(f"R{n % 3},2026-01-{n + 1:02},Person {n}\n" for n in range(9))
    with pytest.raises(Refused, match="no_sales_export"):
        given(tmp_path, {"rooms.csv": text})

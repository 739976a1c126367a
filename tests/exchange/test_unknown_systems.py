"""Exports of known systems whose very files nobody here has seen: each comes out right, or asks, or is refused plainly."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.exchange.unknown import given, lines

HUBSPOT = {
    "hubspot-crm-exports-all-companies.csv": lines(
        """
        "Record ID","Company name","Company Domain Name","Company owner","City","Country/Region","Industry","Phone Number"
        "9001001","Orchard & Lane","orchardlane.example","Mia Brandt","Leeds","United Kingdom","RETAIL","+44 113 555 0101"
        "9001002","Tidewater Foods","tidewater.example","Jon Peel","Bristol","United Kingdom","FOOD_BEVERAGES",""
        "9001003","Copperfield Mills","copperfield.example","","Derby","United Kingdom","TEXTILES","+44 1332 555 017"
        """
    ),
    "hubspot-crm-exports-all-contacts.csv": lines(
        """
        "Record ID","First Name","Last Name","Email","Phone Number","Contact owner","Associated Company IDs","Job Title"
        "501","Ruth","Okafor","ruth@orchardlane.example","","Mia Brandt","9001001","Buyer"
        "502","Sven","Dahl","sven@tidewater.example","+44 117 555 0188","Jon Peel","9001002","CFO"
        "503","Nora","Quist","nora@nowhere.example","","Jon Peel","",""
        """
    ),
    "hubspot-crm-exports-all-deals.csv": lines(
        '''
        "Record ID","Deal Name","Deal Stage","Pipeline","Amount","Close Date","Create Date","Deal owner","Closed Lost Reason","Associated Company IDs","Associated Contact IDs","Date entered ""Appointment Scheduled (Sales Pipeline)""","Date entered ""Closed Won (Sales Pipeline)""","Is Closed Won"
        "77001","Orchard rollout","Closed Won","Sales Pipeline","12500.00","2026-03-14 10:22","2025-12-01 09:00","Mia Brandt","","9001001","501","2025-12-01 09:00","2026-03-14 10:22","true"
        "77002","Tidewater cold chain","Closed Lost","Sales Pipeline","8000","2026-02-02 16:40","2025-11-15 12:30","Jon Peel","Price","9001002","502","2025-11-15 12:30","","false"
        "77003","Copperfield pilot","Contract Sent","Sales Pipeline","4200","2026-12-20 00:00","2026-08-05 08:15","Mia Brandt","","9001003","","2026-08-05 08:15","","false"
        "77004","Orchard phase two","Appointment Scheduled","Sales Pipeline","","2027-01-31 00:00","2026-10-30 14:00","Jon Peel","","9001001;9001003","501;502","2026-10-30 14:00","","false"
        '''
    ),
}


def test_hubspot_deals_companies_and_contacts(tmp_path: Path) -> None:
    seen = given(tmp_path, HUBSPOT)
    companies, contacts, deals = seen.kinds()
    assert list(seen.kinds().values()) == ["account", "contact", "opportunity"]
    found = seen.columns(deals)
    assert found["opportunity.key"] == "Record ID"
    assert found["opportunity.account"] == "Associated Company IDs"
    assert found["opportunity.contact"] == "Associated Contact IDs"
    assert found["opportunity.owner"] == "Deal owner"
    assert found["opportunity.entered"] == "Create Date"
    assert found["opportunity.close"] == "Close Date"
    assert found["opportunity.reason"] == "Closed Lost Reason"
    assert seen.columns(companies)["account.owner"] == "Company owner"
    assert seen.columns(contacts)["contact.account"] == "Associated Company IDs"
    assert not seen.asked()
    assert seen.deals("outcome", "account", "contact", "owner", "value", "decided", "expected") == {
        "77001": ("won", "9001001", "501", "Mia Brandt", Decimal("12500.00"), date(2026, 3, 14), None),
        "77002": ("lost", "9001002", "502", "Jon Peel", Decimal(8000), date(2026, 2, 2), None),
        "77003": ("open", "9001003", None, "Mia Brandt", Decimal(4200), None, date(2026, 12, 20)),
        "77004": ("open", "9001001", "501", "Jon Peel", None, None, date(2027, 1, 31)),
    }
    assert seen.numbers() == {"person": 2, "account": 3, "contact": 2, "opportunity": 4}
    assert [row.line for row in seen.found.refused] == [4]


ZOHO = lines(
    """
    Record Id,Potential Owner,Potential Name,Account Name,Amount,Closing Date,Stage,Type,Probability (%),Expected Revenue,Lead Source,Created Time,Modified Time
    zcrm_5501,Lena Ortiz,Pier lighting,Harbour Trust,"$1,117.10K","15 Apr, 2021",Closed Won,New Business,100,"$1,117.10K",Trade Show,"02 Jan, 2021 00:02:00","15 Apr, 2021 09:12:44"
    zcrm_5502,Lena Ortiz,Dock sensors,Harbour Trust,$240.00K,"30 Jun, 2021",Closed Lost,Existing Business,0,$0.00,Web,"11 Feb, 2021 15:31:09","01 Jul, 2021 08:00:00"
    zcrm_5503,Paul Iversen,Canal gates,Lockwood Canals,$75.50K,"12 Sep, 2021",Negotiation/Review,New Business,90,$67.95K,Partner,"20 Mar, 2021 10:10:10","02 May, 2021 17:45:00"
    zcrm_5504,Paul Iversen,Weir study,Lockwood Canals,"$1,002.00","01 Dec, 2021",Qualification,New Business,10,$100.20,Web,"28 Apr, 2021 12:00:00","29 Apr, 2021 12:00:00"
    """
)


def test_zoho_potentials(tmp_path: Path) -> None:
    seen = given(tmp_path, {"Potentials_2021_05.csv": ZOHO})
    found = seen.columns("Potentials_2021_05.csv")
    assert found["opportunity.title"] == "Potential Name"
    assert found["opportunity.owner"] == "Potential Owner"
    assert found["opportunity.account"] == "Account Name"
    assert found["opportunity.entered"] == "Created Time"
    assert found["opportunity.value"] == "Amount"
    assert not seen.asked()
    assert seen.mapping.steps == ("Qualification", "Negotiation/Review")
    assert seen.deals("outcome", "value", "decided", "entered", "step") == {
        "zcrm_5501": ("won", Decimal(1_117_100), date(2021, 4, 15), date(2021, 1, 2), 2),
        "zcrm_5502": ("lost", Decimal(240_000), date(2021, 6, 30), date(2021, 2, 11), 2),
        "zcrm_5503": ("open", Decimal(75_500), None, date(2021, 3, 20), 2),
        "zcrm_5504": ("open", Decimal(1002), None, date(2021, 4, 28), 1),
    }


PIPEDRIVE = lines(
    """
    Deal - ID,Deal - Title,Deal - Organization,Deal - Contact person,Deal - Owner,Deal - Value,Deal - Currency of Value,Deal - Stage,Deal - Status,Deal - Lost reason,Deal - Deal created,Deal - Won time,Deal - Lost time,Deal - Expected close date,Deal - Pipeline
    11,Roof tiles,Brick & Beam,Ida Lund,Tom Hale,9000,EUR,Negotiations Started,won,,2026-01-03 09:11:00,2026-02-20 10:00:00,,2026-02-28,Pipeline
    12,Gutters,Brick & Beam,Ida Lund,Tom Hale,1500,EUR,Proposal Made,lost,Too slow,2026-01-09 11:00:00,,2026-03-01 12:00:00,2026-03-15,Pipeline
    13,Dormer,Slate House,Max Roy,Eve Stone,4400,EUR,Proposal Made,open,,2026-09-01 08:00:00,,,2026-12-24,Pipeline
    14,Chimney,Slate House,Max Roy,Eve Stone,700,EUR,Contact Made,open,,2026-10-11 08:30:00,,,2027-01-10,Pipeline
    15,Skylight,Gable & Co,,Eve Stone,2100,EUR,Contact Made,lost,No budget,2026-04-02 10:30:00,,2026-05-05 09:00:00,,Pipeline
    """
)


def test_pipedrive_keeps_the_stage_and_the_status_apart(tmp_path: Path) -> None:
    seen = given(tmp_path, {"deals-1187.csv": PIPEDRIVE})
    found = seen.columns("deals-1187.csv")
    assert found["opportunity.status"] == "Deal - Status"
    assert found["opportunity.stage"] == "Deal - Stage"
    assert found["opportunity.contact"] == "Deal - Contact person"
    assert seen.mapping.steps == ("Contact Made", "Proposal Made", "Negotiations Started")
    assert not seen.asked()
    assert seen.deals("outcome", "step", "decided", "expected", "reason", "currency") == {
        "11": ("won", 3, date(2026, 2, 20), None, "", "EUR"),
        "12": ("lost", 2, date(2026, 3, 1), None, "Too slow", "EUR"),
        "13": ("open", 2, None, date(2026, 12, 24), "", "EUR"),
        "14": ("open", 1, None, date(2027, 1, 10), "", "EUR"),
        "15": ("lost", 1, date(2026, 5, 5), None, "No budget", "EUR"),
    }
    assert seen.numbers() == {"person": 2, "account": 3, "contact": 2, "opportunity": 5}


DYNAMICS = lines(
    """
    (Do Not Modify) Opportunity,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,Topic,Potential Customer,Owner,Status,Status Reason,Pipeline Phase,Est. Revenue,Actual Revenue,Est. Close Date,Actual Close Date,Created On
    6f0c2b1e-1111-4c1a-9a01-0000000000a1,q1W+e==,3/2/2026 4:12 PM,Press line,Fenwick Press,Ada Moor,Won,Won,4-Close,"$50,000.00","$48,500.00",3/15/2026,2/27/2026,9/14/2025 8:00 AM
    6f0c2b1e-1111-4c1a-9a01-0000000000a2,r2W+e==,1/20/2026 9:00 AM,Ink tanks,Fenwick Press,Ada Moor,Lost,Out-Sold,3-Propose,"$12,000.00",,1/31/2026,1/19/2026,8/2/2025 9:30 AM
    6f0c2b1e-1111-4c1a-9a01-0000000000a3,s3W+e==,10/2/2026 1:00 PM,Binding cell,Quill & Sons,Ben Frost,Open,In Progress,2-Develop,"$7,250.00",,12/18/2026,,5/23/2026 2:45 PM
    6f0c2b1e-1111-4c1a-9a01-0000000000a4,t4W+e==,11/1/2026 1:00 PM,Cutter,Quill & Sons,Ben Frost,Open,On Hold,1-Qualify,"$3,000.00",,1/30/2027,,6/30/2026 3:15 PM
    """
)


def test_dynamics_has_a_status_a_reason_and_a_phase(tmp_path: Path) -> None:
    seen = given(tmp_path, {"Opportunities.csv": DYNAMICS})
    found = seen.columns("Opportunities.csv")
    assert found["opportunity.key"] == "(Do Not Modify) Opportunity"
    assert found["opportunity.title"] == "Topic"
    assert found["opportunity.account"] == "Potential Customer"
    assert found["opportunity.status"] == "Status"
    assert found["opportunity.stage"] == "Pipeline Phase"
    assert found["opportunity.decided"] == "Actual Close Date"
    assert found["opportunity.expected"] == "Est. Close Date"
    assert seen.mapping.dialect == "dynamics"
    assert not seen.asked()
    titles = seen.titled("outcome", "step", "decided", "expected", "entered", "value")
    assert titles == {
        "Press line": ("won", 3, date(2026, 2, 27), None, date(2025, 9, 14), Decimal("48500.00")),
        "Ink tanks": ("lost", 3, date(2026, 1, 19), None, date(2025, 8, 2), Decimal("12000.00")),
        "Binding cell": ("open", 2, None, date(2026, 12, 18), date(2026, 5, 23), Decimal("7250.00")),
        "Cutter": ("open", 1, None, date(2027, 1, 30), date(2026, 6, 30), Decimal("3000.00")),
    }


SALESFORCE = lines(
    """
    "Opportunity Name","Account Name","Opportunity Owner","Stage","Amount Currency","Amount","Close Date","Created Date","Probability (%)","Opportunity ID"
    "Delta turbines","Northgate Power","Iris Webb","Closed Won","USD","210000.00","3/28/2026","9/30/2025","100","0065g00000AbCdE"
    "Delta service","Northgate Power","Iris Webb","Proposal/Price Quote","USD","18000.00","12/31/2026","7/14/2026","75","0065g00000AbCdF"
    "Sigma boilers","Vale Heating","Carl Nye","Closed Lost","USD","96000.00","2/17/2026","10/13/2025","0","0065g00000AbCde"
    "Sigma pumps","Vale Heating","Carl Nye","Prospecting","USD","","1/29/2027","10/20/2026","10","0065g00000AbCdf"

    "Grand Totals (4 records)"
    "","","","","USD","324000.00"

    "Pipeline of the North"
    "Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."
    "Confidential Information - Do Not Distribute"
    "Generated By:  Iris Webb  11/20/2026"
    """
)


def test_a_salesforce_report_ends_with_totals_and_remarks(tmp_path: Path) -> None:
    seen = given(tmp_path, {"report1699.csv": SALESFORCE})
    found = seen.columns("report1699.csv")
    assert found["opportunity.key"] == "Opportunity ID"
    assert found["opportunity.currency"] == "Amount Currency"
    assert not seen.asked()
    assert seen.titled("outcome", "value", "entered") == {
        "Delta turbines": ("won", Decimal("210000.00"), date(2025, 9, 30)),
        "Delta service": ("open", Decimal("18000.00"), date(2026, 7, 14)),
        "Sigma boilers": ("lost", Decimal("96000.00"), date(2025, 10, 13)),
        "Sigma pumps": ("open", None, date(2026, 10, 20)),
    }
    assert len(seen.found.refused) == 6
    assert seen.found.accepted == 4


def test_salesforce_ids_of_fifteen_characters_refer_to_those_of_eighteen(tmp_path: Path) -> None:
    plants = [f"0015g00000X{letter}{number}xY" for letter in "aA" for number in range(3)]
    accounts = "Id,Name,BillingCity\n" + "".join(f"{key}AAK,Plant {key[11:13]},Hull\n" for key in plants)
    deals = "Opportunity ID,Account ID,Opportunity Name,Stage,Amount,Close Date\n" + "".join(
        f"0065g00000Z{key[11:]},{key},Deal {key[11:13]},{('Closed Won', 'Prospecting')[n % 2]},{n}00,2026-0{n + 1}-10\n"
        for n, key in enumerate(plants)
    )
    seen = given(tmp_path, {"Account.csv": accounts, "report.csv": deals})
    assert seen.columns("report.csv")["opportunity.account"] == "Account ID"
    accounts_of = seen.titled("account")
    assert accounts_of["Deal a1"] == ("0015g00000Xa1xYAAK",)
    assert accounts_of["Deal A1"] == ("0015g00000XA1xYAAK",)
    assert seen.numbers()["account"] == 6


ODOO = lines(
    """
    "External ID","Opportunity","Customer","Salesperson","Sales Team","Stage","Expected Revenue","Probability","Expected Closing","Created on","Closed Date","Active","Lost Reason"
    "__export__.crm_lead_1_ab","Desks for Nyborg","Nyborg Kommune","Karin Holm","Europe","Won","42000.0","100.0","2026-03-31","2025-11-02 10:11:12","2026-03-20 15:00:00","True",""
    "__export__.crm_lead_2_ab","Chairs","Aalto Office","Karin Holm","Europe","Proposition","15500.0","55.0","2026-12-15","2026-07-07 08:00:00","","True",""
    "__export__.crm_lead_3_ab","Lamps","Aalto Office","Petra Sand","Europe","Qualified","2300.0","0.0","2026-05-01","2026-02-03 08:00:00","2026-04-18 09:30:00","False","Too expensive"
    "__export__.crm_lead_4_ab","Shelves","Lindgren Books","Petra Sand","Europe","New","800.0","12.5","2027-02-01","2026-11-10 16:20:00","","True",""
    "__export__.crm_lead_5_ab","Carpets","Lindgren Books","Petra Sand","Europe","New","640.0","0.0","","2026-01-10 16:20:00","2026-02-11 10:00:00","False","Not answering"
    """
)


def test_odoo_puts_away_what_was_lost(tmp_path: Path) -> None:
    seen = given(tmp_path, {"crm.lead.csv": ODOO})
    found = seen.columns("crm.lead.csv")
    assert seen.kinds() == {"crm.lead.csv": "opportunity"}
    assert found["opportunity.stage"] == "Stage"
    assert found["opportunity.status"] == "Active"
    assert found["opportunity.value"] == "Expected Revenue"
    assert found["opportunity.decided"] == "Closed Date"
    assert found["opportunity.expected"] == "Expected Closing"
    assert not seen.asked()
    assert seen.mapping.steps == ("New", "Qualified", "Proposition")
    assert seen.titled("outcome", "step", "decided", "expected", "reason") == {
        "Desks for Nyborg": ("won", 3, date(2026, 3, 20), None, ""),
        "Chairs": ("open", 3, None, date(2026, 12, 15), ""),
        "Lamps": ("lost", 2, date(2026, 4, 18), None, "Too expensive"),
        "Shelves": ("open", 1, None, date(2027, 2, 1), ""),
        "Carpets": ("lost", 1, date(2026, 2, 11), None, "Not answering"),
    }


FRESHSALES = lines(
    """
    Deal : Id,Deal : Name,Deal : Deal value,Deal : Deal stage,Deal : Closed date,Deal : Expected close date,Deal : Sales owner,Deal : Account name,Deal : Lost reason,Deal : Created at,Deal : Updated at
    70001,Boat engines,18000.0,Won,2026-05-04T10:00:00Z,2026-05-01,Olga Reyes,Marina Sur,,2026-01-12T09:00:00Z,2026-05-04T10:00:00Z
    70002,Sails,5200.0,Lost,2026-06-10T10:00:00Z,2026-07-01,Olga Reyes,Velas Ltd,Competitor,2026-02-11T09:00:00Z,2026-06-10T10:00:00Z
    70003,Radar,9900.0,Demo,,2026-12-30,Dirk Blom,Marina Sur,,2026-09-01T09:00:00Z,2026-10-01T09:00:00Z
    70004,Anchors,400.0,New,,2027-01-15,Dirk Blom,Velas Ltd,,2026-10-05T09:00:00Z,2026-10-06T09:00:00Z
    """
)


def test_freshsales_deals(tmp_path: Path) -> None:
    seen = given(tmp_path, {"deals_export.csv": FRESHSALES})
    found = seen.columns("deals_export.csv")
    assert found["opportunity.owner"] == "Deal : Sales owner"
    assert found["opportunity.decided"] == "Deal : Closed date"
    assert found["opportunity.expected"] == "Deal : Expected close date"
    assert not seen.asked()
    assert seen.titled("outcome", "decided", "expected", "account", "owner") == {
        "Boat engines": ("won", date(2026, 5, 4), None, "Marina Sur", "Olga Reyes"),
        "Sails": ("lost", date(2026, 6, 10), None, "Velas Ltd", "Olga Reyes"),
        "Radar": ("open", None, date(2026, 12, 30), "Marina Sur", "Dirk Blom"),
        "Anchors": ("open", None, date(2027, 1, 15), "Velas Ltd", "Dirk Blom"),
    }


CLOSE = lines(
    """
    id,lead_id,lead_name,contact_name,user_name,status_label,status_type,value,value_currency,confidence,date_created,date_won,date_lost,expected_close,note
    oppo_a1,lead_x1,Birch Dental,Kim Sato,Noel Grant,Won,won,320000,USD,100,2026-01-04T10:00:00.000000+00:00,2026-03-09,,,Paid yearly
    oppo_a2,lead_x2,Maple Clinic,Rae Kent,Noel Grant,Lost,lost,50000,USD,0,2026-01-20T10:00:00.000000+00:00,,2026-04-04,,
    oppo_a3,lead_x2,Maple Clinic,Rae Kent,Vera Pohl,Demo Completed,active,75000,USD,50,2026-08-02T10:00:00.000000+00:00,,,2026-12-12,
    oppo_a4,lead_x3,Cedar Optics,,Vera Pohl,In Discussion,active,12000,USD,25,2026-09-09T10:00:00.000000+00:00,,,2027-02-02,
    """
)


def test_close_calls_its_companies_leads(tmp_path: Path) -> None:
    seen = given(tmp_path, {"opportunities.csv": CLOSE})
    found = seen.columns("opportunities.csv")
    assert found["opportunity.status"] == "status_type"
    assert found["opportunity.stage"] == "status_label"
    assert found["opportunity.owner"] == "user_name"
    assert seen.deals("outcome", "decided", "expected", "owner") == {
        "oppo_a1": ("won", date(2026, 3, 9), None, "Noel Grant"),
        "oppo_a2": ("lost", date(2026, 4, 4), None, "Noel Grant"),
        "oppo_a3": ("open", None, date(2026, 12, 12), "Vera Pohl"),
        "oppo_a4": ("open", None, date(2027, 2, 2), "Vera Pohl"),
    }
    assert set(seen.mapping.steps) == {"Demo Completed", "In Discussion"}

"""What cells refer to: listed records, implied ones, spellings, ids that lead nowhere, and what rows say besides."""

from tests.exchange.rehearsed import by_key, finding, kinds, only, reasons, rehearsed, table


def accounts(found: object) -> list[object]:
    return [deal.values["account"] for deal in found.records["opportunity"]]  # type: ignore[attr-defined]


def test_a_reference_is_a_key_before_it_is_a_name() -> None:
    found = rehearsed(account="key|name\nA1|Acme\nAcme|Other", opportunity="key|account\n1|A1\n2|Acme\n3|Other")
    assert accounts(found) == ["A1", "Acme", "Acme"]


def test_a_spelling_that_was_settled_or_differs_in_form_only_is_taken_and_told() -> None:
    found = rehearsed(
        product="name\nGTX Pro\nMG Special",
        opportunity="key|product\n1|GTXPro\n2|GTX Pro\n3|mg special\n4|GTXPro\n5|Gee Tee",
        same={"product": {"Gee Tee": "GTX Pro"}},
    )
    assert [deal.values["lines"][0][0] for deal in found.records["opportunity"]] == [
        "GTX Pro", "GTX Pro", "MG Special", "GTX Pro", "GTX Pro",
    ]  # fmt: skip
    assert finding(found, "spelling").rows == 4
    assert "GTXPro = GTX Pro; mg special = MG Special" in str(finding(found, "spelling").sentence)


def test_a_settled_spelling_of_something_in_no_table_implies_it_once() -> None:
    found = rehearsed(opportunity="key|account\n1|ACME Inc\n2|Acme", same={"account": {"ACME Inc": "Acme"}})
    assert accounts(found) == ["Acme", "Acme"]


def test_a_folded_name_that_two_have_is_neither_of_them() -> None:
    found = rehearsed(account="name\nA-1\nA 1", opportunity="key|account\n1|a1")
    assert accounts(found) == ["a1"]


def test_of_two_of_one_name_the_first_is_taken_and_told() -> None:
    found = rehearsed(account="key|name\nx|Acme\ny|Acme", opportunity="key|account\n1|Acme")
    assert (accounts(found), finding(found, "ambiguous_name").rows) == (["x"], 1)


def test_addresses_find_people_and_contacts_and_domains_find_companies() -> None:
    found = rehearsed(
        person="key|name|email\np1|Anna|Anna@Firm.com",
        account="key|name|website\na1|Flowers|https://www.flowers.net/",
        contact="key|name|email\nc1|Jo|jo@flowers.net",
        opportunity="key|owner|account|contact\n1|anna@firm.com|flowers.net|JO@flowers.net",
    )
    deal = only(found, "opportunity")
    assert (deal["owner"], deal["account"], deal["contact"]) == ("p1", "a1", "c1")


def test_companies_and_people_that_are_only_named_are_implied() -> None:
    found = rehearsed(opportunity="key|owner|account|contact\n1|anna@firm.com|flowers.net|jo@flowers.net\n2|Bert|Acme GmbH|")
    people, companies = by_key(found, "person"), by_key(found, "account")
    assert (people["anna@firm.com"].values["email"], people["Bert"].values["name"]) == ("anna@firm.com", "Bert")
    assert (companies["flowers.net"].values["website"], companies["Acme GmbH"].values["name"]) == ("flowers.net", "Acme GmbH")
    assert by_key(found, "contact")["jo@flowers.net"].values["account"] == "flowers.net"
    assert [one.rows for one in found.findings if one.kind == "implied"] == [2, 2, 1]


def test_a_refused_row_implies_nothing() -> None:
    found = rehearsed(opportunity="key|account|value\n1|Acme|x")
    assert not found.records["account"]


def test_ids_are_compared_letter_by_letter() -> None:
    text = "key|account\n1|0014600001TvgfWAAR\n2|0014600001TvgfwAAR"
    assert accounts(rehearsed(opportunity=text)) == ["0014600001TvgfWAAR", "0014600001TvgfwAAR"]


def test_an_id_of_a_table_that_is_there_and_lacks_it_is_left_empty_and_told() -> None:
    found = rehearsed(account="key|name\n101|Acme", opportunity="key|account\n1|101\n2|999\n3|Acme\n4|New Co")
    assert accounts(found) == ["101", None, "101", "New Co"]
    assert (finding(found, "dangling_reference").rows, finding(found, "dangling_reference").examples) == (1, (("deals", 3),))


def test_an_id_of_a_table_that_is_not_there_implies_its_record() -> None:
    found = rehearsed(opportunity="key|account\n1|2c43fb513632d29b3b58df74816f1b06")
    assert only(found, "account")["name"] == "Company 2c43fb"


def test_a_row_about_a_refused_company_is_taken_without_it() -> None:
    found = rehearsed(account=f"key|name\n1|{'x' * 201}", opportunity="key|account\nd|1")
    assert accounts(found) == [None]


def test_what_systems_write_in_empty_cells_is_nothing_but_namibia_is_a_country() -> None:
    text = "key|account|owner|product\n1|000000000000000AAA|NULL|-\n2|N/A||"
    found = rehearsed(opportunity=text, account="name|country\nAcme|NA")
    assert accounts(found) == [None, None]
    assert [len(found.records[kind]) for kind in ("account", "person", "product")] == [1, 0, 0]
    assert only(found, "account")["country"] == "NA"
    assert finding(found, "without_account").rows == 2


def test_a_product_that_the_list_does_not_have_is_told_and_taken() -> None:
    found = rehearsed(product="name|list_price\nHoist|5\nNever sold|7", opportunity="key|product\n1|Hoist\n2|Crane\n3|Crane")
    assert list(by_key(found, "product")) == ["Hoist", "Never sold", "Crane"]
    assert finding(found, "unknown_product").rows == 1
    assert "implied" not in kinds(found)


def test_rows_of_one_product_name_are_one_product_at_the_last_price_under_all_their_keys() -> None:
    found = rehearsed(
        product="key|name|list_price|cost\n212|Helmet|33.6442|12\n213|Helmet|34.99|\n214|Bike||",
        opportunity="key|product\n1|213\n2|212",
    )
    products = by_key(found, "product")
    assert list(products) == ["212", "214"]
    assert (str(products["212"].values["list_price"]), str(products["212"].values["cost"])) == ("34.99", "12")
    assert products["214"].values["list_price"] is None
    assert [deal.values["lines"][0][0] for deal in found.records["opportunity"]] == ["212", "212"]
    assert (found.accepted, found.duplicates) == (4, 1)


def test_a_row_describes_what_it_refers_to_unless_its_own_table_says_otherwise() -> None:
    found = rehearsed(
        account="key|name|city\nA1|Acme|Berlin",
        opportunity="key|account|account.city|account.country\n1|A1|Bonn|DE\n2|Borg|Ulm|\n3|Borg|Hof|\n4|Borg|Ulm|AT",
    )
    companies = by_key(found, "account")
    assert (companies["A1"].values["city"], companies["A1"].values["country"]) == ("Berlin", "DE")
    assert (companies["Borg"].values["city"], companies["Borg"].values["country"]) == ("Ulm", "AT")
    assert finding(found, "contradicting_rows").examples == (("deals", 2), ("deals", 4))


def test_a_name_beside_an_id_names_what_the_id_implies() -> None:
    found = rehearsed(opportunity="key|account|account.name|account.owner\n1|77|Acme|Anna")
    assert (by_key(found, "account")["77"].values["name"], by_key(found, "account")["77"].values["owner"]) == ("Acme", "Anna")


def test_columns_about_a_company_refer_to_it_where_no_column_does() -> None:
    found = rehearsed(opportunity="key|account.name|account.website|contact.email\n1|Acme|acme.com|jo@acme.com")
    deal = only(found, "opportunity")
    assert (deal["account"], deal["contact"]) == ("Acme", "jo@acme.com")
    assert only(found, "account")["website"] == "acme.com"


def test_a_company_listed_twice_is_one_and_contradictions_are_told() -> None:
    found = rehearsed(account="name|city|country\nAcme|Bonn|\nACME|Ulm|DE\nAcme|Bonn|")
    assert only(found, "account") | {"name": ""} == only(found, "account") | {"name": "", "city": "Bonn", "country": "DE"}
    assert (found.accepted, found.duplicates, finding(found, "contradicting_rows").rows) == (2, 1, 1)


def test_subsidiaries_know_their_parent_wherever_it_stands() -> None:
    companies = by_key(rehearsed(account="name|parent\nSub|Acme\nAcme|\nOther|Elsewhere"), "account")
    assert [companies[name].values["parent"] for name in ("Sub", "Acme", "Other")] == ["Acme", None, "Elsewhere"]
    assert companies["Elsewhere"].line == 0


def test_namesakes_at_two_companies_are_two_contacts() -> None:
    found = rehearsed(opportunity="key|account|contact\n1|Acme|Max Berg\n2|Borg|Max Berg\n3|Acme|Max Berg")
    deals = [deal.values["contact"] for deal in found.records["opportunity"]]
    assert deals[0] == deals[2] != deals[1]
    contacts = by_key(found, "contact")
    assert [contacts[key].values["account"] for key in (deals[0] or "", deals[1] or "")] == ["Acme", "Borg"]
    assert {one.values["name"] for one in contacts.values()} == {"Max Berg"}


def test_namesakes_written_otherwise_at_two_companies_are_two_contacts_too() -> None:
    found = rehearsed(opportunity="key|account|contact\n1|Acme|Max Berg\n2|Borg|max  berg\n3|Acme|MAX BERG")
    deals = [deal.values["contact"] for deal in found.records["opportunity"]]
    assert deals[0] == deals[2] != deals[1]


def test_a_listed_contact_is_found_by_name_among_those_of_the_company_first() -> None:
    found = rehearsed(
        contact="key|name|account\n1|Max Berg|Acme\n2|Max Berg|Borg\n3|Eva Holm|Acme",
        opportunity="key|account|contact\n1|Borg|Max Berg\n2|Borg|Eva Holm",
    )
    assert [deal.values["contact"] for deal in found.records["opportunity"]] == ["2", "3"]


def test_companies_on_which_several_people_have_deals_are_told() -> None:
    found = rehearsed(opportunity="key|account|owner\n1|Acme|Anna\n2|Acme|Bert\n3|Acme|Cleo\n4|Borg|Anna\n5|Borg|Anna")
    assert (finding(found, "several_holders").rows, finding(found, "several_holders").examples) == (1, (("deals", 3),))


def test_leads_stay_leads_and_the_deal_refers_to_them() -> None:
    found = rehearsed(
        lead="key|name|company|entered|owner|origin\nl1||Acme|2026-03-01|Anna|Web\n4ef15afb4b2723d8f3d81e51ec7afefe|||2026-03-01||",
        opportunity="key|lead|decided\n1|l1|2026-02-01\n2|4ef15afb4b2723d8f3d81e51ec7afefe|2026-04-01",
    )
    leads = by_key(found, "lead")
    assert [lead.values["name"] for lead in leads.values()] == ["Acme", "Lead 4ef15a"]
    assert (leads["l1"].values["owner"], leads["l1"].values["origin"]) == ("Anna", "Web")
    assert [deal.values["lead"] for deal in found.records["opportunity"]] == list(leads)
    assert finding(found, "won_before_first_contact").examples == (("deals", 2),)


def test_leads_without_a_key_are_told_apart_by_what_they_say() -> None:
    found = rehearsed(
        lead="name|company|email|entered\nJo|Acme||2026-01-01\nJo|Borg||2026-01-01\nJo|Acme||2026-01-01\n|||2026-01-02\n|||2026-01-02"
    )
    assert (len(found.records["lead"]), found.duplicates) == (4, 1)


def test_a_long_key_is_kept_as_a_digest_that_references_find() -> None:
    long = "k" * 250
    found = rehearsed(account=f"key|name\n{long}|Acme", opportunity=f"key|account\n1|{long}")
    (account,) = found.records["account"]
    assert len(account.key) <= 200
    assert accounts(found) == [account.key]


def test_a_name_too_long_to_keep_refuses_the_row_that_names_it() -> None:
    found = rehearsed(opportunity=f"key|account\n1|{'Acme ' * 50}")
    assert "at most 200 characters" in reasons(found)[2]


def test_two_tables_of_companies_are_one_list() -> None:
    found = rehearsed(table("account", "name|city\nAcme|Bonn", "a"), table("account", "name|country\nAcme|DE\nBorg|AT", "b"))
    assert list(by_key(found, "account")) == ["Acme", "Borg"]
    assert by_key(found, "account")["Acme"].values["country"] == "DE"


def test_a_name_in_two_halves_is_no_longer_than_one_that_is_whole() -> None:
    found = rehearsed(contact=f"key|first_name|last_name|account\n1|{'x' * 100}|Berg|Acme\n2|{'x' * 99}|{'y' * 99}|Acme")
    assert list(reasons(found)) == [2]
    assert len(only(found, "contact")["name"]) == 199


def test_the_key_of_an_implied_contact_is_no_longer_than_a_key_may_be() -> None:
    found = rehearsed(opportunity=f"key|account|contact\n1|{'A' * 150}|{'Max ' * 30}")
    assert len(found.records["contact"][0].key) <= 200

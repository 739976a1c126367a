"""People: who leads whom, who sells, and who is only named."""

from tests.exchange.rehearsed import by_key, finding, kinds, only, reasons, rehearsed


def test_a_manager_who_is_only_named_is_implied_and_comes_once() -> None:
    found = rehearsed(person="name|manager|office\nAnna|Rita|North\nBert|Rita|North")
    people = by_key(found, "person")
    assert list(people) == ["Anna", "Bert", "Rita"]
    assert (people["Anna"].values["manager"], people["Anna"].line, people["Rita"].line) == ("Rita", 2, 0)
    assert (finding(found, "implied").rows, finding(found, "implied").examples) == (1, (("people", 2),))


def test_a_manager_may_be_a_name_or_a_key() -> None:
    people = by_key(rehearsed(person="key|name|manager\n1|Anna|2\n2|Rita|\n3|Bert|Rita"), "person")
    assert (people["1"].values["manager"], people["3"].values["manager"]) == ("2", "2")


def test_who_leads_all_leads_nobody_but_themselves() -> None:
    assert only(rehearsed(person="name|manager\nRita|Rita"), "person")["manager"] is None


def test_a_ring_of_managers_is_opened() -> None:
    found = rehearsed(person="name|manager\nAnna|Bert\nBert|Cleo\nCleo|Anna")
    assert [one.values["manager"] for one in found.records["person"]] == ["Bert", "Cleo", None]
    assert finding(found, "ring_of_managers").rows == 1


def test_first_and_last_name_make_the_name_and_a_missing_one_is_the_address() -> None:
    found = rehearsed(person="key|first_name|last_name|email\n1|Anna|Berg|\n2|||bert@firm.com\n3|Cleo||")
    assert [one.values["name"] for one in found.records["person"]] == ["Anna Berg", "bert@firm.com", "Cleo"]


def test_whom_nothing_names_is_refused() -> None:
    assert reasons(rehearsed(person="name|office\nAnna|North\n|South")) == {3: "Nothing here says whom or what the row is about."}


def test_without_keys_one_name_is_one_person_however_it_is_written() -> None:
    found = rehearsed(person="name|office\nAnna Berg|North\nANNA  berg|North")
    assert list(by_key(found, "person")) == ["Anna Berg"]


def test_of_several_rows_for_one_person_the_last_holds_and_equal_ones_are_duplicates() -> None:
    found = rehearsed(person="key|name|office|manager\n1|Anna|North|Rita\n1|Anna|North|Rita\n1|Anna|South|Olaf")
    anna = by_key(found, "person")["1"].values
    assert (anna["office"], anna["manager"]) == ("South", "Olaf")
    assert (found.accepted, found.duplicates, finding(found, "several_rows_one_person").rows) == (2, 1, 1)


def test_those_who_neither_sell_nor_lead_sellers_nor_own_anything_are_left_out() -> None:
    found = rehearsed(
        person="key|name|manager|sells\n1|Boss||0\n2|Lead|1|0\n3|Seller|2|1\n4|Cook|1|0\n5|Owner|6|0\n6|Over|1|0",
        opportunity="key|owner\nd|5",
    )
    assert list(by_key(found, "person")) == ["1", "2", "3", "5", "6"]
    assert reasons(found) == {5: "Sells nothing and leads nobody who does."}
    assert by_key(found, "person")["3"].values["sells"] is True


def test_a_manager_named_only_by_those_left_out_is_left_out_too() -> None:
    found = rehearsed(person="name|manager|sells\nAnna|Rita|1\nCook|Chef|0")
    assert list(by_key(found, "person")) == ["Anna", "Rita"]


def test_an_address_is_one_persons() -> None:
    found = rehearsed(person="name|email\nAnna|team@firm.com\nBert|Team@firm.com")
    assert [one.values["email"] for one in found.records["person"]] == ["team@firm.com", ""]
    assert finding(found, "shared_address").rows == 1


def test_people_known_by_an_id_only_have_a_name_to_read_that_stays() -> None:
    text = "key|owner\n1|4ef15afb4b2723d8f3d81e51ec7afefe\n2|00546000001l1cJAAQ\n3|272"
    people = rehearsed(opportunity=text).records["person"]
    assert [one.values["name"] for one in people] == ["Person 4ef15a", "Person 01l1cJ", "Person 272"]
    assert [one.key for one in people] == ["4ef15afb4b2723d8f3d81e51ec7afefe", "00546000001l1cJAAQ", "272"]


def test_what_a_deal_says_of_its_seller_describes_the_seller() -> None:
    text = "key|owner|person.email|person.manager|person.office\n1|Anna|anna@firm.com|Rita|North"
    people = by_key(rehearsed(opportunity=text), "person")
    assert people["Anna"].values | {"phone": ""} == {
        "name": "Anna",
        "email": "anna@firm.com",
        "phone": "",
        "manager": "Rita",
        "office": "North",
        "sells": None,
    }
    assert "Rita" in people


def test_people_in_two_roles_are_one() -> None:
    found = rehearsed(opportunity="key|owner|developer\n1|Anna|Bert\n2|Bert|Anna")
    assert list(by_key(found, "person")) == ["Anna", "Bert"]
    assert "several_holders" not in kinds(found)

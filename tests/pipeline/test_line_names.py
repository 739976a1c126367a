"""Companies, people and opportunities in a line: the longest name, by its first words, never guessed among equals."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import pytest

from bailiwick.pipeline.rules.line import Named, Understood, candidates, understand

ACME, ACME_NORDICS = Named(UUID(int=1), "Acme Inc."), Named(UUID(int=2), "Acme Nordics AB")
HAFEN, HOTEL = Named(UUID(int=3), "Hafen Logistik GmbH"), Named(UUID(int=4), "Hafen Hotel GmbH & Co. KG")
LINDHALL, SHOP = Named(UUID(int=5), "Lindhall AB"), Named(UUID(int=6), "The Body Shop plc")
KRAN, OSLO, THREE = Named(UUID(int=7), "Kranbau-Weiß KG"), Named(UUID(int=8), "Oslo Marine A/S"), Named(UUID(int=9), "3M")
FIRMS = (ACME, ACME_NORDICS, HAFEN, HOTEL, LINDHALL, SHOP, KRAN, OSLO, THREE)
PETRA, PETRA_HAFEN = Named(UUID(int=21), "Petra Lind", LINDHALL.id), Named(UUID(int=22), "Petra Voss", HAFEN.id)
BILL, ARNO = Named(UUID(int=23), "Bill Grant", ACME.id), Named(UUID(int=24), "Dr. Arno Hotel", OSLO.id)
PEOPLE = (PETRA, PETRA_HAFEN, BILL, ARNO)
HOIST = Named(UUID(int=31), "40 t hoist", KRAN.id)
ROLLOUT, SAME = Named(UUID(int=32), "Lindhall - rollout Sweden", LINDHALL.id), Named(UUID(int=33), "Acme Inc.", ACME.id)
DEALS = (HOIST, ROLLOUT, SAME)


def read(
    line: str,
    accounts: Sequence[Named] = FIRMS,
    contacts: Sequence[Named] = PEOPLE,
    opportunities: Sequence[Named] = DEALS,
) -> Understood:
    day = date(2026, 11, 23)
    known = {"accounts": accounts, "contacts": contacts, "opportunities": opportunities}
    return understand(line, today=day, language="en", currency="EUR", **known)


ACCOUNTS = [
    ("met Acme", ACME),
    ("met acme", ACME),
    ("met ACME, wants 15%", ACME),
    ("met Acme's buyer", ACME),
    ("met Acme Inc", ACME),
    ("met Acme Nordics", ACME_NORDICS),
    ("met Acme Nordics AB, not Acme", ACME_NORDICS),
    ("called Hafen Logistik", HAFEN),
    ("called hafen hotel", HOTEL),
    ("called the Body Shop", SHOP),
    ("called Body Shop", SHOP),
    ("called Kranbau", KRAN),
    ("called Kranbau Weiss", KRAN),
    ("called Oslo Marine", OSLO),
    ("met 3M", THREE),
    ("Lindhall angerufen", LINDHALL),
    ("met Acme, wants the price of Oslo Marine", ACME),
    ("proposal 84k for Lindhall by Friday", LINDHALL),
    ("lost Oslo, too late", OSLO),
    ("met Acmeon", None),
    ("called Logistik", None),
    ("met nobody", None),
]


@pytest.mark.parametrize(("line", "account"), ACCOUNTS)
def test_a_known_company(line: str, account: Named | None) -> None:
    understood = read(line)
    assert (understood.account, understood.account_candidates) == (account, ())


def test_of_companies_that_fit_equally_well_none_is_chosen() -> None:
    understood = read("called Hafen")
    assert understood.account is None
    assert understood.account_candidates == (HAFEN, HOTEL)
    assert understood.account_text == ""
    assert "ask: which Hafen?" in map(str, understood.chips)


def test_two_cards_of_one_name_are_asked() -> None:
    twin = Named(UUID(int=99), "Acme GmbH")
    assert read("met Acme", [ACME, twin]).account_candidates == (ACME, twin)
    assert read("met Acme GmbH", [ACME, twin]).account == twin


def test_two_companies_in_one_clause_are_asked() -> None:
    assert read("met Lindhall and Oslo Marine").account_candidates == (LINDHALL, OSLO)


def test_a_person_of_one_company_and_a_deal_of_another_are_asked() -> None:
    understood = read("spoke with Petra Lind about 40 t hoist")
    assert understood.account is None
    assert understood.account_candidates == (LINDHALL, KRAN)


CONTACTS = [
    ("spoke with Petra Lind", PETRA, LINDHALL),
    ("spoke with Petra of Lindhall", PETRA, LINDHALL),
    ("spoke with petra lind", PETRA, LINDHALL),
    ("Frau Voss angerufen", PETRA_HAFEN, HAFEN),
    ("met Hafen Logistik, Petra wants 15%", PETRA_HAFEN, HAFEN),
    ("called Hafen, Petra Voss agrees", PETRA_HAFEN, HAFEN),
    ("sent the bill", None, None),
    ("wrote to Bill", BILL, ACME),
    ("called bill", BILL, ACME),
    ("met Dr. Arno Hotel", ARNO, OSLO),
    ("met Acme with Petra Lind", None, ACME),
]


@pytest.mark.parametrize(("line", "contact", "account"), CONTACTS)
def test_a_person_brings_the_company(line: str, contact: Named | None, account: Named | None) -> None:
    understood = read(line)
    assert (understood.contact, understood.account) == (contact, account)


def test_two_people_of_one_name_are_asked() -> None:
    understood = read("spoke with Petra")
    assert (understood.contact, understood.account) == (None, None)
    assert "ask: which Petra?" in map(str, understood.chips)


def test_the_company_of_a_person_is_known_by_its_id_where_its_card_was_not_given() -> None:
    understood = read("spoke with Petra Lind", accounts=())
    assert understood.account is not None
    assert understood.account.id == LINDHALL.id


OPPORTUNITIES = [
    ("40 t hoist: proposal by Friday", HOIST, KRAN),
    ("met Kranbau, hoist 84k", HOIST, KRAN),
    ("Lindhall rollout won", ROLLOUT, LINDHALL),
    ("met Lindhall, rollout by Friday", ROLLOUT, LINDHALL),
    ("met Acme", None, ACME),
    ("met Lindhall", None, LINDHALL),
    ("met Oslo Marine, hoist", None, OSLO),
]


@pytest.mark.parametrize(("line", "opportunity", "account"), OPPORTUNITIES)
def test_an_opportunity_by_its_title(line: str, opportunity: Named | None, account: Named | None) -> None:
    understood = read(line)
    assert (understood.opportunity, understood.account) == (opportunity, account)


STRANGERS = [
    ("met Foobar GmbH", "Foobar GmbH"),
    ("met foobar gmbh", "foobar gmbh"),
    ("met Foobar", "Foobar"),
    ("met Foobar, Inc., wants 15%", "Foobar, Inc"),
    ("called Foobar & Söhne, proposal by Friday", "Foobar & Söhne"),
    ("met Anna from Foobar", "Foobar"),
    ("Foobar angerufen", "Foobar"),
    ("Termin mit Foobar morgen", "Foobar"),
    ("lost Foobar, too expensive", "Foobar"),
    ("offer to Foobar by Friday", "Foobar"),
    ("met Acme", ""),
    ("called Hafen", ""),
    ("met the team on Friday", ""),
    ("called Mr Smith", ""),
    ("Angebot bis Freitag", ""),
    ("", ""),
]


@pytest.mark.parametrize(("line", "name"), STRANGERS)
def test_what_looks_like_a_company_that_nobody_knows(line: str, name: str) -> None:
    assert read(line).account_text == name


CANDIDATES = [
    ("met Acme, proposal 84k by Friday, wants 15%", ("acme",)),
    ("Hafen Logistik GmbH getroffen, Angebot 84.000 EUR bis 27.11., will 15% Rabatt", ("hafen", "logistik")),
    ("called Petra Lind yesterday at 14:00", ("petra", "lind")),
    ("will send the offer tomorrow", ()),
    ("Acme's Acme ACME", ("acme",)),
    ("", ()),
    ("Kranbau-Weiß angerufen", ("kranbau", "weiß")),
]


@pytest.mark.parametrize(("line", "words"), CANDIDATES)
def test_the_words_worth_looking_up(line: str, words: tuple[str, ...]) -> None:
    assert candidates(line) == words


def test_at_most_twelve_words_are_looked_up_capitals_first() -> None:
    words = candidates(" ".join(f"kleinwort{chr(97 + n)}" for n in range(20)) + " Grosswort")
    assert len(words) == 12
    assert words[-1] == "grosswort"

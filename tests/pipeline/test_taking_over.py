"""Who takes over a deal sees all of it; who is erased is gone from everybody's words."""

from bailiwick.desk.opportunity import opportunity_card
from bailiwick.ledger.asking import holdings
from bailiwick.network.commands import erase_person, leave
from bailiwick.network.queries import scope_of
from bailiwick.pipeline.commands import NewActivity, log_activities
from bailiwick.pipeline.models import Activity
from bailiwick.territories.commands import erase_contact
from bailiwick.territories.models import Contact
from tests.village import NOW, Village


def gone(village: Village, leaver: str, receiver: str) -> None:
    by = village.actor("aylin")
    who = village.people[leaver].pk
    shares = {held.id: village.people[receiver].pk for held in holdings(who, by) if held.kind != "unit"}
    leave(person=who, shares=shares, by=by, now=NOW)


def test_who_takes_over_a_deal_sees_its_stages_words_and_whole_timeline(village: Village) -> None:
    deal = village.deals["Hafen Logistik GmbH terminals"].pk
    before = opportunity_card(village.actor("noor").scope, deal)
    gone(village, "noor", "ben")
    ben = scope_of(village.by.network, village.people["ben"].pk, NOW)
    after = opportunity_card(ben, deal)
    assert len(after.stages) == len(before.stages) == 1
    assert {one.id for one in before.timeline.happened} < {one.id for one in after.timeline.happened}
    assert "noor called about terminals" in after.timeline.words.values()
    assert after.may_edit


def test_erasing_somebody_empties_their_words_also_where_others_took_over(village: Village) -> None:
    gone(village, "noor", "ben")
    log_activities([NewActivity(kind="note", text="Noor Haddad said 84k")], by=village.actor("ben"), now=NOW)
    erase_person(person=village.people["noor"].pk, by=village.actor("dora"), now=NOW)
    texts = list(Activity.objects.in_network(village.by).values_list("text", flat=True))
    assert not [text for text in texts if "noor" in text.lower()]
    assert "\N{HORIZONTAL ELLIPSIS} said 84k" in texts


def test_erasing_a_contact_strikes_the_name_from_what_was_written(village: Village) -> None:
    noor = village.actor("noor")
    contact = Contact.objects.in_network(noor).get(name="Petra Noor")
    text = "Petra Noor (petra@example.com) wants a call"
    log_activities([NewActivity(kind="note", text=text, account=contact.account_id)], by=noor, now=NOW)
    erase_contact(contact.pk, by=noor, now=NOW)
    texts = list(Activity.objects.in_network(noor).values_list("text", flat=True))
    assert "\N{HORIZONTAL ELLIPSIS} (\N{HORIZONTAL ELLIPSIS}) wants a call" in texts
    contact.refresh_from_db()
    assert (contact.name, contact.email) == ("", "")

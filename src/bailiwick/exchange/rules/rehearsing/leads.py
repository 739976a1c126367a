"""Leads: who may want to buy, and which of them the source has closed already."""

from bailiwick.exchange.rules.folding import folded
from bailiwick.exchange.rules.rehearsing.listing import enlist, first_wins, refer_and_describe
from bailiwick.exchange.rules.rehearsing.work import Work

CONVERTED = """converted konvertiert umgewandelt convertido convertida converti convertie closedconverted dealcreated won gewonnen
    opportunitycreated opendeal customer kunde"""
PUT_ASIDE = """disqualified disqualifiziert unqualified unqualifiziert notqualified nichtqualifiziert closednotconverted
    notconverted nichtkonvertiert lost verloren rejected abgelehnt junk junklead lostlead dead archived archiviert badfit
    spam recycled nichtinteressiert notinterested keininteresse cannotcontact nolongerinterested duplicate canceled cancelled
    descartado descartada perdido perdida disqualifie perdu nurturelost"""
WORDS = dict.fromkeys(map(folded, CONVERTED.split()), "converted") | dict.fromkeys(map(folded, PUT_ASIDE.split()), "disqualified")


def reason_of(status: str, closed: bool | None) -> str:
    """Why a lead is closed, "" for one that waits. The words of the status, else the mark of the source.

    >>> reason_of("Closed - Converted", None), reason_of("Unqualified", False), reason_of("Working", True), reason_of("New", None)
    ('converted', 'disqualified', 'converted', '')
    """
    return WORDS.get(folded(status), "converted" if closed else "")


def take_leads(work: Work) -> None:
    """Every lead that is listed; a closed one says so, with the reason."""
    enlist(work, "lead", first_wins)
    refer_and_describe(work, "lead")
    for sheet in work.of("lead"):
        states, marks = sheet.values("lead.status"), sheet.values("lead.closed")
        for place in sheet.live():
            values = work.book("lead").drafts[sheet.keys[place] or ""].values
            if (reason := reason_of(states[place], marks[place])) and not values["closed"]:
                values["closed"], values["reason"] = True, reason

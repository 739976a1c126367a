"""The guided story of the demo: who is who in five short chapters, on which page each begins, and a file to take over.

A page is the name of its route; chapters of pages that do not exist begin where the person begins anyway.
"""

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta

from bailiwick.demo.names import address_of
from bailiwick.kit import Sentence, say


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: who lives it, what it shows, and on which page. `of_unit`: the page is that of the person's own unit."""

    name: str
    title: Sentence
    text: Sentence
    page: str
    of_unit: bool = False
    sample: bool = False

    @property
    def email(self) -> str:
        return address_of(self.name)


STORY = (
    Chapter(
        "Noor Haddad",
        say("A seller, on the phone"),
        say("Type what happened in one line, as you would tell it. Then close the deal that is due today."),
        page="my_day",
    ),
    Chapter(
        "Aylin Sahin",
        say("Her manager"),
        say("What Noor did is there already. See where the project stands, and which deals wait for a hand."),
        page="project",
        of_unit=True,
    ),
    Chapter(
        "Dora Lang",
        say("The director"),
        say("Twelve projects on one page: what is off course comes first, and every number says how sure it is."),
        page="overview",
    ),
    Chapter(
        "Paula Kern",
        say("A partner firm"),
        say("Paula sees the deals of her own people. Of everybody else's she does not even learn that they exist."),
        page="pipeline",
    ),
    Chapter(
        "Dora Lang",
        say("Operations: a list of your own"),
        say("Take over the sample or a CSV that you have. You see what was understood before anything is kept."),
        page="imports",
        sample=True,
    ),
)
SAMPLE = "sample-deals.csv"
# Company, city, deal, value, stage, days since it came, days until it is expected to close (decided: since), owner.
ROWS = (
    ("Sonnenhof Bäckerei GmbH", "Lübeck", "6 terminals", "2094.00", "Proposal", 48, 12, "Noor Haddad"),
    ("Rabenstein Hotel KG", "Kiel", "Booking and tills", "3560.00", "First appointment", 31, 34, "Noor Haddad"),
    ("Möwe Fischhandel", "Stade", "4 terminals", "1396.00", "Prospect", 12, 60, "Ben Okafor"),
    ("Autohaus Thiele GmbH", "Bremen", "Payment gateway", "2400.00", "Close", 75, 5, "Ben Okafor"),
    ("Kulturhaus Altona", "Hamburg", "10 terminals", "3490.00", "Won", 96, -14, "Noor Haddad"),
    ("Gärtnerei Immergrün", "Celle", "2 terminals", "698.00", "Lost", 88, -20, "Ben Okafor"),
    ("Segelmacher Brandt", "Flensburg", "Till software", "890.00", "Proposal", 40, 18, "Noor Haddad"),
    ("Café Kontor", "Oldenburg", "Support plan", "510.00", "First appointment", 22, 41, "Ben Okafor"),
)
HEAD = ("Company", "City", "Deal", "Value", "Currency", "Stage", "Created", "Expected close", "Closed on", "Owner")


def sample(today: date) -> str:
    """A small list of deals as another system would give it out, with days around `today`."""
    text = io.StringIO()
    told = csv.writer(text)
    told.writerow(HEAD)
    for company, city, deal, value, stage, since, ahead, owner in ROWS:
        close = today + timedelta(days=ahead)
        expected, closed = (close.isoformat(), "") if ahead > 0 else ("", close.isoformat())
        created = (today - timedelta(days=since)).isoformat()
        told.writerow((company, city, deal, value, "EUR", stage, created, expected, closed, owner))
    return text.getvalue()

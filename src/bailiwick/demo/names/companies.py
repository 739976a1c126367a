"""Invented companies with the legal forms of their countries, and where they sit."""

from dataclasses import dataclass
from random import Random

from bailiwick.demo.names.people import LAST, plain

FORMS: dict[str, tuple[str, ...]] = {
    "Germany": ("GmbH", "GmbH", "GmbH & Co. KG", "AG", "KG"),
    "Austria": ("GmbH", "AG", "KG"),
    "Sweden": ("AB", "AB", "HB"),
    "Norway": ("AS", "ASA"),
    "Denmark": ("ApS", "A/S"),
    "Finland": ("Oy", "Oyj"),
    "Netherlands": ("B.V.", "B.V.", "N.V."),
    "Belgium": ("NV", "BV"),
    "France": ("SARL", "SAS", "SA"),
    "Italy": ("S.r.l.", "S.p.A."),
    "Spain": ("S.L.", "S.A."),
    "Portugal": ("Lda.", "S.A."),
    "Poland": ("Sp. z o.o.", "S.A."),
    "Czechia": ("s.r.o.", "a.s."),
    "Croatia": ("d.o.o.", "d.d."),
    "Estonia": ("OÜ", "AS"),
}
STEMS = (
    "Alster", "Amber", "Anker", "Arbor", "Arkona", "Aurora", "Bastion", "Belmont", "Birken", "Boreal", "Bramble", "Calder",
    "Carmin", "Castell", "Cirrus", "Corvin", "Dorn", "Drava", "Eider", "Elster", "Falken", "Farol", "Fenix", "Ferro", "Fjell",
    "Foehr", "Galant", "Garten", "Glimmer", "Granit", "Halden", "Havn", "Helio", "Holm", "Iris", "Isar", "Jura", "Kestrel",
    "Kiefer", "Kobalt", "Korall", "Kranich", "Lago", "Lark", "Laurin", "Linden", "Lumen", "Marlin", "Merle", "Mistral", "Monte",
    "Moor", "Nebula", "Nord", "Oder", "Olive", "Onyx", "Orka", "Otter", "Pinea", "Polar", "Quarz", "Quelle", "Raben", "Rondo",
    "Saale", "Salto", "Sierra", "Solano", "Sperber", "Stella", "Sund", "Talos", "Terra", "Tinto", "Tundra", "Ulmen", "Vega",
    "Velum", "Vesper", "Weiden", "Zephyr", "Zircon",
)  # fmt: skip
TRADES = (
    ("Logistik", "logistics"), ("Papier", "paper"), ("Maschinenbau", "engineering"), ("Bau", "construction"),
    ("Foods", "food"), ("Textil", "textiles"), ("Marine", "shipping"), ("Medical", "health"), ("Hotels", "hospitality"),
    ("Energie", "energy"), ("Retail", "retail"), ("Chemie", "chemicals"), ("Metall", "metal"), ("Optik", "optics"),
    ("Verpackung", "packaging"), ("Agrar", "agriculture"), ("Print", "printing"), ("Labor", "health"), ("Holz", "timber"),
    ("Keramik", "building materials"), ("Gastro", "hospitality"), ("Werft", "shipping"), ("Mobility", "transport"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Company:
    """An account to be."""

    name: str
    website: str
    city: str
    country: str
    sector: str


class CompanyNames:
    """Gives companies, none twice and none with the website of another."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.taken: set[str] = set()

    def next(self, city: str, country: str) -> Company:
        """A company in `city` that nobody has heard of."""
        while True:
            trade, sector = self.random.choice(TRADES)
            stem = self.random.choice(STEMS) if self.random.random() < 0.75 else self.random.choice(LAST)
            core = f"{stem} {trade}" if self.random.random() < 0.8 else f"{trade} {city}"
            if core not in self.taken:
                self.taken.add(core)
                name = f"{core} {self.random.choice(FORMS[country])}"
                return Company(name, f"{plain(core)}.example", city, country, sector)

"""Small invented exports, as the tests of detection and mapping give them."""

import random

from bailiwick.exchange.rules.tables import Table

PEOPLE = ("Anna Müller", "Jens Becker", "Ulla Kraus", "Tom Weiß")
FIRMS = (
    "Hafen Logistik GmbH",
    "Nordwind AG",
    "Becker & Sohn KG",
    "Alpen Werke",
    "Rhein Chemie GmbH",
    "Kronen Bräu",
    "Stahl Union AG",
    "Delta Solar",
)
GOODS = ("Kran 40 t", "Winde", "Wartung")
PHASES = ("Erstkontakt", "Angebot", "Verhandlung", "Gewonnen", "Verloren")
GERMAN = ("Verkaufschance", "Firma", "Verkäufer", "Phase", "Wert", "Erstellt am", "Abschluss", "Produkt")


def table(name: str, columns: tuple[str, ...], rows: list[tuple[str, ...]], headed: bool = True) -> Table:
    return Table(name, columns, rows, range(2, len(rows) + 2), headed)


def deal_rows(count: int = 120, seed: int = 1, days: int = 28) -> list[tuple[str, ...]]:
    """Deals as a German system writes them."""
    dice = random.Random(seed)

    def day(year: int) -> str:
        return f"{dice.randint(1, days):02}.{dice.randint(1, 12):02}.{year}"

    return [
        (
            f"VC-{1000 + number}",
            dice.choice(FIRMS),
            dice.choice(PEOPLE),
            dice.choice(PHASES),
            f"{dice.randint(1, 900)}.{dice.randint(100, 999)},{dice.randint(10, 99)} €",
            day(2023),
            day(2024),
            dice.choice(GOODS),
        )
        for number in range(count)
    ]


def german(name: str = "Export.csv", columns: tuple[str, ...] = GERMAN) -> Table:
    return table(name, columns, deal_rows())


def shuffled(one: Table, seed: int, *, rows: bool = True, columns: bool = True) -> Table:
    """The same table with rows and columns in another order."""
    dice = random.Random(seed)
    order = list(range(len(one.columns)))
    lines = list(range(len(one.rows)))
    if columns:
        dice.shuffle(order)
    if rows:
        dice.shuffle(lines)
    return Table(
        one.name,
        tuple(one.columns[place] for place in order),
        [tuple(one.rows[line][place] for place in order) for line in lines],
        [one.lines[line] for line in lines],
        one.headed,
    )

"""Names of people from all over Europe, each given once."""

import re
import unicodedata
from collections.abc import Iterable
from random import Random

FIRST = (
    "Amira", "Anders", "Anneke", "Antoine", "Beatriz", "Bogdan", "Carla", "Cem", "Chiara", "Daan", "Daria", "Dmitri", "Elena",
    "Elif", "Emil", "Enzo", "Eszter", "Fatima", "Felix", "Femke", "Filip", "Freja", "Gabriel", "Greta", "Hanna", "Hugo",
    "Ida", "Ilse", "Imre", "Inga", "Ivana", "Jakub", "Jelena", "Joana", "Johan", "Kaisa", "Karim", "Katrin", "Kemal", "Lars",
    "Leila", "Lena", "Liam", "Ljubica", "Lotte", "Luca", "Lucie", "Magda", "Maja", "Marek", "Marta", "Matteo", "Mehmet",
    "Mikkel", "Milan", "Mirela", "Nadia", "Nikos", "Nina", "Olga", "Oskar", "Pavel", "Petra", "Rafael", "Ragnar", "Rosa",
    "Samir", "Sanne", "Selma", "Signe", "Silke", "Sofia", "Stefano", "Tamara", "Teresa", "Tomasz", "Ulrike", "Vera", "Viktor",
    "Wanda", "Yannis", "Yusuf", "Zofia",
)  # fmt: skip
LAST = (
    "Aalto", "Andersen", "Arslan", "Bakker", "Barbieri", "Becker", "Benali", "Bianchi", "Blom", "Brandt", "Carvalho", "Castro",
    "Costa", "Dahl", "Demir", "Dubois", "Dvořák", "Eklund", "Engel", "Ferrari", "Fischer", "Fontaine", "Fuchs", "García",
    "Georgiou", "Gruber", "Halvorsen", "Hartmann", "Heikkinen", "Horvat", "Huber", "Ivanova", "Jansen", "Jensen", "Jovanović",
    "Kaya", "Keller", "Kovács", "Kowalska", "Krüger", "Lambert", "Larsen", "Lehmann", "Lindqvist", "Lopes", "Maier", "Marino",
    "Meyer", "Moreau", "Navarro", "Neumann", "Nowak", "Olsen", "Öztürk", "Papadakis", "Pereira", "Petrov", "Popescu", "Richter",
    "Rossi", "Saarinen", "Santos", "Schneider", "Silva", "Simon", "Sørensen", "Steiner", "Szabó", "Tamm", "Vargas", "Vermeer",
    "Virtanen", "Visser", "Wagner", "Weber", "Wiśniewski", "Yıldız", "Zimmermann",
)  # fmt: skip
# Letters that do not come apart into a plain one and an accent.
PLAIN = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "ß": "ss", "æ": "ae", "đ": "d"})


def plain(text: str) -> str:
    """`text` in small ASCII letters, with hyphens between words.

    >>> plain("Yusuf Öztürk"), plain("Łożyska & Søn")
    ('yusuf-ozturk', 'lozyska-son')
    """
    bare = unicodedata.normalize("NFKD", text.translate(PLAIN)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")


def address_of(name: str) -> str:
    """The e-mail address of a person of the demo: `first.last@hafen.example`."""
    return plain(name).replace("-", ".") + "@hafen.example"


class PeopleNames:
    """Gives names, never one twice, and never one of `taken`."""

    def __init__(self, random: Random, taken: Iterable[str] = ()) -> None:
        self.random, self.taken = random, {address_of(name) for name in taken}

    def next(self) -> str:
        """A name that nobody has yet."""
        while True:
            name = f"{self.random.choice(FIRST)} {self.random.choice(LAST)}"
            if address_of(name) not in self.taken:
                self.taken.add(address_of(name))
                return name

    def customer(self) -> str:
        """A name of a contact at a company; two companies may employ namesakes."""
        return f"{self.random.choice(FIRST)} {self.random.choice(LAST)}"

"""An export as a CRM writes it, generated: companies, people with managers, products, deals."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random


def write_export(folder: Path, deals: int, seed: int = 7) -> Path:
    """A folder of four tables; the same seed gives the same export."""
    random = Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    sellers = [f"Seller {chr(65 + n)}{n:02}" for n in range(24)]
    companies = [f"Company {n:03} Ltd" for n in range(80)]
    products = [(f"Hoist {n}", 500 * (n + 1)) for n in range(6)]
    _write(folder / "teams.csv", ("sales_agent", "manager", "regional_office"),
           ((name, f"Manager {n % 4}", ("North", "South")[n % 2]) for n, name in enumerate(sellers)))  # fmt: skip
    _write(
        folder / "accounts.csv",
        ("account", "sector", "city"),
        ((name, "trade", f"City {n % 9}") for n, name in enumerate(companies)),
    )
    _write(folder / "products.csv", ("product", "list_price"), products)
    _write(folder / "deals.csv",
           ("deal_id", "sales_agent", "account", "product", "stage", "opened", "close_date", "value"),
           (_deal(n, random, sellers, companies, products) for n in range(deals)))  # fmt: skip
    return folder


def _deal(
    number: int, random: Random, sellers: Sequence[str], companies: Sequence[str], products: Sequence[tuple[str, int]]
) -> tuple[object, ...]:
    product, price = random.choice(products)
    opened = date(2023, 1, 2) + timedelta(days=random.randrange(700))
    stage = random.choices(("Won", "Lost", "Proposal", "Qualification"), (5, 3, 1, 1))[0]
    closed = opened + timedelta(days=random.randrange(5, 120)) if stage in ("Won", "Lost") else ""
    value = round(price * random.uniform(0.8, 1.1), 2) if stage == "Won" else ""
    return (f"D{number:06}", random.choice(sellers), random.choice(companies), product, stage, opened, closed, value)


def _write(file: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(header)
        writer.writerows(rows)

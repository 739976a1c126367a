"""Run by the rival's own Python: its company, people and rights, and the same opportunities as ours, copied from a file.

Knows nothing of the product; says as JSON on its last line what the bench must know.
"""

import csv
import json
import sys
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sql import Table
from trytond.pool import Pool
from trytond.transaction import Transaction

USER, PASSWORD = "bench", "a long enough word"
MIDDLE, NEVER = date(2026, 1, 1), date(9999, 1, 1)
AT_ONCE = 1000


def fill(database: str, file: str, export: str) -> dict[str, Any]:
    """A user who is no administrator, in a company with employees and customers; and the opportunities of the file."""
    Pool.start()
    pool = Pool(database)
    with Transaction().start(database, 0, readonly=True):
        pool.init()
    with open(file, newline="", encoding="utf-8") as source:
        rows = list(csv.DictReader(source))
    with open(export, newline="", encoding="utf-8") as source:
        coming = list(csv.DictReader(source))
    with Transaction().start(database, 1) as transaction:
        currency, company = _company(pool)
        with transaction.set_context(company=company.id, _check_access=False):
            parties = _parties(pool, sorted({row["account"] for row in [*rows, *coming]}))
            employees = _employees(
                pool, company, sorted({row["person"] for row in rows} | {row["sales_agent"] for row in coming})
            )
            user = _user(pool, company, next(iter(employees.values())))
            _opportunities(transaction, rows, parties, employees, company, currency)
    return {
        "rows": len(rows),
        "user": USER,
        "password": PASSWORD,
        "id": user.id,
        "company": company.id,
        "currency": currency.id,
        "party": next(iter(parties.values())),
        "employee": next(iter(employees.values())).id,
    }


def _company(pool: Any) -> tuple[Any, Any]:
    currency = pool.get("currency.currency")(name="Euro", code="EUR", numeric_code="978", symbol="€", digits=2)
    currency.rounding = Decimal("0.01")
    currency.save()
    party = pool.get("party.party")(name="Hafen Vertrieb")
    party.save()
    company = pool.get("company.company")(party=party, currency=currency)
    company.save()
    return currency, company


def _parties(pool: Any, names: list[str]) -> dict[str, int]:
    made = pool.get("party.party").create([{"name": name} for name in names])
    return {party.name: party.id for party in made}


def _employees(pool: Any, company: Any, names: list[str]) -> dict[str, Any]:
    parties = pool.get("party.party").create([{"name": name} for name in names])
    made = pool.get("company.employee").create([{"party": party.id, "company": company.id} for party in parties])
    return {employee.party.name: employee for employee in made}


def _user(pool: Any, company: Any, employee: Any) -> Any:
    """Rights as a manager of sales has them: by groups, not as an administrator, who passes every rule."""
    of_module = pool.get("ir.model.data")
    groups = [of_module.get_id(module, name) for module, name in (
        ("sale_opportunity", "group_opportunity"), ("sale", "group_sale"), ("party", "group_party_admin"))]  # fmt: skip
    (user,) = pool.get("res.user").create([{
        "name": "Bench", "login": USER, "password": PASSWORD, "groups": [("add", groups)],
        "companies": [("add", [company.id])], "company": company.id,
        "employees": [("add", [employee.id])], "employee": employee.id,
    }])  # fmt: skip
    return user


def _opportunities(
    transaction: Any, rows: list[dict[str, str]], parties: dict[str, int], employees: dict[str, Any], company: Any, currency: Any
) -> None:
    """By SQL, with the row of history that a change would have left.

    The start is the expected close turned over at a fixed day, so that the rival's own order of its list, the latest start
    first, which its index serves, shows the same fifty as ours.
    """
    table, history = Table("sale_opportunity"), Table("sale_opportunity__history")
    cursor = transaction.connection.cursor()
    names = ("number", "party", "employee", "company", "currency", "description", "amount", "start_date", "end_date",
             "state", "conversion_probability", "create_uid")  # fmt: skip
    kept = ("id", *names)
    for begin in range(0, len(rows), AT_ONCE):
        values = []
        for place, row in enumerate(rows[begin : begin + AT_ONCE], begin):
            expected = date.fromisoformat(row["expected"]) if row["expected"] else None
            values.append([
                f"B{place:07}", parties[row["account"]], employees[row["person"]].id, company.id, currency.id, row["title"],
                Decimal(row["value"]), MIDDLE - ((expected or MIDDLE + timedelta(days=9000)) - MIDDLE), expected,
                "opportunity", 0.5, 1,
            ])  # fmt: skip
        cursor.execute(*table.insert([getattr(table, name) for name in names], values))
    cursor.execute(
        *history.insert([getattr(history, name) for name in kept], table.select(*(getattr(table, name) for name in kept)))
    )


if __name__ == "__main__":
    sys.stdout.write(json.dumps(fill(*sys.argv[1:])))

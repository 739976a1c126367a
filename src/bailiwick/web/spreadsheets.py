"""A list as a file for spreadsheets: CSV or XLSX, with nothing in it that a spreadsheet takes for a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext

from bailiwick.exchange.refused_rows import harmless
from bailiwick.kit import Money, Refused, say
from bailiwick.lists import Chosen, Column, rows_of
from bailiwick.web.asked import Asked, Sent
from bailiwick.web.lists import as_plain, seen_by

MOST, CHUNK = 200_000, 2000
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Plain = str | Decimal | date | None


def as_file(chosen: Chosen, kind: str, asked: Asked) -> Sent:
    """All rows that fit, in the order chosen; refuses more than a spreadsheet is good for."""
    rows = rows_of(chosen, seen_by(asked))
    if rows[MOST:].exists():
        raise Refused(
            "too_many_rows", say("At most %(most)s rows go into one file.", most=MOST), say("Narrow the list by a condition.")
        )
    people: set[UUID] = set()
    told = _told(rows, chosen, asked, people)
    written = (as_csv if kind == "csv" else _xlsx)(_heads(chosen, asked), told)
    response = HttpResponse(written, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{chosen.listing.name}.{kind}"'
    return Sent(response, frozenset(people))


def _heads(chosen: Chosen, asked: Asked) -> list[str]:
    """Names of the columns; an amount is followed by its currency, a deal by the company that the page notes below it."""
    found = []
    for one in chosen.columns:
        found.append(asked.speech.say(one.label))
        if one.kind == "money":
            found.append(gettext("Currency"))
    return found


def _told(rows: Any, chosen: Chosen, asked: Asked, people: set[UUID]) -> Iterator[list[Plain]]:
    """Rows as plain values; whose they are is gathered on the way."""
    falls = "-" if chosen.falling else ""
    ordered = rows.order_by(f"{falls}{chosen.order.order}", f"{falls}id")
    waiting: list[Any] = []
    for row in ordered.iterator(chunk_size=CHUNK):
        waiting.append(row)
        if len(waiting) == CHUNK:
            yield from _written(waiting, chosen, asked, people)
            waiting = []
    yield from _written(waiting, chosen, asked, people)


def _written(rows: Sequence[Any], chosen: Chosen, asked: Asked, people: set[UUID]) -> Iterator[list[Plain]]:
    seen, listing = seen_by(asked), chosen.listing
    if listing.complete:
        listing.complete(rows, seen)
    for row in rows:
        people.update(listing.about(row))
        cells: list[Plain] = []
        for one in chosen.columns:
            cells += _cells(one, one.value(row, seen), asked)
        yield cells


def _cells(one: Column, value: Any, asked: Asked) -> list[Plain]:
    plain = as_plain(value, asked.speech)
    return [plain] if one.kind != "money" else [plain, value.currency if isinstance(value, Money) else ""]


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[Plain]]) -> bytes:
    """Rows as a file that every spreadsheet opens, in which nothing is a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([harmless(head) for head in heads])
    for row in rows:
        writer.writerow([harmless(cell) if isinstance(cell, str) else "" if cell is None else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _xlsx(heads: Sequence[str], rows: Iterator[list[Plain]]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    # Texts stay texts: no formula, no link, no number is made of what somebody typed.
    plain = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, plain)
    sheet = book.add_worksheet()
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 0)
    for place, head in enumerate(heads):
        sheet.write_string(0, place, head, bold)
    for line, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(line, place, cell[:32_767])
            elif isinstance(cell, Decimal):
                sheet.write_number(line, place, float(cell))
            elif cell is not None and cell.year > 1899:
                sheet.write_datetime(line, place, datetime.combine(cell, time()), day)
            elif cell is not None:
                sheet.write_string(line, place, cell.isoformat())
    book.close()
    return out.getvalue()

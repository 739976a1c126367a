"""Excel workbooks as programs write them: cells that are days, times and amounts, and sheets that are hidden."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO

import xlsxwriter


def book(
    sheets: Mapping[str, Sequence[Sequence[object]]], hidden: Collection[str] = (), very_hidden: Collection[str] = ()
) -> bytes:
    """A workbook of these sheets; a cell of "" is not written."""
    file = BytesIO()
    with xlsxwriter.Workbook(file) as workbook:
        formats: dict[type, object] = {
            datetime: workbook.add_format({"num_format": "m/d/yyyy h:mm"}),
            date: workbook.add_format({"num_format": "m/d/yyyy"}),
        }
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for line, row in enumerate(rows):
                for place, value in enumerate(row):
                    if value != "":
                        sheet.write(line, place, value, formats.get(type(value)))
            if name in hidden:
                sheet.hide()
            if name in very_hidden:
                sheet.very_hidden()
    return file.getvalue()

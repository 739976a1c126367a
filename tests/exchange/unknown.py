"""Exports as their systems write them, with contents of our own; what tests of unknown exports give to the import."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from bailiwick.exchange.reading import read
from bailiwick.exchange.rules.detecting import answered, detect
from bailiwick.exchange.rules.mapping import Mapping
from bailiwick.exchange.rules.records import Rehearsal
from bailiwick.exchange.rules.rehearsing import rehearse
from bailiwick.exchange.rules.tables import Table

TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Seen:
    """What became of files: how they were read, and the records."""

    tables: list[Table]
    mapping: Mapping
    found: Rehearsal

    def columns(self, name: str) -> dict[str, str]:
        """The columns of a table by target."""
        table = self.mapping.table(name)
        assert table is not None, f"{name} is none of {[one.table for one in self.mapping.tables]}"
        return {one.target: one.column for one in table.columns}

    def kinds(self) -> dict[str, str]:
        return {one.table: one.kind for one in self.mapping.tables}

    def numbers(self) -> dict[str, int]:
        return {kind: len(records) for kind, records in self.found.records.items() if records}

    def deals(self, *names: str) -> dict[str, tuple[Any, ...]]:
        """What each deal says, by its key."""
        return {one.key: tuple(one.values[name] for name in names) for one in self.found.records["opportunity"]}

    def titled(self, *names: str) -> dict[str, tuple[Any, ...]]:
        """What each deal says, by its title."""
        return {one.values["title"]: tuple(one.values[name] for name in names) for one in self.found.records["opportunity"]}

    def findings(self) -> dict[str, int]:
        return {one.kind: one.rows for one in self.found.findings}

    def asked(self) -> set[str]:
        return {one.key for one in self.mapping.questions}


def given(folder: Path, files: Dictionary[str, str | bytes], answers: Dictionary[str, str] | None = None) -> Seen:
    """The files read, told and rehearsed, in the order given."""
    paths = []
    for name, content in files.items():
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        paths.append(path)
    tables = read(paths)
    mapping = answered(detect(tables, source="test"), dict(answers or {}))
    found = rehearse(tables, mapping, today=TODAY)
    assert found.rows == found.accepted + found.duplicates + len(found.refused)
    return Seen(tables, mapping, found)


def lines(text: str) -> str:
    """A text without the margin that it has in the source."""
    return "\n".join(line.strip() for line in text.strip("\n").splitlines()) + "\n"


def workbook(**sheets: list[list[object]]) -> bytes:
    """An Excel workbook of texts and numbers, as the least of writers would make it."""
    file = BytesIO()
    names = list(sheets)
    with ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", _types(len(names)))
        archive.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        inside = [("worksheet", f"worksheets/sheet{place}.xml") for place in range(1, len(names) + 1)]
        archive.writestr("xl/_rels/workbook.xml.rels", _relations(inside))
        listed = "".join(f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>' for at, name in enumerate(names, 1))
        space = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        archive.writestr("xl/workbook.xml", f"<workbook {MAIN} {space}><sheets>{listed}</sheets></workbook>")
        for at, name in enumerate(names, 1):
            archive.writestr(f"xl/worksheets/sheet{at}.xml", _sheet(sheets[name]))
    return file.getvalue()


MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def _types(sheets: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{kind}.worksheet+xml"/>' for at in range(1, sheets + 1)
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>{parts}</Types>'
    )


def _relations(targets: list[tuple[str, str]]) -> str:
    every = "".join(
        f'<Relationship Id="rId{at}" Type="{OFFICE}/{kind}" Target="{target}"/>' for at, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{every}</Relationships>'


def _sheet(rows: list[list[object]]) -> str:
    told = []
    for line, row in enumerate(rows, 1):
        cells = []
        for at, value in enumerate(row):
            place = f"{chr(65 + at)}{line}"
            if isinstance(value, int | float):
                cells.append(f'<c r="{place}"><v>{value}</v></c>')
            elif value != "":
                plain = str(value).replace("&", "&amp;").replace("<", "&lt;")
                cells.append(f'<c r="{place}" t="inlineStr"><is><t>{plain}</t></is></c>')
        told.append(f'<row r="{line}">{"".join(cells)}</row>')
    return f"<worksheet {MAIN}><sheetData>{''.join(told)}</sheetData></worksheet>"

"""Files that do harm, or would: for each what is right, in a few seconds and little memory, and without a byte written."""

import os
import tracemalloc
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from zipfile import ZIP_LZMA

import pytest

from bailiwick.exchange.commands.giving import give
from bailiwick.exchange.commands.unpacking import Given, tables_of
from bailiwick.exchange.models import GivenFile, Import
from bailiwick.kit import Refused
from bailiwick.ledger.models import Entry
from tests.exchange.hostile import made
from tests.exchange.hostile.bounded import Read, within_bounds
from tests.exchange.hostile.made import HEADER, SHEET, STRINGS, TEXT, altered, bench, headed, more, replaced, widened, zipped
from tests.exchange.small import a_network
from tests.village import NOW, Village

pytestmark = pytest.mark.skipif(not hasattr(os, "fork") or not Path("/proc/self/statm").exists(), reason="bounds need Linux")
DEALS = {"Kiosk": ("won", Decimal(4000)), "Oven": ("lost", Decimal(2500)), "Terrace": ("open", Decimal(1500))}
LONG = 99_000  # letters, just below what a cell may have
FULL = HEADER.translate({letter: letter + 0xFEE0 for letter in range(0x21, 0x7F) if chr(letter) != ","})
ALIKE = HEADER.translate(str.maketrans("SaeoC", "Ѕаео\u0421"))  # Cyrillic letters that look like the Latin ones
CAFES = TEXT.replace("Park Cafe", "Park Café").encode()
DRAWN = "l" * 3 + "o"
Make = Callable[[], bytes]


@dataclass(frozen=True)
class Refuses:
    """The file is refused under a code, in a sentence with these words."""

    name: str
    make: Make
    code: str
    words: str


@dataclass(frozen=True)
class Takes:
    """The three deals come out right, and besides them only what is said here; `reasons` are words by line."""

    name: str
    make: Make
    besides: Mapping[str, Decimal | None] = field(default_factory=dict)
    reasons: Mapping[int, str] = field(default_factory=dict)
    accepted: int = 3
    instead: Mapping[str, tuple[str, Decimal | None]] = field(default_factory=dict)


BOMB = "would unpack to far more than a table holds"
DAMAGED = "is damaged: it does not open as what it claims to be"
REFUSED = {
    "a workbook that unpacks to sixty megabytes of blanks": Refuses(
        "a.xlsx", lambda: altered(SHEET, lambda sheet: sheet + b" " * 60_000_000), "archive_bomb", BOMB
    ),
    "nine hundred members that are the same five megabytes": Refuses("a.zip", made.overlapping, "archive_bomb", BOMB),
    "a directory of thirty thousand entries": Refuses(
        "a.zip", lambda: b"PK\x05\x06" + b"PK\x01\x02" * 30_000, "archive_bomb", BOMB
    ),
    "a directory that promises less than comes": Refuses("a.zip", made.lying, "damaged_file", DAMAGED),
    "an archive cut in two": Refuses("a.zip", lambda: zipped({"a.csv": TEXT})[:100], "damaged_file", DAMAGED),
    "an archive with a password": Refuses("a.zip", made.locked, "not_a_table_file", "is protected by a password"),
    "an archive inside an archive": Refuses(
        "a.zip", lambda: zipped({"b.zip": zipped({"a.csv": TEXT})}), "not_a_table_file", "b.zip is an archive inside an archive"
    ),
    "an archive packed in another way": Refuses(
        "a.zip", lambda: zipped({"a.csv": TEXT}, ZIP_LZMA), "not_a_table_file", "is packed in a way that is not read here"
    ),
    "an archive of fifteen hundred files": Refuses(
        "a.zip", lambda: zipped({f"{n}.csv": TEXT for n in range(1500)}), "too_many", "has more than 1000 files"
    ),
    "a link to a file of the machine": Refuses(
        "a.zip", lambda: made.linked("/etc/passwd"), "not_a_file", "a.zip: deals.csv is no file that can be read"
    ),
    "an entity that is a file of the machine": Refuses(
        "a.xlsx",
        lambda: altered(STRINGS, made.declared(b'<!ENTITY e SYSTEM "file:///etc/passwd">')),
        "damaged_file",
        DAMAGED,
    ),
    "a thousand million laughs": Refuses(
        "a.xlsx", lambda: altered(STRINGS, made.declared(made.laughs())), "damaged_file", DAMAGED
    ),
    "a cell in the last column": Refuses(
        "a.xlsx",
        lambda: altered(SHEET, replaced(b"</sheetData>", b'<row r="9"><c r="XFD9"><v>1</v></c></row></sheetData>')),
        "too_many",
        "has more than 2000 columns",
    ),
    "a cell in the last row": Refuses(
        "a.xlsx",
        lambda: altered(SHEET, replaced(b"</sheetData>", b'<row r="1048576"><c r="H1048576"><v>1</v></c></row></sheetData>')),
        "far_cell",
        "something stands as far off as row 1048576",
    ),
    "merged cells that cover each other a hundred thousand times": Refuses(
        "a.xlsx",
        lambda: altered(
            SHEET,
            replaced(
                b"</sheetData>", b"</sheetData><mergeCells>" + b'<mergeCell ref="A2:A1048576"/>' * 100_000 + b"</mergeCells>"
            ),
        ),
        "damaged_file",
        DAMAGED,
    ),
    "a text that is not among the shared ones": Refuses(
        "a.xlsx", lambda: altered(SHEET, replaced(b't="s"><v>7<', b't="s"><v>99999999<')), "damaged_file", DAMAGED
    ),
    "a workbook without its sheet": Refuses("a.xlsx", lambda: made.without(SHEET), "damaged_file", DAMAGED),
    "a sheet that lies outside the workbook": Refuses(
        "a.xlsx",
        lambda: altered("xl/_rels/workbook.xml.rels", replaced(b"worksheets/sheet1.xml", b"../../../../etc/passwd")),
        "damaged_file",
        DAMAGED,
    ),
    "half a character in a workbook": Refuses(
        "a.xlsx", lambda: altered(STRINGS, replaced(b"Kiosk", b"Kio&#xD800;sk")), "damaged_file", DAMAGED
    ),
    "a null in a workbook": Refuses(
        "a.xlsx", lambda: altered(STRINGS, replaced(b"Kiosk", b"Kio&#0;sk")), "damaged_file", DAMAGED
    ),
    "sixteen thousand columns in a sheet": Refuses("a.xlsx", made.wide_book, "too_many", "has more than 2000 columns"),
    "a hundred thousand columns": Refuses(
        "a.csv", lambda: b",".join(b"c%d" % n for n in range(100_000)) + b"\n", "too_many", "has more than 2000 columns"
    ),
    "twenty million commas": Refuses("a.csv", lambda: b"," * 20_000_000, "too_many", "has more than 2000 columns"),
    "eleven million line ends": Refuses(
        "a.csv", lambda: TEXT.encode() + b"\n" * 11_000_000, "too_many", "has more than 10000000 lines"
    ),
    "one line of fifty megabytes": Refuses("a.csv", lambda: b"x" * 50_000_000, "unclosed_quote", "more than 100000 characters"),
    "a cell without an end": Refuses(
        "a.csv", lambda: more(bench("x" * 100_001)), "unclosed_quote", "the cell that opens on line 5 does not end"
    ),
    "a quotation mark that is never closed": Refuses(
        "a.csv", lambda: more(f'"{bench()}', *[bench()] * 3), "unclosed_quote", "the cell that opens on line 5 does not end"
    ),
    "a hundred thousand stray quotation marks": Refuses(
        "a.csv", lambda: b"a,b\n" + b'"x"y,"z\n' * 100_000, "misquoted", "do not fit, first on line 2"
    ),
    "null bytes": Refuses(
        "a.csv", lambda: more(bench("Be\0nch")), "not_a_table_file", "no text: it holds bytes that no table has"
    ),
    "letters of a mainframe": Refuses(
        "a.csv", lambda: TEXT.encode("cp500"), "unknown_text", "an encoding that is not known here"
    ),
    "UTF-32 without a mark": Refuses("a.csv", lambda: TEXT.encode("utf-32-le"), "not_a_table_file", "no text"),
    "nothing at all": Refuses("a.csv", lambda: b"", "empty_file", "a.csv is empty"),
    "nothing but blanks": Refuses("a.csv", lambda: b"\xef\xbb\xbf\r\n \n\t\n", "empty_file", "a.csv is empty"),
    "a header alone": Refuses("a.csv", HEADER.encode, "no_sales_export", "It has a header and no rows below it"),
    "a page that calls itself a workbook": Refuses(
        "a.xlsx", lambda: b"<html><body><table><tr><td>1</td></tr></table></body></html>", "not_a_table_file", "a web page"
    ),
    "an old workbook that calls itself a text": Refuses(
        "a.csv", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "not_a_table_file", "an old Excel workbook"
    ),
    "a program that calls itself a text": Refuses("a.csv", lambda: b"\x7fELF" + bytes(64), "not_a_table_file", "is a program"),
}

LETTERS = "Some letters of this row cannot be read"
TAKEN = {
    "seventeen thousand million cells that are declared and not there": Takes(
        "a.xlsx", lambda: altered(SHEET, replaced(b'<dimension ref="A1:G4"/>', b'<dimension ref="A1:XFD1048576"/>'))
    ),
    "three hundred thousand elements inside each other": Takes(
        "a.xlsx", lambda: altered(SHEET, replaced(b"<sheetData>", b"<x>" * 300_000 + b"</x>" * 300_000 + b"<sheetData>"))
    ),
    "a formula counts by what it came to and is never worked out": Takes(
        "a.xlsx",
        lambda: altered(
            SHEET,
            lambda sheet: sheet.replace(b"<v>4000</v>", b"<f>1+1</f><v>4000</v>").replace(
                b"<v>2500</v>", b'<f>WEBSERVICE("http://x.example")</f>'
            ),
        ),
        instead={"Oven": ("lost", None)},
    ),
    "a formula that failed costs its own row": Takes(
        "a.xlsx",
        lambda: altered(SHEET, replaced(b"<v>4000</v>", b"<f>1/0</f><v>#DIV/0!</v>")),
        accepted=2,
        reasons={2: "Value: #DIV/0! is no number."},
    ),
    "a number beyond all in a sheet": Takes(
        "a.xlsx",
        lambda: altered(SHEET, replaced(b"<v>4000</v>", b"<v>1e400</v>")),
        accepted=2,
        reasons={2: "Value: inf is too large to be meant."},
    ),
    "formulas in a text are text": Takes(
        "a.csv",
        lambda: more(bench("=cmd|'/C calc'!A0"), bench("@SUM(A1)")),
        besides={"=cmd|'/C calc'!A0": Decimal(70), "@SUM(A1)": Decimal(70)},
        accepted=5,
    ),
    "a workbook that calls itself a text": Takes("a.csv", made.honest_book),
    "a text that calls itself a workbook": Takes("a.xlsx", TEXT.encode),
    "members whose paths lead out": Takes(
        "a.zip", lambda: zipped({"../../deals.csv": TEXT, "/etc/note.txt": "A note\n", "C:\\windows\\note.txt": "A note\n"})
    ),
    "a member whose name turns round": Takes("a.zip", lambda: zipped({"deals\u202evsc.csv": TEXT})),
    "two members of one name are both read": Takes("a.zip", made.twice, besides={"Stall": Decimal(4000)}, accepted=4),
    "UTF-16 with a mark": Takes("a.csv", lambda: TEXT.encode("utf-16")),
    "UTF-16 the other way round with a mark": Takes("a.csv", lambda: b"\xfe\xff" + TEXT.encode("utf-16-be")),
    "UTF-16 without a mark": Takes("a.csv", lambda: TEXT.encode("utf-16-le")),
    "UTF-16 the other way round without a mark": Takes("a.csv", lambda: TEXT.encode("utf-16-be")),
    "UTF-32 with a mark": Takes("a.csv", lambda: TEXT.encode("utf-32")),
    "a mark twice": Takes("a.csv", lambda: b"\xef\xbb\xbf" * 2 + TEXT.encode()),
    "two files one behind the other, each with its mark": Takes(
        "a.csv",
        lambda: b"\xef\xbb\xbf" + TEXT.encode() + b"\xef\xbb\xbf" + TEXT.replace("Kiosk", "Stall").encode(),
        besides={"Stall": Decimal(4000)},
        accepted=6,
        reasons={5: "The header of the table comes again."},
    ),
    "a row in another encoding": Takes(
        "a.csv", lambda: CAFES + bench("Bänk", "Café").encode("latin-1") + b"\n", reasons={5: LETTERS}
    ),
    "halves of characters": Takes(
        "a.csv", lambda: TEXT.encode() + b"Be\xed\xa0\x80" + bench("nch").encode(), reasons={5: LETTERS}
    ),
    "line ends of three systems": Takes("a.csv", lambda: TEXT.replace("\n", "\r", 1).replace("\n", "\r\n", 1).encode()),
    "two columns of one name": Takes("a.csv", lambda: widened("Value")),
    "wide letters in the header": Takes("a.csv", lambda: headed(FULL)),
    "letters in the header that only look alike": Takes("a.csv", lambda: headed(ALIKE)),
    "signs without width in the header": Takes("a.csv", lambda: headed("\u200b" + HEADER.replace(",", ",\u200b"))),
    "a word of a hundred thousand letters in the header": Takes("a.csv", lambda: widened("abschluss" * (LONG // 9))),
    "a hundred thousand apostrophes in the header": Takes("a.csv", lambda: widened("Entered " + "'" * LONG + "x")),
    "a hundred thousand addresses in the header": Takes("a.csv", lambda: widened("a@" * (LONG // 2))),
    "an address that is tried for hours": Takes(
        "a.csv", lambda: more(bench("a@" + "a." * (LONG // 2) + "@")), reasons={5: "At most 200 characters"}
    ),
    "a name that all slips of the pen are tried on": Takes(
        "a.zip",
        lambda: zipped(
            {"deals.csv": TEXT, "z.csv": f"Company,City,Website\nPark Cafe,Hull,p.example\n{DRAWN * 20_000},York,y.example\n"}
        ),
        reasons={3: "At most 200 characters; this is 80000."},
        accepted=4,
    ),
    "an amount of three thousand digits": Takes(
        "a.csv", lambda: more(bench(value="9" * 3000)), reasons={5: "999… is no number."}
    ),
    "amounts beyond all": Takes(
        "a.csv",
        lambda: more(*(bench(value=value) for value in ("1e308", "9" * 50, "inf"))),
        reasons={
            5: "Value: 1e308 is too large to be meant.",
            6: "is too large to be meant",
            7: "Value: inf is too large to be meant.",
        },
    ),
    "a nought below nought": Takes("a.csv", lambda: more(bench(value="-0.00")), besides={"Bench": Decimal(0)}, accepted=4),
    "days at both ends of time": Takes(
        "a.csv",
        lambda: more(*(bench(f"Bench {day}", close=day) for day in ("9999-12-31", "0001-01-01", "2026-02-30"))),
        besides={"Bench 0001-01-01": Decimal(70)},
        accepted=4,
        reasons={5: "9999-12-31: the year is hardly meant", 7: "2026-02-30 is no day"},
    ),
    "names that turn round read as they are written": Takes(
        "a.csv", lambda: more(bench("Be\u202enc\u2066h")), besides={"Bench": Decimal(70)}, accepted=4
    ),
    "letters heaped upon each other": Takes(
        "a.csv", lambda: more(bench("e" + "\u0301" * 190)), besides={"e" + "\u0301" * 190: Decimal(70)}, accepted=4
    ),
}


@pytest.mark.django_db
def test_of_what_is_refused_nothing_is_kept(village: Village) -> None:
    """The same files given on a page: no import, no file, no event stands in the network afterwards."""
    by = a_network()
    before = Entry.objects.in_network(by).count()
    small = [case for case in REFUSED.values() if len(content := case.make()) < 1_000_000 and content]
    for case in small:
        with pytest.raises(Refused) as refusal:
            give([Given(case.name, case.make())], "", "", by=by, now=NOW)
        assert refusal.value.sentence
    assert len(small) > 20
    assert not Import.objects.in_network(by).exists()
    assert not GivenFile.objects.in_network(by).exists()
    assert Entry.objects.in_network(by).count() == before


def test_a_directory_without_an_end_is_counted_before_it_is_opened() -> None:
    content = made.entries(300_000)
    tracemalloc.start()
    with pytest.raises(Refused) as refusal:
        tables_of([Given("a.zip", content)])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refusal.value.code == "archive_bomb"
    assert most < 4 * len(content)


def reading_of(tmp_path: Path, name: str, content: bytes) -> Read:
    """What comes of the file; it stands there afterwards as before, and nothing beside it."""
    folder = tmp_path / "given"
    folder.mkdir()
    path = folder / name
    path.write_bytes(content)
    found = within_bounds([path])
    assert [one.name for one in tmp_path.rglob("*")] == ["given", name]
    assert path.read_bytes() == content
    return found


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED.keys())
def test_what_can_do_harm_is_refused_in_plain_words(case: Refuses, tmp_path: Path) -> None:
    found = reading_of(tmp_path, case.name, case.make())
    code, sentence = found.refused
    assert code == case.code
    assert case.words in sentence
    assert found.remedy
    assert "root:" not in sentence


@pytest.mark.parametrize("case", TAKEN.values(), ids=TAKEN.keys())
def test_what_only_looks_harmful_is_read_and_what_cannot_be_is_told(case: Takes, tmp_path: Path) -> None:
    found = reading_of(tmp_path, case.name, case.make())
    assert found.refused == ("", "")
    assert not found.asked
    told = {title: (deal["outcome"], deal["value"]) for title, deal in found.deals.items()}
    lost = {made.ROWS[line - 1][0] for line in case.reasons if line <= 4 and case.accepted < 3}
    expected = {title: deal for title, deal in (DEALS | dict(case.instead)).items() if title not in lost}
    extra = {title: value for title, (_, value) in told.items() if title not in DEALS}
    assert {title: deal for title, deal in told.items() if title in DEALS} == expected
    assert extra == dict(case.besides)
    assert set(found.reasons) == set(case.reasons)
    assert all(words in found.reasons[line] for line, words in case.reasons.items())
    assert found.accepted == case.accepted
    assert all(name.isprintable() and "/" not in name and "\\" not in name for name in found.tables)

"""Why a file cannot be read, in plain words: what was wrong and what to do. The codes are stable for programs."""

from bailiwick.exchange.reading import limits
from bailiwick.kit import Refused, Sentence, say

SAVE_AS = say("Open it in the program it comes from and save it as CSV (UTF-8) or as an Excel workbook (.xlsx).")
EXPORT_AGAIN = say("Export it again from the system it comes from, as CSV (UTF-8) or as an Excel workbook (.xlsx).")
IN_PARTS = say("Export it in parts, for instance year by year, and import them one after the other.")


def no_table(name: str) -> Refused:
    """A text, but no rows of cells."""
    return Refused(
        "no_table", say("%(name)s holds no table: its lines do not part into the same cells.", name=name), EXPORT_AGAIN
    )


def empty(name: str) -> Refused:
    """Nothing in the file."""
    return Refused("empty_file", say("%(name)s is empty.", name=name), EXPORT_AGAIN)


def foreign(name: str, kind: Sentence, remedy: Sentence = SAVE_AS) -> Refused:
    """A file of a kind that is no table, or one that is not read."""
    return Refused("not_a_table_file", say("%(name)s is %(kind)s.", name=name, kind=kind), remedy)


def damaged(name: str) -> Refused:
    """A file of a known kind that does not open."""
    return Refused("damaged_file", say("%(name)s is damaged: it does not open as what it claims to be.", name=name), EXPORT_AGAIN)


def not_a_file(name: str) -> Refused:
    """A pipe, a device, a socket, or nothing at all."""
    return Refused(
        "not_a_file", say("%(name)s is no file that can be read.", name=name), say("Name a file, a folder of files or a .zip.")
    )


def too_large(name: str, size: int = limits.FILE) -> Refused:
    """More bytes than one reading takes."""
    sentence = say("%(name)s is larger than %(most)s MB.", name=name, most=size // limits.MEGABYTE)
    return Refused("too_large", sentence, IN_PARTS)


def too_many(name: str, what: Sentence, most: int) -> Refused:
    """More rows, columns or cells than one reading takes."""
    sentence = say("%(name)s has more than %(most)s %(what)s.", name=name, most=most, what=what)
    return Refused("too_many", sentence, IN_PARTS)


def bursting(name: str) -> Refused:
    """An archive that unpacks to far more than it is."""
    sentence = say("%(name)s would unpack to far more than a table holds, and is left unopened.", name=name)
    return Refused("archive_bomb", sentence, EXPORT_AGAIN)


def long_cell(name: str, line: int) -> Refused:
    """A cell without an end; most often a quotation mark that is never closed."""
    return Refused(
        "unclosed_quote",
        say(
            "In %(name)s, the cell that opens on line %(line)s does not end: a quotation mark is never closed, or the cell has"
            " more than %(most)s characters.",
            name=name,
            line=line,
            most=limits.CELL,
        ),
        say("Close the quotation mark on that line, or export the file again."),
    )


def unknown_text(name: str) -> Refused:
    """Bytes that are text in no encoding we know."""
    return Refused(
        "unknown_text",
        say("The letters of %(name)s are written in an encoding that is not known here.", name=name),
        say("Save it as CSV (UTF-8)."),
    )


def nothing(name: str) -> Refused:
    """A folder or an archive without a table."""
    return Refused(
        "nothing_to_read",
        say("There is no table to read in %(name)s.", name=name),
        say("Give CSV files, Excel workbooks (.xlsx) or Parquet files."),
    )


def nothing_shown(name: str) -> Refused:
    """A workbook whose tables are all hidden."""
    return Refused(
        "nothing_shown",
        say("No sheet that %(name)s shows holds anything, and hidden sheets are not read.", name=name),
        say("Show the sheets in Excel and save the workbook."),
    )


FILES, ROWS, COLUMNS, CELLS, LINES = say("files"), say("rows"), say("columns"), say("cells"), say("lines")
NESTED = say("an archive inside an archive")
UNPACK = say("Unpack it and give the files that hold the tables.")
LOCKED = say("protected by a password")
UNLOCK = say("Save it without a password.")
PACKED_OTHERWISE = say("packed in a way that is not read here")
NO_TEXT = say("no text: it holds bytes that no table has")


def misquoted(name: str, line: int) -> Refused:
    """Row after row with quotation marks inside cells."""
    return Refused(
        "misquoted",
        say("The quotation marks in %(name)s do not fit, first on line %(line)s and then again and again.", name=name, line=line),
        EXPORT_AGAIN,
    )


def far_cell(name: str, rows: int) -> Refused:
    """A sheet that is nearly empty and enormous."""
    return Refused(
        "far_cell",
        say("A sheet of %(name)s is nearly empty, but something stands as far off as row %(rows)s.", name=name, rows=rows),
        say("Copy the cells of the table into a new workbook and save that."),
    )


def no_duckdb(name: str) -> Refused:
    """Parquet without what reads it."""
    return Refused(
        "no_duckdb",
        say("%(name)s is a Parquet file, and the part that reads such files is not installed.", name=name),
        say("Install it with `pip install duckdb`, or export the table as CSV (UTF-8)."),
    )


CHARACTERS = say("characters in its cells")
IN_ONE_CELL = say("characters in one cell")

"""How much one reading takes, and why. Beyond, a file is refused before it can fill the memory or the day."""

MEGABYTE = 1024 * 1024

# A file: the largest export we know of has 60 MB; twice this many bytes still fit into a small machine as text.
FILE = 512 * MEGABYTE
# Everything that is given at once, unpacked: what a person may wait for.
UNPACKED = 1024 * MEGABYTE
# Files in a folder or an archive: exports have one per kind of record, a few hundred with custom ones.
FILES = 1000
# Entries of an archive's directory, read before anything else; a workbook has a few for each sheet.
ENTRIES = 20_000
# Tables of text shrink to a fiftieth at most; what shrinks to less, and is large, was made to burst.
RATIO = 200
RATIO_FROM = 16 * MEGABYTE

# Columns of a table: the widest CRMs allow 800 fields on a record, with system fields below 1,000.
COLUMNS = 2_000
ROWS = 3_000_000
# Cells in memory, at about 60 bytes each.
CELLS = 60_000_000
# Lines of a text file: rows, blank lines and line breaks inside cells.
LINES = 10_000_000
# Characters of a cell: the longest text field that CRMs know has 131,072; remarks of that length are e-mail threads.
CELL = 100_000
# Characters and lines of one row; a quotation mark that is never closed would swallow the file.
ROW = 8_000_000
ROW_LINES = 50_000
# Rows whose quotation marks do not fit, each of which may cost another look at as much as a row.
BROKEN = 200
# How much is looked at to find the delimiter.
PREFIX = 64 * 1024

# The rectangle of a sheet that may be empty: a cell in the last corner would be 17 thousand million empty ones.
SPARSE_CELLS = 2_000_000
SPARSENESS = 50
# Characters of all cells of one table of a typed format, where one long text may be repeated by a number.
CHARACTERS = 1024 * MEGABYTE

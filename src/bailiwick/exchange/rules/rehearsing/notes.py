"""What has to be told about rows, counted while they are read. It does not know the sentences."""

from collections import Counter, defaultdict

EXAMPLES = 5
PAIRS = 3


class Notes:
    """How often each thing was met, and where first."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.places: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self.pairs: dict[tuple[str, str], None] = {}
        self.missing: dict[str, None] = {}

    def add(self, kind: str, table: str, line: int) -> None:
        """One more of a kind; the first five places are kept as examples."""
        self.counts[kind] += 1
        if len(self.places[kind]) < EXAMPLES:
            self.places[kind].append((table, line))

    def pair(self, written: str, meant: str) -> None:
        """A spelling and what it was taken for; the first three are named."""
        if len(self.pairs) < PAIRS:
            self.pairs[written, meant] = None

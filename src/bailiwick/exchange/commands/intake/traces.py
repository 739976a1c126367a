"""What an import leaves on companies that were here before it: noted, so that undoing it takes that away again."""

from collections.abc import Iterator
from contextlib import contextmanager

from bailiwick.exchange.commands.intake.hold import Hold
from bailiwick.territories.models import Holding, Tie

LEFT = (("tie", Tie), ("holding", Holding))


@contextmanager
def traced(hold: Hold) -> Iterator[None]:
    """Ties and holdings that come meanwhile onto cards which this import did not make are noted as made by it."""
    made = {note[5] for note in hold.notes if note[3] == "account" and note[8]}
    older = [row for row in hold.ids.get("account", {}).values() if row not in made]
    before = {
        kind: set(model.objects.in_network(hold.by).filter(account__in=older).values_list("pk", flat=True))
        for kind, model in LEFT
    }
    yield
    for kind, model in LEFT:
        there = model.objects.in_network(hold.by).filter(account__in=older).only("pk")
        hold.also_made(kind, [row for row in there if row.pk not in before[kind]])

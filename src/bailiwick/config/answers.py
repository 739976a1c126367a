"""Which packages are asked what everybody is asked (`ledger.asking.Answers`), lowest first."""

from bailiwick.exchange import answers as exchange
from bailiwick.hooks import answers as hooks
from bailiwick.ledger import answers as ledger
from bailiwick.lists import answers as lists
from bailiwick.network import answers as network
from bailiwick.notices import answers as notices
from bailiwick.performance import answers as performance
from bailiwick.pipeline import answers as pipeline
from bailiwick.territories import answers as territories

ANSWERS = (ledger, lists, network, notices, hooks, territories, pipeline, performance, exchange)

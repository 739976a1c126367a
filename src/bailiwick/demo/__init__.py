"""The demonstration network: a sales-outsourcing firm with two years of history, built by a simulator with known truth.

`build()` makes it through the same commands as everybody else's acts, `STORY` guides through it, `cast()` names those who
can be signed in as, `truth_of()` is what the pages do not know and are scored against.
"""

from bailiwick.demo.building import build
from bailiwick.demo.cast import CAST, CastMember, cast
from bailiwick.demo.story import SAMPLE, STORY, Chapter, sample
from bailiwick.demo.truth import Truth, truth_of

__all__ = ["CAST", "SAMPLE", "STORY", "CastMember", "Chapter", "Truth", "build", "cast", "sample", "truth_of"]

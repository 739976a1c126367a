"""The demonstration network: a sales-outsourcing firm with two years of history, built by a simulator with known truth.

`build()` makes it through the same commands as everybody else's acts, `cast()` names those who can be signed in as,
`truth_of()` is what the pages do not know and are scored against.
"""

from bailiwick.demo.building import build
from bailiwick.demo.cast import CAST, CastMember, cast
from bailiwick.demo.truth import Truth, truth_of

__all__ = ["CAST", "CastMember", "Truth", "build", "cast", "truth_of"]

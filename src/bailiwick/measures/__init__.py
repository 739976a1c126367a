"""What each number means: its definition in words, and its cases as an expression over named tables.

A measure knows tables by name and nothing else: no model, no database, no person who asks. `mirror` runs it, `performance` asks.
"""

from bailiwick.measures.catalogue import MEASURES, measure_of
from bailiwick.measures.definition import Measure, Shape, Unit

__all__ = ["MEASURES", "Measure", "Shape", "Unit", "measure_of"]

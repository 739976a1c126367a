"""Drawings made on the server: SVG in the tokens of the style sheets, with what they say in words.

They turn figures into coordinates and nothing else; `parts/drawing.html` prints them, the charts with their figures as a table.
"""

from bailiwick.web.drawings.bars import attainment, interval
from bailiwick.web.drawings.course import CourseLabels, course
from bailiwick.web.drawings.drawn import Drawn, DrawnChart
from bailiwick.web.drawings.funnel import FunnelStep, funnel
from bailiwick.web.drawings.weeks import weeks

__all__ = ["CourseLabels", "Drawn", "DrawnChart", "FunnelStep", "attainment", "course", "funnel", "interval", "weeks"]

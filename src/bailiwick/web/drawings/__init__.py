"""Drawings made on the server: SVG in the tokens of the style sheets, with what they say in words.

They turn figures into coordinates and nothing else; a template prints what they give. Charts with their figures as a table
are in `charts`.
"""

from bailiwick.web.drawings.bars import Interval, attainment, interval
from bailiwick.web.drawings.charts import CourseLabels, IncidenceLabels, incidence
from bailiwick.web.drawings.course import course
from bailiwick.web.drawings.drawn import Drawn, DrawnChart
from bailiwick.web.drawings.figure import Figure
from bailiwick.web.drawings.funnel import FunnelStep, funnel
from bailiwick.web.drawings.weeks import weeks

__all__ = [
    "CourseLabels",
    "Drawn",
    "DrawnChart",
    "Figure",
    "FunnelStep",
    "IncidenceLabels",
    "Interval",
    "attainment",
    "course",
    "funnel",
    "incidence",
    "interval",
    "weeks",
]

"""Drawings made on the server: SVG in the tokens of the style sheets, with what they say in words.

They turn figures into coordinates and nothing else; a template prints what they give.
"""

from bailiwick.web.drawings.bars import attainment, interval
from bailiwick.web.drawings.course import course
from bailiwick.web.drawings.funnel import FunnelStep, funnel
from bailiwick.web.drawings.weeks import weeks

__all__ = ["FunnelStep", "attainment", "course", "funnel", "interval", "weeks"]

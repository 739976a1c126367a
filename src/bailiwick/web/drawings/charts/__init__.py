"""Charts: a line through a period, steps of a process, endings by age; each with its figures as a table."""

from bailiwick.web.drawings.charts.course import CourseLabels, course
from bailiwick.web.drawings.charts.funnel import FunnelStep, funnel
from bailiwick.web.drawings.charts.incidence import IncidenceLabels, incidence

__all__ = ["CourseLabels", "FunnelStep", "IncidenceLabels", "course", "funnel", "incidence"]

"""Tables of selling."""

from bailiwick.pipeline.models.activities import Activity, Promise
from bailiwick.pipeline.models.arrivals import Arrival
from bailiwick.pipeline.models.opportunities import Lead, Line, Opportunity, Stage
from bailiwick.pipeline.models.processes import Process, Step

__all__ = ["Activity", "Arrival", "Lead", "Line", "Opportunity", "Process", "Promise", "Stage", "Step"]

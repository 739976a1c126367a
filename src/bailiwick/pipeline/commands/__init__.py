"""Verbs of selling."""

from bailiwick.pipeline.commands.activities import (
    NewActivity,
    complete_task,
    drop_task,
    keep_promise,
    log_activities,
    promise,
)
from bailiwick.pipeline.commands.arrivals import TakenIn, forget_arrivals, keep_arrival, take_in, throw_away
from bailiwick.pipeline.commands.closing import lose, reopen, win, withdraw
from bailiwick.pipeline.commands.leads import NewLead, close_lead, enter_leads, erase_lead
from bailiwick.pipeline.commands.one_line import keep_line
from bailiwick.pipeline.commands.opening import NewOpportunity, change_opportunity, open_opportunities
from bailiwick.pipeline.commands.processes import NewStep, issue_process
from bailiwick.pipeline.commands.stepping import NewLine, move, state_lines

__all__ = [
    "NewActivity",
    "NewLead",
    "NewLine",
    "NewOpportunity",
    "NewStep",
    "TakenIn",
    "change_opportunity",
    "close_lead",
    "complete_task",
    "drop_task",
    "enter_leads",
    "erase_lead",
    "forget_arrivals",
    "issue_process",
    "keep_arrival",
    "keep_line",
    "keep_promise",
    "log_activities",
    "lose",
    "move",
    "open_opportunities",
    "promise",
    "reopen",
    "state_lines",
    "take_in",
    "throw_away",
    "win",
    "withdraw",
]

"""`leads`: who may want to buy, to be called, opened as a deal, or put aside."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.fields import take
from bailiwick.kit import Refused, say
from bailiwick.pipeline import queries
from bailiwick.pipeline.commands import NewLead, close_lead, enter_leads, erase_lead
from bailiwick.pipeline.fields import LEAD
from bailiwick.pipeline.models import Lead
from bailiwick.web.asked import Asked, Go, Shown
from bailiwick.web.door import page, tried
from bailiwick.web.forms import controls, said
from bailiwick.web.frame import SELLING
from bailiwick.web.shapes import Act, Todo

MOST = 100


@page("leads", name="leads", roles=SELLING, methods=("GET", "POST"))
def show(asked: Asked) -> Shown | Go:
    """Open leads in sight, newest first, and a form for the next."""
    no: Refused | None = None
    if asked.posted:
        done = tried(lambda: enter_leads([NewLead(**take(LEAD, asked.request.POST))], by=asked.actor, now=asked.now))
        if not isinstance(done, Refused):
            return Go(reverse("leads"), say("%(name)s is entered.", name=done[0].name))
        no = done
    found = list(queries.leads(asked.viewer)[:MOST])
    context = {
        "items": [_todo(lead, asked) for lead in found],
        "fields": controls(LEAD, asked.request.POST if asked.posted else {}, asked.speech, no),
        "refusal": said(no, asked.speech),
        "opened": bool(no),
    }
    return Shown("pages/leads.html", context, status=422 if no else 200, looked_at=frozenset(lead.person_id for lead in found))


def _todo(lead: Lead, asked: Asked) -> Todo:
    note = [lead.company, lead.phone, lead.email, lead.origin, asked.speech.day(lead.entered)]
    where = reverse("lead", args=[lead.pk])
    may = asked.viewer.may_edit(unit=lead.unit_id, person=lead.person_id, organization=lead.organization_id)
    acts = [
        Act(gettext("Open a deal"), where, first=True, fields=[("act", "open")]),
        Act(gettext("Put aside"), where, fields=[("act", "aside")]),
        Act(gettext("Erase"), where, fields=[("act", "erase")]),
    ]
    return Todo(lead.name, note=" · ".join(part for part in note if part), acts=acts if may else [])


@page("leads/<uuid:which>", name="lead", roles=SELLING, methods=("POST",))
def close(asked: Asked, which: UUID) -> Go:
    """The lead becomes a deal on its company, or is put aside."""
    lead: Any = queries.lead(asked.viewer, which)
    if asked.text("act") == "erase":
        erase_lead(which, by=asked.actor, now=asked.now)
        return Go(reverse("leads"), say("Erased: name and contact data are gone for good."))
    title = (lead.company or lead.name) if asked.text("act") == "open" else ""
    opened = close_lead(which, title=title, by=asked.actor, now=asked.now)
    if opened is None:
        return Go(reverse("leads"), say("Put aside."))
    return Go(reverse("opportunity", args=[opened.pk]), say("%(deal)s is in your pipeline.", deal=opened.title))

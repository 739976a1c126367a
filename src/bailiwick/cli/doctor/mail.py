"""Whether mail leaves: what waits, what failed last, and whether the mail server answers."""

import os
import re
import smtplib
from contextlib import closing
from datetime import UTC, datetime, timedelta

from bailiwick.cli.clerk import clerk
from bailiwick.cli.doctor.line import GOOD, OFF, WATCH, Line, ago, worse

LATE, STUCK = timedelta(minutes=15), timedelta(hours=6)
PATIENCE = 5  # seconds for the mail server
ADDRESS = re.compile(r"[^\s<>'\"{(,;:]+@[^\s<>'\"}),;:]+")


def outbox() -> list[Line]:
    """What waits in the outboxes of all networks and since when it is due. Whose messages they are is not told."""
    from bailiwick.notices.queries import outbox as asked
    from bailiwick.tenancy.models import Network
    from bailiwick.tenancy.within import within

    now, found = datetime.now(UTC), []
    for network in Network.objects.order_by("created"):
        with within(network.pk):
            box = asked(clerk(network.pk), now)
        late = now - box.due_since if box.due_since else timedelta()
        state = worse(late.total_seconds(), LATE.total_seconds(), STUCK.total_seconds())
        due = f", the longest due for {ago(late)}" if late > LATE else ""
        lost = f"; {box.given_up} given up after eight attempts" if box.given_up else ""
        failed = f"; last failure: {ADDRESS.sub('...', box.trouble)[:120]}" if box.trouble else ""
        if state == GOOD and (lost or failed):
            state = WATCH
        remedy = "" if state == GOOD else "See the lines clock and mail; what waits leaves by itself once they are good."
        found.append(Line(state, "outbox", f"{network.slug}: {box.waiting} waiting{due}{lost}{failed}.", remedy))
    return found


def server() -> list[Line]:
    """The mail server of the settings takes us, within seconds. Nothing is sent."""
    told = os.environ.get("BAILIWICK_SMTP", "")
    if not told:
        sentence = "No mail leaves: no mail server is set. Messages stand on the page What I was told."
        return [Line(WATCH, "mail", sentence, "BAILIWICK_SMTP=host:port, and BAILIWICK_MAIL_FROM")]
    host, _, port = told.partition(":")
    try:
        _greet(host, int(port or 25))
    except (OSError, smtplib.SMTPException, ValueError) as why:
        reason = ADDRESS.sub("...", str(why))[:160] or type(why).__name__
        return [Line(OFF, "mail", f"{told} does not take us: {reason}", "Correct BAILIWICK_SMTP and its companions.")]
    return [Line(GOOD, "mail", f"{told} answers and takes us.")]


def _greet(host: str, port: int) -> None:
    user = os.environ.get("BAILIWICK_SMTP_USER", "")
    with closing(smtplib.SMTP(host, port, timeout=PATIENCE)) as link:
        link.ehlo()
        if os.environ.get("BAILIWICK_SMTP_TLS") == "1":
            link.starttls()
            link.ehlo()
        if user:
            link.login(user, os.environ.get("BAILIWICK_SMTP_PASSWORD", ""))
        link.noop()

"""Devices are told of messages: each message once, outside of any transaction, beside the mail and independent of it."""

import json
import logging
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bailiwick.network.models import PushDevice
    from bailiwick.notices.models import Message
    from bailiwick.tenancy.models import Network

log = logging.getLogger("bailiwick.pusher")
LONGEST = 200  # letters of a subject that a device shows
GONE = (401, 403, 404, 410)  # the address is no more, or was made for another secret of ours


def push(network: "Network", now: datetime) -> int:
    """Every device of everybody with a new message is told of it; what cannot be told is not tried again. How many were told."""
    from bailiwick.cli.clerk import clerk
    from bailiwick.kit import Door
    from bailiwick.network.queries import push_devices
    from bailiwick.notices.commands import claim_pushes
    from bailiwick.tenancy.within import within

    by = clerk(network.pk, Door.CLOCK)
    with within(network.pk):
        messages = claim_pushes(by=by, now=now)
        devices = push_devices({one.person for one in messages}, by, now) if messages else {}
    return sum(_told(device, one, now) for one in messages for device in devices.get(one.person, ()))


def _told(device: "PushDevice", message: "Message", now: datetime) -> bool:
    """Whether the service of the browser's maker took it; an address that it does not know any more is forgotten."""
    from django.conf import settings
    from django.urls import reverse

    from bailiwick.hooks.posting import post
    from bailiwick.hooks.rules.sites import networks
    from bailiwick.network.commands.devices import gone
    from bailiwick.notices.pushing import headers, sealed

    said = {"id": str(message.pk), "title": message.subject[:LONGEST], "url": reverse("told")}
    sender = settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].strip(">")
    told = headers(device.address, message.pk.hex, settings.SECRET_KEY, sender, now)
    body = sealed(json.dumps(said).encode(), device.key, device.auth)
    answer = post(device.address, told, body, inside=networks(settings.HOOKS_INSIDE))
    if answer.status in GONE:
        gone(device.address)
    elif answer.status is None or answer.status >= 300:
        log.info("a device was not told: %s", answer.trouble or answer.status)
    return answer.status is not None and answer.status < 300

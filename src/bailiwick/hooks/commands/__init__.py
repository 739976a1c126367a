"""Verbs: declaring hooks, putting deliveries on their way, sending them, telling again."""

from bailiwick.hooks.commands.composing import compose, forget
from bailiwick.hooks.commands.declaring import add_hook, remove_hook, switch_off, switch_on, turn_secret
from bailiwick.hooks.commands.replaying import replay, replay_since, send_test
from bailiwick.hooks.commands.sending import Outgoing, claim, settle

__all__ = [
    "Outgoing",
    "add_hook",
    "claim",
    "compose",
    "forget",
    "remove_hook",
    "replay",
    "replay_since",
    "send_test",
    "settle",
    "switch_off",
    "switch_on",
    "turn_secret",
]

"""What the log keeps to itself: addresses that open something to whoever has them."""

import logging
import re

OPENING = re.compile(r"(/welcome/|/dates/|/password/reset/key/)[^\s\"'?#]+")


class Discreet(logging.Filter):
    """Leaves the opening part out of a line, whoever wrote it: Django names the path of every answer from 400 on."""

    def filter(self, record: logging.LogRecord) -> bool:
        told = record.getMessage()
        if OPENING.search(told):
            record.msg, record.args = OPENING.sub(r"\1...", told), ()
        return True

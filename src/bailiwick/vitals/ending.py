"""A process that ends with whoever started it, also where that one is killed (Linux; elsewhere it stays)."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def end_with(parent: int, sign: signal.Signals) -> None:
    """The kernel sends `sign` to this process when `parent`, which started it, ends; at once where it ended before this."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(sign))
        if os.getppid() != parent:
            os.kill(os.getpid(), sign)

"""A process ends with whoever started it, also where that one is killed, and also where it was before the child could ask."""

import os
import signal
import subprocess
import sys
from functools import partial

import pytest

from bailiwick.vitals.ending import end_with
from tests.store.servers import eventually

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it is the kernel of Linux that tells of it")
# A parent that starts a child of this kind, says its id, and waits to be killed.
PARENT = """
import os, signal, subprocess, sys
from functools import partial
from bailiwick.vitals.ending import end_with
child = subprocess.Popen(["sleep", "60"], preexec_fn=partial(end_with, os.getpid(), signal.SIGKILL))
print(child.pid, flush=True)
sys.stdin.read()
"""


def lives(pid: int) -> bool:
    """A process that ended and that nobody has waited for is none."""
    try:
        with open(f"/proc/{pid}/stat") as told:
            return told.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_child_ends_when_its_parent_is_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ
    ) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        assert lives(child)
        parent.kill()
        parent.wait()
        assert eventually(lambda: not lives(child), within=5)


def test_a_child_whose_parent_ended_before_it_asked_ends_at_once() -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    with subprocess.Popen(["sleep", "60"], preexec_fn=partial(end_with, gone.pid, signal.SIGTERM)) as orphan:  # noqa: PLW1509
        assert eventually(lambda: orphan.poll() == -signal.SIGTERM, within=5)

"""A disk that fails at a chosen call: `faults.c`, compiled where it is needed, and the numbers that steer it."""

import mmap
import shutil
import struct
import subprocess
from enum import IntEnum
from pathlib import Path

import pytest

SOURCE = Path(__file__).with_name("faults.c")
CALLS, AT, HOW, WRONG, FULL = range(5)


class Fault(IntEnum):
    """What goes wrong: the disk is full from then on, one call fails, or whoever calls is killed in the middle of it."""

    NO_SPACE = 1
    IO_ERROR = 2
    KILL = 3


class Disk:
    """Everything below `folder`, for processes with `surroundings`. Made before they start, steered while they run."""

    def __init__(self, folder: Path) -> None:
        compiler = shutil.which("cc")
        if not compiler:
            pytest.skip("a disk that fails needs a C compiler: on Debian the packages gcc and libc6-dev")
        library, steering = folder / "faults.so", folder / "faults.control"
        subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", library, SOURCE, "-ldl"], check=True)
        steering.write_bytes(bytes(4096))
        steering.chmod(0o666)  # the server of a trial run as root is another account
        with steering.open("r+b") as file:
            self._numbers = mmap.mmap(file.fileno(), 4096)
        self.surroundings = {
            "LD_PRELOAD": str(library),
            "FAULTS_CONTROL": str(steering),
            "FAULTS_BELOW": f"{folder / 'homes'}/",
        }
        (folder / "homes").mkdir()
        self.homes = folder / "homes"

    def fails(self, how: Fault, at: int) -> None:
        """The call with this number from now on goes wrong."""
        self.heals()
        self._put(HOW, how)
        self._put(AT, at)

    def heals(self) -> None:
        """Nothing goes wrong from now on, and calls are counted from one."""
        for number in (AT, FULL, WRONG, CALLS):
            self._put(number, 0)

    @property
    def calls(self) -> int:
        """How many calls there were since."""
        return self._get(CALLS)

    @property
    def wrong(self) -> int:
        """How many of them went wrong by themselves; those that a full disk refuses afterwards are not counted."""
        return self._get(WRONG)

    def _put(self, which: int, number: int) -> None:
        struct.pack_into("<q", self._numbers, which * 8, number)

    def _get(self, which: int) -> int:
        return int(struct.unpack_from("<q", self._numbers, which * 8)[0])

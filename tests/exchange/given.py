"""Where the kept files of other systems lie, which stay outside the repository: their licences do not let them in."""

from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"

needs_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"the files of other systems are kept in {DATA}, which is not there")

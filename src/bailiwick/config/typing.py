"""The settings as the type checker loads them: no store runs then."""

import os

os.environ.setdefault("DATABASE_URL", "postgresql://nobody@/none")
os.environ.setdefault("BAILIWICK_SECRET", "for the type checker only")

from bailiwick.config.settings import *  # noqa: F403

"""`python -m bailiwick.cli`, for children that the command starts itself."""

import sys

from bailiwick.cli import main

sys.exit(main())

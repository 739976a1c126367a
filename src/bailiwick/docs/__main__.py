"""`python -m bailiwick.docs`."""

import sys

from bailiwick.docs import main

sys.exit(main())

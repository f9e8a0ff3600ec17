"""`python -m pipeline` is the same program as `notyet`."""

import sys

from pipeline.cli import main

sys.exit(main())

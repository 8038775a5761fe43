"""``python -m kyodo_analysis``."""

import sys

from kyodo_analysis.cli import main

sys.exit(main())

"""``python -m zhengpin``: the same as the command ``zhengpin``."""

import sys

from zhengpin.sites.cli.main import main

sys.exit(main())

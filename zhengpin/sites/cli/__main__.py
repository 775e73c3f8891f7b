"""``python -m zhengpin.sites.cli``: the same as ``zhengpin``."""

from zhengpin.sites.cli.main import main

raise SystemExit(main())

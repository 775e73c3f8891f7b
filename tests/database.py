"""A pytest plugin that starts PostgreSQL before the settings are read; loaded by ``-p``.

Each run has a server of its own, which its workers share and which goes with it.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from zhengpin.config import database

if not os.environ.get("DATABASE_URL"):
    home = Path(tempfile.mkdtemp(prefix="zhengpin-test-"))
    os.environ["ZHENGPIN_HOME"] = str(home)
    atexit.register(shutil.rmtree, home, ignore_errors=True)  # after the server has stopped
    database.start(home / "postgres")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengpin.config.settings")

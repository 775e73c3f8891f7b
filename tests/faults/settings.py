"""An installation with slow jobs that can be interrupted, and a worker that is missed soon."""

from zhengpin.config.settings import *  # noqa: F403

PROCRASTINATE_IMPORT_PATHS = ["tests.faults.tasks"]
JOBS_STALLED_AFTER = 4.0

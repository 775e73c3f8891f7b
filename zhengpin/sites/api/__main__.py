"""``python -m zhengpin.sites.api``: prints what ``docs/api/openapi.json`` keeps."""

from __future__ import annotations

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengpin.config.settings")
django.setup()

from zhengpin.sites.api.api import api  # noqa: E402 — needs the settings

schema = api.get_openapi_schema(path_prefix="/api/1/")
sys.stdout.write(json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n")

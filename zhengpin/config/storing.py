"""Where kept files go: the home, or an S3 store as ``ZHENGPIN_S3_…`` say."""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import Any

from django.core.exceptions import ImproperlyConfigured

_OPTIONS = {
    "bucket_name": "ZHENGPIN_S3_BUCKET",
    "endpoint_url": "ZHENGPIN_S3_ENDPOINT",
    "region_name": "ZHENGPIN_S3_REGION",
    "access_key": "ZHENGPIN_S3_ACCESS_KEY",
    "secret_key": "ZHENGPIN_S3_SECRET_KEY",
    "location": "ZHENGPIN_S3_PREFIX",
}


def s3_storage() -> dict[str, Any]:
    """Return the storage as Django's settings take it; what is unset is left to the library.

    Files are named by their digest, so writing one again overwrites the same bytes.
    """
    if find_spec("boto3") is None:
        message = "ZHENGPIN_S3_BUCKET needs the extra s3: install zhengpin[s3]"
        raise ImproperlyConfigured(message)
    given = {name: os.environ.get(variable) for name, variable in _OPTIONS.items()}
    options = {name: value for name, value in given.items() if value}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {"file_overwrite": True, "default_acl": None, **options},
    }

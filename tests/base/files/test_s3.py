"""The same files in a bucket: written, read back, found altered, swept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction

from tests.base.files.s3 import S3
from tests.base.files.test_services import CONTENT, DIGEST, LATER, keep
from zhengpin.base.files import errors, services
from zhengpin.base.files.models import File
from zhengpin.config.storing import s3_storage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import Settings

    from zhengpin.base.access.models import Member

pytestmark = pytest.mark.django_db
KEY = f"kept/{DIGEST[:2]}/{DIGEST[2:]}"


@pytest.fixture
def s3(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[S3]:
    """A bucket as the environment of an installation names it."""
    with S3() as server:
        given: dict[str, Any] = {
            "ZHENGPIN_S3_BUCKET": "files",
            "ZHENGPIN_S3_ENDPOINT": server.address,
            "ZHENGPIN_S3_REGION": "cn-north-1",
            "ZHENGPIN_S3_ACCESS_KEY": "test",
            "ZHENGPIN_S3_SECRET_KEY": "test",
            "ZHENGPIN_S3_PREFIX": "kept",
            "NO_PROXY": "127.0.0.1",
            "AWS_MAX_ATTEMPTS": "1",
        }
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        settings.STORAGES = {**settings.STORAGES, "files": s3_storage()}
        yield server


def test_a_file_is_kept_in_the_bucket_and_not_in_the_home(
    s3: S3, office: Member, kept_in: Path
) -> None:
    file = keep(office)
    keep(office)
    assert s3.objects == {KEY: CONTENT}
    assert not kept_in.exists()
    with services.opened(file=file) as content:
        assert content.read() == CONTENT


def test_what_is_missing_or_altered_is_said(s3: S3, office: Member) -> None:
    file = keep(office)
    s3.objects[KEY] = b"altered"
    with pytest.raises(errors.FileAltered):
        services.opened(file=file)
    del s3.objects[KEY]
    with pytest.raises(errors.FileMissing):
        services.opened(file=file)


def test_what_no_row_needs_is_swept(s3: S3, office: Member) -> None:
    keep(office, b"needed")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        keep(office)
        raise ZeroDivisionError
    s3.objects["kept/readme.txt"] = b"not ours"
    assert services.sweep(now=LATER) == 1
    assert KEY not in s3.objects
    assert len(s3.objects) == 2


def test_a_bucket_that_does_not_answer_refuses_and_leaves_nothing(s3: S3, office: Member) -> None:
    s3.is_failing = True
    with pytest.raises(errors.StoreUnavailable):
        keep(office)
    assert not File.objects.exists()

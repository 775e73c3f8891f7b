"""Pages by key: every row once, in order, whatever the key says."""

from __future__ import annotations

import base64

import pytest

from tests import factories
from zhengpin.base.organizations.models import Organization
from zhengpin.base.paging import PlaceMalformed, page_by

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "order", [("region__code", "pk"), ("-pk",), ("name", "-pk"), ("-region__code", "pk")]
)
def test_pages_show_every_row_once_in_order(order: tuple[str, ...]) -> None:
    for code in (factories.CITY, factories.DISTRICT, factories.OTHER_CITY):
        for number in range(5):
            factories.organization(f"局{number}", code, name=f"局{number}", functions=[])
    seen: list[Organization] = []
    after = None
    while True:
        page = page_by(Organization.objects.all(), *order, after=after, size=4)
        seen += page.rows
        assert page.total.count == 15
        after = page.following
        if after is None:
            break
    assert seen == list(Organization.objects.order_by(*order))


def _key(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "key",
    [
        "nonsense", "é", _key("[1]"), _key('["990100", 1.5]'), _key('["990100", true]'),
        _key('["99\\u0000", 1]'), _key(f'["990100", {2**70}]'), _key("[" * 5000), _key("{}"),
    ],
)  # fmt: skip
def test_a_key_that_is_none_of_ours_is_refused(key: str) -> None:
    with pytest.raises(PlaceMalformed):
        page_by(Organization.objects.all(), "region__code", "pk", after=key)

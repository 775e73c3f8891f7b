"""Who may enter by which door, and what they find there of what is not theirs.

The doors are walked, not listed: what nobody has classified in ``doors`` fails.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.test import Client

from tests import factories
from tests.architecture import doors
from zhengpin.base.access import services as access
from zhengpin.base.ledger.models import Entry
from zhengpin.mechanisms.plans import queries as plans
from zhengpin.sites.desk.navigation import places_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.architecture.doors import Thing, World
    from zhengpin.base.access.models import Member

pytestmark = pytest.mark.django_db

PAGES = {name for name in doors.addresses() if not name.startswith("api-1:")}
CLOSED = sorted(PAGES - set(doors.PUBLIC))


@pytest.fixture
def world() -> World:
    return doors.make_world()


def at_the_desk(member: Member) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


def over_the_api(member: Member) -> Client:
    secret = access.issue_token(member=member, label="测试", now=factories.NOW)
    return Client(headers={"authorization": f"Bearer {secret}"})


class TestEveryDoorIsClassified:
    def test_every_address_is_one_kind_of_door(self) -> None:
        kinds = (
            doors.PUBLIC, doors.OWN, doors.SHARED, doors.REFERENCE, doors.BY_DUTY, doors.LISTS,
            doors.SENT, doors.THINGS,
        )  # fmt: skip
        classified = sorted(name for kind in kinds for name in kind)
        operations = {name for name in doors.addresses() if name.startswith("api-1:")}
        described = operations - set(doors.PUBLIC)
        assert classified == sorted(set(doors.addresses()) - described), "see tests/…/doors.py"

    def test_every_operation_is_one_kind_of_door(self) -> None:
        kinds = (
            doors.API_OWN, doors.API_REFERENCE, doors.API_BY_DUTY, doors.API_LISTS,
            doors.API_SENT, doors.API_THINGS,
        )  # fmt: skip
        classified = sorted(name for kind in kinds for name in kind)
        assert classified == sorted(doors.operations()), "see tests/architecture/doors.py"

    def test_every_operation_is_described(self) -> None:
        routes = {
            one.route
            for name, one in doors.addresses().items()
            if name.startswith("api-1:") and name not in doors.PUBLIC
        }
        assert len(routes) == len(set(doors.operations().values()))

    @pytest.mark.parametrize(
        "held", sorted({*doors.BY_DUTY.values(), *doors.API_BY_DUTY.values()})
    )
    def test_what_a_duty_opens_is_held_by_tests_of_its_own(self, held: str) -> None:
        assert (Path(__file__).parents[2] / held).is_file()

    def test_a_door_that_opens_to_anybody_says_why(self) -> None:
        assert all(len(reason) > 10 for reason in doors.PUBLIC.values())

    @pytest.mark.parametrize("name", sorted(doors.THINGS))
    def test_only_an_address_with_parameters_names_a_record(self, name: str) -> None:
        assert doors.addresses()[name].parameters

    @pytest.mark.parametrize("name", sorted({*doors.SHARED, *doors.LISTS, *doors.SENT}))
    def test_an_address_of_no_record_has_no_parameters(self, name: str) -> None:
        assert not doors.addresses()[name].parameters


class TestAStranger:
    @pytest.mark.parametrize("name", CLOSED)
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_is_sent_to_the_door_from_every_page(self, name: str, method: str) -> None:
        answer = getattr(Client(), method)(doors.addresses()[name].at())
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in?")
        assert not answer.content

    @pytest.mark.parametrize("operation", sorted(doors.operations()))
    def test_is_refused_by_every_operation(self, operation: str) -> None:
        method, _, _ = operation.partition(" ")
        answer = Client().generic(method.upper(), doors.operation_path(operation))
        assert answer.status_code == 401
        assert answer["Content-Type"] == "application/problem+json"
        assert answer["WWW-Authenticate"] == "Bearer"

    @pytest.mark.parametrize("name", sorted(doors.PUBLIC))
    def test_finds_no_record_behind_an_open_door(self, world: World, name: str) -> None:
        shown = _shown(Client().get(doors.addresses()[name].at()))
        assert not _leaks(shown, world, doors.HIDDEN, doors.KNOWN)
        assert world.office.person.name not in shown

    @pytest.mark.parametrize("name", sorted(PAGES - {"ops:health", "ops:ready", "ops:metrics"}))
    def test_cannot_let_a_members_browser_send_a_form(self, world: World, name: str) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(world.office.person)
        before = _state()
        assert client.post(doors.addresses()[name].at()).status_code in {403, 405}
        assert _state() == before

    def test_does_not_open_the_api_with_a_session_or_a_page_with_a_token(
        self, world: World
    ) -> None:
        assert at_the_desk(world.office).get("/api/1/me").status_code == 401
        assert over_the_api(world.office).get("/plans/").status_code == 302


def _shown(answer: Any) -> str:
    """Return all that an answer says, escapes of JSON undone."""
    text: str = answer.content.decode(errors="replace")
    if answer.headers.get("Content-Type", "").startswith("application/json"):
        return json.dumps(json.loads(text), ensure_ascii=False)
    return text


def _status(client: Client, place: str) -> int:
    """Return the status of an answer ; a file in it is read to its end, which closes it."""
    answer = client.get(place)
    if answer.streaming:
        answer.getvalue()
    return int(answer.status_code)


def _leaks(shown: str, world: World, *words: str) -> list[str]:
    """Return what ``shown`` says of the records that print ``words``."""
    return [mark for word in words for mark in world.of(word).marks if mark in shown]


def _lists() -> Iterator[tuple[str, str]]:
    for name, queries in doors.LISTS.items():
        yield from ((name, doors.addresses()[name].at() + query) for query in queries)


def _api_lists() -> Iterator[tuple[str, str]]:
    for operation, queries in doors.API_LISTS.items():
        yield from ((operation, doors.operation_path(operation) + query) for query in queries)


def _things(world: World, word: str) -> Iterator[tuple[str, Thing, str]]:
    """Yield every page that names a record of ``word``, with its queries."""
    for name, thing in doors.THINGS.items():
        for place in thing.places(world.of(word)):
            for query in thing.queries:
                yield name, thing, doors.addresses()[name].at(place) + query


def _api_things(world: World, word: str) -> Iterator[tuple[str, Thing, str]]:
    for operation, thing in doors.API_THINGS.items():
        for place in thing.places(world.of(word)):
            yield operation, thing, doors.operation_path(operation, place)


def _state() -> object:
    """Return all rows of the house, the ledger's included, to see that nothing was changed."""
    ours = [one for one in apps.get_models() if one.__module__.startswith("zhengpin.")]
    rows = {one: sorted(map(repr, one._default_manager.values_list())) for one in ours}
    return rows, Entry.objects.count()


# ── members who must find nothing ────────────────────────────────────────────

OUTSIDERS: dict[str, tuple[Callable[[], Member], tuple[str, ...]]] = {
    "the office of another city": (
        lambda: factories.importer(factories.OTHER_CITY, "市双打办"),
        (doors.HIDDEN, doors.KNOWN),
    ),
    "an overseer of another city": (
        lambda: _member("市检察院", factories.OTHER_CITY, "oversee"),
        (doors.HIDDEN, doors.KNOWN),
    ),
    "an administrator of another city": (
        lambda: _member("市双打办", factories.OTHER_CITY, "administer"),
        (doors.HIDDEN, doors.KNOWN),
    ),
    "a unit of another city with every duty but to oversee": (
        lambda: _member("市公安局", factories.OTHER_CITY, "administer", "import_plans"),
        (doors.HIDDEN, doors.KNOWN),
    ),
    "an administrator of the province": (
        lambda: _member("省市场监管局", factories.PROVINCE, "administer"),
        (doors.HIDDEN, doors.KNOWN),
    ),
    "the office of the province": (
        lambda: factories.importer(factories.PROVINCE, "省双打办"),
        (doors.HIDDEN,),
    ),
    "another unit of the city": (lambda: _member("市商务局", factories.CITY), (doors.HIDDEN,)),
    "a unit that the plan names": (lambda: _member("市公安局", factories.CITY), (doors.HIDDEN,)),
    "an administrator of the city": (
        lambda: _member("市委宣传部", factories.CITY, "administer"),
        (doors.HIDDEN,),
    ),
    "an importer of another unit of the city": (
        lambda: _member("市商务局", factories.CITY, "import_plans"),
        (doors.HIDDEN,),
    ),
    "an overseer of a district": (
        lambda: _member("区检察院", factories.DISTRICT, "oversee", "import_plans"),
        (doors.HIDDEN,),
    ),
}


def _member(short_name: str, code: str, *duties: str) -> Member:
    return factories.member(factories.organization(short_name, code), *duties)


@pytest.mark.parametrize("who", OUTSIDERS)
class TestAnOutsider:
    def test_finds_no_page_of_the_record(self, world: World, who: str) -> None:
        make, words = OUTSIDERS[who]
        client = at_the_desk(make())
        before = _state()
        for word in words:
            for name, thing, place in _things(world, word):
                assert _status(client, place) == 404, place
                sent = thing.sent(world) if thing.sent else {}
                refused = {404} if thing.sent else {404, 405}
                assert client.post(place, sent).status_code in refused, (name, place)
        assert _state() == before

    def test_finds_no_operation_of_the_record(self, world: World, who: str) -> None:
        make, words = OUTSIDERS[who]
        client = over_the_api(make())
        before = _state()
        for word in words:
            for operation, thing, path in _api_things(world, word):
                method = operation.partition(" ")[0]
                sent = thing.sent(world) if thing.sent else {}
                form: dict[str, Any] = (
                    {"content_type": "application/json"} if thing.is_json else {}
                )
                answer = getattr(client, method)(path, sent, **form)
                assert answer.status_code == 404, operation
        assert _state() == before

    def test_sees_nothing_of_it_in_lists_search_counts_and_badges(
        self, world: World, who: str
    ) -> None:
        make, words = OUTSIDERS[who]
        member = make()
        desk, program = at_the_desk(member), over_the_api(member)
        for client, lists in ((desk, _lists()), (program, _api_lists())):
            for name, place in lists:
                answer = client.get(place)
                assert answer.status_code == 200, place
                assert not _leaks(_shown(answer), world, *words), name
        assert [place["count"] for place in places_for(member, "/")] == [""] * len(
            places_for(member, "/")
        )

    def test_is_not_told_of_it_by_the_shared_pages_and_their_own(
        self, world: World, who: str
    ) -> None:
        make, words = OUTSIDERS[who]
        member = make()
        client = at_the_desk(member)
        for name in (*doors.SHARED, *doors.OWN, *doors.SENT, *doors.BY_DUTY):
            shown = _shown(client.get(doors.addresses()[name].at()))
            assert not _leaks(shown, world, *words), name
        program = over_the_api(member)
        for operation in doors.API_OWN:
            shown = _shown(program.get(doors.operation_path(operation)))
            assert not _leaks(shown, world, *words), operation


@pytest.mark.parametrize("who", [who for who, (_, words) in OUTSIDERS.items() if len(words) == 2])
class TestAnotherRegion:
    def test_counts_nothing(self, world: World, who: str) -> None:
        member = OUTSIDERS[who][0]()
        client = over_the_api(member)
        for _, path in _api_lists():
            assert _counts(client.get(path).json()) == 0, path

    def test_makes_nothing_in_the_city(self, world: World, who: str) -> None:
        member = OUTSIDERS[who][0]()
        desk, program = at_the_desk(member), over_the_api(member)
        before = _state()
        for name, sent in doors.SENT.items():
            if member.region_prefix == factories.PROVINCE[:2]:
                continue  # the city is theirs to import into, if their post does that at all
            assert desk.post(doors.addresses()[name].at(), sent(world)).status_code == 422
        for operation, sent in doors.API_SENT.items():
            path = doors.operation_path(operation)
            assert program.post(path, sent(world)).status_code in {403, 409, 422}
        assert _state() == before


def _counts(answer: Any) -> int:
    """Return how many records an answer shows or says there are."""
    if isinstance(answer, list):
        return len(answer)
    return sum(
        len(value) if isinstance(value, list) else value
        for value in answer.values()
        if isinstance(value, (list, int))
    )


def test_no_organization_of_another_city_is_suggested(world: World) -> None:
    elsewhere = factories.importer(factories.OTHER_CITY, "市双打办")
    factories.organization("市公安局", factories.OTHER_CITY)
    for words in ("公安", "市", "示例", "双打办"):
        found = plans.unit_candidates(elsewhere, words)
        regions = {one.region.code for one in found}
        assert regions <= {factories.OTHER_CITY, factories.PROVINCE}, words
    assert plans.unit_candidates(elsewhere, "公安").count() == 1


# ── the doors are worth watching: those who may, find ────────────────────────


class TestThoseWhoMay:
    @pytest.mark.parametrize("name", sorted(doors.THINGS | doors.API_THINGS))
    def test_have_a_record_behind_every_address(self, world: World, name: str) -> None:
        assert (doors.THINGS | doors.API_THINGS)[name].places(world.hidden)

    @pytest.mark.parametrize(("name", "places"), sorted(doors.LISTS.items()))
    def test_find_the_records_by_every_list(
        self, world: World, name: str, places: tuple[str, ...]
    ) -> None:
        address = doors.addresses()[name].at()
        shown = "".join(
            _shown(at_the_desk(member).get(address + place))
            for member in (world.office, world.police)
            for place in places
        )
        assert doors.KNOWN in shown
        assert doors.HIDDEN in shown or name == "desk:own"

    @pytest.mark.parametrize("operation", sorted(doors.API_LISTS))
    def test_find_the_records_by_every_list_of_the_api(self, world: World, operation: str) -> None:
        client = over_the_api(world.office)
        path = doors.operation_path(operation)
        shown = "".join(_shown(client.get(path + q)) for q in doors.API_LISTS[operation])
        assert len(_leaks(shown, world, doors.HIDDEN, doors.KNOWN)) == 4

    def test_see_a_badge_where_something_waits(self, world: World) -> None:
        assert any(place["count"] for place in places_for(world.office, "/"))

    def test_open_every_address_that_outsiders_do_not_find(self, world: World) -> None:
        desk, program = at_the_desk(world.office), over_the_api(world.office)
        for word in (doors.HIDDEN, doors.KNOWN):
            for name, _, place in _things(world, word):
                expected = {404} if place.endswith("clause=9.9") else {200, 302}
                assert _status(desk, place) in expected, (name, place)
            for operation, _, path in _api_things(world, word):
                if operation.startswith("get "):
                    assert _status(program, path) == 200, operation


# ── overseers and administrators ─────────────────────────────────────────────


@pytest.fixture(params=["of the city", "of the province"])
def overseer(request: pytest.FixtureRequest, world: World) -> Member:
    place = ("市检察院", factories.CITY), ("省检察院", factories.PROVINCE)
    return _member(*place[request.param == "of the province"], "oversee")


class TestAnOverseer:
    def test_sees_all_of_its_jurisdiction(self, world: World, overseer: Member) -> None:
        desk, program = at_the_desk(overseer), over_the_api(overseer)
        district = factories.plan(world.office, of=factories.region(factories.DISTRICT))
        assert desk.get(f"/plans/{district.uuid}").status_code == 200
        for word in (doors.HIDDEN, doors.KNOWN):
            for name, _, place in _things(world, word):
                if not place.endswith("clause=9.9"):
                    assert _status(desk, place) in {200, 302}, (name, place)
            for operation, thing, path in _api_things(world, word):
                if not thing.sent:
                    assert _status(program, path) == 200, operation
        for name in ("plans:list", "desk:search"):
            address = doors.addresses()[name].at()
            shown = "".join(_shown(desk.get(address + query)) for query in doors.LISTS[name])
            assert len(_leaks(shown, world, doors.HIDDEN, doors.KNOWN)) >= 2, name

    def test_changes_nothing(self, world: World, overseer: Member) -> None:
        _changes_nothing(overseer, world)


class TestAnAdministrator:
    @pytest.mark.parametrize("duties", [(), ("import_plans",), ("oversee",)])
    @pytest.mark.parametrize("code", [factories.CITY, factories.DISTRICT, factories.PROVINCE])
    def test_sees_no_matter_by_that_right(
        self, world: World, code: str, duties: tuple[str, ...]
    ) -> None:
        """What a post sees is the same with the duty to administer and without it."""
        body = factories.organization("某单位", code)
        plain, also = (
            factories.member(body, *duties),
            factories.member(body, *duties, "administer"),
        )
        assert set(plans.plans_for(plain)) == set(plans.plans_for(also))

    def test_of_the_office_changes_no_matter(self, world: World) -> None:
        _changes_nothing(factories.member(world.office.organization, "administer"), world)


def _changes_nothing(member: Member, world: World) -> None:
    """Send all that changes records, by every door; each is refused and nothing is different."""
    desk, program = at_the_desk(member), over_the_api(member)
    before = _state()
    for word in (doors.HIDDEN, doors.KNOWN):
        for name, thing, place in _things(world, word):
            if thing.sent:
                assert desk.post(place, thing.sent(world)).status_code in {403, 409, 422}, name
        for operation, thing, path in _api_things(world, word):
            if thing.sent:
                form: dict[str, Any] = (
                    {"content_type": "application/json"} if thing.is_json else {}
                )
                answer = program.post(path, thing.sent(world), **form)
                assert answer.status_code in {403, 409, 422}, operation
    for name, sent in doors.SENT.items():
        assert desk.post(doors.addresses()[name].at(), sent(world)).status_code == 422, name
    for operation, sent in doors.API_SENT.items():
        answer = program.post(doors.operation_path(operation), sent(world))
        assert answer.status_code in {403, 409, 422}, operation
    assert _state() == before

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.sites.cli.plans import TEXT, full_plan, make_plan
from zhengpin.kernel.plantext import contract
from zhengpin.kernel.plantext.model import Plan

SHARED = Path(__file__).parents[4] / "shared/contracts/plan.schema.json"
VALIDATOR = Draft202012Validator(
    contract.schema(), format_checker=Draft202012Validator.FORMAT_CHECKER
)


def keys_of(node: object) -> set[str]:
    """Return the properties that an object of the schema names."""
    assert isinstance(node, dict)
    return set(node["properties"])


class TestSchema:
    def test_is_itself_a_valid_schema(self) -> None:
        Draft202012Validator.check_schema(contract.schema())

    def test_is_the_one_agreed_with_others(self) -> None:
        if not SHARED.exists():
            pytest.skip(f"{SHARED} is not here: only the copy in the package was tested")
        assert contract.schema() == json.loads(SHARED.read_text("utf-8"))


class TestAsContract:
    @pytest.mark.parametrize("plan", [full_plan(), make_plan(title=None)], ids=["full", "bare"])
    def test_is_what_the_schema_asks_for(self, plan: Plan) -> None:
        written = json.loads(json.dumps(contract.as_contract(plan)))
        assert list(VALIDATOR.iter_errors(written)) == []

    def test_the_checker_would_notice_a_date_that_is_none(self) -> None:
        written = contract.as_contract(full_plan()) | {"issued_on": "2020年7月16日"}
        assert not VALIDATOR.is_valid(written)

    def test_has_the_keys_of_the_schema_and_no_others(self) -> None:
        schema = json.loads(json.dumps(contract.schema()))
        written = json.loads(json.dumps(contract.as_contract(full_plan())))
        parts = schema["properties"]
        item, clause = parts["items"]["items"], parts["items"]["items"]["properties"]["clauses"]
        assert set(written) == keys_of(schema)
        assert set(written["source"]) == keys_of(parts["source"])
        assert set(written["items"][0]) == keys_of(item)
        assert set(written["items"][0]["clauses"][0]) == keys_of(clause["items"])
        unit = clause["items"]["properties"]["units"]["items"]
        assert set(written["items"][0]["clauses"][0]["units"][0]) == keys_of(unit)
        for name in ("sections", "instruments", "timeline", "problems"):
            assert set(written[name][0]) == keys_of(parts[name]["items"])

    def test_counts_the_characters_of_the_source(self) -> None:
        assert contract.as_contract(full_plan())["source"] == {
            "name": "plan.txt",
            "sha256": "0" * 64,
            "characters": len(TEXT),
        }

    def test_writes_spans_as_pairs_and_phases_from_and_to(self) -> None:
        written = contract.as_contract(full_plan())
        assert written["sections"] == [
            {"no": 1, "title": "深化重点领域治理", "span": [14, 40]},
            {"no": 2, "title": "强化保障", "span": [40, 90]},
        ]
        assert written["timeline"] == [
            {"phase": "动员部署", "from": "2010-10", "to": "2010-11-26"}
        ]

    def test_a_clause_that_nobody_is_named_for_says_so(self) -> None:
        written = json.loads(json.dumps(contract.as_contract(full_plan())))
        clause = written["items"][2]["clauses"][1]
        assert (clause["assignment"], clause["mode"], clause["units"]) == (None, None, [])
        assert clause["measures"] == []

    def test_words_of_the_contract_are_plain_strings(self) -> None:
        written = contract.as_contract(full_plan())
        assert type(written["item_numbering"]) is str
        assert json.loads(json.dumps(written))["items"][0]["clauses"][1]["mode"] == "lead+members"

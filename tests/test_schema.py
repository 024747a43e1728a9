"""The schema: tables are read strictly, its enumerations follow from the code lists."""

import json
import re

import pytest
import write_schema

import ftz_data
from ftz_data import language, schema
from ftz_data.package import BUILT_IN, Package
from ftz_data.words import in_words

TABLES = list(BUILT_IN.resources)


def test_every_reference_holds():
    tables = {name: BUILT_IN.table(name) for name in TABLES}
    assert schema.broken_references(BUILT_IN.resources, tables) == []
    tables["observations"].loc[0, "indicator"] = "no_such"
    assert schema.broken_references(BUILT_IN.resources, tables) == [
        "observations.csv, column indicator: 'no_such' is not in indicators"
    ]


CELLS = len(BUILT_IN.resources["observations"]["schema"]["fields"])
BROKEN = {
    "cell missing": (
        lambda row: row.rsplit(",", 1)[0],
        f"row 2: {CELLS - 1} cells; expected {CELLS}",
    ),
    "cell too many": (lambda row: row + ",more", f"row 2: {CELLS + 1} cells; expected {CELLS}"),
    "not a number": (lambda row: row.replace(",6,6,6,", ",six,6,6,"), "column value holds 'six'"),
    "no value": (lambda row: row.replace(",6,6,6,", ",,6,6,"), "column value is empty"),
    "infinite": (lambda row: row.replace(",6,6,6,", ",inf,6,6,"), "'inf', which is not a number"),
    "unknown code": (lambda row: row.replace(",frame,", ",framework,"), "column section holds"),
    "bad truth": (lambda row: row.replace(",true,true,", ",yes,true,"), "which is not a boolean"),
    "bad place": (lambda row: row.replace(",lead,", ",leader,"), "does not match"),
    "open quote": (lambda row: row.replace(",lead,", ',"lead,'), "not a CSV file"),
}


@pytest.mark.parametrize(("change", "words"), BROKEN.values(), ids=BROKEN)
def test_a_broken_row_is_named_in_one_line(data, change, words):
    path = data / "observations.csv"
    header, row, rest = path.read_text(encoding="utf-8").split("\n", 2)
    assert change(row) != row
    path.write_text(f"{header}\n{change(row)}\n{rest}", encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(words)) as caught:
        ftz_data.load_observations(Package(data))
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("observations.csv")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "observations.csv, row 1: the header is nothing"),
        (b"\xff\xfe\x00", "observations.csv: not UTF-8 text"),
        (b"a,b\n1,2\n", "observations.csv, row 1: the header is a,b"),
        (None, "observations.csv: no such file"),
    ],
)
def test_a_broken_file_is_named_in_one_line(data, content, words):
    path = data / "observations.csv"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(ValueError, match=re.escape(words)):
        ftz_data.load_observations(Package(data))


def test_a_repeated_key_is_named(data):
    path = data / "sources.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="second time"):
        ftz_data.load_sources(Package(data))


def test_a_repeated_key_of_several_columns_is_named(data):
    path = data / "ties.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=f"ties.csv, row {len(lines) + 1}: the key '.*' stands"):
        ftz_data.load_ties(Package(data))


NUMBER = {"name": "size", "type": "number", "constraints": {"required": True, "minimum": 0}}
PLAIN = {"name": "note", "type": "string"}


@pytest.mark.parametrize(
    ("field", "cell", "words"),
    [
        (NUMBER, "0", None),
        (NUMBER, "-0.5", "column size holds -0.5; at least 0 is allowed"),
        (NUMBER, "", "column size is empty; a value is required"),
        (NUMBER, "nan", "column size holds 'nan', which is not a number"),
        (PLAIN, "", None),
        (PLAIN | {"constraints": {"pattern": "[a-z]+"}}, "abc", None),
        (PLAIN | {"constraints": {"pattern": "[a-z]+"}}, "abc1", "does not match [a-z]+"),
        (PLAIN | {"constraints": {"enum": ["x", "y"]}}, "z", "holds 'z'; allowed are x, y"),
        (PLAIN | {"type": "integer"}, "1.5", "holds '1.5', which is not an integer"),
        (PLAIN | {"constraints": {"unique": True}}, "a", "column note holds 'a' a second time"),
    ],
)
def test_each_constraint_is_checked(tmp_path, field, cell, words):
    fields = [{"name": "key", "type": "string"}, field]
    resource = {"path": "t.csv", "schema": {"fields": fields, "primaryKey": "key"}}
    # The row above holds "a", so that a second one is no longer unique.
    first = "a" if field["name"] == "note" and "enum" not in str(field) else "x"
    good = "1" if field["type"] in ("number", "integer") else first
    path = tmp_path / "t.csv"
    path.write_text(f"key,{field['name']}\none,{good}\ntwo,{cell}\n", encoding="utf-8")
    if words is None:
        assert len(schema.read_table(tmp_path, resource)) == 2
        return
    with pytest.raises(ValueError, match=re.escape(words)) as caught:
        schema.read_table(tmp_path, resource)
    assert str(caught.value).startswith(f"t.csv, row 3 (two), column {field['name']} ")


def test_the_enumerations_are_in_step_with_the_code_lists():
    written = schema.descriptor(BUILT_IN.path)
    present = (BUILT_IN.path / "datapackage.json").read_text(encoding="utf-8")
    assert present == written, "run `python scripts/write_schema.py`"


def test_every_enumeration_follows_from_a_code_list():
    fields = [
        (name, field)
        for name, resource in BUILT_IN.resources.items()
        for field in resource["schema"]["fields"]
    ]
    assert fields
    for name, field in fields:
        enum = field.get("constraints", {}).get("enum")
        if enum:
            assert field.get("codelist"), f"{name}, column {field['name']}: whose codes are these?"
            codelist = field["codelist"]
            units = ftz_data.load_units()
            known = (
                units[codelist].dropna().tolist()
                if codelist in ("unit", "per")
                else language.codes(codelist)
            )
            assert enum == known, f"{name}, column {field['name']}"


def test_a_code_that_is_missing_is_named_with_the_table_to_add_it_to(data):
    path = data / "observations.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(",frame,level,", ",frame,guess,", 1),
        encoding="utf-8",
    )
    with pytest.raises(ValueError, match="column stage holds 'guess'; allowed are .*codes.csv"):
        Package(data).table("observations")
    # What the line says is enough: a row, and the script.
    with (data / "codes.csv").open("a", encoding="utf-8") as file:
        file.write("stage,guess,Guess,猜测\n")
    assert write_schema.main([str(data)]) == 0
    assert Package(data).table("observations")["stage"][0] == "guess"
    assert language.label("stage", "guess", "zh", Package(data)) == "猜测"


def test_the_script_writes_only_what_is_out_of_step(data, capsys):
    descriptor = data / "datapackage.json"
    before = descriptor.read_bytes()
    assert write_schema.main([str(data)]) == 0
    assert descriptor.read_bytes() == before and capsys.readouterr().out == ""
    with (data / "codes.csv").open("a", encoding="utf-8") as file:
        file.write("section,energy,Energy,能源\n")
    assert write_schema.main(["--check", str(data)]) == 1
    assert "is out of step" in capsys.readouterr().out
    assert descriptor.read_bytes() == before, "--check wrote"
    assert write_schema.main([str(data)]) == 0
    tables = {each["name"]: each for each in json.loads(descriptor.read_bytes())["resources"]}
    for name in ("observations", "indicators", "instruments", "claims", "models"):
        fields = {field["name"]: field for field in tables[name]["schema"]["fields"]}
        assert fields["section"]["constraints"]["enum"][-1] == "energy", name


def test_the_script_names_a_code_list_without_codes(data, capsys):
    path = data / "datapackage.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"codelist": "stage"', '"codelist": "parlour"'),
        encoding="utf-8",
    )
    assert write_schema.main([str(data)]) == 2
    assert "observations, column stage: no codes of 'parlour'" in capsys.readouterr().err


def test_a_unit_that_is_missing_is_named_with_the_table_to_add_it_to(data):
    path = data / "observations.csv"
    words = path.read_text(encoding="utf-8")
    assert ",{vessel},," in words
    path.write_text(words.replace(",{vessel},,", ",{ferry},,"), encoding="utf-8")
    with pytest.raises(
        ValueError, match="column unit holds '{ferry}'; nearest: {.* units.csv: add"
    ):
        Package(data).table("observations")
    with (data / "units.csv").open("a", encoding="utf-8") as file:
        file.write("{ferry},count,,{} ferries,{} ferry,{}艘渡轮,,,ferry,,per ferry,每艘渡轮\n")
    assert write_schema.main([str(data)]) == 0
    package = Package(data)
    row = next(row for row in package.rows("observations").values() if row.unit == "{ferry}")
    assert in_words(row, "en", package=package).endswith("ferries")
    fields = {f["name"]: f for f in package.resources["observations"]["schema"]["fields"]}
    assert "ferry" in fields["per"]["constraints"]["enum"]

"""The audit: what accounts for a numeral, what does not, and the command line."""

import contextlib
import io
import os
import re
import subprocess
import sys

import pandas as pd
import pytest

import ftz_data
from ftz_data import auditing, load
from ftz_data.__main__ import main
from ftz_data.auditing import audit, missing
from ftz_data.package import BUILT_IN
from ftz_data.wording import parse_figure


def observations(*printed, time_period=None):
    """Observations with the readings of their printed forms, keyed o0, o1, …"""
    rows = [
        {
            "observation_id": f"o{number}",
            "time_period": time_period,
            "locator": f"digital.{number + 1}",
            **vars(parse_figure(form)),
        }
        for number, form in enumerate(printed)
    ]
    columns = ["observation_id", "time_period", "locator", "printed", "value", "lower", "upper"]
    columns += ["lower_closed", "upper_closed", "unit"]
    table = pd.DataFrame(rows, columns=columns)
    return table.astype({"lower_closed": "boolean", "upper_closed": "boolean"})


def claims(*printed, time_period=None):
    rows = [(f"c{number}", form, "science.4", time_period) for number, form in enumerate(printed)]
    return pd.DataFrame(rows, columns=["claim_id", "printed", "locator", "time_period"])


def modes(*codes):
    return pd.DataFrame({"mode": codes, "locator": "digital.4"}, dtype="str")


def names(*words):
    return pd.DataFrame({"name": words}, dtype="str")


def keys(text, observed=(), claimed=(), coded=(), named=(), period=None):
    """What accounts for each numeral of a text, None where nothing does."""
    found = audit(
        text,
        observations(*observed, time_period=period),
        claims(*claimed),
        modes(*coded),
        names(*named),
    )
    return [None if pd.isna(key) else key for key in found["key"]]


def test_columns_and_what_they_hold():
    text = "放款1 46笔，又放款146笔，"
    found = audit(text, observations("放款146笔"), claims(), modes(), names())
    assert found.columns.tolist() == ["printed", "position", "locator", "kind", "key"]
    assert found["printed"].tolist() == ["放款146笔", "放款146笔"]
    assert [text[position] for position in found["position"]] == ["1", "1"]
    assert found.loc[0, ["locator", "kind", "key"]].tolist() == ["digital.1", "observation", "o0"]
    assert found.loc[1, ["locator", "kind", "key"]].isna().all()
    assert found.index.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("text", "observed", "expected"),
    [
        ("提升30%", ["30%"], ["o0"]),
        ("提升３０％", ["30%"], ["o0"]),
        ("提升3\n0 %", ["30%"], ["o0"]),
        ("下降30%", ["30%"], [None]),
        ("近30%", ["30%"], [None]),
        ("30%以上", ["30%"], [None]),
        ("130%", ["30%"], [None]),
        ("20%—30%", ["30%"], [None]),
        ("提升30%", ["下降30%"], [None]),
        ("244.81亿元", ["1亿元"], [None]),
        ("1亿元", ["1亿美元"], [None]),
        ("1亿美元", ["1亿元"], [None]),
        ("30天", ["30%"], [None]),
        ("30家银行", ["30家"], [None]),
        ("30.0%", ["30%"], [None]),
        ("缩减至半天", ["半天"], ["o0"]),
        ("每年节省20万元", ["20万元"], ["o0"]),
        ("约占近10年来总数的三分之一", ["约占近10年来总数的三分之一"], [None, "o0"]),
        # each observation accounts for one place, equal ones in text order
        ("6年，六年，六年", ["6年", "六年", "六年"], ["o0", "o1", "o2"]),
        ("6年，六年，六年", ["6年", "六年"], ["o0", "o1", None]),
        ("6年，六年，六年", ["六年", "六年"], [None, "o0", "o1"]),
        ("30%，30%", ["30%"], ["o0", None]),
        # the longer printed form does not lose its place
        ("提升30%，30%", ["30%", "提升30%"], ["o1", "o0"]),
    ],
)
def test_an_observation_is_what_is_printed_and_read_there(text, observed, expected):
    assert keys(text, observed) == expected


@pytest.mark.parametrize(
    ("numeral", "text"),
    [
        ("25", "共25"),
        ("25", "共２５"),
        ("半", "直到半途"),
        ("百", "老百姓"),
        ("千", "千方"),
        ("三分之一", "其三分之一"),
        ("2—3天", "用2—3天"),
        ("1亿2000万元", "共1亿2000万元"),
        ("70余万箱", "共70余万箱"),
        ("第4名", "居第4名"),
        ("一", "唯一的"),
        ("〇", "〇号"),
        ("一年半", "用一年半"),
        ("2025年7月末", "截至2025年7月末"),
    ],
)
def test_every_kind_of_numeral_is_one_row(numeral, text):
    found = audit(text, observations(), claims(), modes(), names())
    assert found["printed"].tolist() == [numeral]
    assert found[["kind", "key", "locator"]].isna().all(axis=None)


def test_a_supervision_mode_is_no_part_of_a_number_and_no_figure():
    assert keys("9610、9710、19610、9610家", coded=["9610"]) == ["9610", None, None, None]


@pytest.mark.parametrize(
    ("text", "period", "accounted"),
    [
        ("2024年", "2024", True),
        ("二〇二四年", "2024", True),
        ("2024年", "2024-07-31", True),
        ("2024年", "../2024-07-31", True),
        ("2025年7月末", "../2025-07-31", True),
        ("2024年2月底", "2024-02-29", True),
        ("2025年7月", "2025-07", True),
        ("2025年7月5日", "2025-07-05", True),
        ("2025年7月", "2025", False),
        ("2025年7月末", "2025-07-30", False),
        ("2024年", "2025", False),
        ("2024年", None, False),
        ("2024家", "2024", False),
        # The length of a span is a figure of its own.
        ("3年", "P3Y", False),
        ("连续3年", "P3Y", False),
        ("近10年来", "P10Y/2025", False),
    ],
)
def test_a_date_is_accounted_for_by_a_time_period_that_holds_it(text, period, accounted):
    expected = ["o0", "o0" if accounted else None]
    assert keys(f"35%，{text}占优", ["35%"], period=period) == expected
    found = audit(text, observations(), claims("无", time_period=period), modes(), names())
    assert found["key"].notna().tolist() == [accounted]
    assert (found["kind"] == "period").tolist() == [accounted]


@pytest.mark.parametrize(
    ("column", "other"),
    [("value", 2.4), ("lower", 1.0), ("upper", 4.0), ("unit", "h"), ("printed", "2-3天")]
    + [("lower_closed", False), ("upper_closed", False)],
)
def test_an_observation_that_reads_otherwise_has_no_place(column, other):
    table = observations("2—3天")
    assert audit("用2—3天", table, claims(), modes(), names())["key"].tolist() == ["o0"]
    table[column] = other
    assert audit("用2—3天", table, claims(), modes(), names())["key"].isna().all()


def test_the_length_of_a_span_is_a_figure_of_its_own():
    for text, printed in (("连续3年", "3年"), ("近10年来", "10年"), ("最近十年来", "十年")):
        # Ten years back from now are ten years, not nearly ten.
        found = audit(text, observations(printed), claims(), modes(), names())
        assert found[["printed", "kind"]].values.tolist() == [[printed, "observation"]], text


def test_claims_and_names_cover_the_numerals_within_them():
    assert keys("稳居全球第一，第一", claimed=["全球第一"]) == ["c0", None]
    assert keys("E25、SE25、E250、E25X、Ｅ２５", named=["E25"]) == ["E25", *[None] * 3, "E25"]
    assert keys("B2B出口", named=["B2B"]) == ["B2B"]
    assert keys("进一步，一步", named=["进一步"]) == ["进一步", None]
    assert keys("“三千”行动，三千", named=["“三千”行动"]) == ["“三千”行动", None]
    assert keys("唯一一家", named=["唯一一"]) == ["唯一一"]


def test_the_longest_name_accounts_for_a_numeral():
    assert keys("第二代测序", named=["二代", "二代测序"]) == ["二代测序"]


def test_missing_observations_are_those_without_a_place():
    table = observations("30%", "半天", "30%")
    found = audit("提升30%", table, claims(), modes(), names())
    assert missing(found, table)["observation_id"].tolist() == ["o1", "o2"]


def test_text_must_be_a_text_with_numerals():
    with pytest.raises(TypeError, match="text is None"):
        audit(None)
    for text in ("", "没有数字"):
        with pytest.raises(ValueError, match="no numeral"):
            audit(text)


# The report itself.


@pytest.fixture(scope="module")
def report_file(report_text, tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.txt"
    path.write_text(report_text, encoding="utf-8")
    return path


def run(*arguments):
    """Exit status, output and errors of the command line, run in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main([*map(str, arguments)])
    return status, out.getvalue(), err.getvalue()


def test_every_numeral_of_the_report_is_accounted_for(report_text):
    found = ftz_data.audit(report_text)
    assert found[found["kind"].isna()].empty
    assert missing(found).empty
    kinds = found["kind"].value_counts()
    assert kinds["observation"] == len(ftz_data.load_observations())
    assert kinds["supervision_mode"] == len(ftz_data.load_supervision_modes())
    # Claims carry no numeral: a printed place in a ranking is a figure.
    assert set(kinds.index) == {"observation", "supervision_mode", "period", "name"}


def test_rows_cover_every_numeral_of_the_report_once(report_text):
    # Counted without the module's grammar: Arabic digits one by one, by their offsets.
    found = ftz_data.audit(report_text)
    covered = set()
    for row in found.itertuples():
        printed = re.sub(r".*?(?=[\d一二两三四五六七八九十百千万亿零半])", "", row.printed, count=1)
        place = row.position
        for character in printed if not row.printed.startswith("约占") else "三分之一":
            while report_text[place].isspace():
                place += 1
            if report_text[place] != character:
                break
            covered.add(place)
            place += 1
    digits = {place for place, character in enumerate(report_text) if character.isdigit()}
    assert digits and digits <= covered
    assert found["position"].is_monotonic_increasing and found["position"].is_unique


def test_an_observation_is_found_where_it_is_printed(report_text):
    table = ftz_data.load_observations().set_index("observation_id")
    found = ftz_data.audit(report_text).query("kind == 'observation'")
    for row in found.itertuples():
        assert row.printed == table.loc[row.key, "printed"]
        assert row.locator == table.loc[row.key, "locator"]


def test_the_command_line_accepts_the_report(report_file):
    status, out, err = run("audit", report_file)
    lines = out.splitlines()
    assert (status, err) == (0, "")
    assert re.fullmatch(
        r"(\d+) of \1 numerals accounted for, (\d+) of \2 observations found", lines[-1]
    )
    assert len(lines) == 2 + len(ftz_data.audit(report_file.read_text(encoding="utf-8")))
    assert lines[0].split() == ["line", "printed", "kind", "key", "locator"]


def replace_observations(monkeypatch, table):
    """Let the built-in report have other observations."""
    real = BUILT_IN.table
    monkeypatch.setattr(
        BUILT_IN, "table", lambda name: table.copy() if name == "observations" else real(name)
    )


@pytest.mark.parametrize("removed", load.load_observations()["observation_id"])
def test_removing_an_observation_names_its_numeral(removed, report_file, monkeypatch):
    table = BUILT_IN.table("observations")
    row = table.set_index("observation_id").loc[removed]
    replace_observations(monkeypatch, table[table["observation_id"] != removed])
    status, out, err = run("audit", report_file)
    assert (status, err) == (1, "")
    complaints = [line for line in out.splitlines() if "is not accounted for" in line]
    named = [line for line in complaints if re.match(rf"line \d+: {re.escape(row.printed)} ", line)]
    assert len(named) == 1, complaints
    text = report_file.read_text(encoding="utf-8").splitlines()
    line = int(re.match(r"line (\d+)", named[0])[1])
    around = re.sub(r"\s", "", "".join(text[line - 2 : line + 2]))
    assert row.printed[-3:] in around, "the line number leads elsewhere"
    assert "is not in the text" not in out
    # A date may go with the only observation of its period; no other figure may.
    rest = [line for line in complaints if line not in named]
    assert all(re.search(r"年", line) for line in rest), rest


def test_an_observation_that_is_not_in_the_text_is_named(report_file, monkeypatch):
    table = BUILT_IN.table("observations")
    extra = table.iloc[[0]].assign(observation_id="invented", printed="九年", value=9.0)
    replace_observations(monkeypatch, pd.concat([table, extra]))
    status, out, _ = run("audit", report_file)
    assert status == 1
    assert "九年, observation invented at lead, is not in the text" in out.splitlines()


def test_columns_of_the_printed_table_are_aligned(report_file):
    from wcwidth import wcswidth

    _, out, _ = run("audit", report_file)
    header, *rows = out.splitlines()[:-1]
    start = wcswidth(header[: header.index("kind")])
    for row in rows:
        match = re.search(r" (observation|supervision_mode|period|claim|name) ", row)
        assert wcswidth(row[: match.start(1)]) == start, row


BAD = {
    "empty": (b"", "the file is empty"),
    "blank": (b" \n\t\n", "the file is empty"),
    "binary": (b"\x89PNG\r\n\x1a\n\x00\x01", "not UTF-8 text"),
    "zeros": (b"1\x00\x002", "not a text file"),
    "gb18030": ("青岛港35%".encode("gb18030"), "not UTF-8 text"),
    "utf16": ("青岛港35%".encode("utf-16"), "not UTF-8 text"),
    "no numeral": ("青岛港".encode(), "no numeral"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_gets_one_line_and_status_2(case, tmp_path):
    content, words = BAD[case]
    path = tmp_path / "text.txt"
    path.write_bytes(content)
    check_refusal(path, words)


def test_a_path_that_is_no_file_gets_one_line_and_status_2(tmp_path):
    check_refusal(tmp_path, "Is a directory")
    check_refusal(tmp_path / "none.txt", "No such file")


def check_refusal(path, words):
    status, out, err = run("audit", path)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1 and words in err and str(path) in err


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    path = tmp_path / "text.txt"
    path.write_bytes("\ufeff提升35%".encode())
    status, out, _ = run("audit", path)
    assert status == 1 and "crude_turnover_change" in out


@pytest.mark.parametrize("arguments", [[], ["audit"], ["audit", "a", "b"], ["count", "a"]])
def test_wrong_use_gets_status_2(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: python -m ftz_data" in capsys.readouterr().err


def test_the_module_runs_as_a_command(tmp_path):
    path = tmp_path / "none.txt"
    command = [sys.executable, "-m", "ftz_data", "audit", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1 and str(path) in done.stderr


def test_a_reader_that_stops_early_is_no_error(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text("提升35%", encoding="utf-8")
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "ftz_data", "audit", str(path)]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, "")


def test_module_is_not_hidden_by_its_function():
    assert callable(ftz_data.audit) and ftz_data.audit is auditing.audit


@pytest.mark.parametrize(
    ("period", "kinds"),
    [
        ("2026-S1", ["period", None, None]),
        ("2026-Q3", [None, "period", None]),
        ("2026", [None] * 3),
    ],
)
def test_a_part_of_a_year_is_accounted_for_where_a_figure_has_it(period, kinds):
    rows = ftz_data.load_observations().assign(time_period=period)
    found = audit("上半年好，三季度好，1—9月好", observations=rows.iloc[:1])
    assert [None if each != each else each for each in found["kind"]] == kinds

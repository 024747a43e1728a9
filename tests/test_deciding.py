"""The desk: decisions are on disk at once, survive what ends, and make a package that holds."""

import errno
import json
import shutil
import subprocess
import sys

import pytest

import ftz_data
from ftz_data import language, panels
from ftz_data.__main__ import main
from ftz_data.deciding import COLUMNS, REQUIRED, Changed, Desk, Doubted, NotTaken, journal
from ftz_data.package import BUILT_IN

# Invented.
OWN = """海湾新区2026年工作报告

2026年，新区完成货物吞吐量3.2亿吨，同比增长5.8%，居全国第4位。其中集装箱超1200万标箱，环比下降2.1%。

截至2026年6月末，新区累计服务企业300余家，发放贷款52笔、9.6亿元。
"""
PRINTED = ["3.2亿吨", "5.8%", "第4位", "超1200万标箱", "下降2.1%", "300余家", "贷款52笔", "9.6亿元"]


@pytest.fixture(scope="module")
def drafted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("draft")
    (folder / "bay.txt").write_text(OWN, encoding="utf-8")
    return ftz_data.draft(folder / "bay.txt", folder / "bay")


@pytest.fixture
def place(drafted, tmp_path):
    return shutil.copytree(drafted, tmp_path / "bay")


def filled(desk, at, **fields):
    """What a person sets of a figure."""
    own = {"title_en": f"Title {at}", "section": "outcomes", "ref_area": "zone"}
    entry = desk.entries[at]
    return entry.observation, own | fields


def decide_all(desk, **others):
    for at, entry in enumerate(desk.entries):
        if entry.status == "open":
            desk.accept(*filled(desk, at, **others.get(entry.observation, {})))


def lines(place):
    return (place / journal.FILE).read_bytes().splitlines()


def test_a_draft_opens_with_each_figure_in_its_place_and_what_is_open(place):
    desk = Desk(place)
    assert [desk.text[each.start : each.stop] for each in desk.entries] == PRINTED
    assert {each.status for each in desk.entries} == {"open"} and desk.decided == (0, len(PRINTED))
    for each in desk.entries:
        assert tuple(each.fields) == COLUMNS
        assert each.open == ("title_en", "section", "ref_area")
    assert desk.figure(desk.entries[3].observation).lower == 12_000_000
    assert not (place / journal.FILE).exists(), "looking writes"


def test_a_figure_is_accepted_corrected_rejected_and_taken_back(place):
    desk = Desk(place)
    desk.accept(*filled(desk, 0))
    desk.accept(*filled(desk, 1, reading="下降5.8%"))
    desk.reject(desk.entries[2].observation)
    assert [each.status for each in desk.entries[:4]] == [
        "accepted",
        "corrected",
        "rejected",
        "open",
    ]
    assert desk.decided == (3, len(PRINTED))
    assert desk.undo() == desk.entries[2].observation
    assert desk.entries[2].status == "open"
    # A figure that is decided anew falls back to what was decided before.
    desk.reject(desk.entries[0].observation)
    desk.undo()
    assert desk.entries[0].status == "accepted"
    assert [desk.undo(), desk.undo(), desk.undo()] == ["figure_002", "figure_001", None]
    assert desk.decided == (0, len(PRINTED))


@pytest.mark.parametrize(
    "fields, said",
    [
        *(({name: " "}, "Still empty: ") for name in REQUIRED),
        ({"title_en": "Cargo 吨"}, "Chinese characters"),
        ({"section": "custom"}, "nearest: customs"),
        ({"section": "open"}, "open is not on offer"),
        ({"ref_area": "bay"}, "bay is not on offer"),
        ({"stage": "lvl"}, "nearest: level"),
        ({"time_period": "June 2026"}, "June 2026 names no period"),
        *(
            ({"time_period": each}, "names no period")
            for each in ("2025-13", "2025-00", "2025-02-31")
        ),
        ({"indicator": "Port Cargo"}, "Port Cargo is not written"),
        ({"reading": "很多"}, "很多 cannot be read"),
        ({"indicator": "port_containers"}, "port_containers has another unit"),
    ],
)
def test_what_makes_no_row_is_refused_in_both_languages_and_nothing_is_written(place, fields, said):
    desk = Desk(place)
    with pytest.raises(NotTaken) as refused:
        desk.accept(*filled(desk, 0, **fields))
    assert said in str(refused.value) and "\n" not in str(refused.value)
    assert refused.value.in_("en") == str(refused.value) != refused.value.in_("zh")
    assert desk.decided == (0, len(PRINTED)) and not (place / journal.FILE).exists()


def test_one_indicator_has_one_title_and_one_unit(place):
    desk = Desk(place)
    desk.accept(*filled(desk, 0, indicator="cargo"))
    with pytest.raises(NotTaken, match="another unit"):
        desk.accept(*filled(desk, 1, indicator="cargo"))
    desk.accept(*filled(desk, 1, indicator="share"))
    with pytest.raises(NotTaken, match="stands for .*already"):
        desk.accept(*filled(desk, 4, indicator="share"))
    own = {name: desk.entries[1].fields[name] for name in ("title_en", "title_zh", "section")}
    desk.accept(*filled(desk, 4, indicator="share", **own))
    # What is rejected has no title any more.
    desk.reject(desk.entries[0].observation)
    desk.accept(*filled(desk, 7, indicator="cargo"))


def test_suggestions_are_indicators_in_the_same_unit_that_can_be_taken_as_they_are(place):
    desk = Desk(place)
    [cargo, *_] = desk.suggestions("figure_001")
    assert (cargo["indicator"], cargo["section"]) == ("port_cargo", "outcomes")
    assert "ref_area" not in cargo, "another port's figure would be taken for this one's"
    for each in desk.entries:
        for fields in desk.suggestions(each.observation):
            row = BUILT_IN.row("indicators", fields["indicator"])
            assert row.unit == desk.figure(each.observation).unit
    desk.accept("figure_001", cargo | {"ref_area": "port"})
    assert desk.entries[0].fields["title_en"] == "Cargo throughput of Qingdao port"


def test_all_decided_makes_a_package_that_loads_audits_and_draws(place):
    desk = Desk(place)
    with pytest.raises(NotTaken, match="8 figures are still open"):
        desk.finish()
    cargo = desk.suggestions("figure_001")[0]
    desk.accept("figure_001", cargo | {"ref_area": "port"})
    desk.reject("figure_003")
    decide_all(desk, figure_002={"reading": "下降5.8%", "time_period": ""})
    desk.finish()
    report = ftz_data.open_report(place)
    rows = report.load_observations().set_index("observation_id")
    assert list(rows.index) == [
        e.observation for e in desk.entries if e.observation != "figure_003"
    ]
    assert (rows.loc["figure_002", "value"], rows.loc["figure_002", "printed"]) == (-5.8, "5.8%")
    assert "otherwise" in rows.loc["figure_002", "caveat_en"]
    assert set(rows["section"]) == {"outcomes"}
    assert not rows["caveat_en"].str.contains("not confirmed").any()
    assert rows["quotable"].to_dict() == {
        key: ftz_data.briefs.quotable(row, report.package)
        for key, row in report.package.rows("observations").items()
    }
    found = report.audit(desk.text)
    assert found["kind"].notna().all()
    assert found.set_index("printed")["kind"][["第4位", "5.8%"]].tolist() == ["name", "name"]
    assert report.package.row("indicators", "port_cargo").better == "higher"
    drafts = report.package.table("drafts").set_index("observation")["status"]
    assert sorted(drafts) == ["accepted"] * 6 + ["corrected", "rejected"]
    assert "Cargo throughput" in report.charts.figures("outcomes").words("en")


def test_a_report_without_a_date_and_a_figure_without_a_last_place_hold_too(tmp_path):
    (tmp_path / "a.txt").write_text("港口完成货物吞吐量7.1亿吨，人工减少40%。", encoding="utf-8")
    desk = Desk(ftz_data.draft(tmp_path / "a.txt", tmp_path / "a"))
    desk.accept("figure_001", desk.suggestions("figure_001")[0] | {"ref_area": "port"})
    desk.accept(*filled(desk, 1, reading="减少一半", stage="growth", time_period="2026"), sure=True)
    report = ftz_data.open_report(desk.finish().path)
    halved = report.package.row("observations", "figure_002")
    assert halved.value == -50 and halved.resolution != halved.resolution
    assert halved.quotable == "with_caveat"
    # Of what time the figure is nobody says.
    table = ftz_data.compare(report, ftz_data.Report()).set_index("indicator")
    assert table.loc["port_cargo", "verdict"] == "not_comparable"


def test_the_command_audits_the_text_against_the_tables_of_its_own_report(place, capsys):
    text = str(place / "report.txt")
    assert main(["audit", text, "--package", str(place)]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[-1].endswith("8 of 8 observations found")
    assert main(["audit", text]) == 1, "the built-in report accounts for another's text"
    assert main(["audit", text, "--package", str(place.parent)]) == 2
    assert "datapackage.json" in capsys.readouterr().err


def test_what_the_text_leaves_out_is_a_caveat_and_never_safe_to_quote(tmp_path):
    (tmp_path / "a.txt").write_text(
        "2025年，外贸额20亿元，增长5%。\n\n吞吐量同比增长7%。\n\n泊位30个。", encoding="utf-8"
    )
    desk = Desk(ftz_data.draft(tmp_path / "a.txt", tmp_path / "a"))
    decide_all(desk, figure_004={"time_period": ""})
    rows = desk.finish().rows("observations")
    told = {key: (row.quotable, row.caveat_en) for key, row in rows.items()}
    assert told["figure_001"][0] == "safe"
    assert told["figure_002"] == ("with_caveat", "The text does not say what it is compared with")
    assert told["figure_003"][0] == "needs_baseline"
    assert told["figure_003"][1].endswith("year before; The text gives no period")
    assert told["figure_004"] == ("with_caveat", "The text gives no period")


def test_a_period_may_be_typed_in_chinese(place):
    desk = Desk(place)
    desk.accept(*filled(desk, 0, time_period="2025年前三季度"))
    assert desk.entries[0].fields["time_period"] == "2025-01/2025-09"
    with pytest.raises(NotTaken, match="前三季度 names no period"):
        desk.accept(*filled(desk, 1, time_period="前三季度"))


def test_what_stands_twice_is_asked_about(tmp_path):
    (tmp_path / "a.txt").write_text(
        "2025年外贸额20亿元。\n\n2025年外贸额20亿元。", encoding="utf-8"
    )
    desk = Desk(ftz_data.draft(tmp_path / "a.txt", tmp_path / "a"))
    same = {"indicator": "trade_value", "title_en": "Trade"}
    desk.accept(*filled(desk, 0, **same))
    with pytest.raises(Doubted, match="accepted already, as figure 1"):
        desk.accept(*filled(desk, 1, **same))
    desk.accept(*filled(desk, 1, **same), sure=True)
    assert desk.decided == (2, 2)


def test_the_form_offers_periods_that_were_set_and_known_indicators(shown):
    fields = {"title_en": "Cargo", "section": "outcomes", "ref_area": "zone"}
    form = send(shown, do="accept", fields=fields | {"time_period": "2026-Q3"})
    offered = {each["name"]: each["offered"] for each in form.fields}
    assert offered["time_period"] == ["2026-Q3"]
    # The figure that is asked for now is in percent.
    assert {BUILT_IN.row("indicators", key).unit for key in offered["indicator"]} == {"%"}
    assert offered["title_en"] == []


def test_what_was_finished_can_be_decided_anew(place):
    desk = Desk(place)
    desk.reject("figure_003")
    decide_all(desk)
    desk.finish()
    again = Desk(place)
    assert [each.status for each in again.entries] == [each.status for each in desk.entries]
    again.accept(*filled(again, 2))
    again.finish()
    assert "figure_003" in Desk(place).package.rows("observations")
    assert "decided" not in set(ftz_data.open_report(place).package.table("names")["kind"])


def test_a_line_that_was_cut_short_was_never_taken_and_harms_no_other(place):
    desk = Desk(place)
    desk.accept(*filled(desk, 0))
    with open(place / journal.FILE, "ab") as file:
        file.write(b'{"do": "accept", "obser')
    again = Desk(place)
    assert again.decided == (1, len(PRINTED))
    again.reject("figure_002")
    assert Desk(place).decided == (2, len(PRINTED))
    assert len(lines(place)) == 2


KILLED = """
import os, sys
from ftz_data.deciding import Desk
desk = Desk(sys.argv[1])
for at, entry in enumerate(desk.entries[:5]):
    own = {"title_en": f"Title {at}", "section": "outcomes", "ref_area": "zone"}
    desk.accept(entry.observation, own)
os._exit(9)
"""


def test_what_was_decided_outlives_a_kernel_that_is_killed(place):
    ended = subprocess.run([sys.executable, "-c", KILLED, str(place)])
    assert ended.returncode == 9
    desk = Desk(place)
    assert [each.status for each in desk.entries] == ["accepted"] * 5 + ["open"] * 3
    assert desk.entries[4].fields["title_en"] == "Title 4"


def test_two_desks_do_not_write_over_each_other(place):
    one, two = Desk(place), Desk(place)
    one.accept(*filled(one, 0))
    with pytest.raises(Changed, match="Another desk"):
        two.reject("figure_001")
    assert two.entries[0].status == "accepted", "what the other has decided is not shown"
    assert len(lines(place)) == 1
    # On another figure both go on.
    two.reject("figure_002")
    one.reject("figure_003")
    one.refresh()
    assert [each.status for each in one.entries[:3]] == ["accepted", "rejected", "rejected"]
    two.reject("figure_004")
    with pytest.raises(Changed):
        one.undo()
    assert one.undo() == "figure_004"


@pytest.mark.parametrize(
    "line",
    [
        "{}",
        "[]",
        "no json",
        '{"do": "accept", "observation": "figure_999"}',
        '{"do": "undo", "observation": "figure_001"}',
        '{"do": "accept", "observation": "figure_001", "fields": 1}',
    ],
)
def test_a_journal_that_is_damaged_is_named_with_its_line(place, line):
    first = '{"do": "reject", "observation": "figure_002"}'
    (place / journal.FILE).write_text(f"{first}\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"decisions\.jsonl, line 2: is no decision"):
        Desk(place)


def test_a_disk_that_is_full_takes_nothing_and_says_so(place, monkeypatch):
    desk = Desk(place)
    desk.reject("figure_001")
    before = (place / journal.FILE).read_bytes()

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(journal.os, "fsync", full)
    with pytest.raises(NotTaken, match="No space left"):
        desk.reject("figure_002")
    assert (place / journal.FILE).read_bytes() == before and desk.decided == (1, len(PRINTED))


def test_tables_are_whole_where_the_disk_fills_while_they_are_written(place, monkeypatch):
    desk = Desk(place)
    decide_all(desk)
    before = {path.name: path.read_bytes() for path in place.glob("*.csv")}

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("ftz_data.deciding.finishing.folder.write_table", full)
    with pytest.raises(NotTaken, match="No space left"):
        desk.finish()
    monkeypatch.undo()
    assert {path.name: path.read_bytes() for path in place.glob("*.csv")} == before
    assert not [path for path in place.iterdir() if path.name.startswith(".")]
    desk.finish()


def test_a_code_that_a_person_adds_is_allowed(place):
    with open(place / "codes.csv", "a", encoding="utf-8") as file:
        file.write("ref_area,bay,The bay,海湾\n")
    desk = Desk(place)
    assert ("bay", "The bay", "海湾") in desk.choices("ref_area")
    decide_all(desk, **{each.observation: {"ref_area": "bay"} for each in desk.entries})
    desk.finish()
    assert set(ftz_data.open_report(place).load_observations()["ref_area"]) == {"bay"}


def test_tables_that_do_not_hold_together_are_not_written_and_the_decisions_stay(place):
    desk = Desk(place)
    decide_all(desk)
    names = place / "names.csv"
    names.write_text("name,kind,meaning_en,meaning_zh\na,none,b,c\n", encoding="utf-8")
    before = (place / "observations.csv").read_bytes()
    with pytest.raises(NotTaken, match="All decisions are kept, but the tables are not written: n"):
        desk.finish()
    assert (place / "observations.csv").read_bytes() == before
    box = panels.desk(place)
    assert box.children[0].refusal.startswith("All decisions are kept")
    box.close()


def test_a_folder_that_is_no_draft_is_refused_in_one_line(tmp_path, place):
    with pytest.raises(ValueError, match="is no draft; make one with python -m ftz_data draft"):
        Desk(tmp_path)
    with pytest.raises(ValueError, match="is no draft"):
        panels.desk(tmp_path / "none")


# The panel, as the browser speaks to it.


@pytest.fixture
def shown(place):
    language.use("en")
    box = panels.desk(place)
    yield box
    box.close()


def send(box, **content):
    [form] = box.children
    form._handle_custom_msg(content, [])
    return form


def test_the_panel_decides_and_asks_for_the_next(shown, place):
    fields = {"title_en": "Cargo", "section": "outcomes", "ref_area": "zone"}
    form = send(shown, do="accept", fields=fields)
    assert (form.refusal, form.progress, form.turn) == ("", "1 of 8 figures decided", 1)
    assert "Figure 2 of 8" in form.head and 'data-status="accepted"' in form.marked.replace(
        "'", '"'
    )
    # Section and area go along, to be confirmed.
    own = {each["name"]: each["value"] for each in form.fields}
    assert (own["section"], own["ref_area"], own["title_en"]) == ("outcomes", "zone", "")
    form = send(shown, do="accept", fields={})
    assert form.refusal == "Still empty: Title in English, Section, Area"
    assert form.wrong == "title_en"
    form = send(shown, do="reject")
    form = send(shown, do="undo")
    assert form.progress == "1 of 8 figures decided" and "Figure 2 of 8" in form.head
    form = send(shown, do="go", step=-2)
    assert "Figure 8 of 8" in form.head
    form = send(shown, do="pick", index=0)
    assert "Accepted" in form.head and form.suggestions[0] == "Cargo throughput of Qingdao port"
    form = send(shown, do="suggest", index=0, fields={"time_period": "2025"})
    own = {each["name"]: each["value"] for each in form.fields}
    assert (own["indicator"], own["time_period"]) == ("port_cargo", "2025")
    language.use("zh")
    assert form.progress == "已判定1个，共8个" and form.words["accept"] == "采纳"
    assert {each["name"]: each["value"] for each in form.fields} == own, (
        "the language loses what is typed"
    )


def test_the_last_decision_writes_the_tables(shown, place):
    for _ in range(len(PRINTED)):
        form = send(shown, do="reject")
    assert "tables are written" in form.progress and "All figures" in repr(shown)
    assert len(ftz_data.open_report(place).load_observations()) == 0
    form = send(shown, do="undo")
    assert "still hold what was decided before" in form.progress


def test_what_is_pressed_twice_decides_once(shown, place):
    fields = {"title_en": "Cargo", "section": "outcomes", "ref_area": "zone"}
    for _ in range(2):
        form = send(shown, do="accept", fields=fields, observation="figure_001")
    assert form.observation == "figure_002" and Desk(place).decided == (1, len(PRINTED))
    send(shown, do="reject", observation="figure_001")
    assert Desk(place).decided == (1, len(PRINTED))


def test_a_reading_whose_number_the_text_does_not_hold_is_asked_about(shown, place):
    own = {"title_en": "Cargo", "section": "outcomes", "ref_area": "zone"}
    form = send(shown, do="accept", fields=own | {"reading": "3.5亿吨"})
    assert form.wrong == "reading" and "does not stand near the figure" in form.refusal
    # What is asked next is something else: it is doubted anew.
    form = send(shown, do="accept", fields=own | {"reading": "5.3亿吨"})
    assert "5.3亿吨" in form.refusal and Desk(place).decided == (0, len(PRINTED))
    send(shown, do="accept", fields=own | {"reading": "5.3亿吨"})
    assert Desk(place).entries[0].status == "corrected"
    # The number of another figure of the sentence, and the same number in other words.
    desk = Desk(place)
    desk.accept(*filled(desk, 1, reading="下降5.8%"))


def test_a_period_from_what_stands_before_is_named_as_such(tmp_path):
    (tmp_path / "a.txt").write_text("2026年上半年，货物3亿吨。企业20家。", encoding="utf-8")
    place = ftz_data.draft(tmp_path / "a.txt", tmp_path / "a")
    language.use("en")
    box = panels.desk(place)
    form = send(box, do="pick", index=0)
    labels = [{each["name"]: each["label"] for each in form.fields}["time_period"]]
    form = send(box, do="pick", index=1)
    labels.append({each["name"]: each["label"] for each in form.fields}["time_period"])
    assert ["before: check it" in each for each in labels] == [False, True]
    assert {each["name"]: each["value"] for each in form.fields}["time_period"] == "2026-S1"
    box.close()
    desk = Desk(place)
    for at in range(2):
        desk.accept(*filled(desk, at))
    rows = desk.finish().table("observations")
    assert rows["time_period"].tolist() == ["2026-S1"] * 2
    # Confirmed by a person, the caveat is gone.
    assert rows["caveat_en"].isna().all() or set(rows["caveat_en"]) == {""}


def test_what_is_taken_back_need_not_be_typed_again(shown, place):
    send(
        shown, do="accept", fields={"title_en": "Cargo", "section": "outcomes", "ref_area": "zone"}
    )
    form = send(shown, do="undo")
    own = {each["name"]: each["value"] for each in form.fields}
    assert (own["title_en"], own["section"], own["ref_area"]) == ("Cargo", "outcomes", "zone")
    assert Desk(place).entries[0].status == "open"


def test_what_another_desk_decided_is_said_and_shown(shown, place):
    Desk(place).reject("figure_001")
    form = send(
        shown, do="accept", fields={"title_en": "Cargo", "section": "frame", "ref_area": "zone"}
    )
    assert form.refusal.startswith("Another desk") and "Rejected" in form.head


def test_markup_in_a_document_is_text(tmp_path):
    own = "港口<img src=x onerror=alert(1)>完成吞吐量7.1亿吨。"
    (tmp_path / "a.txt").write_text(own, encoding="utf-8")
    box = panels.desk(ftz_data.draft(tmp_path / "a.txt", tmp_path / "a"))
    [form] = box.children
    assert "<img" not in form.marked + form.head and "&lt;img" in form.marked
    box.close()


def test_a_briefing_offers_no_desk(place, monkeypatch):
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5")
    with pytest.raises(ValueError, match="A briefing never writes"):
        panels.desk(place)
    assert not (place / journal.FILE).exists()


def test_each_line_of_the_journal_can_be_read_by_itself(place):
    desk = Desk(place)
    desk.accept(*filled(desk, 0))
    desk.undo()
    first, second = map(json.loads, lines(place))
    assert first["fields"].keys() == set(COLUMNS) and second == {
        "do": "undo",
        "observation": "figure_001",
    }
    assert first["do"] == "accept"

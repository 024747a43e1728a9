"""From a document to a draft: each format gives the same figures, and a bad file gives one line."""

import csv
import errno
import io
import os
import zipfile
from pathlib import Path

import docx
import fpdf
import noto_cjk_sans_otc
import pytest

import ftz_data
from ftz_data.__main__ import main
from ftz_data.briefs import quotable
from ftz_data.drafting import document, folder, pdf
from ftz_data.drafting.blocks import paragraphs, sentence_at, sentences
from ftz_data.drafting.dating import Dating, when
from ftz_data.drafting.rows import UNDERSTOOD
from ftz_data.drafting.said import said

FONT = Path(noto_cjk_sans_otc.__file__).parent / "NotoSansCJK-Regular.ttc"
# Invented, with what makes reading hard: a heading, bounds, a list, two dates, names, a target.
OWN = """海湾新区2026年工作报告

2026年，新区完成货物吞吐量3.2亿吨，同比增长5.8%，居全国第4位。其中集装箱超1200万标箱，环比下降2.1%。

截至2026年6月末，新区累计服务企业300余家，发放贷款52笔、9.6亿元。办理时间由2—3天缩短至半天，人工减少40%。

新设“一站式”窗口12个，占全市比重达35%以上。到2027年，力争外贸额突破500亿元。E25设备已投产。
"""
PRINTED = [
    *("3.2亿吨", "5.8%", "第4位", "超1200万标箱", "下降2.1%", "300余家", "贷款52笔", "9.6亿元"),
    *("2—3天", "半天", "减少40%", "12个", "35%以上", "突破500亿元"),
]
EMPTY = ("readings", "models", "pictures", "instruments", "claims", "briefs", "context")


def _pdf(text, **options):
    page = fpdf.FPDF()
    if text.isascii():
        page.set_font("helvetica")
    else:
        page.add_font("noto", fname=FONT)
        page.set_font("noto")
    page.add_page()
    for each in text.split("\n"):
        if each.strip():
            page.multi_cell(0, 7, each.strip(), new_x="LMARGIN", new_y="NEXT")
    if options:
        page.set_encryption("owner", **options)
    return bytes(page.output())


def _docx(text):
    opened, buffer = docx.Document(), io.BytesIO()
    for each in text.split("\n\n"):
        opened.add_paragraph(each)
    opened.save(buffer)
    return buffer.getvalue()


def _html(text):
    body = "".join(f"<p>{each}</p>" for each in text.split("\n\n"))
    page = f"<html><head><title>9个</title></head><body>{body}<!-- 8家 --></body></html>"
    return page.encode()


TWINS = {
    "plain.txt": str.encode,
    "gbk.txt": lambda text: text.encode("gb18030"),
    "wide.txt": lambda text: text.encode("utf-16"),
    "wide_bare.txt": lambda text: text.encode("utf-16-le"),
    "page.html": _html,
    "word.docx": _docx,
    "print.pdf": _pdf,
    "marks.md": lambda text: ("# " + text.lstrip()).encode(),
}


def _draft(tmp_path, name, raw):
    file = tmp_path / name
    file.write_bytes(raw)
    return ftz_data.open_report(ftz_data.draft(file, tmp_path / "out"))


def _text(report):
    return (report.package.path / "report.txt").read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def drafted(tmp_path_factory):
    return _draft(tmp_path_factory.mktemp("own"), "海湾新区.txt", OWN.encode())


def _rows(report):
    table = report.load_observations()
    return table.set_index("printed")


@pytest.mark.parametrize("name", TWINS)
def test_every_format_gives_the_same_figures(name, tmp_path):
    file = tmp_path / name
    file.write_bytes(TWINS[name](OWN))
    text = document.read(file).text
    assert [figure.printed for _, _, figure in ftz_data.find_figures(text)] == PRINTED


@pytest.mark.slow
@pytest.mark.parametrize("name", TWINS)
def test_twins_of_the_report_give_its_figures(name, tmp_path, report_text):
    report = _draft(tmp_path, name, TWINS[name](report_text))
    figures = [figure for _, _, figure in ftz_data.find_figures(report_text)]
    rows = report.load_observations()
    assert len(rows) == len(figures) > 50
    for figure, row in zip(figures, rows.itertuples(), strict=True):
        told = [getattr(row, each) for each in ("printed", "value", "unit")]
        assert told == [figure.printed, figure.value, figure.unit]
    found = report.audit(_text(report))
    assert found["kind"].notna().all()
    assert (found["kind"] == "observation").sum() == len(figures)


def test_every_numeral_of_a_draft_is_accounted_for(drafted):
    found = drafted.audit(_text(drafted))
    assert found["kind"].notna().all(), found[found["kind"].isna()]
    keys = found.loc[found["kind"] == "observation", "key"].tolist()
    assert keys == drafted.load_observations()["observation_id"].tolist()
    assert set(drafted.load_names()["kind"]) == {"open"}


def test_a_text_in_english_is_accounted_for_too(tmp_path):
    text = "In 2026 the port handled 7.1 million tonnes, up 5.8% year on year. Model E25 was shown."
    report = _draft(tmp_path, "news.txt", text.encode())
    rows = report.load_observations()
    assert rows["value"].tolist() == [7.1e6, 5.8]
    assert rows["time_period"].tolist() == ["2026", "2026"]
    assert rows["stage"].tolist() == ["level", "growth"]
    assert report.audit(text)["kind"].notna().all()


def test_what_the_sentence_says_is_in_the_rows(drafted):
    rows = _rows(drafted)
    assert rows.loc["3.2亿吨", "time_period"] == "2026"
    assert rows.loc["300余家", "time_period"] == "../2026-06-30"
    # A plan's year and a sentence without one say no period.
    assert rows.loc[["12个", "突破500亿元"], "time_period"].isna().all()
    stages = {"5.8%": "growth", "第4位": "rank", "减少40%": "change", "35%以上": "share"}
    stages |= {"突破500亿元": "target", "贷款52笔": "level", "2—3天": "before", "半天": "after"}
    assert rows.loc[list(stages), "stage"].to_dict() == stages
    assert rows.loc["9.6亿元", ["locator", "unit", "value"]].to_list() == ["p3s1", "CNY", 9.6e8]
    assert rows.loc["300余家", ["lower", "upper", "qualifier"]].to_list() == [300, 400, "余"]
    assert rows.loc["5.8%", "caveat_en"].startswith(
        "Compared with the same time of the year before;"
    )
    assert rows.loc["下降2.1%", "caveat_zh"].startswith("与上一期相比；")
    assert rows.loc["3.2亿吨", "caveat_zh"] == "由程序从句子起草，尚待确认"


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        ("2025年，服务企业20家", "2025"),
        ("2025年3月服务企业20家", "2025-03"),
        ("截至2025年底，服务企业20家", "../2025-12-31"),
        ("2025年上半年服务企业20家", "2025-S1"),
        ("2025年第三季度服务企业20家", "2025-Q3"),
        ("2025年前三季度服务企业20家", "2025-01/2025-09"),
        ("2025年1—11月服务企业20家", "2025-01/2025-11"),
        ("2025年1至6月服务企业20家", "2025-S1"),
        ("截至2025年三季度末，服务企业20家", None),
        ("2025年，服务企业20家，比2024年多", "2025"),
        ("2025年，外贸额好于预期，去年同期服务企业20家", None),
        ("2025年，外贸额好于预期，上年服务企业20家", None),
        ("2025年，外贸额增长，比去年同期多服务企业20家", "2025"),
        ("2025年以来服务企业20家", None),
        ("2025年三季度以来服务企业20家", None),
        ("上半年服务企业20家", None),
        ("3—5月服务企业20家", None),
        ("比2024年增加20家", None),
        ("到2027年服务企业20家", None),
        ("2024年和2025年服务企业20家", None),
        ("2024年1月至2025年3月服务企业20家", None),
        ("服务企业20家，2025年表彰", None),
        ("外贸从2020年的20亿元增长到2023年的30亿元", "2020"),
        ("外贸比2020年的20亿元增长两成", "2020"),
        ("2020年至2023年的外贸额20亿元", None),
        ("完成2020年至2023年的20亿元", None),
        ("完成2020—2023年的20亿元", None),
        ("截至2023年的20亿元", "../2023"),
        ("In the first half of 2025 it served 20 firms", "2025-S1"),
        ("In the third quarter of 2025 it served 20 firms", "2025-Q3"),
        ("In Q3 2025 it served 20 firms", "2025-Q3"),
        ("In the first nine months of 2025 it served 20 firms", "2025-01/2025-09"),
        ("In July 2025 it served 20 firms", "2025-07"),
        ("It handled 7.1 million tonnes in 2025", "2025"),
        ("It served 20 firms in the first half of 2025", "2025-S1"),
        ("It served 20 firms, up from 10 in 2024", None),
        ("It served 20 firms and won a prize in 2024", None),
        ("It served 20 firms more than in 2024", None),
        ("It opened 20 years after it was founded in 1994", None),
        ("Time fell by 30 percent over that in 2017", None),
        ("2021年服务多，今年服务企业20家", None),
        ("2021年上半年，全市實現投資20億元", "2021-S1"),
    ],
)
def test_a_period_is_taken_where_it_is_certain(sentence, period):
    start, _, _ = ftz_data.find_figures(sentence)[0]
    found = when(sentence, start)
    assert (found.code, found.certain) == (period, period is not None)


@pytest.mark.parametrize(
    ("title", "text", "period"),
    [
        ("公报", "2025年外贸额增长。服务企业20家。", "2025"),
        ("公报", "2025年上半年外贸额增长。服务企业20家。", "2025-S1"),
        ("公报", "2025年外贸额增长。一季度服务企业20家。", "2025-Q1"),
        ("公报", "2025年外贸额增长，比2024年快。比上年多服务企业20家。", "2025"),
        ("某市2025年统计公报", "上半年服务企业20家。", "2025-S1"),
        ("某市2025年统计公报", "全年服务企业20家。", "2025"),
        ("某市2025年统计公报", "年末服务企业20家。", "2025-12-31"),
        ("某市2025年统计公报", "全年外贸额增长，去年同期服务企业20家。", None),
        ("某市2025年统计公报", "全年外贸额增长，年末服务企业20家。", None),
        ("某市2025年统计公报", "上半年好，下半年服务企业20家。", None),
        ("某市2025年统计公报", "近三年服务企业20家。", None),
        ("某市2025年统计公报", "截至6月末，服务企业20家。", "../2025-06-30"),
        # A report on work tells of one year and plans the next.
        ("某市2025年政府工作报告", "全年服务企业20家。", None),
        ("某市2024年和2025年统计公报", "全年服务企业20家。", None),
        ("公报", "上半年服务企业20家。", None),
        ("公报", "2025年外贸额增长。\n\n服务企业20家。", None),
        ("公报", "2025年外贸额增长。去年服务企业20家。", None),
        ("公报", "2025年外贸额增长。目前服务企业20家。", None),
        ("公报", "2025年外贸额增长。累计服务企业20家。", None),
        ("公报", "2025年外贸额增长。目标是服务企业20家。", None),
        ("公报", "2025年外贸额增长。今年服务多。服务企业20家。", None),
        ("公报", "2024年和2025年外贸额增长。服务企业20家。", None),
        ("公报", "2025年外贸额增长。3—5月服务企业20家。", None),
        ("公报", "计划2027年再进一步。服务企业20家。", None),
        ("公报", "2027年力争再进一步。上半年服务企业20家。", None),
        ("某市2025年统计公报", "2027年力争再进一步。上半年服务企业20家。", "2025-S1"),
        ("公报", "2025年外贸额增长。服务企业20家，一季度最多。", None),
        ("公报", "2025年外贸额增长。上一季度服务企业20家。", None),
        ("公报", "2024年外贸额增长。今年前三季度服务企业20家。", None),
        ("公报", "2024年外贸额增长。去年上半年服务企业20家。", None),
        ("公报", "2024年外贸额增长。今年前三季度好。服务企业20家。", None),
    ],
)
def test_a_period_that_stands_before_is_told_apart(title, text, period):
    known = sentences(text, paragraphs(text))
    [(start, stop, _)] = ftz_data.find_figures(text)
    found = Dating(text, known, title).when(sentence_at(known, start), start, stop)
    assert (found.code, found.certain) == (period, False)


def test_what_is_understood_says_so_and_is_open(tmp_path):
    text = "2026年上半年，服务企业20家。产值5亿元。"
    report = _draft(tmp_path, "own.txt", text.encode())
    rows = report.load_observations()
    assert rows["time_period"].tolist() == ["2026-S1", "2026-S1"]
    assert [each.endswith(UNDERSTOOD[0]) for each in rows["caveat_en"]] == [False, True]
    assert [each.endswith(UNDERSTOOD[1]) for each in rows["caveat_zh"]] == [False, True]
    opened = report.package.table("drafts")["open"]
    assert ["time_period" in each for each in opened] == [False, True]
    assert report.audit(text)["key"].tolist()[0] == "figure_001"


@pytest.mark.parametrize(
    ("sentence", "titles"),
    [
        ("第一、第二产业增加值分别增长3%和5%", ["第一产业增加值增长", "第二产业增加值增长"]),
        (
            "农业、工业、服务业增加值分别为3亿元、5亿元和6亿元",
            ["农业增加值", "工业增加值", "服务业增加值"],
        ),
        (
            "进口、出口分别为3亿元、5亿元，同比分别增长3%、5%",
            ["进口", "出口", "进口增长", "出口增长"],
        ),
        ("进口3亿元，出口5亿元，分别增长3%和5%", ["进口", "出口", "进口增长", "出口增长"]),
        ("城镇化率、覆盖率分别达到78.5%和95%", ["城镇化率", "覆盖率"]),
        # Three names and two figures: nobody can say which is which.
        (
            "进口、出口、转口分别增长3%、5%",
            ["转口分别增长", "转口分别增长3%"],
        ),
        ("进口以及出口分别增长3%和5%", ["进口增长", "出口增长"]),
        ("新开通航线12条", ["新开通航线"]),
        ("发放贷款52笔", ["发放贷款"]),
        ("2025年外贸额20亿元", ["外贸额"]),
        ("今年前三季度西部地区进出口3亿元", ["西部地区进出口"]),
        ("截至2025年6月末，服务企业20家", ["服务企业"]),
        ("产值5亿元，按可比价格计算，同比增长3%", ["产值", "产值5亿元，按可比价格计算，同比增长"]),
        ("地区生产总值(GDP)440亿元", ["地区生产总值(GDP)"]),
        ("工业投资75亿元（占总投资的32.1%）", ["工业投资", "占总投资的"]),
        ("進口、出口分別增長3%和5%", ["進口增長", "出口增長"]),
        ("产值突破500亿元", ["产值"]),
    ],
)
def test_a_figure_of_a_list_has_its_own_title(sentence, titles, tmp_path):
    found = _draft(tmp_path, "own.txt", f"{sentence}。".encode()).load_indicators()["title_zh"]
    assert [each.removeprefix("待定：") for each in found] == titles


def test_a_title_says_what_is_measured(tmp_path):
    text = (
        "外贸额20亿元，同比增长5%。\n\n| 航线 | 年内 | 上年 |\n|---|---|---|\n| 欧洲 | 8条 | 6条 |"
    )
    report = _draft(tmp_path, "own.md", text.encode())
    titles = report.load_indicators()["title_zh"].tolist()
    assert titles == [
        "待定：外贸额",
        "待定：外贸额20亿元，同比增长",
        "待定：欧洲",
        "待定：欧洲，8条",
    ]


@pytest.mark.parametrize(
    ("sentence", "stage"),
    [
        ("主要目标是：产值增长5%；就业10万人", "target"),
        ("成本同比下降30%", "growth"),
        ("成本下降30%", "change"),
        ("比重达到38%", "share"),
        ("实现5%", "level"),
        ("企业增加11.8%", "growth"),
        ("综合保税区增加到了41个", "after"),
        ("工业增加值占38%", "share"),
        ("比去年同期增加了2家", "change"),
        ("新增企业2家", "level"),
        ("居全省第11位", "rank"),
        ("比一季度前移3位", "change"),
        ("同比增長5.8%", "growth"),
        ("增長5.8%", "growth"),
        ("价格上涨5.8%", "growth"),
        ("产量增长4.7倍", "growth"),
        ("比一季度加快0.7个百分点", "change"),
        ("增长面84.2%", "level"),
        ("an increase of 45.8 percent", "growth"),
        ("外贸从2020年的1778亿元", "before"),
        ("外贸从2020年的1778亿元增长到2023年的3064亿元", "after"),
        ("车辆从设立前的980辆增长至目前的1600辆", "after"),
    ],
)
def test_the_stage_follows_the_words(sentence, stage):
    start, end, figure = ftz_data.find_figures(sentence)[-1]
    assert said(sentence, start, end, figure).stage == stage


def test_a_draft_says_where_each_figure_stands_and_what_is_open(drafted):
    text = _text(drafted)
    drafts = drafted.package.table("drafts")
    rows = drafted.load_observations()
    assert list(drafts) == ["observation", "start", "stop", "status", "open"]
    assert drafts["observation"].tolist() == rows["observation_id"].tolist()
    spans = [text[row.start : row.stop] for row in drafts.itertuples()]
    assert spans == PRINTED
    assert set(drafts["status"]) == {"open"}
    known = set(rows)
    for row, own in zip(drafts.itertuples(), rows.itertuples(), strict=True):
        columns = row.open.split("|")
        assert set(columns) <= known, row
        certain = own.time_period == own.time_period and UNDERSTOOD[0] not in own.caveat_en
        assert ("time_period" in columns) != certain, row


def test_a_draft_has_the_tables_of_the_built_in_report(drafted):
    ours = set(ftz_data.Report().package.resources)
    assert set(drafted.package.resources) == ours | {"drafts"}
    for name in EMPTY:
        assert drafted.package.table(name).empty, name
    assert len(drafted.load_units()) == len(ftz_data.load_units())
    for row in drafted.load_observations().itertuples():
        assert row.quotable == quotable(row, drafted.package), row.printed


def test_a_draft_names_its_report(drafted):
    source = drafted.load_sources().set_index("source").loc["report"]
    assert source["title_zh"] == "海湾新区2026年工作报告" and source["date"] == "2026"
    codes = drafted.load_codes().set_index(["codelist", "code"])
    assert codes.loc[("cited", "report"), "label_en"] == "海湾新区2026年工作报告, 2026"
    assert codes.loc[("locator", "p3s1"), "label_zh"] == "第3段第1句"


def test_a_draft_draws(drafted):
    growth = drafted.charts.percentages("growth")
    assert len(growth.figure("en").axes) == 1
    assert "5.8%" in growth.words("zh")
    assert growth.words("zh").splitlines()[:2] == ["哪些方面增长多快？", "报道给出的全部增速。"]
    tiles = drafted.charts.figures("open").words("en")
    assert "more than 12 million" in tiles and "more than 300 and less than 400" in tiles
    assert "Place in the report: paragraph 3, sentence 1" in str(
        drafted.describe("figure_006", "en")
    )


def test_the_pages_of_a_pdf_are_one_text():
    page = fpdf.FPDF()
    page.set_font("helvetica")
    for words, number in (("The port handled", "- 1 -"), ("7.1 million tonnes.", "2")):
        page.add_page()
        page.multi_cell(0, 7, f"{words}\n{number}")
    assert pdf.blocks(bytes(page.output())) == ["The port handled 7.1 million tonnes."]


def test_the_command_writes_and_never_writes_over(tmp_path, capsys):
    file, out = tmp_path / "own.txt", tmp_path / "out"
    file.write_text(OWN, encoding="utf-8")
    assert main(["draft", str(file), "-o", str(out)]) == 0
    told = capsys.readouterr()
    number = len(ftz_data.open_report(out).load_observations())
    assert told.out.startswith(f"{out}: {number} figures drafted, ") and told.err == ""
    assert f'panels.desk("{out}")' in told.out
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert main(["draft", str(file), "-o", str(out)]) == 2
    assert capsys.readouterr().err.endswith(f"{out}: is there already; name a folder that is not\n")
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert out.stat().st_mode & 0o777 == (file.parent / "out").stat().st_mode & 0o777
    steps = []
    ftz_data.draft(file, tmp_path / "again", lambda done, total: steps.append((done, total)))
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]


def _bomb():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(30 * 2**20))
    return buffer.getvalue()


def _scanned():
    page = fpdf.FPDF()
    page.add_page()
    page.rect(20, 20, 100, 100, style="F")
    return bytes(page.output())


BAD = {
    "empty.txt": (b"", "the file is empty"),
    "blank.txt": (b" \n", "holds no text"),
    "wordless.txt": ("没有数字。".encode(), "holds no figure"),
    "other.txt": (b"\xff\xfe\xfa\x80\x81", "save it as UTF-8"),
    "picture.txt": (bytes(range(256)) * 4, "save it as UTF-8"),
    "scanned.pdf": (_scanned(), "run text recognition (OCR) on it first"),
    "broken.pdf": (_pdf("7 firms")[:300], "is broken or no PDF"),
    "locked.pdf": (_pdf("7 firms", user_password="k"), "save it without a password"),
    "broken.docx": (_docx("20家")[:900], "is broken or no DOCX"),
    "half.docx": (_bomb()[:2000], "is broken or no DOCX"),
    "bomb.docx": (_bomb(), "unpacks to far more than a report"),
    "old.docx": (b"\xd0\xcf\x11\xe0" + bytes(600), "save it as .docx"),
    "sheet.xlsx": (b"PK", "give .txt, .md, .html, .docx, .pdf"),
    "long.txt": ("港口20家企业。".encode() * 30_000, "split it"),
}


def _refused(file, out, capsys, words):
    """The command says one line that ends in what to do, and leaves nothing behind."""
    before = sorted(out.parent.iterdir()) if out.parent.is_dir() else []
    assert main(["draft", str(file), "-o", str(out)]) == 2
    told = capsys.readouterr()
    assert told.out == "" and told.err.count("\n") == 1 and words in told.err, told.err
    after = sorted(out.parent.iterdir()) if out.parent.is_dir() else []
    assert after == before, "something is left behind"


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_one_line(name, tmp_path, capsys):
    raw, words = BAD[name]
    file = tmp_path / name
    file.write_bytes(raw)
    _refused(file, tmp_path / "out", capsys, words)


def test_what_is_no_file_is_refused(tmp_path, capsys):
    out = tmp_path / "out"
    large = tmp_path / "large.txt"
    with open(large, "wb") as file:
        file.truncate(50 * 2**20)
    _refused(large, out, capsys, "50 MiB; at most 32 are read")
    _refused(tmp_path, out, capsys, "is a folder; name a file in it")
    _refused(tmp_path / "none.txt", out, capsys, "no such file; check the path")
    _refused(tmp_path / ("n" * 300 + ".txt"), out, capsys, "the name is too long")
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    _refused(pipe, out, capsys, "is no regular file")


def test_a_file_that_the_user_may_not_read_is_refused(tmp_path, capsys, monkeypatch):
    file = tmp_path / "own.txt"
    file.write_text(OWN, encoding="utf-8")

    # Root may read all, so that taking the right away shows nothing.
    def denied(path):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    _refused(file, tmp_path / "out", capsys, "you may not read it")


@pytest.mark.parametrize("table", ["observations", "sources", "names"])
def test_a_full_disk_leaves_nothing_behind(table, tmp_path, capsys, monkeypatch):
    file = tmp_path / "own.txt"
    file.write_text(OWN, encoding="utf-8")
    real = folder.write_table

    def full(place, name, rows):
        if name == table and list(rows):
            raise OSError(errno.ENOSPC, "No space left on device")
        real(place, name, rows)

    monkeypatch.setattr(folder, "write_table", full)
    _refused(file, tmp_path / "out", capsys, "out: not written: No space left on device")


def test_a_folder_that_is_not_there_is_named(tmp_path, capsys):
    file = tmp_path / "own.txt"
    file.write_text(OWN, encoding="utf-8")
    _refused(file, tmp_path / "none" / "out", capsys, "none: no such folder; make it first")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "nowhere")
    _refused(file, link, capsys, "is there already")


def test_deleted_and_doubled_words_of_a_document_are_not_read(tmp_path):
    opened = docx.Document()
    opened.add_paragraph("服务企业20家。")
    table = opened.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "贷款", "30笔"
    run = opened.add_paragraph("面积5平方千米")._p
    gone = docx.oxml.parse_xml(
        f'<w:del xmlns:w="{run.nsmap["w"]}"><w:r><w:delText>90家</w:delText></w:r></w:del>'
    )
    run.append(gone)
    file = tmp_path / "own.docx"
    opened.save(file)
    read = document.read(file)
    assert read.text == "服务企业20家。\n\n贷款\t30笔\n\n面积5平方千米"
    assert [(each.paragraph, each.number) for each in read.sentences] == [(1, 1), (2, 1), (3, 1)]


def test_drafts_are_plain_csv(drafted):
    with open(drafted.package.path / "drafts.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(PRINTED)

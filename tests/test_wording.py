"""Printed figures: hand-worked readings, what must not be read, and the laws of wording."""

import math
import re
import subprocess
import sys
from fractions import Fraction

import cn2an
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ftz_data.wording import Figure, find_figures, parse_figure, squeeze

# printed: value, bounds in interval notation, qualifier, resolution, unit, denominator.
REPORT = {
    "6年": (6, "[6, 6]", None, 1, "a"),
    "一个主题": (1, "[1, 1]", None, 1, "{theme}"),
    "两大特色": (2, "[2, 2]", None, 1, "{feature}"),
    "四大产业": (4, "[4, 4]", None, 1, "{industry}"),
    "2300余艘": (2300, "(2300, 2400)", "余", 1, "{vessel}"),
    "70余万箱": (7e5, "(7e5, 8e5)", "余", 1e4, "{container}"),
    "1个多月": (1, "(1, 2)", "多", 1, "mo"),
    "缩减30天": (-30, "[-30, -30]", None, 1, "d"),
    "400万元": (4e6, "[4e6, 4e6]", None, 1e4, "CNY"),
    "突破百亿美元": (1e10, "(1e10, )", "突破", 1e10, "USD"),
    "80%以上": (80, "[80, )", "以上", 1, "%"),
    "4种业务模式": (4, "[4, 4]", None, 1, "{mode}"),
    "85%以上": (85, "[85, )", "以上", 1, "%"),
    "10万平方米": (1e5, "[1e5, 1e5]", None, 1e4, "m2"),
    "1亿元": (1e8, "[1e8, 1e8]", None, 1e8, "CNY"),
    "放款146笔": (146, "[146, 146]", None, 1, "{loan}"),
    "11.8亿元": (1.18e9, "[1.18e9, 1.18e9]", None, 1e7, "CNY"),
    "70余家": (70, "(70, 80)", "余", 1, "{enterprise}"),
    "超500万元": (5e6, "(5e6, )", "超", 1e4, "CNY"),
    "4100家企业": (4100, "[4100, 4100]", None, 1, "{enterprise}"),
    "超20亿美元": (2e9, "(2e9, )", "超", 1e8, "USD"),
    "2—3天": (2.5, "[2, 3]", None, 1, "d"),
    "半天": (0.5, "[0.5, 0.5]", None, 0.5, "d"),
    "35%": (35, "[35, 35]", None, 1, "%"),
    "200万元": (2e6, "[2e6, 2e6]", None, 1e4, "CNY"),
    "压缩5天": (-5, "[-5, -5]", None, 1, "d"),
    "20%": (20, "[20, 20]", None, 1, "%"),
    "减少人工60%": (-60, "[-60, -60]", None, 1, "%"),
    "节省时间50%以上": (-50, "( , -50]", "以上", 1, "%"),
    "20万元": (2e5, "[2e5, 2e5]", None, 1e4, "CNY"),
    "30%": (30, "[30, 30]", None, 1, "%"),
    "800元": (800, "[800, 800]", None, 1, "CNY"),
    "超2亿美元": (2e8, "(2e8, )", "超", 1e8, "USD"),
    "70%": (70, "[70, 70]", None, 1, "%"),
    "缩短2天": (-2, "[-2, -2]", None, 1, "d"),
    "下降30%": (-30, "[-30, -30]", None, 1, "%"),
    "六年": (6, "[6, 6]", None, 1, "a"),
    "7.1亿吨": (710000000, "[710000000, 710000000]", None, 1e7, "t"),
    "3087万标箱": (30870000, "[30870000, 30870000]", None, 1e4, "[TEU]"),
    "第4名": (4, "[4, 4]", None, 1, "{rank}"),
    "244.81亿元": (24481000000, "[24481000000, 24481000000]", None, 1e6, "CNY"),
    "9.1%": (9.1, "[9.1, 9.1]", None, 0.1, "%"),
    "12.75%": (12.75, "[12.75, 12.75]", None, 0.01, "%"),
    "千亩": (1000, "[1000, 1000]", None, 1000, "[mu]"),
    "千名": (1000, "[1000, 1000]", None, 1000, "{person}"),
    "千种海洋生物": (1000, "[1000, 1000]", None, 1000, "{species}"),
    "近30%": (30, "( , 30)", "近", 1, "%"),
    "超过50%": (50, "(50, )", "超过", 1, "%"),
    "430余家科研院所": (430, "(430, 440)", "余", 1, "{institution}"),
    "1400多项合作": (1400, "(1400, 1500)", "多", 1, "{collaboration}"),
    "二期": (2, "[2, 2]", None, 1, "{phase}"),
    "约占近10年来全球总数的三分之一": (100 / 3, "( , )", "约", math.nan, "%"),
}
ELSEWHERE = {
    # each qualifier
    "逾300家": (300, "(300, )", "逾", 1, "{enterprise}"),
    "突破7亿吨": (7e8, "(7e8, )", "突破", 1e8, "t"),
    "高于12%": (12, "(12, )", "高于", 1, "%"),
    "多于3艘": (3, "(3, )", "多于", 1, "{vessel}"),
    "至少3天": (3, "[3, )", "至少", 1, "d"),
    "不少于40名": (40, "[40, )", "不少于", 1, "{person}"),
    "不低于5.5%": (5.5, "[5.5, )", "不低于", 0.1, "%"),
    "接近2亿元": (2e8, "( , 2e8)", "接近", 1e8, "CNY"),
    "将近三成": (30, "( , 30)", "将近", 10, "%"),
    "不足5天": (5, "( , 5)", "不足", 1, "d"),
    "不到1小时": (1, "( , 1)", "不到", 1, "h"),
    "低于4%": (4, "( , 4)", "低于", 1, "%"),
    "最多3天": (3, "( , 3]", "最多", 1, "d"),
    "至多30分钟": (30, "( , 30]", "至多", 1, "min"),
    "不超过100万元": (1e6, "( , 1e6]", "不超过", 1e4, "CNY"),
    "约500吨": (500, "( , )", "约", 1, "t"),
    "大约40小时": (40, "( , )", "大约", 1, "h"),
    "500万元左右": (5e6, "( , )", "左右", 1e4, "CNY"),
    "3天以下": (3, "( , 3]", "以下", 1, "d"),
    "24小时以内": (24, "( , 24]", "以内", 1, "h"),
    "10家及以上": (10, "[10, )", "及以上", 1, "{enterprise}"),
    "三成多": (30, "(30, 40)", "多", 10, "%"),
    "一年多": (1, "(1, 2)", "多", 1, "a"),
    "12亿多元": (1.2e9, "(1.2e9, 1.3e9)", "多", 1e8, "CNY"),
    "1.5亿余元": (1.5e8, "(1.5e8, 1.6e8)", "余", 1e7, "CNY"),
    "30多家银行": (30, "(30, 40)", "多", 1, "{institution}"),
    "10多个国家": (10, "(10, 20)", "多", 1, "{country}"),
    # words that decorate and set no bound
    "高达35%": (35, "[35, 35]", None, 1, "%"),
    "达11.8亿元": (1.18e9, "[1.18e9, 1.18e9]", None, 1e7, "CNY"),
    # Chinese numerals
    "十二家": (12, "[12, 12]", None, 1, "{enterprise}"),
    "三千五百家": (3500, "[3500, 3500]", None, 100, "{enterprise}"),
    "一百零五艘": (105, "[105, 105]", None, 1, "{vessel}"),
    "两千三百万吨": (2.3e7, "[2.3e7, 2.3e7]", None, 1e6, "t"),
    "千余家": (1000, "(1000, 2000)", "余", 1000, "{enterprise}"),
    "二十多家": (20, "(20, 30)", "多", 10, "{enterprise}"),
    "三百余万元": (3e6, "(3e6, 4e6)", "余", 1e6, "CNY"),
    "百余亿元": (1e10, "(1e10, 2e10)", "余", 1e10, "CNY"),
    "万余名": (1e4, "(1e4, 2e4)", "余", 1e4, "{person}"),
    "万亿元": (1e12, "[1e12, 1e12]", None, 1e12, "CNY"),
    "一点二万亿元": (1.2e12, "[1.2e12, 1.2e12]", None, 1e11, "CNY"),
    "两三天": (2.5, "[2, 3]", None, 1, "d"),
    "三四十家": (35, "[30, 40]", None, 10, "{enterprise}"),
    "十二三家": (12.5, "[12, 13]", None, 1, "{enterprise}"),
    "三五天": (4, "[3, 5]", None, 1, "d"),
    # halves
    "半年": (0.5, "[0.5, 0.5]", None, 0.5, "a"),
    "半个月": (0.5, "[0.5, 0.5]", None, 0.5, "mo"),
    "一年半": (1.5, "[1.5, 1.5]", None, 0.5, "a"),
    "两个半月": (2.5, "[2.5, 2.5]", None, 0.5, "mo"),
    "半年多": (0.5, "(0.5, 1)", "多", 0.5, "a"),
    "半数以上": (50, "[50, )", "以上", math.nan, "%"),
    "过半": (50, "(50, )", "过", math.nan, "%"),
    "近半": (50, "( , 50)", "近", math.nan, "%"),
    # multipliers, separators, full width, spaces
    "1.2万亿元": (1.2e12, "[1.2e12, 1.2e12]", None, 1e11, "CNY"),
    "1亿2000万元": (1.2e8, "[1.2e8, 1.2e8]", None, 1e4, "CNY"),
    "1,234,567元": (1234567, "[1234567, 1234567]", None, 1, "CNY"),
    "１，２３４家": (1234, "[1234, 1234]", None, 1, "{enterprise}"),
    "１２．７５％": (12.75, "[12.75, 12.75]", None, 0.01, "%"),
    "２３００余艘": (2300, "(2300, 2400)", "余", 1, "{vessel}"),
    "2 0 万 元": (2e5, "[2e5, 2e5]", None, 1e4, "CNY"),
    "3\u30000\n%": (30, "[30, 30]", None, 1, "%"),
    "⼆期": (2, "[2, 2]", None, 1, "{phase}"),  # a radical in place of the character, as PDFs have
    "5千克": (5, "[5, 5]", None, 1, "kg"),
    # ranges
    "2-3天": (2.5, "[2, 3]", None, 1, "d"),
    "2–3天": (2.5, "[2, 3]", None, 1, "d"),
    "2～3天": (2.5, "[2, 3]", None, 1, "d"),
    "2~3天": (2.5, "[2, 3]", None, 1, "d"),
    "2至3天": (2.5, "[2, 3]", None, 1, "d"),
    "2到3天": (2.5, "[2, 3]", None, 1, "d"),
    "2天至3天": (2.5, "[2, 3]", None, 1, "d"),
    "20%—30%": (25, "[20, 30]", None, 1, "%"),
    "2—3万元": (25000, "[2e4, 3e4]", None, 1e4, "CNY"),
    "20万—30万元": (250000, "[2e5, 3e5]", None, 1e4, "CNY"),
    "8000—1万家": (9000, "[8000, 1e4]", None, 1e4, "{enterprise}"),
    "二至三万元": (25000, "[2e4, 3e4]", None, 1e4, "CNY"),
    "三至四成": (35, "[30, 40]", None, 10, "%"),
    "0.5—1天": (0.75, "[0.5, 1]", None, 1, "d"),
    "约2—3天": (2.5, "( , )", "约", 1, "d"),
    "缩短2—3天": (-2.5, "[-3, -2]", None, 1, "d"),
    # shares and multiples
    "三成": (30, "[30, 30]", None, 10, "%"),
    "九成以上": (90, "[90, )", "以上", 10, "%"),
    "0.5个百分点": (0.5, "[0.5, 0.5]", None, 0.1, "[pp]"),
    "25个基点": (25, "[25, 25]", None, 1, "[bp]"),
    "3‰": (0.3, "[0.3, 0.3]", None, 0.1, "%"),
    "百分之三十五": (35, "[35, 35]", None, 1, "%"),
    "千分之五": (0.5, "[0.5, 0.5]", None, 0.1, "%"),
    "万分之五": (0.05, "[0.05, 0.05]", None, 0.01, "%"),
    "三分之二": (200 / 3, "[66.66666666666667, 66.66666666666667]", None, math.nan, "%"),
    "近三分之一": (100 / 3, "( , 33.333333333333336)", "近", math.nan, "%"),
    "1.5倍": (1.5, "[1.5, 1.5]", None, 0.1, "{times}"),
    "翻番": (100, "[100, 100]", None, math.nan, "%"),
    "翻一番": (100, "[100, 100]", None, math.nan, "%"),
    "翻两番": (300, "[300, 300]", None, math.nan, "%"),
    "-3.5%": (-3.5, "[-3.5, -3.5]", None, 0.1, "%"),
    # ranks
    "第四位": (4, "[4, 4]", None, 1, "{rank}"),
    "第十二名": (12, "[12, 12]", None, 1, "{rank}"),
    # money
    "500万人民币": (5e6, "[5e6, 5e6]", None, 1e4, "CNY"),
    "人民币500万元": (5e6, "[5e6, 5e6]", None, 1e4, "CNY"),
    "3亿欧元": (3e8, "[3e8, 3e8]", None, 1e8, "EUR"),
    "50亿日元": (5e9, "[5e9, 5e9]", None, 1e8, "JPY"),
    "2亿港元": (2e8, "[2e8, 2e8]", None, 1e8, "HKD"),
    "2亿港币": (2e8, "[2e8, 2e8]", None, 1e8, "HKD"),
    "1.5万英镑": (15000, "[15000, 15000]", None, 1000, "GBP"),
    # changes
    "提升35%": (35, "[35, 35]", None, 1, "%"),
    "增长9.1%": (9.1, "[9.1, 9.1]", None, 0.1, "%"),
    "降低1.5个百分点": (-1.5, "[-1.5, -1.5]", None, 0.1, "[pp]"),
    "减少60%以上": (-60, "( , -60]", "以上", 1, "%"),
    "减少超60%": (-60, "( , -60)", "超", 1, "%"),
    "减少近60%": (-60, "(-60, )", "近", 1, "%"),
    "减少30余天": (-30, "(-40, -30)", "余", 1, "d"),
    "减少30天以内": (-30, "[-30, )", "以内", 1, "d"),
    "降幅为30%": (-30, "[-30, -30]", None, 1, "%"),
    "下降了三成": (-30, "[-30, -30]", None, 10, "%"),
    "节约时间2天": (-2, "[-2, -2]", None, 1, "d"),
    "节省成本200万元": (2e6, "[2e6, 2e6]", None, 1e4, "CNY"),
    "节约融资成本超500万元": (5e6, "(5e6, )", "超", 1e4, "CNY"),
    "减少用工30名": (-30, "[-30, -30]", None, 1, "{person}"),
    "缩减至半天": (0.5, "[0.5, 0.5]", None, 0.5, "d"),
    "降至2天": (2, "[2, 2]", None, 1, "d"),
    "下降到30%": (30, "[30, 30]", None, 1, "%"),
    "压缩为3天": (3, "[3, 3]", None, 1, "d"),
    # denominators
    "每艘200万元": (2e6, "[2e6, 2e6]", None, 1e4, "CNY", "vessel"),
    "每年节省20万元": (2e5, "[2e5, 2e5]", None, 1e4, "CNY", "year"),
    "每票800元": (800, "[800, 800]", None, 1, "CNY", "consignment"),
    "每家企业节省超3万元": (3e4, "(3e4, )", "超", 1e4, "CNY", "enterprise"),
    "每吨降低5元": (-5, "[-5, -5]", None, 1, "CNY", "t"),
    "每标箱200元": (200, "[200, 200]", None, 1, "CNY", "teu"),
    "200元/箱": (200, "[200, 200]", None, 1, "CNY", "container"),
}


def interval(notation):
    """Lower, upper and their closedness of `[2, 3)`; a missing end is NaN and None."""
    low, high = notation[1:-1].split(",")
    return (
        float(low) if low.strip() else math.nan,
        float(high) if high.strip() else math.nan,
        notation[0] == "[" if low.strip() else None,
        notation[-1] == "]" if high.strip() else None,
    )


@pytest.mark.parametrize("printed", [*REPORT, *ELSEWHERE])
def test_hand_worked_reading(printed):
    value, bounds, qualifier, resolution, unit, *per = (REPORT | ELSEWHERE)[printed]
    squeezed, _ = squeeze(printed)
    assert repr(parse_figure(printed)) == repr(
        Figure(
            squeezed,
            float(value),
            *interval(bounds),
            qualifier,
            float(resolution),
            unit,
            per[0] if per else None,
        )
    )


def test_oracle_is_large_enough():
    assert len(REPORT) >= 50
    assert len(ELSEWHERE) >= 60


ILLEGIBLE = {
    "很多": (0, "no number"),
    "": (None, "a figure such as"),
    " \n": (None, "a figure such as"),
    "超": (1, "no number"),
    "35%%": (3, "nothing may follow"),
    "35": (2, "no unit"),
    "70余": (3, "no unit"),
    "70丨台阶": (2, "unknown measure word"),
    "3—2天": (1, "does not rise"),
    "3—3天": (1, "does not rise"),
    "3—2万元": (1, "does not rise"),
    "2天至3小时": (2, "from d to h"),
    "2—3多天": (1, "one plain number"),
    "近30余家": (5, "近 and 余 cannot both"),
    "至少50%以上": (7, "至少 and 以上 cannot both"),
    "约30%左右": (6, "约 and 左右 cannot both"),
    "超2—3天": (5, "超 cannot qualify a range"),
    "12,34元": (0, "no number"),
    "1.2.3%": (0, "no number"),
    "2024年": (0, "calendar year"),
    "3月": (1, "may name a month"),
    "近10年来": (4, "span of time"),
    "二〇二四年": (0, "row of digits"),
    "百千家": (0, "no well-formed number"),
    "一二亿亿家": (0, "no well-formed number"),
    "一亿二家": (0, "no well-formed number"),
    "万元": (0, "alone heads a table"),
    "半": (1, "no unit"),
    "第一批": (2, "names an order"),
    "第3家": (2, "names an order"),
    "零分之一": (0, "zero parts"),
    "-3家": (0, "minus sign"),
    "1亿3亿元": (0, "does not continue"),
    "9" * 30 + "元": (0, "too large"),
    "缩短通关时间惠及30家": (0, "no number"),
    "降低准入管理标准线30%": (0, "may not be about"),
    "35% 和 20%": (4, "nothing may follow"),
}


@pytest.mark.parametrize("printed", ILLEGIBLE)
def test_what_cannot_be_read_is_shown_in_one_line(printed):
    place, words = ILLEGIBLE[printed]
    with pytest.raises(ValueError, match=re.escape(words)) as caught:
        parse_figure(printed)
    message = str(caught.value)
    assert "\n" not in message and message.startswith("printed is ")
    assert place is None or f"at position {place} (" in message, message


def test_a_long_text_is_shortened_in_the_message():
    with pytest.raises(ValueError) as caught:
        parse_figure("海" * 5000)
    assert len(str(caught.value)) < 150


@pytest.mark.parametrize("printed", [None, 35, b"35%", math.nan])
def test_only_a_str_is_a_printed_figure(printed):
    with pytest.raises(TypeError, match="printed is"):
        parse_figure(printed)
    with pytest.raises(TypeError, match="text is"):
        find_figures(printed)


RUNNING = {
    "将原本2—3天的验放时间缩减至半天，周转率提升35%，每艘油轮可节省成本200万元": [
        ("2—3天", 2.5, None),
        ("半天", 0.5, None),
        ("35%", 35, None),
        ("200万元", 2e6, "vessel"),
    ],
    "为企业每年节省物流成本 2 0 万 元": [("20万元", 2e5, "year")],
    "企业融资时间缩短2天，融资成本下降\n30%": [("缩短2天", -2, None), ("下降30%", -30, None)],
    "降低成本，效率提升20%": [("20%", 20, None)],
    "降低成本提升效率20%": [("20%", 20, None)],
    "从30%提高到50%": [("30%", 30, None), ("50%", 50, None)],
    "从5天到3天": [("5天", 5, None), ("3天", 3, None)],
    "缩短通关时间惠及30家企业": [("30家企业", 30, None)],
    "目前30家企业": [("30家企业", 30, None)],
    "面积10万平方米（以下简称园区）": [("10万平方米", 1e5, None)],
    "2024年完成7.1亿吨": [("7.1亿吨", 7.1e8, None)],
    "与30家上下游企业": [("30家上下游企业", 30, None)],
    "占30%上下游企业": [("30%", 30, None)],
    "占30%以下简称目标": [("30%", 30, None)],
    # neither names nor dates nor ordinals nor what contradicts itself, whole or in part
    "E25设备、A30家、B2B出口、第一个、第一时间、2025年7月末、进一步、近30余家、近10年来": [],
    "1.2.3%，最近10年来，过去5年间，二〇二四年": [],
    "单位：万元": [],
    "": [],
}


@pytest.mark.parametrize("text", RUNNING)
def test_figures_of_a_running_text(text):
    found = find_figures(text)
    assert [(f.printed, f.value, f.per) for _, _, f in found] == RUNNING[text]
    for start, end, figure in found:
        assert squeeze(text[start:end])[0] == figure.printed


def test_every_printed_form_is_found_in_a_sentence():
    for printed in REPORT:
        found = find_figures(f"据介绍，{printed}，")
        assert [(s, e) for s, e, _ in found] == [(4, 4 + len(printed))], printed
        assert repr(found[0][2]) == repr(parse_figure(printed))


def test_squeezing_keeps_places_and_clauses():
    text = "\ufeff３ 0％，④ 共１，２３４，共１０，２０家"
    squeezed, places = squeeze(text)
    assert squeezed == "30%，④共1,234，共10，20家"
    assert [text[place] for place in places[:3]] == ["３", "0", "％"]


def test_importing_the_module_loads_nothing_heavy():
    code = "import sys, ftz_data.wording; print({'pandas', 'numpy', 'cn2an'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


# Composed figures: the parts are drawn, the reading follows from them without the module's grammar.

MULTIPLIERS = {
    "": 1,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "百万": 10**6,
    "亿": 10**8,
    "万亿": 10**12,
}
UNITS = {
    "元": "CNY",
    "美元": "USD",
    "吨": "t",
    "家企业": "{enterprise}",
    "艘": "{vessel}",
    "%": "%",
    "天": "d",
    "平方米": "m2",
}
# What the words before and after a number say of it.
WORDS = {
    ("", ""): "=",
    ("超", ""): ">",
    ("逾", ""): ">",
    ("突破", ""): ">",
    ("", "以上"): ">=",
    ("至少", ""): ">=",
    ("近", ""): "<",
    ("不足", ""): "<",
    ("", "以下"): "<=",
    ("不超过", ""): "<=",
    ("约", ""): "~",
    ("", "左右"): "~",
}
numbers = st.tuples(st.integers(1, 99999), st.integers(0, 3)).map(
    lambda drawn: (Fraction(drawn[0], 10 ** drawn[1]), drawn[1])
)
parts = st.tuples(numbers, st.sampled_from(list(MULTIPLIERS)), st.sampled_from(list(UNITS)))


def compose(part, before="", after="", odd="", fullwidth=False, spaces=False):
    """Printed form of a number with its words."""
    (number, decimals), multiplier, unit = part
    digits = f"{float(number):.{decimals}f}"
    printed = f"{before}{digits}{odd}{multiplier}{unit}{after}"
    if fullwidth:
        printed = printed.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789.%"})
    return " ".join(printed) if spaces else printed


def exact(part):
    (number, decimals), multiplier, _ = part
    return number * MULTIPLIERS[multiplier], Fraction(MULTIPLIERS[multiplier], 10**decimals)


@given(parts, st.sampled_from(list(WORDS)), st.booleans(), st.booleans())
def test_formatting_then_parsing_gives_the_same_figure(part, words, fullwidth, spaces):
    figure = parse_figure(compose(part, *words, fullwidth=fullwidth, spaces=spaces))
    value, step = exact(part)
    assert figure.value == float(value)
    assert figure.resolution == float(step)
    assert figure.unit == UNITS[part[2]]
    assert figure.qualifier == ("".join(words) or None)
    nothing, is_value = (math.nan, None), float(value)
    lower, upper = {
        "=": ((is_value, True), (is_value, True)),
        ">": ((is_value, False), nothing),
        ">=": ((is_value, True), nothing),
        "<": (nothing, (is_value, False)),
        "<=": (nothing, (is_value, True)),
        "~": (nothing, nothing),
    }[WORDS[words]]
    read = (figure.lower, figure.lower_closed), (figure.upper, figure.upper_closed)
    assert repr(read) == repr((lower, upper))


@given(parts, st.sampled_from("余多"))
def test_an_odd_number_stays_below_the_next_last_digit(part, odd):
    figure = parse_figure(compose(part, odd=odd))
    value, _ = exact(part)
    digits = str(part[0][0].numerator * 10 ** part[0][1] // part[0][0].denominator)
    last = len(digits) - len(digits.rstrip("0"))
    upper = value + Fraction(MULTIPLIERS[part[1]] * 10**last, 10 ** part[0][1])
    assert (figure.lower, figure.upper) == (float(value), float(upper))
    assert (figure.lower_closed, figure.upper_closed) == (False, False)


@given(parts, st.sampled_from(list(WORDS)), st.sampled_from(["", "减少", "下降", "缩短", "提升"]))
def test_bounds_enclose_the_value(part, words, verb):
    figure = parse_figure(verb + compose(part, *words))
    assert not figure.lower > figure.value and not figure.upper < figure.value
    assert math.isnan(figure.lower) == (figure.lower_closed is None)
    assert math.isnan(figure.upper) == (figure.upper_closed is None)


@given(parts, st.sampled_from(list(WORDS)))
def test_a_reduction_mirrors_the_figure(part, words):
    plain = parse_figure(compose(part, *words))
    fall = parse_figure("减少" + compose(part, *words))
    assert fall.value == -plain.value and fall.resolution == plain.resolution
    assert repr((fall.lower, fall.upper)) == repr((-plain.upper, -plain.lower)).replace(
        "-nan", "nan"
    )
    assert (fall.lower_closed, fall.upper_closed) == (plain.upper_closed, plain.lower_closed)


LOOSER = [
    (("", ""), ("", "以上")),
    (("", ""), ("", "以下")),
    (("超", ""), ("", "以上")),
    (("超", ""), ("至少", "")),
    (("近", ""), ("", "以下")),
    (("不足", ""), ("不超过", "")),
    (("", "以上"), ("约", "")),
    (("", "以下"), ("约", "")),
    (("", ""), ("约", "")),
    (("超", ""), ("", "左右")),
]


def holds(figure, number):
    """Whether the bounds allow a number."""
    above = (
        math.isnan(figure.lower)
        or number > figure.lower
        or (figure.lower_closed and number == figure.lower)
    )
    below = (
        math.isnan(figure.upper)
        or number < figure.upper
        or (figure.upper_closed and number == figure.upper)
    )
    return above and below


@given(parts, st.sampled_from(LOOSER), st.sampled_from(["", "减少"]), st.floats(-2, 4))
def test_a_looser_wording_never_allows_less(part, pair, verb, factor):
    tight, loose = (parse_figure(verb + compose(part, *words)) for words in pair)
    for number in (tight.value, tight.value * factor, tight.value + tight.resolution):
        assert not holds(tight, number) or holds(loose, number)


@given(parts, st.sampled_from("余多"), st.floats(0.5, 3))
def test_odd_is_tighter_than_over(part, odd, factor):
    tight, loose = parse_figure(compose(part, odd=odd)), parse_figure(compose(part, before="超"))
    number = tight.value * factor
    assert not holds(tight, number) or holds(loose, number)


@given(numbers, numbers, st.sampled_from(["—", "–", "-", "～", "~", "至", "到"]), st.booleans())
def test_a_range_leads_from_its_lower_to_its_upper_end(one, two, dash, both):
    (low, low_places), (high, high_places) = sorted([one, two])
    assume(low < high)
    first, last = f"{float(low):.{low_places}f}", f"{float(high):.{high_places}f}"
    figure = parse_figure(f"{first}{'天' if both else ''}{dash}{last}天")
    assert (figure.lower, figure.upper) == (float(low), float(high))
    assert figure.lower_closed is figure.upper_closed is True
    assert figure.value == float((low + high) / 2)
    assert figure.resolution == 10.0 ** -min(low_places, high_places)
    with pytest.raises(ValueError, match="does not rise"):
        parse_figure(f"{last}{'天' if both else ''}{dash}{first}天")


@given(st.integers(1, 99999999))
def test_chinese_and_arabic_numerals_read_alike(number):
    figure = parse_figure(cn2an.an2cn(number) + "家")
    assert (figure.value, figure.unit) == (number, "{enterprise}")


@given(
    st.text(
        alphabet="一二两三十百千万亿半余多近超约第年月天家元%.,0123—至 的个分之以上", max_size=12
    )
)
def test_any_text_is_read_or_refused_in_one_line(text):
    try:
        figure = parse_figure(text)
    except ValueError as error:
        assert "\n" not in str(error)
    else:
        assert math.isfinite(figure.value)
    for start, end, figure in find_figures(text):
        assert 0 <= start < end <= len(text)
        again = parse_figure(figure.printed)
        assert repr(again) == repr(Figure(**{**vars(figure), "per": again.per}))


@pytest.mark.parametrize(
    "text", ["近3年来增长5%", "近3个月内增长5%", "过去10天来增长5%", "最近两周内增长5%"]
)
def test_a_span_of_time_up_to_now_is_no_figure_whatever_its_unit(text):
    assert [figure.printed for _, _, figure in find_figures(text)] == ["5%"]


@pytest.mark.parametrize("printed", ["1万200家", "2万80人", "1亿2000家"])
def test_a_second_number_goes_on_where_the_first_ends(printed):
    # As 1万5000 does; a number that leaves a place out is as likely two of them.
    with pytest.raises(ValueError, match="the second number does not continue the first"):
        parse_figure(printed)


def test_a_second_number_that_goes_on_is_added():
    assert parse_figure("1万5000家").value == 15000
    assert parse_figure("1亿2000万元").value == 120_000_000

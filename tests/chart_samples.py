"""Rows of every kind of picture, for the tests: small, bilingual, and with each role once."""

import numpy as np
import pandas as pd

from ftz_data import load_parameters, models
from ftz_data.charts.kinds import Chart
from ftz_data.models.customs import crude_release
from ftz_data.models.finance import rail_bill


def both(en, zh, name="label"):
    return {f"{name}_en": en, f"{name}_zh": zh}


def said(en, zh):
    return {"en": en, "zh": zh}


def exact(value):
    return {"value": value, "lower": value, "upper": value}


def frame(rows):
    return pd.DataFrame([{key: value for key, value in row.items()} for row in rows])


SOURCE = said(
    "Source: press report of 2025, institutional innovation, paragraph 2; model of our own",
    "来源：2025年报道，制度创新第2段；本项目自建模型",
)


def _queue(teams, check, grid):
    with np.errstate(all="ignore"):
        return [
            float(crude_release(x, teams, check, 0.5, 0)) if x * check < teams * 0.999 else np.nan
            for x in grid
        ]


def curve():
    check, grid = 0.4, np.linspace(0.02, 6, 200)
    rows = []
    for teams in (1, 2, 3):
        names = both(f"{teams} team" + "s" * (teams > 1), f"{teams}组")
        rows += [
            {"role": "curve", "series": teams, "chosen": teams == 2, "x": x, "y": y, **names}
            for x, y in zip(grid, _queue(teams, check, grid), strict=True)
        ]
    exact = {"lower_closed": True, "upper_closed": True, "unit": "d", "basis": "reported"}
    rows += [
        {
            "role": "reported",
            "value": 2.5,
            "lower": 2,
            "upper": 3,
            **exact,
            **both("Reported before", "报道：之前"),
        },
        {
            "role": "reported",
            "value": 0.5,
            "lower": 0.5,
            "upper": 0.5,
            **exact,
            **both("Reported after", "报道：之后"),
        },
        {"role": "now", "x": 0.8, "y": 0.41, **both("assumed", "假设")},
        {
            "role": "solved",
            "x": 2.5,
            "y": 0.5,
            "basis": "derived",
            **both("takes half a day", "恰为半天"),
        },
        {
            "role": "knee",
            "x": 3.78,
            "y": 0.8,
            "basis": "derived",
            **both("wait = check", "等待＝查验"),
        },
        {
            "role": "limit",
            "x": 5,
            **both("more arrive than 2 teams can check", "到港超过2组的能力"),
            **both("full", "满负荷", "flag"),
        },
    ]
    data = frame(rows)
    data["basis"] = data["basis"].fillna("assumed")
    return Chart(
        "curve",
        data,
        said("How busy may the teams be before tankers wait?", "查验组多忙时，油轮才会排队？"),
        said(
            "0.8 tankers a day, 2 teams, 0.4 days a check: released after 0.41 days. The half day "
            "holds up to 2.5 a day; above 5 the queue never ends.",
            "每天0.8艘、2组、每次查验0.4天：0.41天放行。每天不超过2.5艘时可守住半天；超过5艘，队伍越排越长。",
        ),
        SOURCE,
        said("Tankers arriving a day", "每天到港油轮数（艘）"),
        said("Release time, days", "验放时间（天）"),
    )


def map_():
    xs, ys = np.linspace(2, 7, 51), np.linspace(0, 0.8, 41)
    rows = [
        {"role": "grid", "x": x, "y": y, "unit": "%", "value": rail_bill(6, x, 90, 2, 0.5, y)}
        for x in xs
        for y in ys
    ]
    rows += [
        {
            "role": "reported",
            "value": -30,
            "unit": "%",
            "basis": "reported",
            **both("Reported", "报道"),
        },
        {"role": "before", "x": 6, "y": 0.5, **both("before: 6%, 0.5%", "之前：6%，0.5%")},
        {"role": "now", "x": 5, "y": 0.3},
    ]
    data = frame(rows)
    data["basis"] = data["basis"].fillna("assumed")
    return Chart(
        "map",
        data,
        said("Which rate and fees would make it 30% cheaper?", "怎样的利率与费用能便宜30%？"),
        said(
            "5% and 0.3%: cost changes by −24%. To reach −30%, the point has to lie on the blue "
            "line.",
            "5%与0.3%：成本变化−24%。要达到−30%，该点须落在蓝线上。",
        ),
        SOURCE,
        said("Interest a year after, %", "之后年利率（%）"),
        said("Fees after, %", "之后费用（%）"),
    )


def steps():
    exact = {"lower_closed": True, "upper_closed": True, "unit": "d", "basis": "reported"}
    rows = [
        {"role": "head", **both("Before", "之前")},
        {
            "role": "step",
            "start": 0,
            "stop": 0.008,
            **both("Wait for a team", "等待查验组"),
            **both("11 minutes", "11分钟", "words"),
        },
        {
            "role": "step",
            "start": 0.008,
            "stop": 0.408,
            **both("Check on site", "现场查验"),
            **both("0.4 days", "0.4天", "words"),
        },
        {
            "role": "step",
            "start": 0.408,
            "stop": 2,
            "upper": 3,
            "basis": "derived",
            **both("Laboratory", "实验室检测"),
            **both("1.6 to 2.6 days", "1.6至2.6天", "words"),
        },
        {"role": "end", "value": 2.5, "lower": 2, "upper": 3, **exact, **both("Release", "放行")},
        {
            "role": "saved",
            "start": 2,
            "stop": 0.5,
            "basis": "derived",
            **both("Saved", "提前"),
            **both("1.5 to 2.5 days sooner", "1.5至2.5天", "words"),
        },
        {"role": "head", **both("After", "之后")},
        {
            "role": "step",
            "start": 0,
            "stop": 0.008,
            **both("Wait for a team", "等待查验组"),
            **both("11 minutes", "11分钟", "words"),
        },
        {
            "role": "step",
            "start": 0.008,
            "stop": 0.408,
            **both("Check on site", "现场查验"),
            **both("0.4 days", "0.4天", "words"),
        },
        {
            "role": "step",
            "start": 0.408,
            "stop": 2,
            "upper": 3,
            "basis": "derived",
            "waits": False,
            **both("Laboratory, not waited for", "实验室检测（不再等待）"),
            **both("1.6 to 2.6 days", "1.6至2.6天", "words"),
        },
        {
            "role": "end",
            "value": 0.5,
            "lower": 0.5,
            "upper": 0.5,
            **exact,
            **both("Release", "放行"),
        },
        {
            "role": "now",
            "value": 0.41,
            **both("Release by the model", "按模型放行"),
            **both("0.41 days", "0.41天", "words"),
        },
    ]
    data = frame(rows)
    data["basis"] = data["basis"].fillna("assumed")
    return Chart(
        "steps",
        data,
        said("Which step does the tanker no longer wait for?", "油轮不再等待哪一步？"),
        said(
            "With 0.4 days a check and a wait of 11 minutes, the laboratory took 1.6 to 2.6 days. "
            "It still takes them, but now the oil may be moved before the result.",
            "查验0.4天、等待11分钟，则实验室检测用时1.6至2.6天。检测时间未变，只是结果出来之前油即可调运。",
        ),
        SOURCE,
        said("Days after arrival", "到港后天数"),
    )


def bridge():
    def row(role, start, stop, words, en, zh, basis="assumed"):
        return {
            "role": role,
            "start": start,
            "stop": stop,
            "words": words,
            "basis": basis,
            **both(en, zh),
        }

    rows = [
        row("total", 0, 100, "100", "Cost before", "之前的成本", "derived"),
        row("part", 100, 98.3, "−1.7", "2 days fewer", "少用2天"),
        row("part", 98.3, 86.1, "−12.2", "Rate 6% to 5%", "利率6%降至5%"),
        row("part", 86.1, 76.1, "−10.0", "Fees 0.5% to 0.3%", "费用0.5%降至0.3%"),
        row("total", 0, 76.1, "76.1", "Cost after", "之后的成本"),
        row("gap", 76.1, 70, "6.1", "Not explained", "尚未解释", "derived"),
        {
            "role": "reported",
            "value": 70,
            "basis": "reported",
            **both("Reported", "报道"),
            **both("down by 30%", "下降30%", "words"),
        },
    ]
    return Chart(
        "bridge",
        frame(rows),
        said(
            "What could make finance on a rail bill 30% cheaper?",
            "铁路提单融资成本下降30%，从何而来？",
        ),
        said(
            "2 days fewer explain 1.7 of the 30 points. Rate and fees have to bring the rest; with "
            "these assumptions 6.1 points stay unexplained.",
            "少用2天只解释了30点中的1.7点，其余须来自利率与费用；按此假设仍有6.1点未能解释。",
        ),
        SOURCE,
        said("Cost of finance, before = 100", "融资成本，之前＝100"),
    )


def nest():
    share = {"unit": "%"}
    rows = [
        {"role": "now", "value": 100, **share, **both("World", "全球")},
        {"role": "now", "value": 57, **share, **both("China", "中国")},
        {"role": "now", "value": 29, **share, **both("Zone", "片区")},
        {"role": "half", "value": 28.5, "level": 1, **both("Half of China's", "中国的一半")},
        {
            "role": "bound",
            "value": 60,
            "upper": 60,
            "upper_closed": False,
            "level": 1,
            **share,
            "basis": "derived",
            **both("China, derived", "中国（推算）"),
        },
        {
            "role": "bound",
            "value": 30,
            "upper": 30,
            "upper_closed": False,
            "level": 2,
            **share,
            "basis": "reported",
            **both("Zone, reported share of the world", "片区占全球比重（报道）"),
        },
        {
            "role": "bound",
            **exact(28),
            **share,
            "basis": "published",
            **both("Zone in 2023", "片区（2023年）"),
        },
        {
            "role": "bound",
            **exact(57),
            **share,
            "basis": "published",
            **both("China in 2023", "中国（2023年）"),
        },
    ]
    data = frame(rows)
    data["basis"] = data["basis"].fillna("assumed")
    return Chart(
        "nest",
        data,
        said(
            "How much of the world's marine genomes can be China's?",
            "全球海洋生物基因组，中国能占多少？",
        ),
        said(
            "Zone 29% of the world and 51% of China: China would have 57%. Within the report's "
            "words it can never reach 60%.",
            "片区占全球29%、占中国51%：中国占57%。按报道措辞，不可能达到60%。",
        ),
        SOURCE,
        said(
            "Share of the world's marine genomes deciphered, %",
            "占全球已破译海洋生物基因组的比重（%）",
        ),
    )


def area():
    rows = [
        {
            "role": "old",
            "x": 90,
            "y": 3,
            **both("Before", "之前"),
            **both("270 minutes of work", "270分钟人工", "words"),
        },
        {
            "role": "now",
            "x": 43,
            "y": 2,
            **both("After", "之后"),
            **both("86 minutes of work", "86分钟人工", "words"),
        },
    ]
    return Chart(
        "nest",
        frame(rows).assign(basis="assumed"),
        said("How do time and people multiply?", "时间与人手如何相乘？"),
        said(
            "Half the time with a third fewer people is a third of the work.",
            "时间减半、人手少三分之一，人工只剩三分之一。",
        ),
        SOURCE,
        said("Minutes a container", "每箱分钟数"),
        said("People", "人数"),
    )


def open_share():
    rows = [
        {
            "role": "now",
            "value": 100,
            "unit": "%",
            "lower": 100,
            "upper": 100,
            **both("Province", "全省"),
        },
        {
            "role": "now",
            "value": 80,
            "unit": "%",
            "lower": 80,
            "lower_closed": True,
            **both("Zone", "片区"),
            "basis": "reported",
        },
    ]
    data = frame(rows)
    data["basis"] = data["basis"].fillna("assumed")
    return Chart(
        "nest",
        data,
        said("How much is the zone's?", "片区占多少？"),
        said("At least 80%.", "80%以上。"),
        SOURCE,
        said("Share, %", "占比（%）"),
    )


def dots():
    names = [
        ("Efficiency of freight financing", "海运费融资效率", 70),
        ("Crude oil turnover", "原油周转率", 35),
        ("Use of warehouse capacity", "仓库库容率", 30),
        ("Ore blending efficiency", "混矿效率", 20),
        ("Financing cost with a rail bill", "铁路提单融资成本", -30),
        ("Labour to weigh imported cotton", "进口棉花鉴重人工", -60),
    ]
    rows = [
        {**exact(value), "unit": "%", "stage": "change", "basis": "reported", **both(en, zh)}
        for en, zh, value in names
    ]
    rows.append(
        {
            "value": -50,
            "upper": -50,
            "upper_closed": True,
            "unit": "%",
            "stage": "change",
            "basis": "reported",
            **both("Time to weigh imported cotton", "进口棉花鉴重时间"),
        }
    )
    rows.append(
        {
            "value": 15,
            "unit": "%",
            "stage": "change",
            "basis": "assumed",
            **both("About a sixth", "约六分之一"),
        }
    )
    rows.append(
        {**exact(40), "unit": "%", "stage": "target", "basis": "reported", **both("Target", "目标")}
    )
    for value in (-70, -41):
        rows.append(
            {
                **exact(value),
                "reading": True,
                "basis": "derived",
                "unit": "%",
                **both(*names[0][:2]),
                **both(f"−{-value}%", f"−{-value}%", "words"),
            }
        )
    return Chart(
        "dots",
        frame(rows),
        said("Which changes does the report print?", "报道写了哪些变化？"),
        said(
            "Not one base is printed. Efficiency can be speed or time.",
            "均未给出基数。“效率”可指速度或时间。",
        ),
        SOURCE,
        said("Change, %", "变化（%）"),
    )


def ranking():
    tonnes = [
        ("Ningbo-Zhoushan", "宁波舟山", 13.77),
        ("Tangshan", "唐山", 8.62),
        ("Shanghai", "上海", 8.61),
        ("Qingdao", "青岛", 7.1),
    ]
    boxes = [
        ("Shanghai", "上海", 5150),
        ("Singapore", "新加坡", 4110),
        ("Ningbo-Zhoushan", "宁波舟山", 3930),
        ("Shenzhen", "深圳", 3340),
        ("Qingdao", "青岛", 3087),
        ("Guangzhou", "广州", 2610),
        ("Busan", "釜山", 2440),
    ]
    rows = []
    for measure, ports in (
        (("Cargo, 100 million t", "货物吞吐量（亿吨）"), tonnes),
        (("Containers, 10,000 TEU", "集装箱吞吐量（万标箱）"), boxes),
    ):
        rows += [
            {
                "measure": measure[0],
                **both(*measure, "measure"),
                "place": place,
                "value": value,
                "words": f"{value:g}",
                "basis": "reported" if en == "Qingdao" else "published",
                **both(en, zh),
            }
            for place, (en, zh, value) in enumerate(ports, start=1)
        ]
    return Chart(
        "dots",
        frame(rows),
        said("Fourth in the world: by what?", "“全球第4”，按什么排？"),
        said(
            "By cargo, Qingdao is fourth; by containers, fifth.",
            "按货物吞吐量，青岛港第4；按集装箱吞吐量，第5。",
        ),
        SOURCE,
    )


def path():
    base, years = 24.48, list(range(2017, 2025))
    value = {2024: base, 2023: base / 1.091}
    for year in range(2022, 2018, -1):
        value[year] = value[year + 1] / 1.137
    rows = [
        {
            "role": "path",
            "period": year,
            "value": value[year],
            "implied": year < 2024,
            "basis": "derived",
            "unit": "1",
        }
        for year in sorted(value)
    ]
    rows += [
        {
            "role": "fan",
            "period": year,
            "lower": base / 1.16 ** (2024 - year),
            "upper": base / 1.115 ** (2024 - year),
            "basis": "assumed",
        }
        for year in years
    ]
    rows += [
        {
            "role": "point",
            "period": 2024,
            **exact(base),
            "basis": "reported",
            **both("Reported", "报道"),
            **both("24.48 billion yuan", "244.8亿元", "words"),
        },
        {
            "role": "point",
            "period": 2019,
            **exact(value[2019]),
            "basis": "derived",
            **both("Base, derived", "基期（推算）"),
            **both("13.4 billion yuan", "134亿元", "words"),
        },
        {
            "role": "level",
            **exact(30),
            "basis": "assumed",
            **both("Target: when?", "目标：何时？"),
            **both("30 billion yuan", "300亿元", "words"),
        },
    ]
    return Chart(
        "path",
        frame(rows),
        said(
            "From which base did the zone's ocean economy grow?", "片区海洋经济从哪个基数增长而来？"
        ),
        said(
            "If the 12.75% a year run over 5 years and prices stand still, 2019 had 13.4 billion.",
            "若年均12.75%为5年且价格不变，2019年为134亿元。",
        ),
        SOURCE,
        "",
        said("Gross ocean product, billion yuan", "海洋生产总值（十亿元）"),
    )


def doubt():
    name = "transit_consolidation"
    start = models.evaluate(name)
    random = np.random.default_rng(1)
    found = models.get(name)
    spread = {p.name: p.default * random.uniform(0.9, 1.1, 4000) for p in found.parameters.values()}
    draws = found.function(**spread)
    counts, edges = np.histogram(draws, bins=30)
    low, high = np.quantile(draws, [0.05, 0.95])
    rows = [
        {"role": "draw", "lower": a, "upper": b, "count": n}
        for n, a, b in zip(counts, edges, edges[1:], strict=False)
    ]
    rows.append(
        {
            "role": "range",
            "value": start,
            "lower": low,
            "upper": high,
            "unit": "CNY",
            "lower_closed": True,
            "upper_closed": True,
            **both("All at once", "同时变动"),
            **both("nine of ten", "九成", "words"),
        }
    )
    texts = load_parameters().set_index(["model", "parameter"]).loc[name]
    defaults = {p.name: p.default for p in found.parameters.values()}
    for key, value in defaults.items():
        row = texts.loc[key]
        less, more = (found.function(**defaults | {key: value * part}) for part in (0.9, 1.1))
        rows.append(
            {"role": "parameter", "less": less, "more": more, **both(row.title_en, row.title_zh)}
        )
    rows.append({"role": "model", "value": start, "unit": "CNY", **both("Model", "模型")})
    rows.append(
        {
            "role": "reported",
            **exact(800),
            "unit": "CNY",
            "basis": "reported",
            **both("Reported", "报道"),
        }
    )
    data = frame(rows)
    data["basis"] = data["basis"].fillna("assumed")
    return Chart(
        "doubt",
        data,
        said("How sure is the saving of a consignment?", "每票节省有多确定？"),
        said("What matters most: rate for part loads.", "影响最大的是拼箱运价。"),
        SOURCE,
        said("Saving per consignment, yuan", "每票节省（元）"),
    )


def flow():
    rows = []
    ring = ["A", "B", "C", "D"]
    panels = (
        ("each", "Each pays for what it gets", "各付各的货款", 10, 40),
        ("net", "Only the difference is paid", "只付差额", 1, 4),
    )
    for key, en, zh, cash, total in panels:
        panel = {"panel": key, **both(en, zh, "panel")}
        for giver, taker in zip(ring, [*ring[1:], ring[0]], strict=True):
            rows.append(
                {
                    "role": "flow",
                    "kind": "goods",
                    "giver": giver,
                    "taker": taker,
                    "amount": 10e6,
                    "unit": "CNY",
                    **panel,
                }
            )
            rows.append(
                {
                    "role": "flow",
                    "kind": "money",
                    "giver": taker,
                    "taker": giver,
                    "amount": cash * 1e6,
                    "unit": "CNY",
                    **panel,
                }
            )
        rows.append(
            {
                "role": "total",
                "value": total * 1e6,
                "unit": "CNY",
                **both("In cash", "现金"),
                **panel,
            }
        )
    return Chart(
        "flow",
        frame(rows).assign(basis="assumed"),
        said("How little money does a ring of barter need?", "易货成环，还需要多少现金？"),
        said(
            "4 traders, 10 million yuan of goods each: 40 million yuan change hands. If 10% is not "
            "matched, 4 million yuan in cash settle it all.",
            "4方各供货1000万元，货值共4000万元。若10%未能匹配，只需现金400万元即可结清。",
        ),
        SOURCE,
    )


def star():
    names = [
        ("Port", "港口"),
        ("Customs", "海关"),
        ("Maritime office", "海事部门"),
        ("Border inspection", "边检机关"),
    ]
    rows = [
        {
            "role": "flow",
            "kind": "declaration",
            "giver": "port",
            "taker": en,
            "amount": 1,
            "unit": "1",
            "panel": "one",
            **both("One entry", "一次录入", "panel"),
            **both("Port", "港", "giver"),
            **both(en, zh, "taker"),
        }
        for en, zh in names[1:]
    ]
    rows.append(
        {
            "role": "flow",
            "kind": "claim",
            "giver": "port",
            "taker": "bank",
            "amount": 1,
            "panel": "one",
            "unit": "1",
            **both("One entry", "一次录入", "panel"),
            **both("Port", "港", "giver"),
            **both("Bank", "银行", "taker"),
        }
    )
    return Chart(
        "flow", frame(rows).assign(basis="assumed"), said("Who is told?", "告知谁？"), "", SOURCE
    )


def timeline():
    rows = [
        ("Zone founded", "片区设立", "2019-08-31", "reported"),
        ("Alliance founded", "联盟成立", "2023-11", "published"),
        ("Barter trade tried", "易货贸易试点", "2022~", "published"),
        ("Six years", "六年", "2019/2025", "reported"),
        ("Figures of the loan pool", "资金池数字", "../2025-07-31", "reported"),
        ("Programme runs on", "行动持续", "2024/..", "assumed"),
    ]
    data = frame([{"date": date, "basis": basis, **both(en, zh)} for en, zh, date, basis in rows])
    return Chart(
        "timeline",
        data,
        said("When did it happen?", "何时发生？"),
        "",
        SOURCE,
        said("Year", "年份"),
    )


ALL = {
    "curve": curve, "map": map_, "steps": steps, "bridge": bridge, "nest": nest, "area": area,
    "open_share": open_share, "dots": dots, "ranking": ranking, "path": path, "doubt": doubt,
    "flow": flow, "star": star, "timeline": timeline,
}  # fmt: skip

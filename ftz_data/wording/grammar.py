"""The patterns that words and numerals form around a figure."""

from __future__ import annotations

import re

from .layout import BREAK, UNSURE
from .lexicon import CHINESE, DIGITS, PER, pattern


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


# Numerals. Possessive repeats keep a row of 20,000 digits from being tried at each of its places.
ARABIC = r"(?:\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?:\.\d++|点(?=\d++(?!分|[时日]))\d++)?(?![.,]?\d)"
HANZI = rf"[{CHINESE}]++(?:点[{DIGITS}]++)?"
# 千克 and 千米 are units of their own.
SCALE = r"(?:[十万亿]|百(?!分[点之])|千(?![克米瓦卡伏]))+"
ODD = r"余(?![额下姚杭])|多(?![式样边]|元化|功能|数)"
# After a measure word, 多 and 余 must end the phrase.
LATE_ODD = r"(?:多|余)(?=以?来|[的了时后前间内起]|\W|$)"
DASH = r"(?:[—–―~∼-]|−)+|至|到"
TWICE = rf"翻了?(?:(?P<times>[{DIGITS}\d])番|[番倍])"
MIXED = (
    rf"(?P<first>{ARABIC}|[{CHINESE}]+)又(?P<of>[{CHINESE}]+|\d+)分之(?P<parts>[{CHINESE}]+|\d+)"
)
FRACTION = rf"(?P<whole>[{CHINESE}]+|\d+)分之(?P<part>{ARABIC}|[{CHINESE}]+(?:点[{DIGITS}]+)?)"
SLASH = r"(?P<upper>\d{1,3})/(?P<under>\d{1,3})(?![\d/年月.-])"
# 九五折 is 95 %; 七八折 may be from 70 to 80 %, or 78 %.
DISCOUNT = rf"(?P<tenths>[{DIGITS[3:]}一二])(?P<hundredths>[{DIGITS[3:]}一二])折(?![旧叠合射腰服])"
HALVES = r"(?P<over>过)半(?![年天个小径])|半数|一半(?![年天个])|半(?!\w)"
DENOMINATOR = rf"(?P<per>{_either(list(PER))})"
SUFFIX = rf"(?:{pattern('after')})"

# Where a figure may start.
START = re.compile(rf"[\d{CHINESE}半]|翻了?[{DIGITS}\d]?[番倍]|过半|[￥¥$€£]")
NAMES = re.compile(pattern("name"))
# A stretch in Latin letters with words of its own is read by the rules of English.
LATIN = re.compile(r"[!-~’–—°£€]+")
STOPS = rf"，。；！？,;!?：:（）()“”\"《》【】\[\]|{BREAK}{UNSURE}\n"
CLAUSE = re.compile(rf"[^{STOPS}]*\Z")

# What stands before a number, read backwards from it, one word at a time.
NEGATED = (
    rf"(?:{pattern('negation')})"
    r"(?P<word>超过|超出|超|高于|多于|大于|长于|突破|逾|少于|低于|小于|短于)"
)
TAIL = re.compile(
    rf"(?:(?P<negated>{NEGATED})|(?P<before>{pattern('before')})|(?P<minus>(?<!正)负(?!责|担|债)|零下|[▼↓])"
    rf"|(?P<level>{pattern('level')})|(?P<particle>{pattern('particle')}))\Z"
)
# 过 sets a bound behind what is measured; behind a verb it may only say that it was done.
PASSED = re.compile(
    rf"(?P<measured>(?:{pattern('passed')}))?(?<![通经不度渡超越路难错胜跨迈走])过\Z"
)
CURRENCIES = re.compile(rf"(?:{pattern('currency')})\Z")
VERBS = re.compile(rf"{pattern('fall noun', 'rise noun')}|{pattern('fall', 'save', 'rise')}")
VERB = re.compile(rf"(?P<verb>{VERBS.pattern})(?P<rest>了|的?幅度|速度)?\Z")
STOP = re.compile(pattern("stop"))
MEASURED = re.compile(rf"(?:{pattern('measured')})的?\Z")
SHARE = re.compile(
    rf"(?P<share>{pattern('before')})占(?:近\d+年来?)?[^\d，。；、,;{BREAK}]{{0,20}}?\Z"
)
WHOLE = re.compile(
    rf"(?:(?P<negated>{NEGATED})|(?P<before>{pattern('before')}))"
    rf"(?:(?:{pattern('whole')})的?|[^\d{STOPS}、]{{1,10}}的)\Z"
)
# Per 100 people: a denominator that is a number of its own.
MANY = re.compile(rf"每(?!一|千[克米瓦卡伏])[\d半{CHINESE}][^{STOPS}]*\Z")
PRICE = re.compile(rf"(?:平均)?每(?:一|个)?{DENOMINATOR}\Z")
EACH = re.compile(rf"(?:平均)?每(?:一|个)?{DENOMINATOR}[^\d{STOPS}每]{{0,14}}\Z")
# A year between a mean and its figure is no figure: 日均车辆从2019年的980辆.
MEAN = re.compile(rf"(?P<mean>{pattern('average')})(?:[^\d{STOPS}]|\d{{4}}年){{0,20}}\Z")
# From one figure to another of the same kind, in one clause.
LEADS_ON = re.compile(rf"[^\d{STOPS}每共计]{{0,8}}[至到为](?:[^\d{STOPS}每共计]|\d{{4}}年){{0,8}}")
SPAN = re.compile(rf"(?P<span>{pattern('span')})\Z")
LASTING = re.compile(rf"(?:{pattern('lasting')})了?\Z")
RANKED = re.compile(rf"(?:{pattern('ranked')})[^\d{STOPS}]{{0,8}}\Z")
# 没有一家企业: no firm at all.
DENIED = re.compile(rf"(?:{pattern('negation')}|无)有?\Z")
ORDER = re.compile(r"(?P<order>第|(?<![目之以当此先年月日天从提])前)\Z")

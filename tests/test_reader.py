"""The page on which a text of one's own is read."""

import base64
import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from ftz_data import language, panels
from ftz_data.panels.reader import LIMIT
from ftz_data.wording import find_figures, lexicon
from ftz_data.wording.lexicon import REASONS

NOW = datetime.now(UTC)
TEXT = "2024年出口下降4.5%，<b>超500万元</b>，第3家"


@pytest.fixture
def page():
    language.use("en")
    box = panels.reader()
    yield box
    box.close()
    language.use("en")


def parts(box):
    _, pasted, upload, refusal, marked, table = box.children
    return pasted, upload, refusal, marked, table


def test_every_figure_is_marked_and_markup_is_shown_as_text(page):
    pasted, _, refusal, marked, table = parts(page)
    pasted.value = TEXT
    marks = re.findall(r"<mark title='([^']*)'>(.*?)</mark>", marked.value)
    assert [shown for _, shown in marks] == [f.printed for _, _, f in find_figures(TEXT)]
    assert marks[1][0] == "more than 5 million yuan"
    assert "&lt;b&gt;" in marked.value and "<b>" not in marked.value
    assert "class='unread'" in marked.value and "2024" in table.value and not refusal.value
    assert re.sub("<[^>]*>", "", marked.value).replace("&lt;", "<").replace("&gt;", ">") == TEXT


def test_the_table_is_taken_along_with_bounds(page):
    pasted, *_, table = parts(page)
    pasted.value = TEXT
    data = re.search(r"base64,([^']*)'", table.value)[1]
    frame = pd.read_csv(io.BytesIO(base64.b64decode(data)))
    assert frame["value"].tolist() == [-4.5, 5e6]
    assert frame["lower"].tolist() == [-4.5, 5e6] and pd.isna(frame["upper"][1])


def test_the_page_speaks_the_language_of_the_page(page):
    pasted, upload, _, marked, table = parts(page)
    pasted.value = TEXT
    language.use("zh")
    assert "超过500万元" in marked.value and "未读" in table.value
    assert "粘贴" in pasted.placeholder and "上传" in upload.description
    assert repr(page).startswith("读任意文本")


def test_what_was_not_read_has_its_reason_in_the_language_of_the_page(page):
    pasted, *_, marked, table = parts(page)
    pasted.value = "2024年，第3家，1999年，over 5 years"
    for lang, year, order, span in (
        ("en", "this names a calendar year", "this names an order", "over may name a span"),
        ("zh", "这是年份", "这是次序", "over可能指一段时间"),
    ):
        language.use(lang)
        for shown in (marked.value, table.value):
            assert all(words in shown for words in (year, order, span)), (lang, shown)
        assert re.search(rf"<li>2024(, |、)1999(: |：){year}</li>", table.value), table.value


def test_every_reason_stands_in_chinese():
    wording = Path(lexicon.__file__).parent.glob("*.py")
    given = {
        key
        for path in wording
        for key in re.findall(r"why\(\s*\"(\w+)\"", path.read_text(encoding="utf-8"))
    }
    assert given == set(REASONS), given ^ set(REASONS)
    for key, row in REASONS.items():
        assert re.search("[\u4e00-\u9fff]", row["zh"]), key
        fields = [set(re.findall(r"{(\w+)}", row[lang])) for lang in ("en", "zh")]
        assert fields[0] == fields[1], key


def test_a_text_over_the_limit_is_refused_in_one_line(page):
    pasted, _, refusal, marked, table = parts(page)
    pasted.value = TEXT
    pasted.value = "超5家" * LIMIT
    assert "at most 100,000 are read" in refusal.value and "\n" not in refusal.value
    assert not marked.value and not table.value
    pasted.value = TEXT
    assert not refusal.value and "<mark" in marked.value


def given(content, name="report.txt"):
    return (
        {
            "name": name,
            "type": "text/plain",
            "size": len(content),
            "content": content,
            "last_modified": NOW,
        },
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_an_upload_is_read_and_not_kept(page, encoding):
    pasted, upload, *_ = parts(page)
    upload.value = given(memoryview(TEXT.encode(encoding)))
    assert pasted.value == TEXT
    assert upload.value == (), "the file stays in the state of the widget"


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"\x89PNG\x00\x1a\xff\xff", "report.txt is no text"), (b"1" * 5 * LIMIT, "at most")],
)
def test_an_upload_that_is_no_text_or_too_large_is_refused(page, content, words):
    pasted, upload, refusal, *_ = parts(page)
    pasted.value = TEXT
    upload.value = given(memoryview(content))
    assert words in refusal.value and pasted.value == TEXT

"""Bytes of a text to characters: UTF-8, UTF-16 and GB18030, told apart or refused."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Names of an encoding that a page declares, and the one that holds all of its characters.
KNOWN = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "ascii": "utf-8",
    "us-ascii": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "x-gbk": "gb18030",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
# Of what is Chinese, this part at least is among the 3755 characters that are common by GB 2312.
_COMMON = 0.8


def decoded(raw: bytes) -> str:
    """Characters of a text, with one kind of line end.

    A mark at the start decides; else it is UTF-8 where that fits, UTF-16 where every other byte is
    zero, and GB18030 where the characters that it gives are those of Chinese as it is written.

    Parameters
    ----------
    raw : bytes

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If it is no text in one of these: one line that says what to do.

    Examples
    --------
    >>> decoded("超500万元".encode("gbk")), decoded("7.1亿吨".encode("utf-16"))
    ('超500万元', '7.1亿吨')
    """
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _plain(_try(raw, name))
    # A zero byte stands in no text of UTF-8 or GB18030, and beside each digit of one of UTF-16.
    if b"\0" in raw:
        return _plain(_try(raw, _wide(raw)))
    text = _try(raw, "utf-8")
    if text is None:
        text = _try(raw, "gb18030")
        text = text if text and _is_chinese(text) else None
    return _plain(text)


def _try(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name)
    except UnicodeDecodeError:
        return None


def _wide(raw: bytes) -> str:
    """Which half of each pair is zero where the other is a plain sign."""
    return "utf-16-le" if raw[1::2].count(0) >= raw[::2].count(0) else "utf-16-be"


def _is_chinese(text: str) -> bool:
    wide = [sign for sign in text if ord(sign) > 0x2E80]
    common = sum(_is_common(sign) for sign in wide)
    return bool(wide) and common >= _COMMON * len(wide)


def _is_common(sign: str) -> bool:
    try:
        first = sign.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    # Signs and full-width letters, then the characters of the first level.
    return 0xA1 <= first <= 0xA3 or 0xB0 <= first <= 0xD7


def _plain(text: str | None) -> str:
    if text is None or "\0" in text:
        raise ValueError("no text in UTF-8, UTF-16 or GB18030; save it as UTF-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")

"""In which encoding a text is that is not in Unicode: by how likely what it would say is.

Each encoding that reference files are met in is tried on the lines that are not UTF-8. Letters that
the languages it was made for are full of speak for it, signs in the middle of words and letters
that never meet speak against it. Where two readings are about as good, nobody is chosen.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

ESCAPE = "theorygraph.escape"
"""Error handler of codecs: a byte that stands for nothing becomes half a character, U+DC00 + byte.

No text that could be read holds those, so nothing is lost and encoding gives the bytes again.
"""

_SURE = 0.45
"""From which score, of 1, a reading is likely at all."""
_CLEAR = 0.12
"""By how much a reading has to be better than others to be taken."""
_NO_TEXT = frozenset(
    {"utf-7", "idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined"}
)


def _escaped(error: UnicodeError) -> tuple[str | bytes, int]:
    if isinstance(error, UnicodeDecodeError):
        lost = error.object[error.start : error.end]
        return "".join(chr(0xDC00 + byte) for byte in lost), error.end
    if isinstance(error, UnicodeEncodeError):
        halves = error.object[error.start : error.end]
        if all("\udc00" <= half <= "\udcff" for half in halves):
            return bytes(ord(half) - 0xDC00 for half in halves), error.end
    raise error


codecs.register_error(ESCAPE, _escaped)


@lru_cache(maxsize=64)
def codec_named(name: str) -> str | None:
    """The usual name of an encoding of text; None if there is no such encoding."""
    try:
        found = codecs.lookup(name.strip())
    except (LookupError, ValueError):
        return None
    usual = found.name
    if usual in _NO_TEXT or not getattr(found, "_is_text_encoding", True):
        return None
    return usual


@dataclass(frozen=True, slots=True)
class Guess:
    """What bytes may be in: the encoding if one is clearly likely, and what comes into question."""

    encoding: str | None
    likely: list[str]


def guessed(sample: bytes) -> Guess:
    """The encoding of lines that are not in UTF-8.

    Args:
        sample: the lines, as bytes; the more, the surer.
    """
    scores: list[tuple[float, str, str]] = []
    for name, judge in _TRIED.items():
        text = sample.decode(name, ESCAPE)
        told = [at for at, char in enumerate(text) if ord(char) > 127]
        if told:
            score = sum(judge(text, at) for at in told) / len(told)
            scores.append((score, name, text))
    scores.sort(key=lambda one: -one[0])
    if not scores or scores[0][0] < _SURE:
        return Guess(None, [name for score, name, _ in scores[:3] if score > 0])
    best, name, text = scores[0]
    near = [one for one in scores[1:] if one[0] > best - _CLEAR and one[2] != text]
    if not near:
        return Guess(name, [name])
    likely = [name, *(other for _, other, _ in near)]
    for usual, family in _FAMILIES.items():
        if usual in likely and family.issuperset(likely):
            # What is a letter in one is a letter in the other, too; most files are in this one.
            return Guess(usual, [usual, *(one for one in likely if one != usual)])
    return Guess(None, likely[:4])


# -- how likely a character is where it stands ---------------------------------------------------

_SIGNS = frozenset("‘’‚“”„–—…«»‹›°±§©®™€£•·\xa0µ×²³¼½¾ªº¡¿")


def _around(text: str, at: int) -> tuple[str, str]:
    return text[at - 1] if at else " ", text[at + 1] if at + 1 < len(text) else " "


def _in_word(before: str, after: str) -> bool:
    return before.isalpha() and after.isalpha()


def _latin(letters: str, rarer: str = "") -> Callable[[str, int], float]:
    """A judge of an encoding whose languages write with Latin letters."""
    known = dict.fromkeys(rarer + rarer.upper(), 0.75)
    known |= dict.fromkeys(letters + letters.upper(), 1.0)

    def judge(text: str, at: int) -> float:
        char, (before, after) = text[at], _around(text, at)
        if char in known:
            if char.isupper() and before.islower():
                return -1.0
            if char.islower() and before.isupper() and after.isupper():
                return -0.5
            # Where hardly a plain letter is left, it is another alphabet.
            crowd = [one for one in text[max(at - 4, 0) : at + 5] if one.isalpha()]
            accented = sum(ord(one) > 127 for one in crowd)
            return -0.6 if len(crowd) > 3 and accented > 0.7 * len(crowd) else known[char]
        if char in _SIGNS:
            if char in "’‑" or not (before.isalpha() and after.islower()):
                return 0.5
            return -1.0
        return -1.0

    return judge


def _of_script(script: str, common: str, *, cased: bool = False) -> Callable[[str, int], float]:
    """A judge of an encoding of one alphabet."""
    frequent = frozenset(common + common.upper())

    def judge(text: str, at: int) -> float:
        char, (before, after) = text[at], _around(text, at)
        if _script(char) != script:
            return 0.3 if char in _SIGNS and not _in_word(before, after) else -1.0
        if (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha()):
            return -1.0
        if char in _AT_THE_END and after.isalpha():
            return -1.0
        if cased and char.isupper() and (before.islower() or (before == " " and after.isupper())):
            return -0.8 if before.islower() else 0.0
        return 1.0 if char in frequent else 0.3

    return judge


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]


def _of_signs(encoding: str, common: str, first: int, last: int) -> Callable[[str, int], float]:
    """A judge of an encoding of many signs, of which those from ``first`` on are in daily use."""
    frequent = frozenset(common)
    score: dict[str, float] = {}

    def valued(char: str) -> float:
        if "\udc00" <= char <= "\udcff":
            return -1.0
        if char in frequent:
            return 1.0
        raw = char.encode(encoding, ESCAPE)
        if len(raw) != 2:
            return -0.9
        if first <= raw[0] <= last and (raw[1] >= 0xA1 or encoding in ("big5", "cp932")):
            return 0.7
        return 0.2 if unicodedata.category(char)[0] in "PZ" else -0.7

    def judge(text: str, at: int) -> float:
        char = text[at]
        if char not in score:
            score[char] = valued(char)
        return score[char]

    return judge


_AT_THE_END = frozenset("םןךףץς")
"""Letters that stand at the end of a word only."""
_WEST = ("àáâäçèéêíñóöøüúãåæôßîœ", "ëìïòõùûý")
_EAST = ("áéíóúýčěřšžůłąęćśżöüőäđ", "âçëîôßăďńňşťţűź")
_TURKISH = ("çğıöşüîâ", "éèäáíñ")
_BALTIC = ("āčēīšūžäöüõąęėįų", "ģķļņóé")
_CYRILLIC = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґ"
_GREEK = "αοιεητνσυρκπμλςάίόέήώύωδγ"
_HEBREW = "יוהלאברתשמםנןדקעחפךכגטס"
_ARABIC = "ايلمونرتبةعدسفهكقحجىأءشطصخإضذثئزغظ"
_THAI = "านรอกเงวยลมสดตคทปพ่้ัีิื์"
_CHINESE = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说"
    "产种面而方后多定行学法所民得经之进着等部度家电力里如水化高自理起小物现实加量都两体制机当使点从业本"
    "去把性好应开合还因由其些前外政社义事平形相全表间样与关各重新内数正心反明利比或质变结解问意建公系情"
    "者最立通提题程展员位文总次式活设及管特件长求基资流统接知较组计期根论运农指区医院护理病患疗研究健康"
    "服务评价影响因素机制现状调查分析教育临床杂志社区卫生护士家庭安全"
)
_TRADITIONAL = (
    "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說"
    "產種面而方後多定行學法所民得經之進著等部度家電力里如水化高自理起小物現實加量都兩體制機當使點從業本"
    "性好應開合還因由其前外政社義事平形相全表間樣與關各重新內數正心反明利比質變結解問意建公系情者最立通"
    "醫院護理病患療研究健康服務評價影響因素調查分析教育臨床雜誌社區衛安全"
)
_KANA = "".join(map(chr, range(0x3041, 0x30FF)))
_HANGUL = "이다의을는에가한하고지사인로기과도어자리대서연구병원간호환자교육안전신뢰"
_TRIED: dict[str, Callable[[str, int], float]] = {
    "cp1252": _latin(*_WEST),
    "mac_roman": _latin(*_WEST),
    "cp1250": _latin(*_EAST),
    "cp1254": _latin(*_TURKISH),
    "cp1257": _latin(*_BALTIC),
    "cp850": _latin(*_WEST),
    "cp1251": _of_script("CYRILLIC", _CYRILLIC[:20], cased=True),
    "koi8_r": _of_script("CYRILLIC", _CYRILLIC[:20], cased=True),
    "cp866": _of_script("CYRILLIC", _CYRILLIC[:20], cased=True),
    "iso8859_5": _of_script("CYRILLIC", _CYRILLIC[:20], cased=True),
    "mac_cyrillic": _of_script("CYRILLIC", _CYRILLIC[:20], cased=True),
    "cp1253": _of_script("GREEK", _GREEK, cased=True),
    "cp1255": _of_script("HEBREW", _HEBREW),
    "cp1256": _of_script("ARABIC", _ARABIC[:20]),
    "cp874": _of_script("THAI", _THAI),
    "gb18030": _of_signs("gb18030", _CHINESE, 0xB0, 0xD7),
    "big5": _of_signs("big5", _TRADITIONAL, 0xA4, 0xC6),
    "cp932": _of_signs("cp932", _KANA, 0x88, 0x97),
    "euc_jp": _of_signs("euc_jp", _KANA, 0xB0, 0xCF),
    "cp949": _of_signs("cp949", _HANGUL, 0xB0, 0xC8),
}
_FAMILIES = {
    "cp1252": frozenset({"cp1252", "mac_roman", "cp1250", "cp1254", "cp1257", "cp850"}),
    "cp1251": frozenset({"cp1251", "mac_cyrillic"}),
}
MANY_BYTES = frozenset({"gb18030", "big5", "cp932", "euc_jp", "cp949"})
"""Encodings in which a character takes two bytes or more."""


def readings(sample: bytes, likely: list[str]) -> Iterator[str]:
    """What a line would say in each encoding that comes into question."""
    for name in likely:
        yield f"{name}: {sample.decode(name, 'replace')}"

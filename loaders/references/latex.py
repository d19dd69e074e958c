r"""LaTeX as reference managers write it, read as what it looks like.

Accents, letters and signs become characters; braces and commands that only change the look go. What
LaTeX has a use of its own for, and nobody has escaped (`%`, `&`, `#`, `_`, `$`, `--`), is what it
looks like: nobody comments a title out. A command that is not known and has nothing in braces
behind it stays as it is written.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
}
_ACCENTED = re.compile(
    r"""\\(?P<mark>[`'^"~=.]|[uvHcdbkr](?![A-Za-z]))\s*
    (?:\{\s*(?:\\(?P<a>[A-Za-z]+)|(?P<b>\w))?\s*\}|\\(?P<c>[A-Za-z]{1,2})(?![A-Za-z])\s*|(?P<d>\w))""",
    re.VERBOSE,
)
_MATH = re.compile(r"(?<!\\)\$((?:[^$\\]|\\.)+?)\$", re.DOTALL)
_IS_MATH = re.compile(
    r"\\[A-Za-z]|[_^]|^\s*[<>=+×±~≤≥-]\s*\S*\s*$|^\s*[A-Za-z]\s*(?:[<>=].*)?$", re.DOTALL
)
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?(\s*\{\s*\}|[ \t]*(?:\r\n|\r|\n)?[ \t]*)")
_ESCAPED = re.compile(r"\\([%&#$_{}^~ ,;:!/@<>|-])")
_TIE = re.compile(r"(?<=[^\s\\])~+(?=\S)")
_LINK = re.compile(r"\\href\s*\{[^{}]*\}\s*")
_FRACTION = re.compile(r"\\frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_ARGUMENT = re.compile(r"\s*[{\[]")
_BRACE = "\ue000", "\ue001"
"""Stand for braces that a text has escaped, until those of LaTeX are gone."""
_SIGNS = {
    "S": "§", "P": "¶", "aa": "å", "AA": "Å", "j": "j", "pounds": "£", "copyright": "©",
    "textless": "<", "textgreater": ">", "ldots": "…", "dots": "…", "textunderscore": "_",
    "textbar": "|", "textbraceleft": _BRACE[0], "textbraceright": _BRACE[1], "lbrace": _BRACE[0],
    "rbrace": _BRACE[1], "textdollar": "$", "degree": "°", "textdegree": "°", "times": "×",
    "le": "≤", "ge": "≥", "ne": "≠", "rightarrow": "→", "leftarrow": "←", "to": "→", "glqq": "„",
    "grqq": "“", "textquotesingle": "'", "textquotedbl": '"', "textasciicircum": "^",
    "textasciitilde": "~", "textbackslash": "\\", "backslash": "\\", "textperiodcentered": "·",
    "textquoteleft": "‘", "textquoteright": "’", "textemdash": "—", "textendash": "–",
    "textexclamdown": "¡", "textquestiondown": "¿", "dag": "†", "ddag": "‡", "euro": "€",
    "textsterling": "£", "textemptyset": "∅", "cdot": "·", "ast": "*", "prime": "′",
    "and": "and", "slash": "/", "newline": " ", "linebreak": " ", "par": " ", "quad": " ",
    "qquad": " ", "space": " ", "hspace": " ", "break": " ", "nobreakspace": " ",
}  # fmt: skip
_LOOKS_TEXT = (
    "ensuremath relax protect emph textit textbf textsc textrm texttt textsf textup textsl "
    "textmd textnormal text mathrm mathit mathbf mathsf mathtt mathcal mathbb mkbibemph "
    "mkbibquote enquote it bf em sc rm tt sl sf itshape bfseries scshape slshape upshape "
    "rmfamily ttfamily sffamily normalfont small large tiny footnotesize underline uline "
    "uppercase lowercase MakeUppercase MakeLowercase textsubscript textsuperscript ce url "
    "path nolinkurl mbox hbox makebox left right displaystyle noopsort bibinfo natexlab "
    "ignorespaces unskip selectlanguage nobreak allowbreak raggedright boldmath unboldmath "
    "operatorname mathop mathord lowercasetitle foreignlanguage"
)
_LOOKS = frozenset(_LOOKS_TEXT.split())


@cache
def _signs() -> dict[str, str]:
    """What each command of a sign or letter stands for: those of pylatexenc, and some more."""
    from pylatexenc.latexencode import get_builtin_uni2latex_dict

    found: dict[str, str] = {}
    for code, latex in sorted(get_builtin_uni2latex_dict().items()):
        command = re.fullmatch(r"(?:\\ensuremath\{)?\\([A-Za-z]+)\}?(?:\{\})?", latex.strip())
        if command is not None:
            found.setdefault(command[1], chr(code))
    return found | _SIGNS


def text_of_latex(latex: str) -> str:
    """A text as it looks, for titles, names, abstracts."""
    text = latex
    if "$" in text:
        text = _MATH.sub(_of_math, text)
    text = _TIE.sub(" ", text) if "~" in text else text
    if "\\" in text:
        text = _of_commands(text)
    if "`" in text or "''" in text:
        text = text.replace("``", "“").replace("''", "”")
    text = text.replace("{", "").replace("}", "")
    return text.replace(_BRACE[0], "{").replace(_BRACE[1], "}")


def with_braces(latex: str) -> str:
    """The same with the braces that keep words together, for names."""
    return _of_commands(_TIE.sub(" ", latex)) if "\\" in latex or "~" in latex else latex


def verbatim(latex: str) -> str:
    r"""An address, DOI or file name: as it is, but for what was escaped (`\_`) and outer braces."""
    text = latex.strip()
    while text.startswith("{") and text.endswith("}"):
        text = text[1:-1].strip()
    for command, sign in (("textasciitilde", "~"), ("textunderscore", "_"), ("url", "")):
        text = re.sub(rf"\\{command}(?![A-Za-z])\s*(?:\{{\}})?", sign, text)
    text = re.sub(r"\{\\?([_%&#$~^])\}", r"\1", text)
    return re.sub(r"\\([_%&#${}~^])(?:\{\})?", r"\1", text)


def _of_commands(text: str, *, spaced: bool = False) -> str:
    """A text without commands; ``spaced`` in formulas, where a space behind one counts."""
    text = text.replace("\\\\", " ").replace(r"\{", _BRACE[0]).replace(r"\}", _BRACE[1])
    text = _LINK.sub("", _FRACTION.sub(r"\1/\2", text))
    for _ in range(2):  # an accent may stand on a letter that has one
        text = _ACCENTED.sub(_of_accent, text)
    signs = _signs()

    def sign(command: re.Match[str]) -> str:
        name, behind = command[1], command[2]
        found = signs.get(name) or (signs.get(name[4:]) if name.startswith("text") else None)
        if found is not None:
            return found + (" " if spaced and behind.isspace() else "")
        if name in _LOOKS or _ARGUMENT.match(text, command.end(1)):
            return "" if behind.strip() or not behind or name in _LOOKS else behind
        return command[0]

    text = _COMMAND.sub(sign, text)
    return _ESCAPED.sub(lambda found: "" if found[1] in "/-!@" else found[1], text)


def _of_accent(found: re.Match[str]) -> str:
    command = found["a"] or found["c"]
    letter = found["b"] or found["d"] or {"i": "i", "j": "j"}.get(command or "")
    if letter is None:
        letter = _signs().get(command or "")
    if letter is None or len(letter) != 1:
        return found[0] if command else ""
    return unicodedata.normalize("NFC", letter + _ACCENTS[found["mark"]])


def _of_math(found: re.Match[str]) -> str:
    inner = found[1]
    if _IS_MATH.search(inner) is None:
        return found[0]
    return re.sub(r"[_^]\s*", "", _of_commands(re.sub(r"\\[,;:! ]", " ", inner), spaced=True))

"""Commands as a person types them, in what is said and written for people."""

from __future__ import annotations

import re
import shlex

_UNTYPED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def command(*words: object) -> str:
    """A command as it is typed, on one line: what a shell would part or read otherwise is quoted.

    Signs that nobody can type, such as a line end in a name, are shown by their codes.
    """
    return " ".join(_word(str(word)) for word in ("theorygraph", *words))


def _word(word: str) -> str:
    word = _UNTYPED.sub(lambda found: ascii(found[0])[1:-1], word)
    # Double quotes are read by every shell; who has a name that needs more, has it quoted for sh.
    if word and not re.search(r"[^\w@%+=:,./\\~-]", word):
        return word
    return shlex.quote(word) if re.search(r'["$`\\!]', word) else f'"{word}"'

"""Memory that is needed no more goes back to the system."""

from __future__ import annotations

import contextlib
import ctypes


def give_back() -> None:
    """Let the system have memory that is free again: glibc keeps that of long texts."""
    with contextlib.suppress(AttributeError, OSError, TypeError):  # another library, or system
        ctypes.CDLL(None).malloc_trim(0)

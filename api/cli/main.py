"""The commands. Exit status: 0 answered, 1 could not be answered or was rejected, 2 wrong usage."""

from __future__ import annotations

import os
import sys

from api.cli import sandboxed
from api.cli.app import app


def main() -> None:
    """Run the command line."""
    sandboxed.OWN_PROCESS = True
    try:
        app()
    except BrokenPipeError:
        # The reader of our output has gone; leave without another word.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    finally:
        sys.stderr.flush()

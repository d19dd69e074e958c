"""One function per question: ``(store, filters) -> answer``.

The command line, HTTP, pages and maps all call these functions, and nothing here knows that any of
them exists.
"""

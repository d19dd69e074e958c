"""The tables that papers need: one report, written as Word, Markdown, HTML or a workbook."""

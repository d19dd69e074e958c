"""Every text that the map's page shows of its own, in one place, so that it can be translated.

``{n}`` and the like are filled in; nothing here is markup. Names of looks and lines stand in
:mod:`visualise.looks`, since the legend, the drawing and the tables share them.
"""

from __future__ import annotations

from graph.answers.labels import heading, headings, label

NODE_HEADS = (*headings("name", "kind", "review", "levels"), "Works", "Details", "Record")
EDGE_HEADS = ("From", "Link", "To", "Pieces of evidence", heading("levels"), "Details")

PAGE: dict[str, str] = {
    "empty": "This map is empty.",
    "empty_hint": "Nothing in the graph fits what was asked for. Ask for another review, "
    "mechanism or level, or load a review first.",
    "no_script": "The drawing needs JavaScript. The tables below hold everything that it shows.",
    "no_script_large": "The drawing and its tables need JavaScript.",
    "undrawn_one": "1 link leads to a record that is not on this map; the table of links lists it.",
    "undrawn": "{n} links lead to a record that is not on this map; the table of links lists them.",
    "controls": "What the map shows",
    "filters": "Filters",
    "review": "Review",
    "level": "Level",
    "perspective": "Perspective",
    "mechanism": "Mechanism",
    "stance": "Stance",
    "rigour": "Rigour at least",
    "all": "all",
    "any": "any",
    "find": "Find",
    "find_hint": "a name or a word",
    "sources": "Sources",
    "evidence": "Evidence links",
    "reset": "Reset",
    "help": "How filters work",
    "help_text": "Filters hide; nothing moves, and support stays as it was computed from all "
    "evidence. Level keeps what is stated at that level and what states no level at all, because "
    "an unstated level is not a different one. Mechanism keeps the mechanism, its configurations "
    "with their parts, mechanisms it is incorporated into or that went into it, and the sources "
    "with evidence about any of these. Perspective, stance and rigour keep links that have such a "
    "piece of evidence; evidence without a rigour that appraisers agree on is not kept. While "
    "anything of this is chosen, sources without a visible link are hidden. The address holds the "
    "filters and what is selected: a link to it opens the same view.",
    "drawing": "Drawing",
    "map": "Theory map",
    "map_help": "Arrow keys go to the next record in that direction, Page Down and Page Up "
    "through all of them, Enter opens one. Shift and an arrow moves the map, plus and minus zoom, "
    "0 shows all. The tables below hold the same content.",
    "zoom_in": "Zoom in",
    "zoom_out": "Zoom out",
    "fit_all": "Fit all",
    "fit_width": "Fit width",
    "save_png": "Save PNG",
    "save_svg": "Save SVG",
    "print": "Print",
    "aside": "Details and legend",
    "selected": "Selected",
    "panel_hint": "Click a box or a line, or use Find, to read what is behind it.",
    "legend": "Legend",
    "both": "by its evidence as well",
    "legend_hint": "Resource and reasoning together are a mechanism. A named mechanism's letters "
    "grow with its works, of the sort that it has most of; a line with its pieces of evidence. "
    "Lines of a configuration have the colour of its polarity; dashed ones are inferred, not "
    "stated.",
    "legend_hint_large": "Squares are mechanisms and configurations, circles are concepts and "
    "sources. The sign before a name says the same as its colour.",
    "tables": "The same as tables",
    "records": "Records on the map",
    "links": "Links on the map",
    "tour": "Argument tour",
    "tour_start": "Start the tour",
    "tour_next": "Next",
    "tour_previous": "Previous",
    "tour_end": "End the tour",
}
"""What the template shows."""

SCRIPT: dict[str, str] = {
    "count": "{nodes} of {all_nodes} nodes, {edges} of {all_edges} links shown",
    "of": "{n} of {all}",
    "support_unknown": "support not computed",
    "mechanism": "mechanism: {support}",
    "mechanism_stated": f"mechanism: {{support}} ({label('stated')}: {{stated}})",
    "and": " and ",
    "inferred": "{kind}, inferred",
    "pieces": "{kind}, {n} pieces of evidence",
    "more": "… and {n} more",
    "level": f"{heading('levels')}: {{levels}}",
    "review": "Review: {review}",
    "from_here": "From here",
    "to_here": "To here",
    "ends": "Ends",
    "evidence": "Evidence ({n})",
    "stance": "{stance}: {source}",
    "about": "{stance}: {target}",
    "where": f"{heading('locator')}: {{locator}}",
    "perspective": f"{heading('perspective')}: {{perspective}}",
    "appraisal": "Appraisal: {grades}",
    "appraisal_none": "Appraisal: not stated, or appraisers do not agree",
    "relevance": "relevance {grade}",
    "rigour": "rigour {grade}",
    "richness": "richness {grade}",
    "cite": "Cited as:",
    "copy": "Copy link to this",
    "copied": "Copied",
    "copy_by_hand": "Press Ctrl+C to copy",
    "address": "Link to this",
    "found": "{n} found for “{wanted}”",
    "found_none": "Nothing found for “{wanted}”",
    "hidden": "Hidden by the filters.",
    "rows": "Rows {first} to {last} of {all}",
    "next_rows": "Next rows",
    "previous_rows": "Previous rows",
    "step": "Step {n} of {all}",
    "spoken": "{name}, {kind}. {n} of {all}",
    "no_webgl": "This browser cannot draw a map of this size: WebGL is not available. The tables "
    "below hold everything.",
}
"""What the script shows."""

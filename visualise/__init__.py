"""Theory maps as one self-contained HTML file: it opens offline and asks the network for nothing.

``render_map`` gives the document, ``write_map`` writes it. Everything else is how:

* ``layout`` finds a place for each node,
* ``network`` turns a :class:`~graph.answers.TheoryMap` into a pyvis network,
* ``page`` puts the network into a page with filters, legend, details and tables.
"""

from visualise.page import render_map, write_map

__all__ = ["render_map", "write_map"]

"""Theory maps as one self-contained HTML file: it opens offline and asks the network for nothing.

``render_map`` gives the document, ``write_map`` writes it. Everything else is how:

* ``layout`` finds a place for each node and a way for each link, ``ripple`` how far along a chain
  a node lies, ``earlier`` where it was on an earlier map,
* ``network`` turns a :class:`~graph.answers.TheoryMap` into a pyvis network,
* ``page`` puts the network into a page with filters, legend, details and tables,
* ``tour`` is a walk over it, and ``words`` is what the page says.
"""

from visualise.earlier_map import places_of
from visualise.page import render_map, write_map
from visualise.tour import Tour, TourStep

__all__ = ["Tour", "TourStep", "places_of", "render_map", "write_map"]

"""Maps: the product's page beside pyvis used as its manual has it.

Both draw the same nodes and edges and give a complete HTML document as text.
"""

from __future__ import annotations

from statistics import median

from pyvis.network import Network

from benchmarks.measuring import Measured, alternately, milliseconds, ratio_by_turn, table
from benchmarks.synthetic import theory_map
from graph.answers import TheoryMap
from visualise import render_map

GOAL = 0.05
GROWTH_GOAL = 4.5
SMALL = (2_000, 4_000)
LARGE = (8_000, 16_000)


def raw_pyvis(drawn: TheoryMap) -> str:
    """The same map by ``add_node``, ``add_edge`` and pyvis's own template."""
    network = Network(directed=True, cdn_resources="in_line")
    for node in drawn.nodes:
        network.add_node(node.id, label=node.name, title="\n".join(node.lines), group=node.kind)
    for edge in drawn.edges:
        network.add_edge(edge.start, edge.end, title="\n".join(edge.lines))
    return str(network.generate_html())


def measure(rounds: int = 9, raw_rounds: int = 3) -> list[Measured]:
    """Draw both sizes, print what it took, and return the rows of the bar."""
    small, large = theory_map(*SMALL), theory_map(*LARGE)
    ours = alternately(
        {"small": lambda: render_map(small), "large": lambda: render_map(large)}, rounds=rounds
    )
    beside = alternately(
        {"ours": lambda: render_map(small), "pyvis": lambda: raw_pyvis(small)}, rounds=raw_rounds
    )
    table(
        "maps: build and render",
        ["map", "p50 ms", "KiB"],
        [
            [
                f"ours, {SMALL[0]:,} nodes, {SMALL[1]:,} edges",
                milliseconds(median(ours["small"])),
                f"{len(render_map(small)) // 1024:,}",
            ],
            [
                f"ours, {LARGE[0]:,} nodes, {LARGE[1]:,} edges",
                milliseconds(median(ours["large"])),
                f"{len(render_map(large)) // 1024:,}",
            ],
            [
                f"raw pyvis, {SMALL[0]:,} nodes, {SMALL[1]:,} edges",
                milliseconds(median(beside["pyvis"])),
                f"{len(raw_pyvis(small)) // 1024:,}",
            ],
        ],
    )
    return [
        Measured(
            "map build and render ÷ raw pyvis, 2,000/4,000",
            ratio_by_turn(beside["ours"], beside["pyvis"]),
            GOAL,
            note=f"{milliseconds(median(beside['ours']))} ms and "
            f"{milliseconds(median(beside['pyvis']))} ms",
        ),
        Measured(
            "map time at 8k/16k ÷ 2k/4k",
            ratio_by_turn(ours["large"], ours["small"]),
            GROWTH_GOAL,
            note="four times the nodes and edges",
        ),
    ]

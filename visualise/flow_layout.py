"""Where the boxes of a search flow stand and where its lines run: no box overlaps another.

Stages stand one below the other. Within a stage, tracks stand side by side, and a track that goes
on from another stands in a row below it. A track is a column of totals, with exits and further
entrances beside the line that joins them: to its right, or, where a track has its row to itself
and no line comes from elsewhere, entrances to its left and exits to its right. Lines between tracks
run in lanes that hold no boxes: to the sides of each track, below each row, and along the left
margin.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from graph.answers import StageView, StepView
from graph.model import StepKind

MAIN, SIDE, BETWEEN = 196.0, 178.0, 34.0
"""Widths of a box in the line of totals and of one beside it, and the room between them."""
MARGIN, HEAD, ROW, STAGE = 16.0, 22.0, 12.0, 10.0
ARROW = 20.0
LANE = 9.0
MOST_BESIDE = 3
"""Tracks side by side; a figure with more could not be read on paper."""


@dataclass(slots=True)
class Box:
    """A step as a rectangle."""

    step: StepView
    x: float
    y: float
    width: float
    height: float
    beside: bool

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.y + self.height / 2


@dataclass(slots=True)
class Wire:
    """A line with right angles that ends in an arrow, or not."""

    points: list[tuple[float, float]]
    arrow: bool = True
    dashed: bool = False


@dataclass(slots=True)
class Placed:
    """A stage or a track with where its name goes."""

    stage: StageView | None
    name: str
    x: float
    y: float


@dataclass(slots=True)
class Plan:
    """All of a flow in its places."""

    width: float
    height: float
    boxes: list[Box] = field(default_factory=list)
    wires: list[Wire] = field(default_factory=list)
    heads: list[Placed] = field(default_factory=list)


@dataclass(slots=True)
class _Track:
    name: str
    steps: list[StepView]
    stage: str
    row: int = 0
    left: float = 0.0
    """Where its left gutter begins."""
    lanes_left: int = 0
    lanes_right: int = 0
    both: bool = False
    """Whether entrances stand to the left of the line, and exits to its right."""
    boxes: dict[str, Box] = field(default_factory=dict)

    @property
    def has_sides(self) -> bool:
        return bool(self.sides)

    @property
    def sides(self) -> set[StepKind]:
        """The kinds of step that stand beside the line."""
        return {step.kind for at, step in enumerate(self.steps) if _beside(self.steps, at)}

    @property
    def main(self) -> float:
        return self.left + _gutter(self.lanes_left) + (SIDE + BETWEEN if self.both else 0)

    @property
    def right(self) -> float:
        boxes = MAIN + (BETWEEN + SIDE if self.has_sides else 0)
        return self.main + boxes + _gutter(self.lanes_right)


@dataclass(slots=True)
class _Link:
    source: StepView
    target: StepView
    of: _Track
    to: _Track
    beside: bool
    """Whether it enters a box beside the line of totals, from the right."""
    margin: int | None = None
    leaves: int = 0
    enters: int = 0
    below: int = 0
    above: int = 0


def plan(
    stages: Sequence[StageView],
    height: Callable[[StepView, float], float],
    heading: Callable[[StageView, float], float],
) -> Plan:
    """Give every step of a flow a place.

    Args:
        stages: The flow.
        height: The height of a step's box, given its width.
        heading: The height of a stage's heading, given its width.
    """
    tracks = [_tracks(stage) for stage in stages]
    rows = _rows(tracks)
    links = _links(tracks)
    margins = 0
    below = [0] * len(rows)
    above = [0] * len(rows)
    for link in links:
        link.leaves = link.of.lanes_left
        link.of.lanes_left += 1
        if link.beside:
            link.enters = link.to.lanes_right
            link.to.lanes_right += 1
        else:
            link.enters = link.to.lanes_left
            link.to.lanes_left += 1
        link.below = below[link.of.row]
        below[link.of.row] += 1
        if not _near(link):
            link.margin = margins
            margins += 1
            link.above = above[link.to.row]
            above[link.to.row] += 1
    edge = MARGIN + margins * LANE + (6 if margins else 0)
    for row in rows:
        x = edge
        for track in row:
            alone = len(row) == 1 and not track.lanes_left and not track.lanes_right
            track.both = alone and len(track.sides) > 1
            track.left = x
            x = track.right + 10
    width = max((row[-1].right for row in rows), default=edge + 2 * MAIN) + MARGIN
    width = max(width, edge + 2.6 * MAIN)
    for (track,) in (row for row in rows if row[0].both):
        track.left += (width - MARGIN - track.right) / 2
    made = Plan(width, 0.0)
    tops, bottoms = _stack(made, stages, tracks, rows, height, heading, edge, below, above)
    made.wires += [_wire(link, tops, bottoms) for link in links]
    return made


def _tracks(stage: StageView) -> list[_Track]:
    found: dict[str, _Track] = {}
    for step in stage.steps:
        found.setdefault(step.track, _Track(step.track, [], stage.id)).steps.append(step)
    return list(found.values())


def _rows(tracks: list[list[_Track]]) -> list[list[_Track]]:
    """Tracks in rows of a few; one that takes from another of its stage is further down."""
    rows: list[list[_Track]] = []
    for of_stage in tracks:
        homes = {step.id: track.name for track in of_stage for step in track.steps}
        needs = {
            track.name: {homes[step.takes] for step in track.steps if step.takes in homes}
            - {track.name}
            for track in of_stage
        }
        waiting = list(of_stage)
        done: set[str] = set()
        while waiting:
            ready = [track for track in waiting if needs[track.name] <= done] or waiting[:1]
            for start in range(0, len(ready), MOST_BESIDE):
                rows.append(ready[start : start + MOST_BESIDE])
                for track in rows[-1]:
                    track.row = len(rows) - 1
            done |= {track.name for track in ready}
            waiting = [track for track in waiting if track.name not in done]
    return rows


def _links(tracks: list[list[_Track]]) -> list[_Link]:
    homes = {
        step.id: (track, step) for of_stage in tracks for track in of_stage for step in track.steps
    }
    found = []
    for track, target in homes.values():
        if target.takes in homes and target.takes != target.id:
            of, source = homes[target.takes]
            beside = _beside(track.steps, track.steps.index(target))
            found.append(_Link(source, target, of, track, beside))
    return found


def _beside(steps: Sequence[StepView], at: int) -> bool:
    """Whether a step stands beside the line: all but totals and what a track begins with."""
    step = steps[at]
    return step.kind is not StepKind.TOTAL and not (at == 0 and step.kind is StepKind.ENTRANCE)


def _near(link: _Link) -> bool:
    """Whether the lane below the row of its source leads to its target."""
    if link.of.row == link.to.row:
        return True
    return link.to.row == link.of.row + 1 and link.of.stage == link.to.stage


def _stack(
    made: Plan,
    stages: Sequence[StageView],
    tracks: list[list[_Track]],
    rows: list[list[_Track]],
    height: Callable[[StepView, float], float],
    heading: Callable[[StageView, float], float],
    edge: float,
    below: list[int],
    above: list[int],
) -> tuple[list[float], list[float]]:
    """Place headings and boxes; where the lanes above and below each row begin."""
    tops = [0.0] * len(rows)
    bottoms = [0.0] * len(rows)
    y = 0.0
    for stage, of_stage in zip(stages, tracks, strict=True):
        made.heads.append(Placed(stage, stage.name, edge, y))
        y += heading(stage, made.width - edge - MARGIN) + 10
        for row in sorted({track.row for track in of_stage}):
            tops[row] = y
            y += above[row] * LANE + (8 if above[row] else 0)
            ends = [_column(made, track, y, height, len(of_stage) > 1) for track in rows[row]]
            bottoms[row] = max(ends)
            y = bottoms[row] + below[row] * LANE + 12
        y += STAGE
    made.height = y
    return tops, bottoms


def _column(
    made: Plan,
    track: _Track,
    y: float,
    height: Callable[[StepView, float], float],
    named: bool,
) -> float:
    """Place the boxes of a track below each other, and the line that joins them; where it ends."""
    if named and track.name:
        made.heads.append(Placed(None, track.name, track.main, y))
        y += HEAD
    line = track.main + MAIN / 2
    last: Box | None = None
    """The box that the line comes from."""
    start: float | None = None
    side: Box | None = None
    free = {True: y, False: y}
    """Below this, nothing stands beside the line yet: to its left, and to its right."""
    for at, step in enumerate(track.steps):
        beside = _beside(track.steps, at)
        width = SIDE if beside else MAIN
        tall = height(step, width)
        if beside:
            # Only its middle, where its arrow is, has to be clear of the totals.
            left = track.both and step.kind is StepKind.ENTRANCE
            first = last is None and side is None
            y = free[left] if first else max(free[left], y + ROW - tall / 2)
            x = track.main - BETWEEN - SIDE if left else track.main + MAIN + BETWEEN
            box = Box(step, x, y, width, tall, True)
            ends = [(line, box.middle), (box.right if left else box.x, box.middle)]
            out = step.kind is StepKind.EXIT
            made.wires.append(Wire(ends if out else ends[::-1]))
            start = box.middle if last is None and start is None else start
            side, y, free[left] = box, box.middle, box.bottom + ROW
        else:
            y += 0 if last is None and side is None else ARROW
            box = Box(step, track.main, y, width, tall, False)
            top = last.bottom if last is not None else start
            if top is not None:
                made.wires.append(Wire([(line, top), (line, box.y)]))
            last, start, side, y = box, None, None, box.bottom
        made.boxes.append(box)
        track.boxes[step.id] = box
    if side is not None:
        top = last.bottom if last is not None else start
        if top is not None and side.middle > top:
            made.wires.append(Wire([(line, top), (line, side.middle)], arrow=False))
    return max(y, *free.values())


def _gutter(lanes: int) -> float:
    return 14 + lanes * LANE if lanes else 0.0


def _wire(link: _Link, tops: list[float], bottoms: list[float]) -> Wire:
    """From the left of a total, through lanes, to the side of the box that goes on from it."""
    source, target = link.of.boxes[link.source.id], link.to.boxes[link.target.id]
    leaves = source.middle + 4 * (link.leaves % 3 - 1)
    enters = target.middle
    out = link.of.left + 4 + link.leaves * LANE
    into = link.to.left + 4 + link.enters * LANE
    end = target.x
    if link.beside:
        into = link.to.right - 4 - link.enters * LANE
        end = target.right
    low = bottoms[link.of.row] + link.below * LANE
    points = [(source.x, leaves), (out, leaves), (out, low)]
    if link.margin is not None:
        lane = MARGIN + link.margin * LANE
        high = tops[link.to.row] + link.above * LANE
        points += [(lane, low), (lane, high), (into, high)]
    else:
        points += [(into, low)]
    return Wire([*points, (into, enters), (end, enters)], dashed=True)

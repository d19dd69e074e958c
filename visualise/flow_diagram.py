"""The flow diagram: from records found to sources included, drawn from the checked flow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.answers import Equation, FlowReport, StageView, StepView
from graph.answers.rows import columns, written
from graph.answers.rows import rows as flat_rows
from graph.model import StepKind
from visualise import figure_words as words
from visualise.figure_page import figure_page
from visualise.figures import (
    INK,
    LINE_HEIGHT,
    RED,
    SOFT,
    Figure,
    wrapped,
)
from visualise.flow_layout import MARGIN, Box, Placed, Wire, plan

SIZE, SMALL, TITLE = 13.0, 12.0, 17.0
PADDING = 8.0
_LOOKS = {
    StepKind.ENTRANCE: ("#e3f0fa", "#2f6f9f"),
    StepKind.EXIT: ("#ffffff", "#7a828c"),
    StepKind.TOTAL: ("#eef1f4", "#1d2733"),
}
"""Fill and border of each kind of box."""


def flow_svg(report: FlowReport) -> str:
    """A review's search flow as SVG: every number, sums that do not hold in red.

    Args:
        report: The checked flow; any text in it is drawn as text.

    Returns:
        The document; it needs no other file.
    """
    failed = failed_steps(report)
    computed = computed_steps(report)
    made = plan(
        report.stages,
        lambda step, width: _height(step, width, failed),
        lambda stage, width: sum(size * LINE_HEIGHT for _, size, _ in _heading(stage, width)) + 12,
    )
    figure = Figure(made.width, words.FLOW_TITLE.format(title=report.title), summary(report))
    inner = made.width - 2 * MARGIN
    title = words.FLOW_TITLE.format(title=report.title)
    top = figure.lines(
        MARGIN, MARGIN, wrapped(title, inner, TITLE, "bold"), size=TITLE, face="bold"
    )
    top = figure.lines(MARGIN, top + 2, wrapped(summary(report), inner, SIZE), size=SIZE, fill=SOFT)
    top += 14
    for wire in made.wires:
        _draw_wire(figure, wire, top)
    for placed in made.heads:
        _draw_head(figure, placed, top, made.width)
    for box in made.boxes:
        _draw_box(figure, box, top, failed.get(box.step.id, []), box.step.id in computed)
    bottom = made.height + top
    dashed = any(wire.dashed for wire in made.wires)
    for text, fill, face in _foot(report, bool(computed), dashed):
        lines = wrapped(text, inner, SMALL, face)
        bottom = figure.lines(MARGIN, bottom, lines, size=SMALL, fill=fill, face=face) + 3
    figure.height = bottom + MARGIN
    return figure.text()


def flow_page(report: FlowReport) -> str:
    """The diagram as an offline page, with its table and the data behind it to download."""
    return figure_page(
        title=words.FLOW_TITLE.format(title=report.title),
        notes=[summary(report)],
        svg=flow_svg(report),
        heads=words.FLOW_HEADS,
        rows=flow_rows(report),
        data=report.model_dump_json(indent=2),
        table=written(columns(FlowReport), flat_rows(report)),
        name=f"flow-{report.review}",
    )


def flow_rows(report: FlowReport) -> list[tuple[str, ...]]:
    """What the diagram shows, a row for each box."""
    failed = failed_steps(report)
    sound = {equation.name for equation in report.equations if equation.holds}
    rows: list[tuple[str, ...]] = []
    for stage in report.stages:
        for step in stage.steps:
            n = step.number
            broken = failed.get(step.id, [])
            holds = words.HOLDS if _sum_name(step) in sound else ""
            fails = "; ".join(equation.text for equation in broken)
            rows.append(
                (
                    stage.name,
                    step.track,
                    step.kind.value,
                    step.name,
                    "" if n is None else str(n),
                    step.given,
                    words.FAILS.format(text=fails) if broken else holds,
                    step.locator or "",
                )
            )
    return rows


def computed_steps(report: FlowReport) -> set[str]:
    """Boxes whose number nobody states: implied ones, and those that go on from them."""
    steps = {step.id: step for stage in report.stages for step in stage.steps}

    def stated(step: StepView) -> bool:
        seen: set[str] = set()
        while step.n is None and step.takes in steps and step.id not in seen:
            seen.add(step.id)
            step = steps[step.takes]
        return step.n is not None

    return {id_ for id_, step in steps.items() if step.number is not None and not stated(step)}


def failed_steps(report: FlowReport) -> dict[str, list[Equation]]:
    """The sums that do not hold, by the box they are about; those of tallies have none."""
    broken = [equation for equation in report.equations if not equation.holds]
    found: dict[str, list[Equation]] = {}
    for stage in report.stages:
        for step in stage.steps:
            of_it = [
                equation
                for equation in broken
                if equation.name == _sum_name(step)
                or (
                    step.counts
                    and equation.name == f"{_sum_name(step)} = {step.counts} in the graph"
                )
            ]
            if of_it:
                found[step.id] = of_it
    return found


def summary(report: FlowReport) -> str:
    """One sentence on whether the numbers hold."""
    if not any(stage.steps for stage in report.stages):
        return words.FLOW_EMPTY
    return report.verdict


def _sum_name(step: StepView) -> str:
    return f"{step.id.partition(':')[2]}: {step.name}"


def _told(step: StepView) -> str:
    n = step.number
    return words.NO_NUMBER if n is None else words.NUMBER.format(n=n)


def _parts(
    step: StepView, width: float, failed: Sequence[Equation]
) -> list[tuple[str, float, str, str]]:
    """The lines of a box: text, size, face, what it is."""
    inner = width - 2 * PADDING
    lines = [(line, SIZE, "regular", "name") for line in wrapped(step.name, inner, SIZE)]
    if step.reason:
        reason = words.REASON.format(reason=step.reason)
        lines += [(line, SMALL, "regular", "reason") for line in wrapped(reason, inner, SMALL)]
    lines.append((_told(step), SIZE, "bold", "number"))
    for equation in failed:
        text = f"✗ {equation.text}"
        lines += [(line, SMALL, "bold", "failed") for line in wrapped(text, inner, SMALL, "bold")]
    return lines


def _height(step: StepView, width: float, failed: dict[str, list[Equation]]) -> float:
    lines = _parts(step, width, failed.get(step.id, []))
    return sum(size * LINE_HEIGHT for _, size, _, _ in lines) + 2 * PADDING - 2


def _draw_box(
    figure: Figure, box: Box, top: float, failed: Sequence[Equation], computed: bool
) -> None:
    step = box.step
    fill, border = _LOOKS[step.kind]
    group = figure.group(tip=f"{step.name}: {_told(step)}")
    figure.shape(
        "rect",
        group,
        x=box.x,
        y=box.y + top,
        width=box.width,
        height=box.height,
        rx=0 if step.kind is StepKind.EXIT else 5,
        fill="#fdecef" if failed else fill,
        stroke=RED if failed else border,
        stroke_width=2.5 if failed else 2 if step.kind is StepKind.TOTAL else 1.2,
        data_step=step.id,
    )
    y = box.y + top + PADDING - 2
    for text, size, face, what in _parts(step, box.width, failed):
        ink = RED if what == "failed" or (failed and what == "number") else INK
        ink = SOFT if what == "reason" else ink
        open_ = what == "number" and step.number is None
        used = "oblique" if what == "number" and computed else "regular" if open_ else face
        figure.write(
            box.x + PADDING,
            y + size,
            text,
            size=size,
            face=used,
            fill=SOFT if open_ else ink,
            parent=group,
            data_part=what,
        )
        y += size * LINE_HEIGHT


def _draw_wire(figure: Figure, wire: Wire, top: float) -> None:
    points = [(x, y + top) for x, y in wire.points]
    ends = points[-1]
    before = points[-2]
    across = (ends[0] > before[0]) - (ends[0] < before[0])
    down = (ends[1] > before[1]) - (ends[1] < before[1])
    if wire.arrow:
        tail = (ends[0] - across * 7, ends[1] - down * 7)
        tip = [
            ends,
            (tail[0] - down * 4, tail[1] - across * 4),
            (tail[0] + down * 4, tail[1] + across * 4),
        ]
        figure.shape("path", d=_path(tip) + "Z", fill=SOFT)
        points = [*points[:-1], tail]
    line = figure.shape(
        "path", d=_path(points), fill="none", stroke=SOFT, stroke_width=1.3, class_="wire"
    )
    if wire.dashed:
        line.set("stroke-dasharray", "5 3")


def _path(points: Iterable[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _heading(stage: StageView, width: float) -> list[tuple[str, float, str]]:
    """The lines of a stage's heading: text, size, face."""
    lines = [(line, 14.0, "bold") for line in wrapped(stage.name, width - 16, 14, "bold")]
    told = []
    if stage.databases:
        said = words.ONE_DATABASE if len(stage.databases) == 1 else words.DATABASES
        told.append(said.format(n=len(stage.databases), names=", ".join(stage.databases)))
    if stage.handsearched:
        told.append(words.HANDSEARCHED.format(names=", ".join(stage.handsearched)))
    if stage.searched_on:
        told.append(words.SEARCHED_ON.format(date=stage.searched_on))
    if told:
        text = "; ".join(told)
        lines += [(line, SMALL, "regular") for line in wrapped(text, width - 16, SMALL)]
    return lines


def _draw_head(figure: Figure, placed: Placed, top: float, width: float) -> None:
    y = placed.y + top
    if placed.stage is None:
        figure.write(placed.x, y + 13, placed.name, size=SMALL, face="bold", fill=SOFT)
        return
    inner = width - placed.x - MARGIN
    lines = _heading(placed.stage, inner)
    height = sum(size * LINE_HEIGHT for _, size, _ in lines) + 8
    figure.shape("rect", x=placed.x, y=y, width=inner, height=height, fill="#dde3e9", rx=3)
    y += 3
    for text, size, face in lines:
        figure.write(placed.x + 8, y + size, text, size=size, face=face)
        y += size * LINE_HEIGHT


def _foot(report: FlowReport, italic: bool, dashed: bool) -> list[tuple[str, str, str]]:
    """Notes below the diagram: text, colour, face."""
    notes = [(words.FLOW_DASHED, SOFT, "regular")] if dashed else []
    if italic:
        notes.append((words.FLOW_ITALIC, SOFT, "oblique"))
    broken = [equation for equation in report.equations if not equation.holds]
    if broken:
        notes.append((words.FLOW_RED, RED, "regular"))
    for equation in broken:
        text = words.FLOW_FAILED.format(
            name=equation.name, text=equation.text, left=equation.left, right=equation.right
        )
        notes.append((f"✗ {text}", RED, "bold"))
    mends = next((equation.mended_by for equation in broken if equation.mended_by), [])
    if mends:
        notes.append((words.FLOW_MENDED.format(mends="; or ".join(mends)), RED, "regular"))
    return notes

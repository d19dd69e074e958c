// Draws a map that vis-network is comfortable with. Both drawers return the same functions.
// Its lines would run behind boxes, so it draws the nodes, and links are painted below them.
const drawSmall = () => {
  // A label line that is wider than its box gets smaller letters.
  const roomOf = (group) => (group.widthConstraint ? group.widthConstraint.minimum : 190);
  const sizeOf = (node) => {
    const group = groups[node.group];
    const size = (node.font && node.font.size) || group.font.size;
    pen.font = `${size}px ${group.font.face}`;
    let widest = 0;
    for (const line of node.label.split("\n")) {
      widest = Math.max(widest, pen.measureText(line).width);
    }
    const room = roomOf(group);
    return widest > room ? Math.max(1, Math.floor((size * room * 10) / widest) / 10) : size;
  };
  const boxes = nodes.map((node) => {
    node.size = sizeOf(node);
    return { id: node.id, group: node.group, label: node.label, x: node.x, y: node.y,
      font: { size: node.size } };
  });
  const data = { nodes: new vis.DataSet(boxes), edges: new vis.DataSet([]) };
  const tinted = () => ({ ...source.options, groups: tintedGroups() });
  const network = new vis.Network(place, data, tinted());
  // The page gives the whole map one stop for the keyboard, with keys for what is on it.
  for (const inner of place.querySelectorAll("[tabindex]")) inner.tabIndex = -1;
  const links = linkPainter();
  let chosen = new Set();
  let chosenLink = null;
  let under = null;
  const stands = (edge) => edge.id === chosenLink || edge.id === under
    || chosen.has(edge.from) || chosen.has(edge.to);
  network.on("beforeDrawing", (context) => {
    paintFrames(context);
    links.paint(context, stands);
  });
  const linkAt = (point) => links.at(point.x, point.y, 7 / network.getScale());
  const tip = tipOver(place);
  let asked = null;
  place.addEventListener("pointermove", (event) => {
    if (asked !== null) return;
    asked = requestAnimationFrame(() => {
      asked = null;
      const area = place.getBoundingClientRect();
      const where = { x: event.clientX - area.left, y: event.clientY - area.top };
      const node = network.getNodeAt(where);
      const edge = node === undefined ? linkAt(network.DOMtoCanvas(where)) : undefined;
      place.style.cursor = node === undefined && edge === undefined ? "" : "pointer";
      if (node !== undefined) {
        tip.show(tooltip(nodes[node].name, nodeKind(nodes[node]), linesOf(nodes[node])), where);
      } else if (edge !== undefined) {
        const { from, to } = edges[edge];
        tip.show(tooltip(`${nodes[from].name} → ${nodes[to].name}`, edgeKind(edges[edge]),
          linesOf(edges[edge])), where);
      } else tip.hide();
      if (under !== (edge ?? null)) {
        under = edge ?? null;
        network.redraw();
      }
    });
  });
  place.addEventListener("pointerleave", () => {
    tip.hide();
    under = null;
  });
  for (const gone of ["dragStart", "zoom"]) network.on(gone, tip.hide);
  return {
    show: (visible) => {
      const changed = data.nodes.get()
        .filter((node) => Boolean(node.hidden) === visible[node.id])
        .map((node) => ({ id: node.id, hidden: !visible[node.id] }));
      if (changed.length) data.nodes.update(changed);
      network.redraw();
    },
    scale: () => network.getScale(),
    middle: () => network.getViewPosition(),
    moveTo: (view) => network.moveTo(view),
    toScreen: (x, y) => network.canvasToDOM({ x, y }),
    select: (ids, link = null) => {
      chosen = new Set(ids);
      chosenLink = link;
      network.selectNodes(ids);
      network.redraw();
    },
    onClick: (act) => network.on("click", (event) => act(
      event.nodes[0], event.nodes.length ? undefined : linkAt(event.pointer.canvas))),
    onMove: (act) => network.on("afterDrawing", act),
    onReady: (act) => {
      network.once("afterDrawing", act);
      network.redraw();
    },
    recolour: () => {
      network.setOptions(tinted());
      data.nodes.update(boxes.map(({ id, group }) => ({ id, group })));
    },
    handles: { network, data, links },
  };
};

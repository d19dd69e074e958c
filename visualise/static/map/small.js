// Draws a map that vis-network is comfortable with. Both drawers return the same functions.
const drawSmall = () => {
  // A label line that is wider than its box gets smaller letters.
  const pen = document.createElement("canvas").getContext("2d");
  const roomOf = (group) => (group.widthConstraint ? group.widthConstraint.minimum : 190);
  const boxes = nodes.map((stated) => {
    const node = { ...stated };
    const group = groups[node.group];
    const size = (node.font && node.font.size) || group.font.size;
    pen.font = `${size}px ${group.font.face}`;
    let widest = 0;
    for (const line of node.label.split("\n")) {
      widest = Math.max(widest, pen.measureText(line).width);
    }
    const room = roomOf(group);
    if (widest > room) node.font = { size: Math.max(1, Math.floor((size * room * 10) / widest) / 10) };
    stated.size = (node.font && node.font.size) || group.font.size;
    node.title = tooltip(node.name, nodeKind(node), linesOf(node));
    return node;
  });

  const lanes = new Map();
  const lines = edges.map((edge) => {
    const style = lineOf(edge);
    const lane = `${edge.from} ${edge.to} ${edge.kind}`;
    const before = lanes.get(lane) || 0;
    lanes.set(lane, before + 1);
    const bend = style.bend * (1 + before);
    return {
      ...edge,
      color: {
        color: edgeColor(edge), highlight: INK, hover: INK, opacity: style.evidence ? 0.75 : 0.9,
      },
      dashes: edgeDashes(edge),
      width: style.width * (1 + Math.log2(Math.max(1, edge.count)) * 0.7),
      smooth: style.evidence || style.bend
        ? { enabled: true, type: bend < 0 ? "curvedCCW" : "curvedCW", roundness: Math.abs(bend) }
        : { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.45 },
      title: tooltip(
        `${nodes[edge.from].name} → ${nodes[edge.to].name}`, edgeKind(edge), linesOf(edge)),
    };
  });
  const data = { nodes: new vis.DataSet(boxes), edges: new vis.DataSet(lines) };
  const network = new vis.Network(place, data, source.options);
  // The page gives the whole map one stop for the keyboard, with keys for what is on it.
  for (const inner of place.querySelectorAll("[tabindex]")) inner.tabIndex = -1;
  network.on("beforeDrawing", paintFrames);
  const hide = (records, visible) => records.get()
    .filter((record) => Boolean(record.hidden) === visible[record.id])
    .map((record) => ({ id: record.id, hidden: !visible[record.id] }));
  return {
    show: (shown, drawn) => {
      const changedNodes = hide(data.nodes, shown);
      const changedEdges = hide(data.edges, drawn);
      if (changedNodes.length) data.nodes.update(changedNodes);
      if (changedEdges.length) data.edges.update(changedEdges);
      network.redraw();
    },
    scale: () => network.getScale(),
    middle: () => network.getViewPosition(),
    moveTo: (view) => network.moveTo(view),
    toScreen: (x, y) => network.canvasToDOM({ x, y }),
    select: (ids) => network.selectNodes(ids),
    onClick: (act) => network.on("click", (event) => act(event.nodes[0], event.edges[0])),
    onMove: (act) => network.on("afterDrawing", act),
    onReady: (act) => {
      network.once("afterDrawing", act);
      network.redraw();
    },
    paint: (context, width, height) => {
      context.drawImage(network.canvas.frame.canvas, 0, 0, width, height);
    },
    handles: { network, data },
  };
};

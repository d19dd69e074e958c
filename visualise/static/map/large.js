// Draws a map that is too large for vis-network, by WebGL.
const drawLarge = () => {
  const { Graph, Sigma, EdgeLineProgram, NodeCircleProgram, NodeSquareProgram } = SigmaKit;
  const graph = new Graph({ type: "directed", multi: true, allowSelfLoops: true });
  const paler = (color) => `#${[1, 3, 5].map((from) => (
    Math.round(150 + parseInt(color.slice(from, from + 2), 16) * 0.41).toString(16))).join("")}`;
  // Names that would lie on one that is drawn already wait until there is room for them.
  let written = [];
  const writeName = (context, look, settings) => {
    if (!look.label) return;
    context.font = `${settings.labelSize}px ${settings.labelFont}`;
    const left = look.x + look.size + 4;
    const area = { left, right: left + context.measureText(look.label).width,
      top: look.y - settings.labelSize * 0.75, bottom: look.y + settings.labelSize * 0.75 };
    if (written.some((other) => area.left < other.right && other.left < area.right
      && area.top < other.bottom && other.top < area.bottom)) return;
    written.push(area);
    context.lineWidth = 4;
    context.strokeStyle = "#fff";
    context.fillStyle = INK;
    context.lineJoin = "round";
    context.strokeText(look.label, left, look.y + settings.labelSize / 3);
    context.fillText(look.label, left, look.y + settings.labelSize / 3);
  };
  class Circle extends NodeCircleProgram {
    drawLabel = writeName;
  }
  class Square extends NodeSquareProgram {
    drawLabel = writeName;
  }
  const square = (node) => node.kind === "mechanism" || node.kind === "configuration";
  for (const node of nodes) {
    const look = groups[node.group];
    graph.addNode(node.id, {
      x: node.x,
      y: -node.y,
      label: node.label.split("\n", 2).join(" "),
      size: node.kind === "mechanism" ? 17 : 13,
      color: look.color.border,
      type: square(node) ? "square" : "circle",
    });
  }
  for (const edge of edges) {
    graph.addEdgeWithKey(edge.id, edge.from, edge.to, {
      size: 1,
      color: edge.kind === "challenges" ? edgeColor(edge) : paler(edgeColor(edge)),
    });
  }
  let hiddenNodes = null;
  let hiddenEdges = null;
  let chosen = new Set();
  const sigma = new Sigma(graph, place, {
    defaultEdgeType: "line",
    edgeProgramClasses: { line: EdgeLineProgram },
    nodeProgramClasses: { circle: Circle, square: Square },
    hideEdgesOnMove: nodes.length > 20000,
    hideLabelsOnMove: true,
    defaultDrawNodeLabel: writeName,
    labelFont: FACE,
    labelColor: { color: INK },
    labelSize: 13,
    labelDensity: 0.5,
    labelGridCellWidth: 180,
    labelRenderedSizeThreshold: 9,
    itemSizesReference: "positions",
    zoomToSizeRatioFunction: (ratio) => ratio,
    minCameraRatio: 0.001,
    maxCameraRatio: 4,
    zIndex: false,
    nodeReducer: (id, look) => {
      if (hiddenNodes && !hiddenNodes[id]) return { ...look, hidden: true };
      if (chosen.has(Number(id))) return { ...look, highlighted: true, size: look.size * 2 };
      return look;
    },
    edgeReducer: (id, look) => (
      hiddenEdges && !hiddenEdges[id] ? { ...look, hidden: true } : look),
  });
  for (const inner of place.querySelectorAll("canvas")) inner.setAttribute("aria-hidden", "true");
  const camera = sigma.getCamera();
  // By the camera as it is now: sigma's own matrix is that of the last drawing.
  const now = () => ({ cameraState: camera.getState() });
  const toScreen = (x, y) => sigma.graphToViewport({ x, y: -y }, now());
  const scale = () => Math.abs(toScreen(1000, 0).x - toScreen(0, 0).x) / 1000;

  sigma.createCanvasContext("frames", { beforeLayer: "edges" });
  const ground = sigma.getCanvases().frames;
  ground.setAttribute("aria-hidden", "true");
  const below = ground.getContext("2d");
  sigma.on("beforeRender", () => {
    written = [];
  });
  sigma.on("afterRender", () => {
    const ratio = window.devicePixelRatio || 1;
    const { width, height } = sigma.getDimensions();
    if (ground.width !== width * ratio) ground.width = width * ratio;
    if (ground.height !== height * ratio) ground.height = height * ratio;
    const zero = toScreen(0, 0);
    const size = scale() * ratio;
    below.setTransform(1, 0, 0, 1, 0, 0);
    below.clearRect(0, 0, ground.width, ground.height);
    below.setTransform(size, 0, 0, size, zero.x * ratio, zero.y * ratio);
    paintFrames(below);
  });

  const tip = element("div", undefined, "vis-tooltip");
  place.append(tip);
  sigma.on("enterNode", ({ node, event }) => {
    const entered = nodes[Number(node)];
    tip.replaceChildren(tooltip(entered.name, nodeKind(entered), linesOf(entered)));
    tip.style.left = `${event.x + 12}px`;
    tip.style.top = `${event.y + 12}px`;
    tip.style.visibility = "visible";
  });
  sigma.on("leaveNode", () => {
    tip.style.visibility = "hidden";
  });
  return {
    show: (shown, drawn) => {
      hiddenNodes = shown.includes(false) ? shown : null;
      hiddenEdges = drawn.includes(false) ? drawn : null;
      sigma.refresh();
    },
    scale,
    middle: () => {
      const { width, height } = sigma.getDimensions();
      const found = sigma.viewportToGraph({ x: width / 2, y: height / 2 }, now());
      return { x: found.x, y: -found.y };
    },
    moveTo: (view) => {
      if (view.scale) camera.setState({ ratio: (camera.getState().ratio * scale()) / view.scale });
      if (view.position) {
        camera.setState(sigma.viewportToFramedGraph(toScreen(view.position.x, view.position.y), now()));
      }
    },
    toScreen,
    select: (ids) => {
      chosen = new Set(ids);
      sigma.refresh({ skipIndexation: true });
    },
    onClick: (act) => {
      sigma.on("clickNode", ({ node }) => act(Number(node)));
      sigma.on("clickStage", () => act());
    },
    onMove: (act) => sigma.on("afterRender", act),
    onReady: (act) => requestAnimationFrame(() => requestAnimationFrame(act)),
    paint: (context, width, height) => {
      // What WebGL drew can only be read in the turn in which it was drawn.
      sigma.refresh({ skipIndexation: true });
      for (const name of ["frames", "edges", "nodes", "edgeLabels", "labels", "hovers", "hoverNodes"]) {
        const layer = sigma.getCanvases()[name];
        if (layer && layer.width) context.drawImage(layer, 0, 0, width, height);
      }
    },
    handles: { sigma, graph },
  };
};

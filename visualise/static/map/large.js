// Lines with dashes, drawn by WebGL: the pattern is as long on the screen whatever the zoom is.
const dashedLine = (Plain, on, off) => {
  const vertex = new Float32Array(8);
  return class extends Plain {
    getDefinition() {
      const plain = super.getDefinition();
      return {
        ...plain,
        UNIFORMS: [...plain.UNIFORMS, "u_scale"],
        ATTRIBUTES: [...plain.ATTRIBUTES,
          { name: "a_along", size: 1, type: WebGLRenderingContext.FLOAT }],
        VERTEX_SHADER_SOURCE: `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_along;
uniform mat3 u_matrix;
uniform float u_scale;
varying vec4 v_color;
varying float v_along;
void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  v_along = a_along * u_scale;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}`,
        FRAGMENT_SHADER_SOURCE: `
precision highp float;
varying vec4 v_color;
varying float v_along;
void main(void) {
  if (mod(v_along, ${(on + off).toFixed(1)}) > ${on.toFixed(1)}) discard;
  gl_FragColor = v_color;
}`,
      };
    }

    processVisibleItem(edge, start, from, to, look) {
      const all = this.array;
      this.array = vertex;
      super.processVisibleItem(edge, 0, from, to, look);
      this.array = all;
      all.set(vertex.subarray(0, 4), start);
      all[start + 4] = 0;
      all.set(vertex.subarray(4), start + 5);
      all[start + 9] = Math.hypot(to.x - from.x, to.y - from.y);
    }

    setUniforms(params, program) {
      super.setUniforms(params, program);
      const [across, down] = params.matrix;
      program.gl.uniform1f(program.uniformLocations.u_scale,
        Math.hypot(across, down) * params.width * 0.5);
    }
  };
};

// Draws a map that is too large for vis-network, by WebGL.
const drawLarge = () => {
  const { Graph, Sigma, EdgeLineProgram, NodeCircleProgram, NodeSquareProgram } = SigmaKit;
  const linePrograms = { line: EdgeLineProgram };
  const lineType = (edge) => {
    const dashes = edgeDashes(edge);
    if (!dashes) return "line";
    const type = dashes.join(" ");
    linePrograms[type] ??= dashedLine(EdgeLineProgram, dashes[0], dashes[1]);
    return type;
  };
  const graph = new Graph({ type: "directed", multi: true, allowSelfLoops: true });
  // Many lines lie on each other: they are closer to the ground than those of a small map.
  const towards = (color, ground, share) => `#${[1, 3, 5].map((from) => {
    const [one, other] = [color, ground].map((each) => parseInt(each.slice(from, from + 2), 16));
    return Math.round(one + (other - one) * share).toString(16).padStart(2, "0");
  }).join("")}`;
  const named = (node) => {
    const short = node.name.length > 60 ? `${node.name.slice(0, 59)}…` : node.name;
    return source.signs[node.group] ? `${source.signs[node.group]} ${short}` : short;
  };
  const nodeColor = (node) => tint(groups[node.group].color.border);
  const linkColor = (edge) => (edge.kind === "challenges" ? tint(edgeColor(edge))
    : towards(tint(edgeColor(edge)), tint(GROUND), 0.6));
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
    context.strokeStyle = tint(GROUND);
    context.fillStyle = tint(INK);
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
    graph.addNode(node.id, {
      x: node.x,
      y: -node.y,
      label: named(node),
      size: node.kind === "mechanism" ? 17 : 13,
      color: nodeColor(node),
      type: square(node) ? "square" : "circle",
    });
  }
  for (const edge of edges) {
    graph.addEdgeWithKey(edge.id, edge.from, edge.to, {
      size: 1,
      color: linkColor(edge),
      type: lineType(edge),
    });
  }
  let hiddenNodes = null;
  let hiddenEdges = null;
  let chosen = new Set();
  // Without a graphics card each drawing takes seconds: the graph is handed over when the view is
  // settled, so that it is drawn once. The box is that of the areas, and known before.
  const sigma = new Sigma(new Graph({ type: "directed", multi: true }), place, {
    defaultEdgeType: "line",
    edgeProgramClasses: linePrograms,
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
  const side = (name, pick) => pick(...source.frames.map((frame) => frame[name]));
  sigma.setCustomBBox({ x: [side("left", Math.min), side("right", Math.max)],
    y: [-side("bottom", Math.max), -side("top", Math.min)] });
  sigma.refresh();
  let begun = false;
  for (const inner of place.querySelectorAll("canvas")) inner.setAttribute("aria-hidden", "true");
  const camera = sigma.getCamera();
  // By the camera as it is now: sigma's own matrix is that of the last drawing.
  const now = () => ({ cameraState: camera.getState() });
  const toScreen = (x, y) => sigma.graphToViewport({ x, y: -y }, now());
  const scale = () => Math.abs(toScreen(1000, 0).x - toScreen(0, 0).x) / 1000;

  // Support and polarity by sign too, as soon as a sign can be read.
  sigma.createCanvasContext("signs", { afterLayer: "nodes" });
  const above = sigma.getCanvases().signs;
  above.setAttribute("aria-hidden", "true");
  const onTop = above.getContext("2d");
  const signed = nodes.filter((node) => source.signs[node.group]);
  const paintSigns = (ratio, size) => {
    onTop.setTransform(1, 0, 0, 1, 0, 0);
    onTop.clearRect(0, 0, above.width, above.height);
    if (size * 26 < 9) return;
    onTop.setTransform(ratio, 0, 0, ratio, 0, 0);
    onTop.font = `bold ${Math.min(22, size * 20)}px ${FACE}`;
    onTop.textAlign = "center";
    onTop.textBaseline = "middle";
    onTop.fillStyle = tint(GROUND);
    const { width, height } = sigma.getDimensions();
    for (const node of signed) {
      if (hiddenNodes && !hiddenNodes[node.id]) continue;
      const { x, y } = toScreen(node.x, node.y);
      if (x > -20 && y > -20 && x < width + 20 && y < height + 20) {
        onTop.fillText(source.signs[node.group], x, y);
      }
    }
  };

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
    for (const layer of [ground, above]) {
      if (layer.width !== width * ratio) layer.width = width * ratio;
      if (layer.height !== height * ratio) layer.height = height * ratio;
    }
    const zero = toScreen(0, 0);
    const size = scale() * ratio;
    below.setTransform(1, 0, 0, 1, 0, 0);
    below.clearRect(0, 0, ground.width, ground.height);
    below.setTransform(size, 0, 0, size, zero.x * ratio, zero.y * ratio);
    paintFrames(below);
    paintSigns(ratio, size / ratio);
  });

  const tip = tipOver(place);
  sigma.on("enterNode", ({ node, event }) => {
    const entered = nodes[Number(node)];
    tip.show(tooltip(entered.name, nodeKind(entered), linesOf(entered)), event);
  });
  sigma.on("leaveNode", tip.hide);
  return {
    show: (shown, drawn) => {
      hiddenNodes = shown.includes(false) ? shown : null;
      hiddenEdges = drawn.includes(false) ? drawn : null;
      if (begun) sigma.refresh();
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
      if (begun) sigma.refresh({ skipIndexation: true });
    },
    onClick: (act) => {
      sigma.on("clickNode", ({ node }) => act(Number(node)));
      sigma.on("clickStage", () => act());
    },
    onMove: (act) => sigma.on("afterRender", act),
    onReady: (act) => {
      begun = true;
      sigma.setGraph(graph);
      // The second frame begins once the first has been shown.
      requestAnimationFrame(() => requestAnimationFrame(act));
    },
    paint: (context, width, height) => {
      // What WebGL drew can only be read in the turn in which it was drawn.
      sigma.refresh({ skipIndexation: true });
      for (const name of ["frames", "edges", "nodes", "signs", "edgeLabels", "labels", "hovers", "hoverNodes"]) {
        const layer = sigma.getCanvases()[name];
        if (layer && layer.width) context.drawImage(layer, 0, 0, width, height);
      }
    },
    recolour: () => {
      graph.updateEachNodeAttributes(
        (id, look) => ({ ...look, color: nodeColor(nodes[id]) }), { attributes: ["color"] });
      graph.updateEachEdgeAttributes(
        (id, look) => ({ ...look, color: linkColor(edges[id]) }), { attributes: ["color"] });
    },
    handles: { sigma, graph },
  };
};

// Pictures of what is in view, and what is printed: drawn as SVG from the same data.
const SVG = "http://www.w3.org/2000/svg";
const figure = (tag, attributes, text) => {
  const made = document.createElementNS(SVG, tag);
  for (const [name, each] of Object.entries(attributes)) made.setAttribute(name, String(each));
  // What XML cannot hold at all is left out; everything else is escaped when it is written.
  if (text !== undefined) {
    made.textContent = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  }
  return made;
};
const dashed = (dashes) => (dashes && dashes.length ? { "stroke-dasharray": dashes.join(" ") } : {});
const dotFigure = (node) => {
  const group = groups[node.group];
  const look = { fill: group.color.border };
  const [x, y] = [node.x, node.y];
  return node.kind === "mechanism" || node.kind === "configuration"
    ? figure("rect", { x: x - 10, y: y - 10, width: 20, height: 20, ...look })
    : figure("circle", { cx: x, cy: y, r: 10, ...look });
};
const boxFigure = (node) => {
  if (source.large) return dotFigure(node);
  const group = groups[node.group];
  const look = { fill: group.color.background, stroke: group.color.border,
    "stroke-width": group.borderWidth, ...dashed(group.shapeProperties.borderDashes) };
  const made = figure("g", {});
  const size = node.size || (node.font && node.font.size) || group.font.size;
  const lines = node.label.split("\n");
  let top = node.y - ((lines.length - 1) * size) / 2;
  if (group.shape === "box") {
    const width = widthOf(node);
    made.append(figure("rect", { x: node.x - width / 2, y: node.y - node.h / 2, width,
      height: node.h, rx: group.shapeProperties.borderRadius, ...look }));
  } else {
    const { x, y } = node;
    const points = group.shape === "triangle" ? [[0, -22], [20, 14], [-20, 14]]
      : [[-11, -19], [11, -19], [22, 0], [11, 19], [-11, 19], [-22, 0]];
    made.append(group.shape === "dot" ? figure("circle", { cx: x, cy: y, r: 22, ...look })
      : figure("polygon", { points: points.map(([a, b]) => `${x + a},${y + b}`).join(" "), ...look }));
    top = y + 38;
  }
  lines.forEach((line, row) => {
    made.append(figure("text", { x: node.x, y: top + row * size, "font-size": size, fill: group.font.color,
      "text-anchor": "middle", "dominant-baseline": "central" }, line));
  });
  return made;
};
const side = (node) => (source.large ? 10 : widthOf(node) / 2);
const linkFigure = (edge) => {
  const one = nodes[edge.from];
  const other = nodes[edge.to];
  const style = lineOf(edge);
  const onward = other.x >= one.x;
  const start = one.x + (onward ? 1 : -1) * side(one);
  const stop = other.x - (onward ? 1 : -1) * side(other);
  const bend = one.x === other.x ? 80 : (stop - start) * 0.45;
  return figure("path", {
    d: `M${start} ${one.y}C${start + bend} ${one.y} ${stop - bend} ${other.y} ${stop} ${other.y}`,
    fill: "none", stroke: edgeColor(edge), "marker-end": "url(#arrow)",
    "stroke-width": style.width * (1 + Math.log2(Math.max(1, edge.count)) * 0.7),
    ...dashed(edgeDashes(edge)),
  });
};
const drawing = (area) => {
  const made = figure("svg", { xmlns: SVG, viewBox: `${area.left} ${area.top} ${area.width} ${area.height}`,
    width: Math.round(area.width * area.scale), height: Math.round(area.height * area.scale),
    "font-family": "system-ui, sans-serif", role: "img", "aria-label": document.title });
  const arrow = figure("marker", { id: "arrow", viewBox: "0 0 10 10", refX: 9, refY: 5,
    markerWidth: 6, markerHeight: 6, orient: "auto-start-reverse" });
  arrow.append(figure("path", { d: "M0 0L10 5L0 10z", fill: SOFT }));
  const known = figure("defs", {});
  known.append(arrow);
  made.append(figure("title", {}, document.title), known,
    figure("rect", { x: area.left, y: area.top, width: area.width, height: area.height, fill: "#fff" }));
  const right = area.left + area.width;
  const bottom = area.top + area.height;
  for (const frame of source.frames) {
    if (!shownReviews.has(frame.review)) continue;
    made.append(figure("rect", { x: frame.left, y: frame.top, width: frame.right - frame.left,
      height: frame.bottom - frame.top, rx: 14, fill: "#fafbfc", stroke: "#d5dae0" }));
    made.append(figure("text", { x: frame.left + 20, y: frame.top + (30 * frame.head) / 96, "font-size": (21 * frame.head) / 96,
      "font-weight": 600, fill: INK }, frame.title));
    for (const column of frame.columns) {
      made.append(figure("text", { x: column.x, y: frame.top + (82 * frame.head) / 96, "font-size": (15 * frame.head) / 96, fill: SOFT,
        "text-anchor": "middle" }, column.title));
    }
  }
  const inView = (node) => node.x + 160 > area.left && node.x - 160 < right
    && node.y + node.h > area.top && node.y - node.h < bottom;
  const visible = nodes.map((node) => shown[node.id] && inView(node));
  for (const edge of edges) {
    if (drawn[edge.id] && (visible[edge.from] || visible[edge.to])) made.append(linkFigure(edge));
  }
  for (const node of nodes) if (visible[node.id]) made.append(boxFigure(node));
  return made;
};
const inWindow = (surface) => {
  const scale = surface.scale();
  const middle = surface.middle();
  const width = place.clientWidth / scale;
  const height = place.clientHeight / scale;
  return { left: middle.x - width / 2, top: middle.y - height / 2, width, height, scale };
};
const download = (content, type, ending) => {
  const link = element("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = `theory-map.${ending}`;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};
const saving = (surface) => {
  at("save-svg").addEventListener("click", () => {
    const text = new XMLSerializer().serializeToString(drawing(inWindow(surface)));
    download(`<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`, "image/svg+xml", "svg");
  });
  at("save-png").addEventListener("click", () => {
    const ratio = Math.max(2, window.devicePixelRatio || 1);
    const canvas = element("canvas");
    canvas.width = place.clientWidth * ratio;
    canvas.height = place.clientHeight * ratio;
    const context = canvas.getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    surface.paint(context, canvas.width, canvas.height);
    canvas.toBlob((made) => download(made, "image/png", "png"));
  });
  at("print").addEventListener("click", () => window.print());
  window.addEventListener("beforeprint", () => {
    const made = drawing(inWindow(surface));
    made.removeAttribute("width");
    made.removeAttribute("height");
    at("printed").replaceChildren(made);
  });
  window.addEventListener("afterprint", () => at("printed").replaceChildren());
};

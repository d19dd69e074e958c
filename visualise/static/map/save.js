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
const linkFigure = (edge) => {
  const way = wayOf(edge);
  const color = edgeColor(edge);
  const made = figure("g", {});
  made.append(
    figure("path", { d: way.path, fill: "none", stroke: color, "stroke-width": widthOfLink(edge),
      ...dashed(edgeDashes(edge)) }),
    figure("path", { d: way.arrow, fill: color }),
  );
  return made;
};
const pen = document.createElement("canvas").getContext("2d");
const drawing = (area) => {
  const made = figure("svg", { xmlns: SVG, viewBox: `${area.left} ${area.top} ${area.width} ${area.height}`,
    width: Math.round(area.width * area.scale), height: Math.round(area.height * area.scale),
    "font-family": FACE, role: "img", "aria-label": document.title });
  made.append(figure("title", {}, document.title),
    figure("rect", { x: area.left, y: area.top, width: area.width, height: area.height, fill: GROUND }));
  const right = area.left + area.width;
  const bottom = area.top + area.height;
  for (const frame of source.frames) {
    if (!shownReviews.has(frame.review)) continue;
    made.append(figure("rect", { x: frame.left, y: frame.top, width: frame.right - frame.left,
      height: frame.bottom - frame.top, rx: 14, fill: FRAME, stroke: RULE }));
    const size = frame.head / 96;
    pen.font = `600 ${21 * size}px ${FACE}`;
    titleLines(pen, frame.title, frame.right - frame.left - 40).forEach((line, row) => {
      made.append(figure("text", { x: frame.left + 20, y: frame.top + (30 + row * 24) * size,
        "font-size": 21 * size, "font-weight": 600, fill: INK }, line));
    });
    for (const column of frame.columns) {
      made.append(figure("text", { x: column.x, y: frame.top + 82 * size, "font-size": 15 * size,
        "font-weight": 600, fill: SOFT, "text-anchor": "middle" }, column.title));
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
  const written = () => new XMLSerializer().serializeToString(drawing(inWindow(surface)));
  at("save-svg").addEventListener("click", () => {
    download(`<?xml version="1.0" encoding="UTF-8"?>\n${written()}\n`, "image/svg+xml", "svg");
  });
  at("save-png").addEventListener("click", () => {
    const ratio = Math.max(2, window.devicePixelRatio || 1);
    const canvas = element("canvas");
    canvas.width = place.clientWidth * ratio;
    canvas.height = place.clientHeight * ratio;
    const context = canvas.getContext("2d");
    const save = () => canvas.toBlob((made) => download(made, "image/png", "png"));
    if (source.large) {
      context.fillStyle = tint(GROUND);
      context.fillRect(0, 0, canvas.width, canvas.height);
      surface.paint(context, canvas.width, canvas.height);
      save();
      return;
    }
    const image = new Image();
    image.addEventListener("load", () => {
      context.drawImage(image, 0, 0, canvas.width, canvas.height);
      save();
    });
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(written())}`;
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

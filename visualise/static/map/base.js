// What the other parts share: the data, making elements, words. Text from the reviews only ever
// becomes textContent or canvas text; no string is handed to anything that would parse it as HTML.
const at = (id) => document.getElementById(id);
const source = JSON.parse(at("map-data").textContent);
const UI = source.ui;
const place = at("map");
// Colours are told for a light page; a dark one has a partner for each. Pictures
// and paper stay light.
const INK = "#1d2733";
const SOFT = "#5a6571";
const GROUND = "#ffffff";
const FRAME = "#fafbfc";
const RULE = "#d5dae0";
const night = window.matchMedia("(prefers-color-scheme: dark)");
const tint = (color) => (
  night.matches && Object.hasOwn(source.dark, color) ? source.dark[color] : color);
const tinted = (value) => {
  if (typeof value === "string") return tint(value);
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(tinted);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, tinted(each)]));
};
const FACE = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const GRADES = { low: 1, moderate: 2, high: 3 };

const element = (tag, text, className) => {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
};
const button = (text, act) => {
  const made = element("button", text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
};
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const number = (value) => value.toLocaleString("en").replaceAll(",", " ");
// Values are put in by a function, so that nothing in them is taken for a pattern.
const say = (form, values) => form.replace(/\{(\w+)\}/g, (whole, name) => (
  Object.hasOwn(values, name) ? String(values[name]) : whole));

const groups = source.options.groups;
const tintedGroups = () => tinted(groups);
const lineOf = (edge) => (
  Object.hasOwn(source.lines, edge.kind) ? source.lines[edge.kind] : source.lines[""]);

const nodes = source.nodes;
for (const node of nodes) {
  node.levels ??= [];
  node.mechanisms ??= [];
  node.lines ??= [];
  node.h ??= 20;
}
const edges = source.edges;
edges.forEach((edge, id) => {
  edge.id = id;
  edge.count ??= 1;
  edge.levels ??= [];
  edge.lines ??= [];
  edge.pieces ??= [];
});
// A concept has the levels of its configurations, to be found by them; it states none itself.
const stated = (record) => (record.kind === "concept" ? [] : record.levels);
// Records of two kinds may share an id; links of earlier maps name the id alone.
const keyOf = (node) => `${node.kind}/${node.record}`;
const byKey = new Map([...nodes].reverse().map((node) => [node.record, node.id]));
for (const node of nodes) byKey.set(keyOf(node), node.id);

const nodeKind = (node) => {
  const words = node.roles ? node.roles.join(UI.and) : source.words[node.group];
  if (node.kind !== "mechanism") {
    return node.kind === "concept" || words === node.kind ? words : `${node.kind}: ${words}`;
  }
  const support = node.support || UI.support_unknown;
  return node.stated ? say(UI.mechanism_stated, { support, stated: node.stated })
    : say(UI.mechanism, { support });
};
const edgeKind = (edge) => {
  const kind = edge.inferred ? say(UI.inferred, { kind: edge.kind }) : edge.kind;
  return lineOf(edge).evidence && edge.count > 1 ? say(UI.pieces, { kind, n: edge.count }) : kind;
};
const pieceLine = (piece) => {
  const text = [piece.id, piece.statement || piece.quote].filter(Boolean).join(": ");
  return piece.locator ? `${text} [${piece.locator}]` : text;
};
const linesOf = (record) => [...record.lines, ...(record.pieces || []).map(pieceLine)];

const tooltip = (name, kind, lines) => {
  const box = element("div");
  box.append(element("div", name), element("div", kind, "kind"));
  for (const line of lines.slice(0, 6)) {
    box.append(element("div", line.length > 240 ? `${line.slice(0, 239)}…` : line));
  }
  if (lines.length > 6) {
    box.append(element("div", say(UI.more, { n: lines.length - 6 }), "kind"));
  }
  return box;
};

// What is told beside the pointer.
const tipOver = (area) => {
  const tip = element("div", undefined, "vis-tooltip");
  area.append(tip);
  return {
    show: (content, { x, y }) => {
      tip.replaceChildren(content);
      tip.style.visibility = "visible";
      const { clientWidth, clientHeight } = area;
      tip.style.left = `${Math.max(4, Math.min(x + 14, clientWidth - tip.offsetWidth - 4))}px`;
      const below = y + 16 + tip.offsetHeight < clientHeight;
      tip.style.top = `${below ? y + 16 : Math.max(4, y - 12 - tip.offsetHeight)}px`;
    },
    hide: () => {
      tip.style.visibility = "hidden";
    },
  };
};

// ---- areas of the reviews, drawn below the nodes, in map coordinates ----
const shownReviews = new Set(source.frames.map((frame) => frame.review));
const titleLines = (context, text, room) => {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const longer = lines[lines.length - 1] ? `${lines[lines.length - 1]} ${word}` : word;
    if (context.measureText(longer).width <= room) lines[lines.length - 1] = longer;
    else if (lines.length === 2) {
      lines[1] = `${lines[1]}…`;
      break;
    } else lines.push(word);
  }
  return lines;
};
const paintFrames = (context) => {
  for (const frame of source.frames) {
    if (!shownReviews.has(frame.review)) continue;
    const width = frame.right - frame.left;
    context.fillStyle = tint(FRAME);
    context.strokeStyle = tint(RULE);
    context.lineWidth = 1.5;
    context.beginPath();
    context.roundRect(frame.left, frame.top, width, frame.bottom - frame.top, 14);
    context.fill();
    context.stroke();
    context.textAlign = "left";
    context.textBaseline = "alphabetic";
    context.fillStyle = tint(INK);
    const size = frame.head / 96;
    context.font = `600 ${21 * size}px ${FACE}`;
    titleLines(context, frame.title, width - 40).forEach((line, row) => {
      context.fillText(line, frame.left + 20, frame.top + (30 + row * 24) * size, width - 40);
    });
    context.textAlign = "center";
    context.fillStyle = tint(SOFT);
    context.font = `600 ${15 * size}px ${FACE}`;
    for (const column of frame.columns) {
      context.fillText(column.title, column.x, frame.top + 82 * size);
    }
  }
};
const widthOf = (node) => {
  const group = groups[node.group];
  return group.widthConstraint ? group.widthConstraint.minimum + 20 : 190;
};
const shapeRadius = (node) => {
  const group = groups[node.group];
  return group.shape === "box" ? 0 : group.size;
};
const edgeColor = (edge) => {
  const style = lineOf(edge);
  if (style.evidence || edge.kind === "incorporated into") return style.color;
  const ends = [nodes[edge.from], nodes[edge.to]];
  const configuration = ends.find((node) => node.kind === "configuration");
  return configuration ? groups[configuration.group].color.border : style.color;
};
const edgeDashes = (edge) => (
  edge.inferred && !lineOf(edge).evidence ? [7, 5] : lineOf(edge).dashes);

// What is selected, told in full: its words, its evidence, its neighbours, a link to it.
const panel = at("panel");
const hint = panel.firstElementChild;
let near = null;

const doiLink = (doi) => {
  const link = element("a", `doi:${doi}`);
  link.href = `https://doi.org/${doi.split("/").map(encodeURIComponent).join("/")}`;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return link;
};
const cited = (node) => {
  const line = element("p", `${UI.cite} `, "cite");
  const told = node.lines[0] || node.name;
  const doi = `doi:${node.doi}`;
  const place = node.doi ? told.lastIndexOf(doi) : -1;
  line.append(element("span", place < 0 ? told : told.slice(0, place)));
  if (node.doi) line.append(" ", doiLink(node.doi));
  if (place >= 0) line.append(element("span", told.slice(place + doi.length)));
  return line;
};
const copyLink = () => {
  const row = element("div", undefined, "copy");
  const field = element("input");
  field.type = "text";
  field.readOnly = true;
  field.value = window.location.href;
  field.setAttribute("aria-label", UI.address);
  const told = element("span", "");
  told.setAttribute("role", "status");
  row.append(button(UI.copy, () => {
    field.value = window.location.href;
    field.select();
    const copied = navigator.clipboard ? navigator.clipboard.writeText(field.value)
      : Promise.reject(new Error("no clipboard"));
    copied.then(() => {
      told.textContent = UI.copied;
    }, () => {
      told.textContent = UI.copy_by_hand;
    });
  }), field, told);
  return row;
};
const show = (name, kind, lines, record) => {
  panel.className = "";
  panel.replaceChildren(element("h2", name), element("p", capital(kind), "kind"));
  if (record.record) panel.append(element("p", record.record, "kind"));
  const levels = stated(record);
  if (levels.length) panel.append(element("p", say(UI.level, { levels: levels.join(", ") }), "kind"));
  for (const line of lines) panel.append(element("p", line));
  panel.scrollTop = 0;
};
const list = (heading, entries, goTo) => {
  if (!entries.length) return;
  panel.append(element("h3", heading));
  const items = element("ul");
  for (const [words, id] of entries.slice(0, 500)) {
    const item = element("li");
    item.append(button(words, () => goTo(id)));
    items.append(item);
  }
  if (entries.length > 500) items.append(element("li", say(UI.more, { n: entries.length - 500 })));
  panel.append(items);
};
const pieceBox = (piece) => {
  const box = element("div", undefined, "piece");
  if (piece.statement) box.append(element("p", piece.statement));
  if (piece.quote) box.append(element("blockquote", piece.quote));
  if (!piece.statement && !piece.quote) box.append(element("p", piece.id));
  const told = [];
  if (piece.locator) told.push(say(UI.where, { locator: piece.locator }));
  if (piece.perspective) told.push(say(UI.perspective, { perspective: piece.perspective }));
  const grades = ["relevance", "rigour", "richness"].filter((quality) => piece[quality])
    .map((quality) => say(UI[quality], { grade: piece[quality] }));
  told.push(grades.length ? say(UI.appraisal, { grades: grades.join(", ") }) : UI.appraisal_none);
  for (const line of told) box.append(element("p", line, "kind"));
  return box;
};
const evidenceOf = (links, seenFrom) => {
  const pieces = links.reduce((sum, edge) => sum + edge.count, 0);
  if (!pieces) return;
  panel.append(element("h3", say(UI.evidence, { n: pieces })));
  for (const edge of links.slice(0, 200)) {
    const box = element("section", undefined, `stance stance-${edge.kind}`);
    const from = nodes[edge.from];
    box.append(element("h4", seenFrom === edge.from
      ? say(UI.about, { stance: capital(edge.kind), target: nodes[edge.to].name })
      : say(UI.stance, { stance: capital(edge.kind), source: from.name })));
    for (const piece of edge.pieces) box.append(pieceBox(piece));
    if (seenFrom !== edge.from) box.append(cited(from));
    panel.append(box);
  }
  if (links.length > 200) panel.append(element("p", say(UI.more, { n: links.length - 200 })));
};
const neighbours = (id) => {
  if (near === null) {
    near = new Map();
    for (const edge of edges) {
      for (const end of new Set([edge.from, edge.to])) {
        if (near.has(end)) near.get(end).push(edge);
        else near.set(end, [edge]);
      }
    }
  }
  return near.get(id) || [];
};
const showNode = (id, goTo, hidden) => {
  const node = nodes[id];
  const isSource = node.kind === "source";
  show(node.name, nodeKind(node), isSource ? node.lines.slice(1) : node.lines, node);
  if (hidden) panel.append(element("p", UI.hidden, "note"));
  if (isSource && node.lines.length) panel.append(cited(node));
  panel.append(copyLink());
  const links = neighbours(id);
  evidenceOf(links.filter((edge) => lineOf(edge).evidence), id);
  const entries = (outward) => links
    .filter((edge) => (outward ? edge.from === id : edge.to === id))
    .map((edge) => {
      const other = outward ? edge.to : edge.from;
      return [`${edgeKind(edge)}: ${nodes[other].name}`, other];
    });
  list(UI.from_here, entries(true), goTo);
  list(UI.to_here, entries(false), goTo);
};
const showEdge = (id, goTo) => {
  const edge = edges[id];
  const between = lineOf(edge).arrow ? "→" : "=";
  show(`${nodes[edge.from].name} ${between} ${nodes[edge.to].name}`, edgeKind(edge), edge.lines, edge);
  if (lineOf(edge).evidence) evidenceOf([edge]);
  list(UI.ends, [[nodes[edge.from].name, edge.from], [nodes[edge.to].name, edge.to]], goTo);
};

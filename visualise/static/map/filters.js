// What is shown: filters hide, nothing moves. The address holds them, and what is selected.
const CHOICES = ["review", "level", "perspective", "mechanism", "stance", "rigour"];
const choice = Object.fromEntries(CHOICES.map((name) => [name, at(`filter-${name}`)]));
const ticks = { sources: at("show-sources"), evidence: at("show-evidence") };
let shown = nodes.map(() => true);
let drawn = edges.map(() => true);
let selected = null;

const value = (name) => choice[name].value;
const atLevel = (record) => !value("level") || !record.levels.length
  || record.levels.includes(value("level"));
const about = (piece) => (!value("perspective") || piece.perspective === value("perspective"))
  && (!value("rigour") || (GRADES[piece.rigour] || 0) >= GRADES[value("rigour")])
  && (!piece.levels || atLevel(piece));
const fits = (edge) => {
  if (!atLevel(edge)) return false;
  if (!lineOf(edge).evidence) return true;
  if (value("stance") && edge.kind !== value("stance")) return false;
  return !(value("perspective") || value("rigour")) || edge.pieces.some(about);
};

// The mechanism, what belongs to it, and parts of its configurations; sources follow later.
const aboutMechanism = () => {
  const record = value("mechanism");
  if (record === "") return null;
  const chosen = byKey.get(`mechanism/${record}`);
  const kept = new Set([chosen]);
  for (const node of nodes) if (node.mechanisms.includes(record)) kept.add(node.id);
  const first = new Set(kept);
  for (const edge of edges) {
    const { from, to } = edge;
    if (edge.kind === "belongs to" && to === chosen) first.add(from);
    if (edge.kind === "incorporated into" && (from === chosen || to === chosen)) {
      kept.add(from).add(to);
    }
  }
  for (const edge of edges) {
    if (lineOf(edge).evidence || edge.kind === "incorporated into") continue;
    for (const [one, other] of [[edge.from, edge.to], [edge.to, edge.from]]) {
      if (first.has(one) && nodes[one].kind === "configuration"
        && nodes[other].kind === "concept") kept.add(other);
    }
  }
  for (const id of first) kept.add(id);
  return kept;
};

const total = (visible) => visible.reduce((sum, each) => sum + (each ? 1 : 0), 0);
const legend = [...document.querySelectorAll("#legend [data-group]")];
const whole = new Map(legend.map((entry) => [entry, entry.querySelector("b").textContent]));
const tellCounts = () => {
  at("count").textContent = say(UI.count, {
    nodes: total(shown), all_nodes: nodes.length, edges: total(drawn), all_edges: edges.length,
  });
  const counts = {};
  for (const node of nodes) {
    if (!shown[node.id]) continue;
    const states = [node.group];
    if (node.group === "mechanism-incorporated" && node.support) {
      states.push(`mechanism-${node.support.replaceAll(" ", "-")}`);
    }
    for (const state of states) counts[state] = (counts[state] || 0) + 1;
  }
  for (const entry of legend) {
    const all = whole.get(entry);
    const n = String(counts[entry.dataset.group] || 0);
    entry.querySelector("b").textContent = n === all ? all : say(UI.of, { n, all });
  }
};

const filter = () => {
  const kept = aboutMechanism();
  const narrowed = kept !== null || CHOICES.some((name) => name !== "review" && value(name));
  shown = nodes.map((node) => {
    if (value("review") && node.review !== value("review")) return false;
    if (!atLevel(node)) return false;
    if (node.kind === "source") return ticks.sources.checked;
    return kept === null || kept.has(node.id);
  });
  const fitting = edges.map(fits);
  if (narrowed) {
    const linked = new Set();
    edges.forEach((edge, id) => {
      if (lineOf(edge).evidence && shown[edge.from] && shown[edge.to] && fitting[id]) {
        linked.add(edge.from).add(edge.to);
      }
    });
    for (const node of nodes) {
      if (node.kind === "source" && !linked.has(node.id)) shown[node.id] = false;
    }
  }
  drawn = edges.map((edge, id) => fitting[id] && shown[edge.from] && shown[edge.to]
    && (ticks.evidence.checked || !lineOf(edge).evidence));
  shownReviews.clear();
  for (const node of nodes) if (shown[node.id]) shownReviews.add(node.review);
  tellCounts();
};

// ---- the address ----
const remember = (more) => {
  const told = new URLSearchParams();
  for (const name of CHOICES) if (value(name)) told.set(name, value(name));
  for (const [name, tick] of Object.entries(ticks)) if (!tick.checked) told.set(name, "no");
  if (selected !== null) told.set("at", keyOf(nodes[selected]));
  for (const [name, text] of Object.entries(more || {})) told.set(name, text);
  const wanted = told.size ? `#${told}` : window.location.pathname + window.location.search;
  window.history.replaceState(null, "", wanted);
};
const recall = () => {
  const told = new URLSearchParams(window.location.hash.slice(1));
  for (const name of CHOICES) {
    const wanted = told.get(name) || "";
    const known = [...choice[name].options].some((option) => option.value === wanted);
    choice[name].value = known ? wanted : "";
  }
  for (const [name, tick] of Object.entries(ticks)) tick.checked = told.get(name) !== "no";
  return { key: told.get("at"), step: Number(told.get("step")) || 0 };
};

// ---- the tables: the same nodes and links, as rows ----
const PAGE_ROWS = 200;
const kindCell = (node) => (node.kind === "concept" || node.kind === "theory" ? nodeKind(node)
  : `${node.kind}: ${source.words[node.group]}`);
const cellsOf = {
  "nodes-table": (node) => [node.name, kindCell(node), node.review, stated(node).join(", "),
    "", linesOf(node).join(" · "), node.record],
  "edges-table": (edge) => [nodes[edge.from].name, edgeKind(edge), nodes[edge.to].name,
    lineOf(edge).evidence ? String(edge.count) : "", edge.levels.join(", "),
    linesOf(edge).join(" · ")],
};
const paged = {};
const fillTable = (name, records, visible, first) => {
  const body = at(name).tBodies[0];
  const rows = records.filter((record) => visible[record.id]);
  const begin = Math.max(0, Math.min(first, rows.length - 1));
  body.replaceChildren(...rows.slice(begin, begin + PAGE_ROWS).map((record) => {
    const row = element("tr");
    row.append(...cellsOf[name](record).map((cell) => element("td", cell)));
    return row;
  }));
  if (!paged[name]) {
    paged[name] = element("p", undefined, "pager");
    at(name).parentElement.after(paged[name]);
  }
  const turn = (to) => fillTable(name, records, visible, to);
  const back = button(UI.previous_rows, () => turn(begin - PAGE_ROWS));
  const on = button(UI.next_rows, () => turn(begin + PAGE_ROWS));
  back.disabled = begin === 0;
  on.disabled = begin + PAGE_ROWS >= rows.length;
  paged[name].replaceChildren(element("span", say(UI.rows, {
    first: number(rows.length ? begin + 1 : 0),
    last: number(Math.min(rows.length, begin + PAGE_ROWS)),
    all: number(rows.length),
  })), back, on);
};
const tables = document.querySelector("details.tables");
const showTables = () => {
  for (const [name, records, visible] of [
    ["nodes-table", nodes, shown], ["edges-table", edges, drawn]]) {
    if (source.large) {
      if (tables.open) fillTable(name, records, visible, 0);
    } else {
      const rows = at(name).tBodies[0].rows;
      for (const record of records) rows[record.id].hidden = !visible[record.id];
    }
  }
};
tables.addEventListener("toggle", showTables);

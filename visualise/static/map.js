"use strict";
// Draws the map and runs its controls. Text from the reviews only ever becomes textContent or
// canvas text; no string is handed to anything that would parse it as HTML.
(() => {
  const block = document.getElementById("map-data");
  if (!block) {
    window.theorygraphReady = true;
    return;
  }
  const source = JSON.parse(block.textContent);
  const at = (id) => document.getElementById(id);
  const place = at("map");
  const INK = "#1d2733";
  const SOFT = "#5a6571";
  const FACE = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

  const element = (tag, text, className) => {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  // ---- words ----
  const nodeKind = (node) => {
    const words = node.roles ? node.roles.join(" and ") : source.words[node.group];
    if (node.kind !== "mechanism") {
      return node.kind === "concept" || words === node.kind ? words : `${node.kind}: ${words}`;
    }
    const support = node.support || "support not computed";
    return node.stated ? `mechanism: ${support} (the review states: ${node.stated})`
      : `mechanism: ${support}`;
  };
  const lineOf = (edge) => source.lines[edge.kind] || source.lines[""];
  const edgeKind = (edge) => {
    const style = lineOf(edge);
    const pieces = style.evidence && edge.count > 1 ? `, ${edge.count} pieces of evidence` : "";
    return `${edge.kind}${edge.inferred ? ", inferred" : ""}${pieces}`;
  };

  const tooltip = (name, kind, lines) => {
    const box = element("div");
    box.append(element("div", name), element("div", kind, "kind"));
    for (const line of lines.slice(0, 6)) {
      box.append(element("div", line.length > 240 ? `${line.slice(0, 239)}…` : line));
    }
    if (lines.length > 6) box.append(element("div", `… and ${lines.length - 6} more`, "kind"));
    return box;
  };

  // ---- nodes: a label line that is wider than its box gets smaller letters ----
  const pen = document.createElement("canvas").getContext("2d");
  const groups = source.options.groups;
  const roomOf = (group) => (group.widthConstraint ? group.widthConstraint.minimum : 190);
  const nodes = source.nodes.map((stated) => {
    const node = { levels: [], mechanisms: [], lines: [], ...stated };
    const group = groups[node.group];
    const size = (node.font && node.font.size) || group.font.size;
    pen.font = `${size}px ${group.font.face}`;
    let widest = 0;
    for (const line of node.label.split("\n")) {
      widest = Math.max(widest, pen.measureText(line).width);
    }
    const room = roomOf(group);
    if (widest > room) node.font = { size: Math.max(1, Math.floor((size * room * 10) / widest) / 10) };
    node.title = tooltip(node.name, nodeKind(node), node.lines);
    return node;
  });

  // ---- edges ----
  const lanes = new Map();
  const edges = source.edges.map((stated, id) => {
    const edge = { count: 1, inferred: false, levels: [], lines: [], ...stated };
    const style = lineOf(edge);
    const lane = `${edge.from} ${edge.to} ${edge.kind}`;
    const before = lanes.get(lane) || 0;
    lanes.set(lane, before + 1);
    let color = style.color;
    let dashes = style.dashes;
    if (!style.evidence) {
      const ends = [nodes[edge.from], nodes[edge.to]];
      const configuration = ends.find((node) => node.kind === "configuration");
      if (configuration && edge.kind !== "incorporated into") {
        color = groups[configuration.group].color.border;
      }
      if (edge.inferred) dashes = [7, 5];
    }
    const bend = style.bend * (1 + before);
    const smooth = style.evidence || style.bend
      ? { enabled: true, type: bend < 0 ? "curvedCCW" : "curvedCW", roundness: Math.abs(bend) }
      : { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.45 };
    return {
      ...edge,
      id,
      color: { color, highlight: INK, hover: INK, opacity: style.evidence ? 0.75 : 0.9 },
      dashes,
      width: style.width * (1 + Math.log2(Math.max(1, edge.count)) * 0.7),
      smooth,
      title: tooltip(
        `${nodes[edge.from].name} → ${nodes[edge.to].name}`, edgeKind(edge), edge.lines),
    };
  });

  const data = { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) };
  const network = new vis.Network(place, data, source.options);

  // ---- areas of the reviews, drawn below the nodes ----
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
  network.on("beforeDrawing", (context) => {
    for (const frame of source.frames) {
      if (!shownReviews.has(frame.review)) continue;
      const width = frame.right - frame.left;
      context.fillStyle = "#fafbfc";
      context.strokeStyle = "#d5dae0";
      context.lineWidth = 1.5;
      context.beginPath();
      context.roundRect(frame.left, frame.top, width, frame.bottom - frame.top, 14);
      context.fill();
      context.stroke();
      context.textAlign = "left";
      context.textBaseline = "alphabetic";
      context.fillStyle = INK;
      context.font = `600 21px ${FACE}`;
      const lines = titleLines(context, frame.title, width - 40);
      lines.forEach((line, row) => {
        context.fillText(line, frame.left + 20, frame.top + 30 + row * 24, width - 40);
      });
      context.textAlign = "center";
      context.fillStyle = SOFT;
      context.font = `600 15px ${FACE}`;
      for (const column of frame.columns) {
        context.fillText(column.title, column.x, frame.top + 82);
      }
    }
  });

  // ---- view ----
  const extent = () => {
    const frames = source.frames.filter((frame) => shownReviews.has(frame.review));
    const used = frames.length ? frames : source.frames;
    return {
      left: Math.min(...used.map((frame) => frame.left)),
      right: Math.max(...used.map((frame) => frame.right)),
      top: Math.min(...used.map((frame) => frame.top)),
      bottom: Math.max(...used.map((frame) => frame.bottom)),
    };
  };
  const view = (readable) => {
    const area = extent();
    const margin = 14;
    const room = { x: place.clientWidth - 2 * margin, y: place.clientHeight - 2 * margin };
    const across = room.x / (area.right - area.left);
    const down = room.y / (area.bottom - area.top);
    let scale = Math.min(1.1, across, down);
    if (readable && scale < 0.55) scale = Math.max(0.5, Math.min(1, across));
    const wide = (area.right - area.left) * scale > room.x + 1;
    const tall = (area.bottom - area.top) * scale > room.y + 1;
    network.moveTo({
      scale,
      position: {
        x: wide ? area.left + room.x / scale / 2 : (area.left + area.right) / 2,
        y: tall ? area.top + room.y / scale / 2 : (area.top + area.bottom) / 2,
      },
    });
  };
  const zoom = (factor) => network.moveTo({ scale: Math.min(3, network.getScale() * factor) });
  const pan = (x, y) => {
    const middle = network.getViewPosition();
    const scale = network.getScale();
    network.moveTo({ position: { x: middle.x + x / scale, y: middle.y + y / scale } });
  };
  at("zoom-in").addEventListener("click", () => zoom(1.25));
  at("zoom-out").addEventListener("click", () => zoom(0.8));
  at("zoom-fit").addEventListener("click", () => view(false));
  at("zoom-width").addEventListener("click", () => view(true));
  const KEYS = {
    ArrowLeft: () => pan(-80, 0),
    ArrowRight: () => pan(80, 0),
    ArrowUp: () => pan(0, -80),
    ArrowDown: () => pan(0, 80),
    "+": () => zoom(1.25),
    "-": () => zoom(0.8),
  };
  place.addEventListener("keydown", (event) => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : KEYS[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });

  // ---- panel ----
  const panel = at("panel");
  const hint = panel.firstElementChild;
  const goTo = (id) => {
    network.selectNodes([id]);
    network.moveTo({ position: network.getPosition(id), scale: Math.max(0.8, network.getScale()) });
    showNode(id);
  };
  const show = (name, kind, lines, levels) => {
    panel.replaceChildren(element("h2", name), element("p", capital(kind), "kind"));
    if (levels.length) panel.append(element("p", `Level: ${levels.join(", ")}`, "kind"));
    for (const line of lines) panel.append(element("p", line));
    panel.scrollTop = 0;
  };
  const list = (heading, entries) => {
    if (!entries.length) return;
    panel.append(element("h3", heading));
    const items = element("ul");
    for (const [words, id] of entries) {
      const item = element("li");
      const button = element("button", words);
      button.type = "button";
      button.addEventListener("click", () => goTo(id));
      item.append(button);
      items.append(item);
    }
    panel.append(items);
  };
  const showNode = (id) => {
    const node = nodes[id];
    show(node.name, nodeKind(node), node.lines, node.levels);
    const near = edges.filter((edge) => edge.from === id || edge.to === id);
    const entries = (outward) => near
      .filter((edge) => (outward ? edge.from === id : edge.to === id))
      .map((edge) => {
        const other = outward ? edge.to : edge.from;
        return [`${edgeKind(edge)}: ${nodes[other].name}`, other];
      });
    list("From here", entries(true));
    list("To here", entries(false));
  };
  const showEdge = (id) => {
    const edge = edges[id];
    show(`${nodes[edge.from].name} → ${nodes[edge.to].name}`, edgeKind(edge), edge.lines,
      edge.levels);
    list("Ends", [[nodes[edge.from].name, edge.from], [nodes[edge.to].name, edge.to]]);
  };
  network.on("click", (event) => {
    if (event.nodes.length) showNode(event.nodes[0]);
    else if (event.edges.length) showEdge(event.edges[0]);
    else panel.replaceChildren(hint);
  });

  // ---- find ----
  const found = new Map();
  const names = document.createDocumentFragment();
  for (const node of nodes) {
    if (found.has(node.name)) continue;
    found.set(node.name, node.id);
    const option = document.createElement("option");
    option.value = node.name;
    names.append(option);
  }
  at("names").append(names);
  const find = at("find");
  find.addEventListener("change", () => {
    const wanted = find.value.trim().toLowerCase();
    if (!wanted) return;
    const node = found.has(find.value) ? nodes[found.get(find.value)]
      : nodes.find((each) => each.name.toLowerCase().includes(wanted));
    if (node) goTo(node.id);
  });

  // ---- filters ----
  const review = at("filter-review");
  const level = at("filter-level");
  const mechanism = at("filter-mechanism");
  const sources = at("show-sources");
  const evidence = at("show-evidence");
  const count = at("count");
  const atLevel = (record) => !level.value || !record.levels.length
    || record.levels.includes(level.value);

  // The mechanism, what belongs to it, and parts of its configurations; sources follow later.
  const aboutMechanism = () => {
    if (mechanism.value === "") return null;
    const chosen = Number(mechanism.value);
    const record = nodes[chosen].record;
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

  const filter = () => {
    const about = aboutMechanism();
    const narrowed = about !== null || level.value !== "";
    const shown = nodes.map((node) => {
      if (review.value && node.review !== review.value) return false;
      if (!atLevel(node)) return false;
      if (node.kind === "source") return sources.checked;
      return about === null || about.has(node.id);
    });
    const drawn = edges.map((edge) => shown[edge.from] && shown[edge.to] && atLevel(edge)
      && (evidence.checked || !lineOf(edge).evidence));
    if (narrowed) {
      const linked = new Set();
      edges.forEach((edge) => {
        if (lineOf(edge).evidence && shown[edge.from] && shown[edge.to] && atLevel(edge)) {
          linked.add(edge.from).add(edge.to);
        }
      });
      for (const node of nodes) {
        if (node.kind === "source" && !linked.has(node.id)) shown[node.id] = false;
      }
      edges.forEach((edge, id) => {
        drawn[id] = drawn[id] && shown[edge.from] && shown[edge.to];
      });
    }
    const change = (records, visible) => records
      .filter((record) => Boolean(record.hidden) === visible[record.id])
      .map((record) => {
        record.hidden = !visible[record.id];
        return { id: record.id, hidden: record.hidden };
      });
    const changedNodes = change(nodes, shown);
    const changedEdges = change(edges, drawn);
    if (changedNodes.length) data.nodes.update(changedNodes);
    if (changedEdges.length) data.edges.update(changedEdges);
    shownReviews.clear();
    nodes.forEach((node) => {
      if (shown[node.id]) shownReviews.add(node.review);
    });
    const total = (visible) => visible.reduce((sum, each) => sum + (each ? 1 : 0), 0);
    count.textContent = `${total(shown)} of ${nodes.length} nodes, `
      + `${total(drawn)} of ${edges.length} links shown`;
    network.redraw();
  };
  for (const control of [level, mechanism, sources, evidence]) {
    control.addEventListener("change", filter);
  }
  review.addEventListener("change", () => {
    filter();
    view(true);
  });
  const controls = at("controls");
  controls.addEventListener("submit", (event) => event.preventDefault());
  at("reset-all").addEventListener("click", () => {
    controls.reset();
    filter();
    network.unselectAll();
    panel.replaceChildren(hint);
    view(true);
  });

  controls.reset();
  filter();
  view(true);
  network.once("afterDrawing", () => {
    window.theorygraphReady = true;
  });
  window.theorygraph = { network, data };
  network.redraw();
})();

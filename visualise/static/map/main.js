// Puts the parts together: one drawer, the view, the keyboard, finding, the tour.
let surface;
try {
  surface = source.large ? drawLarge() : drawSmall();
} catch (error) {
  // Without WebGL there is no drawing; everything else of the page works.
  if (!source.large) throw error;
  place.append(element("p", UI.no_webgl, "note"));
  const nothing = () => {};
  surface = { show: nothing, scale: () => 1, middle: () => ({ x: 0, y: 0 }), moveTo: nothing,
    toScreen: (x, y) => ({ x, y }), select: nothing, onClick: nothing, onMove: nothing,
    onReady: (act) => act(), paint: nothing, recolour: nothing, handles: {} };
}

// ---- view ----
// Opened with filters on, the view is of what they leave; later they move nothing.
const extentOfShown = () => {
  const area = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const node of nodes) {
    if (!shown[node.id]) continue;
    const [across, down] = source.large ? [20, 20] : [widthOf(node) / 2 + 20, node.h / 2 + 20];
    area.left = Math.min(area.left, node.x - across);
    area.right = Math.max(area.right, node.x + across);
    area.top = Math.min(area.top, node.y - down);
    area.bottom = Math.max(area.bottom, node.y + down);
  }
  return area.left < Infinity ? area : extent();
};
const extent = () => {
  const frames = source.frames.filter((frame) => shownReviews.has(frame.review));
  const used = frames.length ? frames : source.frames;
  const all = (side, pick) => pick(...used.map((frame) => frame[side]));
  return { left: all("left", Math.min), right: all("right", Math.max),
    top: all("top", Math.min), bottom: all("bottom", Math.max) };
};
const view = (readable, area = extent()) => {
  const margin = 14;
  const room = { x: place.clientWidth - 2 * margin, y: place.clientHeight - 2 * margin };
  const across = room.x / (area.right - area.left);
  const down = room.y / (area.bottom - area.top);
  let scale = Math.min(1.1, across, down);
  if (readable && scale < 0.55) scale = Math.max(0.5, Math.min(1, across));
  const wide = (area.right - area.left) * scale > room.x + 1;
  const tall = (area.bottom - area.top) * scale > room.y + 1;
  surface.moveTo({
    scale,
    position: {
      x: wide ? area.left + room.x / scale / 2 : (area.left + area.right) / 2,
      y: tall ? area.top + room.y / scale / 2 : (area.top + area.bottom) / 2,
    },
  });
};
const opening = () => {
  if (shown.includes(false)) view(!source.large, extentOfShown());
  else view(!source.large);
};
const zoom = (factor) => surface.moveTo({ scale: Math.min(3, surface.scale() * factor) });
const pan = (x, y) => {
  const middle = surface.middle();
  const scale = surface.scale();
  surface.moveTo({ position: { x: middle.x + x / scale, y: middle.y + y / scale } });
};
at("zoom-in").addEventListener("click", () => zoom(1.25));
at("zoom-out").addEventListener("click", () => zoom(0.8));
at("zoom-fit").addEventListener("click", () => view(false));
at("zoom-width").addEventListener("click", () => view(true));

// ---- what is selected, and where the keyboard is ----
const spoken = at("spoken");
const ring = at("ring");
let focused = null;
const placeRing = () => {
  const on = focused !== null && shown[focused] && document.activeElement === place;
  ring.hidden = !on;
  if (!on) return;
  const node = nodes[focused];
  const middle = surface.toScreen(node.x, node.y);
  const scale = surface.scale();
  const width = Math.max(14, (source.large ? 0 : widthOf(node)) * scale + 10);
  const height = Math.max(14, (source.large ? 0 : node.h) * scale + 10);
  ring.style.left = `${middle.x - width / 2}px`;
  ring.style.top = `${middle.y - height / 2}px`;
  ring.style.width = `${width}px`;
  ring.style.height = `${height}px`;
};
surface.onMove(placeRing);
place.addEventListener("focus", placeRing);
place.addEventListener("blur", placeRing);
const centre = (id, least) => surface.moveTo({
  position: { x: nodes[id].x, y: nodes[id].y }, scale: Math.max(least, surface.scale()),
});
const goTo = (id) => {
  selected = id;
  focused = id;
  surface.select([id]);
  centre(id, 0.8);
  remember();
  showNode(id, goTo, !shown[id]);
};
const leave = () => {
  selected = null;
  surface.select([]);
  panel.replaceChildren(hint);
  panel.className = "nothing";
  remember();
};
const click = (node, edge) => {
  if (node !== undefined) {
    selected = focused = node;
    surface.select([node]);
    remember();
    showNode(node, goTo, !shown[node]);
  } else if (edge !== undefined) {
    selected = null;
    remember();
    surface.select([], edge);
    showEdge(edge, goTo);
  } else leave();
};
surface.onClick(click);
night.addEventListener("change", surface.recolour);

const inOrder = [...nodes].sort((one, other) => one.x - other.x || one.y - other.y)
  .map((node) => node.id);
const speak = (id) => {
  const visible = inOrder.filter((each) => shown[each]);
  spoken.textContent = say(UI.spoken, { name: nodes[id].name, kind: nodeKind(nodes[id]),
    n: visible.indexOf(id) + 1, all: visible.length });
};
const focusOn = (id) => {
  if (id === undefined) return;
  focused = id;
  const where = surface.toScreen(nodes[id].x, nodes[id].y);
  const outside = where.x < 40 || where.y < 40 || where.x > place.clientWidth - 40
    || where.y > place.clientHeight - 40;
  if (outside) centre(id, 0.5);
  placeRing();
  speak(id);
};
const along = (step) => {
  const visible = inOrder.filter((id) => shown[id]);
  const here = visible.indexOf(focused);
  if (here < 0) focusOn(visible[step > 0 ? 0 : visible.length - 1]);
  else focusOn(visible[(here + step + visible.length) % visible.length]);
};
const towards = (across, down) => {
  if (focused === null || !shown[focused]) return along(1);
  const from = nodes[focused];
  let best;
  let least = Infinity;
  for (const node of nodes) {
    if (!shown[node.id] || node.id === focused) continue;
    const ahead = (node.x - from.x) * across + (node.y - from.y) * down;
    const aside = Math.abs((node.x - from.x) * down) + Math.abs((node.y - from.y) * across);
    if (ahead <= 0 || (across && ahead < 20)) continue;
    const far = ahead + aside * (across ? 2 : 6);
    if (far < least) {
      least = far;
      best = node.id;
    }
  }
  return focusOn(best);
};
const KEYS = {
  ArrowLeft: () => towards(-1, 0),
  ArrowRight: () => towards(1, 0),
  ArrowUp: () => towards(0, -1),
  ArrowDown: () => towards(0, 1),
  "Shift+ArrowLeft": () => pan(-80, 0),
  "Shift+ArrowRight": () => pan(80, 0),
  "Shift+ArrowUp": () => pan(0, -80),
  "Shift+ArrowDown": () => pan(0, 80),
  PageDown: () => along(1),
  PageUp: () => along(-1),
  Enter: () => focused !== null && goTo(focused),
  " ": () => focused !== null && goTo(focused),
  Escape: leave,
  "+": () => zoom(1.25),
  "-": () => zoom(0.8),
  0: () => view(false),
};
place.addEventListener("keydown", (event) => {
  const key = `${event.shiftKey && event.key.startsWith("Arrow") ? "Shift+" : ""}${event.key}`;
  const act = event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(KEYS, key)
    ? undefined : KEYS[key];
  if (act) {
    event.preventDefault();
    act();
  }
});

// ---- find ----
const find = at("find");
const search = () => {
  const wanted = find.value.trim().toLowerCase();
  if (!wanted) return;
  const holds = (text) => Boolean(text) && text.toLowerCase().includes(wanted);
  const exact = nodes.filter((node) => node.name.trim().toLowerCase() === wanted);
  const named = exact.length ? exact : nodes.filter((node) => holds(node.name));
  if (named.length === 1) {
    goTo(named[0].id);
    return;
  }
  const saying = new Set(named.map((node) => node.id));
  if (!exact.length) {
    for (const node of nodes) if (node.lines.some(holds)) saying.add(node.id);
    for (const edge of edges) {
      if (edge.pieces.some((piece) => holds(piece.statement) || holds(piece.quote))) {
        saying.add(edge.from);
      }
    }
  }
  const told = { n: saying.size, wanted: find.value.trim() };
  panel.className = "";
  panel.replaceChildren(element("h2", say(saying.size ? UI.found : UI.found_none, told)));
  list(UI.find, [...saying].map((id) => [`${nodes[id].name} (${nodeKind(nodes[id])})`, id]), goTo);
};
if (!source.large) {
  at("names").append(...[...new Set(nodes.map((node) => node.name))].map((name) => {
    const option = element("option");
    option.value = name;
    return option;
  }));
}
find.addEventListener("change", search);

// ---- filters ----
const apply = () => {
  filter();
  surface.show(shown, drawn);
  showTables();
  placeRing();
};
const controls = at("controls");
for (const control of [...Object.values(choice), ...Object.values(ticks)]) {
  control.addEventListener("change", () => {
    apply();
    remember();
    if (control === choice.review) view(true);
  });
}
controls.addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
at("reset-all").addEventListener("click", () => {
  controls.reset();
  focused = null;
  apply();
  leave();
  opening();
});

// ---- the tour ----
const tour = source.tour;
let step = 0;
const toStep = (wanted) => {
  step = Math.max(0, Math.min(tour.steps.length, wanted));
  at("tour-start").hidden = step > 0;
  at("tour-stop").hidden = step === 0;
  if (step === 0) {
    leave();
    return;
  }
  const stop = tour.steps[step - 1];
  at("tour-count").textContent = say(UI.step, { n: step, all: tour.steps.length });
  at("tour-says").textContent = stop.says;
  at("tour-previous").disabled = step === 1;
  at("tour-next").disabled = step === tour.steps.length;
  selected = null;
  surface.select(stop.nodes);
  const xs = stop.nodes.map((id) => nodes[id].x);
  const ys = stop.nodes.map((id) => nodes[id].y);
  const [left, right] = [Math.min(...xs) - 150, Math.max(...xs) + 150];
  const [top, bottom] = [Math.min(...ys) - 100, Math.max(...ys) + 100];
  surface.moveTo({
    scale: Math.min(1.2, place.clientWidth / (right - left), place.clientHeight / (bottom - top)),
    position: { x: (left + right) / 2, y: (top + bottom) / 2 },
  });
  showNode(stop.nodes[0], goTo, !shown[stop.nodes[0]]);
  remember({ step: String(step) });
};
if (tour) {
  at("tour-start").addEventListener("click", () => {
    toStep(1);
    at("tour-next").focus();
  });
  at("tour-next").addEventListener("click", () => toStep(step + 1));
  at("tour-previous").addEventListener("click", () => toStep(step - 1));
  at("tour-end").addEventListener("click", () => {
    toStep(0);
    at("tour-start").focus();
    opening();
  });
}

// ---- opening, also by a link to some view, or inside another page ----
const framed = window.self !== window.top;
document.body.classList.toggle("framed", framed);
const reopen = () => {
  const wanted = recall();
  at("filters").open = !framed && (window.innerWidth > 800 || CHOICES.some((name) => value(name)));
  apply();
  opening();
  if (tour && wanted.step) toStep(wanted.step);
  else if (byKey.has(wanted.key)) goTo(byKey.get(wanted.key));
};
saving(surface);
controls.reset();
reopen();
window.addEventListener("hashchange", reopen);
surface.onReady(() => {
  window.theorygraphReady = true;
});
window.theorygraph = { ...surface.handles, surface, source, state: () => ({ shown, drawn }), open: goTo };

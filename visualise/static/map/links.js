// The ways of links: led around boxes, the same for the drawing and for pictures of it.
const ARROW = 9;
const pointsOf = (edge) => {
  const told = edge.route || [];
  const points = [];
  for (let i = 0; i < told.length; i += 2) points.push([told[i], told[i + 1]]);
  if (!points.length) {
    return [[nodes[edge.from].x, nodes[edge.from].y], [nodes[edge.to].x, nodes[edge.to].y]];
  }
  // A shape is smaller than the room that it has: the line begins and ends at the shape.
  for (const [id, end] of [[edge.from, 0], [edge.to, points.length - 1]]) {
    const reach = shapeRadius(nodes[id]);
    if (reach) {
      const { x, y } = nodes[id];
      const aside = points[end][0] >= x ? 1 : -1;
      points[end] = [x + aside * reach, y];
    }
  }
  return points;
};
const told = (x, y) => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
const ways = new Map();
const widthOfLink = (edge) => lineOf(edge).width * (1 + Math.log2(Math.max(1, edge.count)) * 0.7);
// How a link runs: its path, and the three corners of its arrow.
const wayOf = (edge) => {
  if (ways.has(edge.id)) return ways.get(edge.id);
  const points = pointsOf(edge);
  const tip = points[points.length - 1];
  const before = points[points.length - 2];
  const long = lineOf(edge).arrow ? ARROW + widthOfLink(edge) : 0;
  // Slopes leave and arrive level, so that an arrow points the way that the map is read.
  const level = edge.route !== undefined && edge.route.length > 0;
  const onward = Math.sign(tip[0] - before[0]) || 1;
  const whole = Math.hypot(tip[0] - before[0], tip[1] - before[1]) || 1;
  const along = level ? [onward, 0] : [(tip[0] - before[0]) / whole, (tip[1] - before[1]) / whole];
  const base = [tip[0] - along[0] * long, tip[1] - along[1] * long];
  const half = long * 0.42;
  const ends = [...points.slice(0, -1), [tip[0] - along[0] * long * 0.7, tip[1] - along[1] * long * 0.7]];
  let path = `M${told(...ends[0])}`;
  for (let at = 1; at < ends.length; at += 1) {
    const [x, y] = ends[at];
    const [fromX, fromY] = ends[at - 1];
    const middle = (x + fromX) / 2;
    path += level && x !== fromX && y !== fromY
      ? `C${told(middle, fromY)} ${told(middle, y)} ${told(x, y)}` : `L${told(x, y)}`;
  }
  const arrow = [tip, [base[0] - along[1] * half, base[1] + along[0] * half],
    [base[0] + along[1] * half, base[1] - along[0] * half]];
  const xs = points.map((point) => point[0]);
  const ys = points.map((point) => point[1]);
  const made = { path, arrow: `M${arrow.map((corner) => told(...corner)).join("L")}Z`, left: Math.min(...xs), right: Math.max(...xs),
    top: Math.min(...ys), bottom: Math.max(...ys) };
  ways.set(edge.id, made);
  return made;
};

// Paints links that are shown; those of what is chosen stand out, and the others step back.
const linkPainter = () => {
  const paths = new Map();
  const pathsOf = (edge) => {
    if (!paths.has(edge.id)) {
      const way = wayOf(edge);
      paths.set(edge.id, { line: new Path2D(way.path), arrow: new Path2D(way.arrow) });
    }
    return paths.get(edge.id);
  };
  const scratch = document.createElement("canvas").getContext("2d");
  let painted = [];
  return {
    painted: () => painted,
    way: (id) => [wayOf(edges[id]).path, wayOf(edges[id]).arrow],
    paint: (context, stands) => {
      painted = [];
      const anything = edges.some((edge) => drawn[edge.id] && stands(edge));
      for (const front of anything ? [false, true] : [false]) {
        for (const edge of edges) {
          if (!drawn[edge.id] || (anything && stands(edge) !== front)) continue;
          const { line, arrow } = pathsOf(edge);
          const color = tint(edgeColor(edge));
          context.globalAlpha = anything && !front ? 0.22 : 1;
          context.strokeStyle = color;
          context.fillStyle = color;
          context.lineWidth = widthOfLink(edge) * (front ? 1.9 : 1);
          context.setLineDash(edgeDashes(edge) || []);
          context.stroke(line);
          context.fill(arrow);
          painted.push(edge.id);
        }
      }
      context.globalAlpha = 1;
      context.setLineDash([]);
    },
    at: (x, y, reach) => {
      let found;
      for (const edge of edges) {
        const way = wayOf(edge);
        if (!drawn[edge.id] || x < way.left - reach || x > way.right + reach
          || y < way.top - reach || y > way.bottom + reach) continue;
        const { line, arrow } = pathsOf(edge);
        scratch.lineWidth = Math.max(reach * 2, widthOfLink(edge));
        if (scratch.isPointInStroke(line, x, y) || scratch.isPointInPath(arrow, x, y)) found = edge.id;
      }
      return found;
    },
  };
};

// A chart of lines over the months of a year, as a drawing that is read without colour: each line
// has its own stroke, its own mark and its name at its end. The figures stand in the table below.
//
// lines: {name, cls, mark, points: [[month, text of the figure], …]}; level: {name, value} | null.
const HEIGHT = 330, EDGE = { left: 58, right: 150, top: 30, bottom: 34 };

// Round steps of an axis that covers the figures.
function axis(values) {
  let low = Math.min(0, ...values), high = Math.max(...values);
  if (low === high) { high = low + 1; }
  const raw = (high - low) / 5, power = Math.pow(10, Math.floor(Math.log10(raw)));
  const step = [1, 2, 2.5, 5, 10].map(each => each * power).find(each => each >= raw);
  const found = [];
  low = Math.floor(low / step + 1e-9) * step;
  for (let at = low; at < high + step - step * 1e-6; at += step) { found.push(Number(at.toPrecision(12))); }
  return found;
}

function marked(mark, x, y) {
  if (mark === "disc") { return svg("circle", { cx: x, cy: y, r: 4 }); }
  const path = { diamond: "M0,-5L5,0L0,5L-5,0Z", cross: "M-4,-4L4,4M4,-4L-4,4" }[mark];
  return path ? svg("path", { d: path, transform: "translate(" + x + "," + y + ")" }) : null;
}

// Names at the ends of lines, moved apart until none covers another.
function spread(ends) {
  ends.sort((a, b) => a.y - b.y);
  for (let i = 1; i < ends.length; i += 1) { ends[i].at = Math.max(ends[i].at, ends[i - 1].at + 15); }
  const over = ends.length ? ends[ends.length - 1].at - (HEIGHT - EDGE.bottom + 4) : 0;
  if (over > 0) {
    for (let i = ends.length - 1; i >= 0; i -= 1) {
      ends[i].at = Math.min(ends[i].at, i === ends.length - 1 ? HEIGHT - EDGE.bottom + 4 : ends[i + 1].at - 15);
    }
  }
  return ends;
}

function chart(options) {
  const lines = options.lines.filter(line => line.points.length);
  const values = lines.flatMap(line => line.points.map(point => Number(point[1]))).concat(options.level ? [Number(options.level.value)] : []);
  if (!lines.length) { return null; }
  // On a small window the drawing is smaller, not its letters.
  const isSmall = innerWidth < 620, WIDTH = isSmall ? 400 : 760;
  const steps = axis(values), low = steps[0], high = steps[steps.length - 1];
  const x = at => EDGE.left + (at - 1) / 11 * (WIDTH - EDGE.left - EDGE.right);
  const y = value => EDGE.top + (high - value) / (high - low) * (HEIGHT - EDGE.top - EDGE.bottom);
  const right = WIDTH - EDGE.right;
  const made = svg("svg", { viewBox: "0 0 " + WIDTH + " " + HEIGHT, role: "img", class: "chart", "aria-label": options.alt });
  steps.forEach(step => made.append(svg("line", { class: step === 0 ? "base" : "rule", x1: EDGE.left, x2: right, y1: y(step), y2: y(step) }),
    svg("text", { x: EDGE.left - 8, y: y(step) + 4, "text-anchor": "end" }, number(String(step)))));
  made.append(svg("text", { x: EDGE.left - 8, y: 12, "text-anchor": "end", class: "soft" }, options.unit));
  options.months.filter(each => !isSmall || each[0] % 3 === 0).forEach(each => made.append(svg("text", { x: x(each[0]), y: HEIGHT - 12, "text-anchor": "middle" }, each[1])));
  const ends = [];
  made.append(svg("line", { class: "now", x1: x(options.at), x2: x(options.at), y1: EDGE.top, y2: HEIGHT - EDGE.bottom }));
  if (options.level) {
    const at = y(Number(options.level.value));
    made.append(svg("line", { class: "level", x1: EDGE.left, x2: right, y1: at, y2: at }));
    ends.push({ y: at, at: at + 4, name: options.level.name, cls: "level", from: right });
  }
  lines.forEach(line => {
    const points = line.points.map(point => [x(point[0]), y(Number(point[1]))]);
    const drawn = svg("g", { class: line.cls });
    drawn.append(svg("polyline", { points: points.map(point => point[0].toFixed(1) + "," + point[1].toFixed(1)).join(" ") }));
    points.forEach(point => { const mark = marked(line.mark, point[0].toFixed(1), point[1].toFixed(1)); if (mark) { drawn.append(mark); } });
    made.append(drawn);
    const last = points[points.length - 1];
    ends.push({ y: last[1], at: last[1] + 4, name: line.name, cls: line.cls, from: last[0] });
  });
  spread(ends).forEach(end => made.append(
    svg("path", { class: "lead", d: "M" + (end.from + 6).toFixed(1) + "," + end.y.toFixed(1) + "L" + (right + 6) + "," + (end.at - 4).toFixed(1) }),
    svg("text", { x: right + 10, y: end.at.toFixed(1), class: "name " + end.cls }, end.name)));
  return made;
}

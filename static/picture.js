// Pictures of a part of the page: what is to be seen, with the page's styles in
// it, as one SVG that needs nothing else, or as a PNG of it. What is drawn on a
// canvas can be noted down as vectors.

const xmlns = "http://www.w3.org/2000/svg";

// svg is el as it looks now.
async function svg(el) {
  const { width, height } = el.getBoundingClientRect();
  const copy = el.cloneNode(true);
  const drawn = el.querySelectorAll("canvas");
  copy.querySelectorAll("canvas").forEach((canvas, i) => {
    const img = document.createElement("img");
    img.src = drawn[i].toDataURL();
    img.style.cssText = drawn[i].style.cssText;
    img.alt = "";
    canvas.replaceWith(img);
  });
  copy.querySelectorAll("details, .hidden").forEach((e) => e.remove());
  const style = document.createElement("style");
  style.textContent = await (await fetch(document.querySelector("link[rel=stylesheet]").href, { cache: "force-cache" })).text();
  // The styles expect the frame of a cell around it.
  const frame = document.createElement("div");
  frame.className = "cell live ran";
  frame.style.cssText = "margin:0;border:0;border-radius:0;box-shadow:none;display:block";
  frame.append(style, copy);
  const root = document.createElementNS(xmlns, "svg");
  root.setAttribute("width", Math.ceil(width));
  root.setAttribute("height", Math.ceil(height));
  root.setAttribute("viewBox", `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`);
  root.style.colorScheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const inside = document.createElementNS(xmlns, "foreignObject");
  inside.setAttribute("width", "100%");
  inside.setAttribute("height", "100%");
  inside.append(frame);
  root.append(inside);
  return new XMLSerializer().serializeToString(root);
}

async function png(text) {
  const img = new Image();
  img.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
  await img.decode();
  const canvas = document.createElement("canvas");
  const scale = 2; // for a slide
  [canvas.width, canvas.height] = [img.width * scale, img.height * scale];
  canvas.getContext("2d").drawImage(img, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

// notes is a canvas's context that notes down what is drawn on it, as vectors on
// paper, with a fill "url(#own)" of diagonal lines in a colour. Between gather and
// gathered nothing overlaps: what has one colour is then one shape.
export function notes(width, height, paper, hatch) {
  const out = [], groups = [], bundles = new Map(), defs = [];
  let d = "", clipped = 0, gathers = false, dashes = [];
  const num = (v) => String(Math.round(v * 100) / 100);
  const escaped = (s) => String(s).replace(/[<&]/g, (c) => ({ "<": "&lt;", "&": "&amp;" })[c]);
  const put = (attributes, path) => {
    if (!gathers) out.push(`<path ${attributes} d="${path}"/>`);
    else bundles.set(attributes, (bundles.get(attributes) ?? "") + path);
  };
  const fill = (c) => `fill="${c.fillStyle}"` + (c.globalAlpha < 1 ? ` opacity="${c.globalAlpha}"` : "");
  const box = (x, y, w, h) => `M${num(x)} ${num(y)}h${num(w)}v${num(h)}h${num(-w)}z`;
  return {
    fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, globalAlpha: 1, font: "", textBaseline: "",
    fillRect(x, y, w, h) { put(fill(this), box(x, y, w, h)); },
    fillText(s, x, y) { out.push(`<text ${fill(this)} style="font:${this.font}" x="${num(x)}" y="${num(y)}" dy=".35em">${escaped(s)}</text>`); },
    beginPath() { d = ""; },
    moveTo(x, y) { d += `M${num(x)} ${num(y)}`; },
    lineTo(x, y) { d += `L${num(x)} ${num(y)}`; },
    rect(x, y, w, h) { d += box(x, y, w, h); },
    fill() { if (d) put(fill(this), d); },
    stroke() { if (d) put(`fill="none" stroke="${this.strokeStyle}" stroke-width="${num(this.lineWidth)}"` + (dashes.length ? ` stroke-dasharray="${dashes.join(" ")}"` : ""), d); },
    setLineDash(list) { dashes = list; },
    save() { groups.push(0); },
    clip() {
      defs.push(`<clipPath id="clip${++clipped}"><path d="${d}"/></clipPath>`);
      out.push(`<g clip-path="url(#clip${clipped})">`);
      groups[groups.length - 1]++;
    },
    restore() { out.push("</g>".repeat(groups.pop())); },
    gather() { gathers = true; },
    gathered() {
      gathers = false;
      bundles.forEach((path, attributes) => put(attributes, path));
      bundles.clear();
    },
    svg() {
      return `<svg xmlns="${xmlns}" width="${num(width)}" height="${num(height)}" viewBox="0 0 ${num(width)} ${num(height)}">` +
        `<defs><pattern id="own" width="8" height="8" patternUnits="userSpaceOnUse"><path stroke="${hatch}" opacity=".5" d="M-1 9L9 -1M-1 1L1 -1M7 9L9 7"/></pattern>${defs.join("")}</defs>` +
        `<rect width="100%" height="100%" fill="${paper}"/>${out.join("\n")}</svg>`;
    },
  };
}

// take makes a picture of el: of kind "svg" or "png".
export async function take(el, kind) {
  const text = await svg(el);
  return kind === "png" ? png(text) : new Blob([text], { type: "image/svg+xml" });
}

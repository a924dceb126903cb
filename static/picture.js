// Pictures of a part of the page: what is to be seen, with the page's styles in
// it, as one SVG that needs nothing else, or as a PNG of it.

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

// take makes a picture of el: of kind "svg" or "png".
export async function take(el, kind) {
  const text = await svg(el);
  return kind === "png" ? png(text) : new Blob([text], { type: "image/svg+xml" });
}

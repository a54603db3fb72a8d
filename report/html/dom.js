// element makes an element. Children that are strings become text: nothing of
// the report is ever read as markup.
function element(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "click") node.addEventListener("click", value);
    else if (value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== ""));
  return node;
}

// foreign keeps a text that somebody else chose from turning the text around it.
const foreign = (value) => element("bdi", null, value);
// prose makes paragraphs of a text with blank lines.
const prose = (value) => element("div", { class: "prose", dir: "auto" }, value.split(/\n\n+/).map((part) => element("p", null, part)));
const badge = (name, label) => element("span", { class: `badge ${name}` }, label);
const byId = (id) => document.getElementById(id);
const count = (n, noun) => `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;

let ids = 0;
// disclosure returns a heading with a button, and the part of the page that it
// opens. The part is filled when it is opened first.
function disclosure(level, className, label, open, fill) {
  const id = `part${ids++}`;
  const body = element("div", { id, hidden: !open });
  const button = element("button", { type: "button", class: "disclose", "aria-expanded": String(open), "aria-controls": id }, label);
  let filled = false;
  const show = (on) => {
    button.setAttribute("aria-expanded", String(on));
    body.hidden = !on;
    if (on && !filled) {
      filled = true;
      fill(body);
    }
  };
  button.addEventListener("click", () => show(body.hidden));
  if (open) show(true);
  return [element(level, { class: className }, button), body];
}

// inPieces renders a list piece by piece: it appends the first ones, and a
// button for the next.
function inPieces(parent, list, size, noun, render) {
  const next = (from) => {
    const piece = list.slice(from, from + size).map(render);
    parent.append(...piece);
    const left = list.length - from - piece.length;
    if (left > 0) {
      const more = element("button", { type: "button", click: () => {
        row.remove();
        const before = parent.lastElementChild;
        next(from + size);
        const first = before ? before.nextElementSibling : parent.firstElementChild;
        const target = first && (first.querySelector("button") || first);
        if (target) {
          if (target === first) first.tabIndex = -1;
          target.focus();
        }
      } }, `Show ${Math.min(size, left)} more of ${count(left, noun)} not shown`);
      const row = element(parent.tagName === "UL" ? "li" : "p", { class: "further" }, more);
      parent.append(row);
    }
  };
  next(0);
}

let saying = 0;
// say tells people who do not see the page what happened.
function say(message) {
  byId("said").textContent = "";
  clearTimeout(saying);
  saying = setTimeout(() => { byId("said").textContent = message; }, 50);
}

// Pointing at a mark shows its row, pointing at a row shows its mark; kinds can be switched off.
"use strict";

const card = document.getElementById("pointed");
const marks = [...document.querySelectorAll("[data-rows], [data-parts]")];
const off = new Set();
const narrow = matchMedia("(max-width: 60rem)").matches;

const rowOf = (name) => document.getElementById(`row-${name}`);
const kindOf = (name) => rowOf(name)?.closest("section").dataset.kind;
const rowsOf = (mark) => mark.dataset.rows?.split(" ") ?? [];
const visible = (mark) => rowsOf(mark).filter((name) => !off.has(kindOf(name)));

// The first of the names is the one pointed at; the others are what it stands within. What its row tells of besides,
// such as who speaks and what is counted, lies between two lines.
function light([name, ...around]) {
  for (const lit of document.querySelectorAll(".lit, .within, .of")) lit.classList.remove("lit", "within", "of");
  rowOf(name)?.classList.add("lit");
  for (const mark of marks) {
    const rows = visible(mark);
    if (rows[0] === name) mark.classList.add("lit");
    else if (rows.some((row) => row === name || around.includes(row))) mark.classList.add("within");
    if (mark.dataset.parts?.split(" ").includes(name)) mark.classList.add("of");
  }
}

// The card holds copies of rows that the server has written: no text becomes markup here.
function show(names) {
  light(names);
  card.replaceChildren(
    ...names.map((name) => {
      const copy = rowOf(name).cloneNode(true);
      copy.removeAttribute("id");
      copy.classList.remove("lit");
      const box = document.createElement("div");
      box.className = copy.className;
      box.append(...copy.childNodes);
      return box;
    }),
  );
  card.hidden = names.length === 0;
}

function nearest(scroller, row) {
  if (narrow) return;
  row.closest("details").open = true;
  const [outer, inner] = [scroller.getBoundingClientRect(), row.getBoundingClientRect()];
  if (inner.top < outer.top + 40 || inner.bottom > Math.min(outer.bottom, innerHeight)) scroller.scrollTop += inner.top - outer.top - 40;
}

for (const mark of marks) {
  const point = () => {
    const names = visible(mark);
    if (!names.length) return;
    show(names);
    nearest(document.querySelector(".rows"), rowOf(names[0]));
  };
  mark.addEventListener("mouseenter", point);
  mark.addEventListener("focus", point);
  mark.addEventListener("click", point);
}

// Beneath the text the rows would be a long way: there they are folded, and the card shows them.
if (narrow) for (const kind of document.querySelectorAll(".rows details")) kind.open = false;

for (const row of document.querySelectorAll("[data-row]")) {
  const point = () => light([row.dataset.row]);
  row.addEventListener("mouseenter", point);
  row.addEventListener("focusin", point);
}

for (const box of document.querySelectorAll("[data-kind] > input, input[data-kind]")) {
  box.addEventListener("change", () => {
    off[box.checked ? "delete" : "add"](box.dataset.kind);
    document.querySelector(`section[data-kind="${box.dataset.kind}"]`).hidden = !box.checked;
    for (const mark of marks) restrict(mark);
    show([]);
  });
}

// A mark leads to the narrowest fact whose kind is shown; with none shown, it is plain text again.
function restrict(mark) {
  const names = visible(mark);
  for (const name of rowsOf(mark)) {
    const kind = kindOf(name);
    if (kind) mark.classList.toggle(kind, !off.has(kind));
  }
  if (mark.classList.contains("sign")) mark.hidden = !names.length;
  else if (mark.matches("a")) {
    if (names.length) mark.href = `#row-${names[0]}`;
    else mark.removeAttribute("href");
  }
}

// What an address such as #f3 leads to is shown at once, also where it is a row.
function arrive() {
  const name = decodeURIComponent(location.hash.slice(1)).replace(/^row-/, "");
  if (name && rowOf(name)) show([name]);
}
addEventListener("hashchange", arrive);
arrive();

const removed = document.getElementById("removed");
removed.addEventListener("toggle", async () => {
  if (!removed.open || removed.dataset.loaded) return;
  removed.dataset.loaded = "yes";
  const answer = await fetch(removed.dataset.from, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.querySelector("#removed-text") ?? page.querySelector("main p");
  if (found) removed.replaceChildren(removed.querySelector("summary"), document.adoptNode(found));
});


(() => {
  "use strict";
  const words = document.body.dataset;
  const said = document.createElement("p");
  said.className = "unseen";
  said.setAttribute("role", "status");
  document.querySelector("main").append(said);

  // Addresses get a button that copies them, those of closed lists when they are opened.
  async function copy(address, button) {
    let word = words.copied;
    getSelection().selectAllChildren(address);
    try {
      await navigator.clipboard.writeText(address.textContent);
    } catch {
      if (!document.execCommand("copy")) word = words.failed;
    }
    button.textContent = said.textContent = word;
    setTimeout(() => { button.textContent = words.copy; said.textContent = ""; }, 2500);
  }
  function equip(part) {
    for (const address of part.querySelectorAll("code.address:last-child")) {
      if (address.closest("details:not([open])")) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = words.copy;
      button.addEventListener("click", () => copy(address, button));
      address.after(button);
    }
  }
  equip(document);
  document.addEventListener("toggle", (event) => equip(event.target), true);

  // An open list of formats closes when something else is pressed.
  document.addEventListener("click", (event) => {
    for (const list of document.querySelectorAll(".row details[open]")) {
      if (!list.contains(event.target)) list.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const list of document.querySelectorAll(".row details[open]")) {
      list.open = false;
      list.firstElementChild.focus();
    }
  });

  // A feed is found by words of its name and of those above it; lists that are folded open where it stands.
  const tree = document.querySelector(".tree, .shelf");
  if (!tree) return;
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const grow = (list, above) => Array.from(list.children, (item) => {
    const path = `${above} ${fold(item.querySelector(".name").textContent)}`;
    const below = item.querySelector(":scope > ul");
    const isFeed = item.querySelector(":scope > .row a, :scope > .name a") !== null;
    return { item, path, isFeed, children: below ? grow(below, path) : [] };
  });
  const nodes = [...document.querySelectorAll(".tree")].flatMap((list) => grow(list, ""));
  const shelves = Array.from(document.querySelectorAll(".shelf"), (item) => {
    const path = fold(item.querySelector("h3").textContent);
    return { item, path, nodes: grow(item.querySelector(".names"), path), wasOpen: null };
  });
  const field = document.createElement("input");
  field.type = "search";
  field.className = "search";
  field.placeholder = words.search;
  field.setAttribute("aria-label", words.search);
  field.dir = "auto";
  field.autocomplete = "off";
  const count = document.createElement("p");
  count.className = "facts";
  count.setAttribute("role", "status");
  tree.before(field, count);
  field.addEventListener("input", () => {
    const sought = fold(field.value).split(/\s+/).filter(Boolean);
    let found = 0;
    const show = (node) => {
      const isFound = sought.every((word) => node.path.includes(word));
      const hasFound = node.children.map(show).includes(true);
      if (isFound && node.isFeed) found += 1;
      node.item.hidden = !isFound && !hasFound;
      return isFound || hasFound;
    };
    nodes.forEach(show);
    for (const shelf of shelves) {
      shelf.item.hidden = !shelf.nodes.map(show).includes(true);
      shelf.wasOpen ??= shelf.item.open;
      shelf.item.open = sought.length ? !shelf.item.hidden : shelf.wasOpen;
      if (!sought.length) shelf.wasOpen = null;
    }
    const word = found === 0 ? words.foundNone : found === 1 ? words.foundOne : words.found;
    count.textContent = sought.length ? word.replace("{count}", found) : "";
  });
})();

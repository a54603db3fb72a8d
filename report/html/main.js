let current = emptyFilter();
let result = null;

// show makes the page show a filter.
function show(filter, fragment) {
  current = filter;
  result = find(filter);
  showInForm(filter);
  const groups = result.groups.filter((g) => g.checks.length > 0).length;
  byId("count").textContent = result.total === 0 ? "No findings" :
    `${count(result.total, "finding")} (${result.failed === result.total ? "all" : result.failed.toLocaleString("en")} failed) in ${count(groups, "pool")}`;
  byId("chips").replaceChildren(...chips(filter).map(([label, rest]) =>
    element("button", { type: "button", "aria-label": `Remove filter ${label}`, click: () => {
      show(rest, true);
      byId("count").focus();
    } }, foreign(label), " ×")));
  showList(filter, result);
  if (fragment) {
    const address = location.href.split("#")[0];
    const value = fragmentFromFilter(filter);
    try {
      history.replaceState(null, "", value ? `${address}#${value}` : address);
    } catch {
      // A page in a frame without an address of its own: the filter works all the same.
    }
  }
}

function jump() {
  byId("findings").focus({ preventScroll: true });
  byId("findings").scrollIntoView();
}

// later waits until nobody has typed for a moment.
let waiting = 0;
function later(action) {
  clearTimeout(waiting);
  waiting = setTimeout(action, 120);
}

function listen() {
  const form = byId("filter");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    if (event.target.name === "pool") suggestPools(event.target.value);
    later(() => show(filterFromForm(), true));
  });
  byId("clear").addEventListener("click", () => {
    clearTimeout(waiting);
    form.reset();
    show(emptyFilter(), true);
    say("All filters are reset");
  });
  // Links in the page are filters; the one to the findings leaves them alone.
  document.addEventListener("click", (event) => {
    const anchor = event.target.closest("a[href^='#']");
    if (!anchor) return;
    const fragment = anchor.getAttribute("href");
    if (fragment === "#findings" || fragment === location.hash) {
      event.preventDefault();
      jump();
    }
  });
  window.addEventListener("hashchange", () => {
    clearTimeout(waiting);
    show(filterFromFragment(location.hash), false);
    jump();
  });

  byId("print").addEventListener("click", () => window.print());
  window.addEventListener("beforeprint", () => fillPaper(current, result));
  window.addEventListener("afterprint", () => byId("paper").replaceChildren());

  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (document.documentElement.dataset.theme || (dark.matches ? "dark" : "light")) === "dark";
  const label = () => { byId("theme").textContent = isDark() ? "Light colours" : "Dark colours"; };
  byId("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    label();
  });
  dark.addEventListener("change", label);
  label();
}

fillForm();
listen();
if (window.matchMedia("(max-width: 860px)").matches) byId("filters").open = false;
byId("count").tabIndex = -1;
byId("tools").hidden = false;
byId("findings").hidden = false;
show(filterFromFragment(location.hash), false);
if (location.hash.includes("=")) jump();
document.documentElement.dataset.ready = "true";

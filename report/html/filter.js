// The filter is one object, which the form, the fragment of the address and the
// list show. Members of single have one value, those of multiple a list.
const single = ["q", "account", "region", "pool", "rule", "control", "fix"];
const multiple = ["severity", "status", "change"];
const labels = { q: "search", account: "account", region: "Region", pool: "pool", rule: "rule", control: "control", fix: "repair", severity: "severity", status: "status", change: "change" };

// What is not known of a pool is filtered by this word.
const unknown = "unknown";

function emptyFilter() {
  return { q: "", account: "", region: "", pool: "", rule: "", control: "", fix: "", severity: [], status: [], change: [] };
}

function filterFromFragment(fragment) {
  const filter = emptyFilter();
  const values = new URLSearchParams(fragment.replace(/^#/, ""));
  for (const key of single) filter[key] = values.get(key) || "";
  for (const key of multiple) filter[key] = (values.get(key) || "").split(",").filter((v) => v);
  return filter;
}

function fragmentFromFilter(filter) {
  const values = new URLSearchParams();
  for (const key of [...single, ...multiple]) if (filter[key].length) values.set(key, String(filter[key]));
  return values.toString();
}

// chips lists what is set, each with the filter that is left without it.
function chips(filter) {
  const all = [];
  for (const key of single) {
    if (filter[key]) all.push([`${labels[key]}: ${filter[key]}`, { ...filter, [key]: "" }]);
  }
  for (const key of multiple) {
    for (const value of filter[key]) all.push([`${labels[key]}: ${words(value)}`, { ...filter, [key]: filter[key].filter((v) => v !== value) }]);
  }
  return all;
}

const only = (list) => [...new Set(list)].sort();

// fillForm offers what the report holds.
function fillForm() {
  const options = (id, all, list) => byId(id).append(element("option", { value: "" }, all), ...list.map((v) => element("option", { value: v }, v)));
  options("account", "all accounts", only(pools.map((p) => p.account || unknown)));
  options("region", "all Regions", only(pools.map((p) => p.region || unknown)));
  const used = new Set(checks.map((c) => c.rule));
  options("rule", "all rules", rules.filter((_, i) => used.has(i)).map((r) => r.id));
  options("fix", "all", ["safe", "disruptive", "manual"].filter((fix) => outcomes.some((o) => o.fix === fix)));

  const byFramework = Object.create(null); // a framework may have any name
  for (const rule of rules) {
    for (const [framework, list] of Object.entries(rule.controls || {})) {
      byFramework[framework] ||= new Set();
      for (const control of list) byFramework[framework].add(control);
    }
  }
  options("control", "all controls", []);
  const natural = new Intl.Collator("en", { numeric: true });
  for (const framework of Object.keys(byFramework).sort()) {
    byId("control").append(element("optgroup", { label: framework }, element("option", { value: framework }, `${framework}: all`),
      [...byFramework[framework]].sort(natural.compare).map((c) => element("option", { value: `${framework}/${c}` }, `${framework} ${c}`))));
  }

  const boxes = (key, list) => {
    byId(key).append(...list.map((v) => element("label", null, element("input", { type: "checkbox", name: key, value: v }), words(v))));
    byId(key).hidden = list.length === 0;
  };
  boxes("severity", severities.slice(1).reverse());
  boxes("status", statuses.filter((s) => outcomes.some((o) => o.status === s)));
  boxes("change", changes.filter((c) => outcomes.some((o) => o.change === c)));
}

function showInForm(filter) {
  const form = byId("filter");
  for (const key of single) {
    const field = form.elements[key];
    if (field.value.trim() !== filter[key]) field.value = filter[key];
  }
  for (const box of form.querySelectorAll("input[type=checkbox]")) box.checked = filter[box.name].includes(box.value);
}

function filterFromForm() {
  const form = byId("filter");
  const filter = emptyFilter();
  for (const key of single) filter[key] = form.elements[key].value.trim();
  for (const box of form.querySelectorAll("input[type=checkbox]:checked")) filter[box.name].push(box.value);
  return filter;
}

// suggestPools offers a few pools for what was typed.
function suggestPools(typed) {
  const found = [];
  for (const p of pools) {
    if (found.length === 30) break;
    if (poolIs(p, typed)) found.push(element("option", { value: p.id }, p.name));
  }
  byId("pools").replaceChildren(...found);
}

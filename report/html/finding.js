// One finding: its line, and what opens below it.
function findingElement(check) {
  const rule = rules[check.rule], outcome = outcomes[check.outcome];
  const violations = violationsOf(check);
  const target = targetName(check);
  const more = violations.length > 1 ? ` (and ${violations.length - 1} more)` : "";
  const line = [
    badge(severities[outcome.severity], severities[outcome.severity]),
    element("span", { class: "finding-text" }, element("b", null, foreign(rule.title || rule.id)), " ",
      outcome.change && outcome.change !== "unchanged" ? element("span", { class: "mark" }, words(outcome.change)) : null, " ",
      target ? element("span", { class: "mark" }, foreign(target)) : null,
      violations.length ? element("span", { class: "muted" }, foreign(violations[0].message), more) : null,
      outcome.reason ? element("span", { class: "muted" }, foreign(outcome.reason)) : null),
  ];
  const [heading, body] = disclosure("h5", "", line, false, (parent) => parent.append(details(check, violations)));
  return element("div", { class: "finding" }, heading, body);
}

function details(check, violations) {
  const rule = rules[check.rule], outcome = outcomes[check.outcome], pool = pools[check.pool];
  const out = element("div", { class: "details" });
  const part = (title, ...children) => out.append(element("h6", null, title), ...children);
  if (violations.length) out.append(factsTable(check, violations));
  if (outcome.reason) part("Why there is no verdict", prose(outcome.reason), outcome.hint ? prose(`Next: ${outcome.hint}`) : "");
  if (outcome.note) part("Note", prose(outcome.note));
  if (outcome.waiver) part("Waiver", prose(waiverText(outcome.waiver)));
  if (rule.description) part("Why it matters", prose(rule.description));
  if (rule.remediation) {
    part("How to fix", prose(rule.remediation));
    const meaning = [fixMeanings[outcome.fix], rule.fix_note].filter((s) => s).join(" ");
    if (meaning) part("Who notices a repair", prose(meaning));
  }
  if (rule.waive_when) part("When a waiver is reasonable", prose(rule.waive_when));
  part("Rule", element("p", null, element("code", null, foreign(rule.id)), rule.category ? `, category ${rule.category}` : ""));
  const controls = Object.entries(rule.controls || {});
  if (controls.length) {
    part("Controls", element("p", null, controls.flatMap(([framework, list]) => list.map((control) =>
      [element("a", { href: link({ control: `${framework}/${control}` }) }, foreign(`${framework} ${control}`)), " · "])).flat().slice(0, -1)));
  }
  if (rule.references) {
    part("Read more", element("ul", { class: "plain" }, rule.references.map((r) =>
      element("li", null, element("a", { href: r.url, rel: "noopener noreferrer", target: "_blank" }, foreign(r.description || r.url))))));
  }
  const actions = element("div", { class: "actions" },
    element("button", { type: "button", click: () => copy(findingText(check, violations), out) }, "Copy as text"),
    element("a", { href: link({ rule: rule.id }) }, "This rule in all pools"),
    element("a", { href: link({ pool: pool.id }) }, "This pool only"));
  out.append(actions);
  return out;
}

const link = (filter) => `#${fragmentFromFilter({ ...emptyFilter(), ...filter })}`;

function factsTable(check, violations) {
  const inTarget = targets[check.target].kind !== "pool";
  const several = violations.length > 1, places = violations.some((v) => v.place);
  const columns = [several ? "Finding" : null, "Setting", "Actual", "Expected", places ? "Place" : null].filter((c) => c);
  return element("table", { class: "facts" },
    element("thead", null, element("tr", null, columns.map((c) => element("th", { scope: "col" }, c)))),
    element("tbody", null, violations.map((v) => element("tr", null,
      several ? element("td", null, foreign(v.message)) : null,
      element("td", null, element("code", { title: v.path }, foreign(setting(v.path, inTarget)))),
      element("td", null, element("code", null, foreign(v.actual))),
      element("td", null, foreign(v.expected)),
      places ? element("td", null, element("code", null, foreign(v.place))) : null))));
}

function waiverText(waiver) {
  return `waived until ${waiver.expires} by ${waiver.owner}: ${waiver.reason}${waiver.ticket ? `, ${waiver.ticket}` : ""}`;
}

// findingText is what the button copies, for a ticket.
function findingText(check, violations) {
  const rule = rules[check.rule], outcome = outcomes[check.outcome], pool = pools[check.pool], target = targetName(check);
  const where = [pool.name, pool.id, pool.account, pool.region, pool.source].filter((s) => s).join(" · ");
  const lines = [`${severities[outcome.severity].toUpperCase()} ${rule.id}: ${rule.title}`, `Pool: ${where}`];
  if (target) lines.push(`Target: ${target}`);
  for (const v of violations) {
    lines.push(`Finding: ${v.message}`, `Setting: ${v.path}`, `Actual: ${v.actual}`, `Expected: ${v.expected}`);
    if (v.place) lines.push(`Place: ${v.place}`);
  }
  if (outcome.reason) lines.push(`No verdict: ${outcome.reason}`);
  if (outcome.note) lines.push(`Note: ${outcome.note}`);
  if (outcome.waiver) lines.push(`Waiver: ${waiverText(outcome.waiver)}`);
  if (rule.remediation) lines.push("", rule.remediation);
  return lines.join("\n");
}

// copy asks for no permission: it copies a selection, which works in a file too.
// Where even that is not allowed, the text stays selected for the keyboard.
function copy(value, parent) {
  const focused = document.activeElement;
  const area = element("textarea", { class: "copied", readonly: true, "aria-label": "Finding as text" });
  area.value = value;
  parent.append(area);
  area.select();
  let done = false;
  try {
    done = document.execCommand("copy");
  } catch {
    // An old way that browsers may take away; the selection is left then.
  }
  if (done) {
    area.remove();
    focused.focus();
    focused.textContent = "Copied";
    setTimeout(() => { focused.textContent = "Copy as text"; }, 2000);
    say("Copied");
  } else {
    say("Press the keys for copying");
  }
}

// Paper gets all findings of the filter as tables, and each rule once behind
// them; the list on the screen stays as it is.
const findingsOnPaper = 2000;

function fillPaper(filter, result) {
  const paper = byId("paper");
  const set = chips(filter).map(([label]) => label);
  paper.replaceChildren(element("h2", null, "Findings"), element("p", null, byId("count").textContent, set.length ? `, filtered by ${set.join(", ")}` : ""));
  const used = new Set();
  let left = findingsOnPaper;
  for (const group of result.groups) {
    if (left === 0) break;
    const rows = byStatus(group).flatMap(([, list]) => list).slice(0, left);
    if (rows.length === 0) continue;
    left -= rows.length;
    paper.append(element("h3", null, foreign(group.pool.name || group.pool.id), " ", foreign(place(group.pool))),
      element("table", null,
        element("thead", null, element("tr", null, ["Severity", "Status", "Rule", "Finding", "Setting", "Actual", "Expected", "Place"].map((c) => element("th", { scope: "col" }, c)))),
        element("tbody", null, rows.flatMap((check) => paperRows(check, used)))));
  }
  if (result.total > findingsOnPaper) {
    paper.append(element("p", { class: "note" }, `${count(result.total - findingsOnPaper, "finding")} of ${count(result.total, "finding")} are not on this paper. Set filters to print the others.`));
  }
  const list = element("div", { class: "rules" });
  if (used.size) paper.append(element("h2", null, "Rules of these findings"), list);
  for (const i of [...used].sort((a, b) => a - b)) {
    const rule = rules[i];
    const controls = Object.entries(rule.controls || {}).map(([framework, list]) => `${framework} ${list.join(", ")}`).join("; ");
    list.append(element("div", { class: "rule" }, element("h3", null, foreign(`${rule.id}: ${rule.title}`)),
      prose(rule.description), element("p", null, element("b", null, "How to fix")),
      prose(rule.remediation), controls ? element("p", null, `Controls: ${controls}`) : null,
      (rule.references || []).map((r) => element("p", null, foreign(r.description), " ", r.url))));
  }
}

function paperRows(check, used) {
  const rule = rules[check.rule], outcome = outcomes[check.outcome], target = targetName(check);
  used.add(check.rule);
  const remarks = [target, outcome.change && outcome.change !== "unchanged" ? words(outcome.change) : "", outcome.reason, outcome.note, outcome.waiver ? waiverText(outcome.waiver) : ""].filter((s) => s);
  const lines = violationsOf(check);
  if (lines.length === 0) lines.push({ message: "", path: "", actual: "", expected: "", place: "" });
  return lines.map((v) => element("tr", null,
    element("td", { class: "word" }, severities[outcome.severity]), element("td", { class: "word" }, words(outcome.status)), element("td", null, foreign(rule.id)),
    element("td", null, foreign(v.message), remarks.map((remark) => element("div", { class: "muted", dir: "auto" }, remark))),
    ...[v.path && setting(v.path, target !== ""), v.actual, v.expected, v.place].map((value) => element("td", null, foreign(value)))));
}

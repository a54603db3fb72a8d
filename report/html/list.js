// The list of findings, pool by pool. Only what is open and shown has elements.
const poolsAtOnce = 40, checksAtOnce = 50, openUpTo = 25;

function showList(filter, result) {
  const open = result.total <= openUpTo || result.groups.length === 1;
  const list = byId("list");
  list.replaceChildren();
  inPieces(list, result.groups, poolsAtOnce, "pool", (group) => poolElement(group, filter, open || group === result.groups[0]));
  const more = byId("more");
  more.replaceChildren();
  if (result.groups.length === 0 && result.quiet.length === 0) more.append("Nothing in this report matches the filters.");
  if (result.quiet.length) {
    const [heading, body] = disclosure("h3", "clean", `${count(result.quiet.length, "pool")} without findings to show`, false, (parent) => {
      const names = element("ul", null);
      parent.append(names);
      inPieces(names, result.quiet, 200, "pool", (pool) => element("li", null, foreign(pool.name || pool.id), " ", element("span", { class: "muted" }, foreign(place(pool)))));
    });
    list.append(element("div", { class: "pool" }, heading, element("div", { class: "clean" }, body)));
  }
}

const place = (pool) => [pool.name ? pool.id : "", pool.account, pool.region, pool.source].filter((s) => s).join(" · ");

function poolElement(group, filter, open) {
  const counts = [];
  for (let severity = severities.length - 1; severity > 0; severity--) {
    if (group.failed[severity]) counts.push(badge(severities[severity], `${group.failed[severity]} ${severities[severity]}`));
  }
  for (const status of statuses) {
    if (group.others[status]) counts.push(badge(status, `${group.others[status]} ${words(status)}`));
  }
  const label = [
    element("span", { class: "pool-title" }, element("b", null, foreign(group.pool.name || group.pool.id)), element("span", { class: "muted" }, foreign(place(group.pool)))),
    element("span", { class: "pool-counts" }, counts.flatMap((c) => [c, " "])),
  ];
  const [heading, body] = disclosure("h3", "", label, open, (parent) => fillPool(parent, group, filter));
  return element("div", { class: "pool" }, heading, body);
}

function fillPool(parent, group, filter) {
  const body = element("div", { class: "pool-body" });
  parent.append(body);
  if (group.pool.fix) body.append(...repair(group.pool.fix));
  const parts = byStatus(group);
  for (const [status, list] of parts) {
    const title = `${words(status)[0].toUpperCase()}${words(status).slice(1)} (${list.length})`;
    if (status === "fail") {
      body.append(element("h4", { class: "status-title" }, title));
      inPieces(body, list, checksAtOnce, "finding", findingElement);
      continue;
    }
    const wanted = parts.length === 1 || filter.status.includes(status) || filter.q !== "";
    const [heading, inner] = disclosure("h4", "status-title", title, wanted, (to) => inPieces(to, list, checksAtOnce, "check", findingElement));
    inner.className = "status-body";
    body.append(heading, inner);
  }
}

// repair shows what became of the wish to repair a pool.
function repair(fix) {
  const changes = fix.changes || [], unfixed = fix.unfixed || [];
  return disclosure("h4", "status-title", `Repair: ${words(fix.state)} (${count(changes.length, "change")})`, false, (parent) => {
    const out = element("div", { class: "details" });
    parent.append(out);
    for (const line of [fix.message, fix.owner ? `Managed by ${fix.owner}.` : "", fix.users != null ? `About ${count(fix.users, "user")}.` : "", ...(fix.refusals || []), ...(fix.notes || []), fix.journal ? `Journal: ${fix.journal}` : ""]) {
      if (line) out.append(element("p", { dir: "auto" }, line));
    }
    const table = (columns, rows) => element("table", { class: "facts" },
      element("thead", null, element("tr", null, columns.map((c) => element("th", { scope: "col" }, c)))),
      element("tbody", null, rows.map((row) => element("tr", null, row.map((cell) => element("td", null, element("code", null, foreign(cell))))))));
    if (changes.length) out.append(table(["Setting", "Before", "After", "Risk", "Call"], changes.map((c) => [c.path, c.old, c.new, c.irreversible ? `${c.risk}, cannot be undone` : c.risk, c.operation])));
    if (fix.unexpected) out.append(element("h5", { class: "label" }, "Not as planned"), table(["Setting", "Expected", "Actual"], fix.unexpected.map((d) => [d.path, d.expected, d.actual])));
    if (unfixed.length) out.append(element("h5", { class: "label" }, "Stays as it is"), table(["Rule", "Target", "Why"], unfixed.map((u) => [u.rule, u.target || "", u.reason])));
    if (fix.diff) out.append(element("h5", { class: "label" }, "Change of the files"), element("pre", { dir: "ltr" }, fix.diff));
  });
}

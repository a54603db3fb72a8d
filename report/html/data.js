// The data of the report, as htmldata.go writes it.
const data = JSON.parse(document.getElementById("data").textContent);
const text = (i) => data.strings[i];

const severities = data.severities;
const rules = data.rules;
const pools = data.pools.map(([id, name, account, region, source], index) => (
  { index, id: text(id), name: text(name), account: text(account), region: text(region), source: text(source), fix: data.fixes[index] }));
const targets = data.targets.map(([kind, id, name]) => ({ kind: text(kind), id: text(id), name: text(name) }));
const outcomes = data.outcomes.map((o) => ({
  severity: o[0], status: text(o[1]), change: text(o[2]), fix: text(o[3]), reason: text(o[4]), hint: text(o[5]), note: text(o[6]),
  waiver: o[8] ? { reason: text(o[7]), owner: text(o[8]), expires: text(o[9]), ticket: text(o[10]) } : null, incomplete: o[11] === 1,
}));
const checks = [];
data.checks.forEach((list, pool) => {
  for (const raw of list) checks.push({ pool, rule: raw[0], outcome: raw[1], target: raw[2], raw });
});

// The statuses, those that need somebody first. "resolved" is of an earlier
// report.
const statuses = ["fail", "error", "not_evaluated", "waived", "resolved", "not_applicable", "pass"];
const changes = ["new", "worse", "newly_not_evaluated", "unchanged", "newly_waived", "resolved"];
const statusNames = { fail: "failed", error: "in error", not_evaluated: "not evaluated", waived: "waived", resolved: "resolved", not_applicable: "not applicable", pass: "passed" };
const words = (name) => statusNames[name] || name.replaceAll("_", " ");

const fixMeanings = {
  safe: "A safe repair: no working account, session or caller stops working.",
  disruptive: "A disruptive repair: it may break a sign-in, so it needs explicit consent.",
  manual: "A manual repair: the change is a decision of the owner.",
};

// violationsOf decodes the violations of a check.
function violationsOf(check) {
  const name = targets[check.target].name;
  return check.raw.slice(3).map((v) => {
    const [fact, file, line, column, tail] = typeof v === "number" ? [v, 0, 0, 0, 0] : v;
    const [message, path, actual, expected] = data.facts[fact];
    return {
      message: (typeof message === "string" ? message : message.join(name)) + (tail ? text(tail) : ""),
      path: text(path), actual: text(actual), expected: text(expected),
      place: file ? `${text(file)}:${line}:${column}` : "",
    };
  });
}

// targetName names what a check is about; empty is the pool itself.
function targetName(check) {
  const target = targets[check.target];
  const name = target.name || target.id;
  return target.kind === "pool" || !name ? "" : `${words(target.kind)} ${name}`;
}

// setting shows a pointer into the snapshot as people write settings, without
// the section and the index that stand for the target.
function setting(pointer, inTarget) {
  let parts = pointer.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const isIndex = (part) => /^[0-9]+$/.test(part);
  if (inTarget && parts.length > 1 && isIndex(parts[1])) parts = parts.slice(2);
  else if (parts.length > 1 && parts[0] === "UserPool") parts = parts.slice(1);
  let out = "";
  for (const [i, part] of parts.entries()) out += isIndex(part) && i ? `[${part}]` : (out ? "." : "") + part;
  return out || (inTarget ? "(all of it)" : "(whole pool)");
}

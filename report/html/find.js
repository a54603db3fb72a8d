function poolIs(pool, wanted) {
  const part = wanted.toLowerCase();
  return pool.id.toLowerCase().includes(part) || pool.name.toLowerCase().includes(part);
}

function ruleHasControl(rule, wanted) {
  const [framework, ...rest] = wanted.split("/");
  const list = (rule.controls || {})[framework];
  return Boolean(list) && (rest.length === 0 || list.includes(rest.join("/")));
}

const marks = (list, test) => Uint8Array.from(list, (item, i) => (test(item, i) ? 1 : 0));
let haystacks;

// searchable returns the texts that a search looks at, once for all checks that
// share them: so a search is as fast for a million checks as for a thousand texts.
function searchable() {
  haystacks ||= {
    rules: rules.map((r) => `${r.id} ${r.title}`.toLowerCase()),
    pools: pools.map((p) => `${p.id} ${p.name} ${p.account} ${p.region} ${p.source}`.toLowerCase()),
    targets: targets.map((t) => `${t.id} ${t.name}`.toLowerCase()),
    outcomes: outcomes.map((o) => `${o.reason} ${o.note} ${o.waiver ? Object.values(o.waiver).join(" ") : ""}`.toLowerCase()),
    facts: data.facts.map(([message, path, actual]) => `${typeof message === "string" ? message : message.join(" ")} ${text(path)} ${text(actual)}`.toLowerCase()),
    strings: data.strings.map((s) => s.toLowerCase()),
  };
  return haystacks;
}

// find returns the checks that a filter leaves, as groups of one pool each, the
// worst pool first.
function find(filter) {
  const poolExact = pools.some((p) => p.id === filter.pool);
  const poolOK = marks(pools, (p) =>
    (!filter.account || (p.account || unknown) === filter.account) && (!filter.region || (p.region || unknown) === filter.region) &&
    (!filter.pool || (poolExact ? p.id === filter.pool : poolIs(p, filter.pool))));
  const ruleOK = marks(rules, (r) => (!filter.rule || r.id === filter.rule) && (!filter.control || ruleHasControl(r, filter.control)));
  const has = (list, value) => list.length === 0 || list.includes(value);
  const outcomeOK = marks(outcomes, (o) =>
    has(filter.severity, severities[o.severity]) && has(filter.status, o.status) && has(filter.change, o.change) && (!filter.fix || o.fix === filter.fix));
  const terms = filter.q.toLowerCase().split(/\s+/).filter((term) => term).map((term) => {
    const all = searchable();
    const found = {};
    for (const kind of Object.keys(all)) found[kind] = marks(all[kind], (hay) => hay.includes(term));
    return found;
  });
  const says = (check, term) => {
    if (term.rules[check.rule] || term.pools[check.pool] || term.targets[check.target] || term.outcomes[check.outcome]) return true;
    for (let i = 3; i < check.raw.length; i++) {
      const v = check.raw[i];
      if (typeof v === "number" ? term.facts[v] : term.facts[v[0]] || (v[4] && term.strings[v[4]])) return true;
    }
    return false;
  };

  const groups = new Map();
  let total = 0;
  for (const check of checks) {
    if (!poolOK[check.pool] || !ruleOK[check.rule] || !outcomeOK[check.outcome] || !terms.every((term) => says(check, term))) continue;
    let group = groups.get(check.pool);
    if (!group) groups.set(check.pool, group = { pool: pools[check.pool], checks: [], failed: [0, 0, 0, 0, 0, 0], others: {} });
    group.checks.push(check);
    total++;
    const outcome = outcomes[check.outcome];
    if (outcome.status === "fail") group.failed[outcome.severity]++;
    else group.others[outcome.status] = (group.others[outcome.status] || 0) + 1;
  }
  // Nothing but the choice of pools: then it matters which have nothing to show.
  const allChecks = terms.length + filter.severity.length + filter.status.length + filter.change.length === 0 && !filter.rule && !filter.control && !filter.fix;
  const quiet = [];
  if (allChecks) {
    for (const pool of pools) {
      if (!poolOK[pool.index] || groups.has(pool.index)) continue;
      if (pool.fix) groups.set(pool.index, { pool, checks: [], failed: [0, 0, 0, 0, 0, 0], others: {} });
      else quiet.push(pool);
    }
  }
  const sorted = [...groups.values()].sort(worstFirst);
  return { groups: sorted, quiet, total, failed: sorted.reduce((sum, g) => sum + g.failed.reduce((a, b) => a + b, 0), 0) };
}

function worstFirst(a, b) {
  for (let severity = severities.length - 1; severity > 0; severity--) {
    if (a.failed[severity] !== b.failed[severity]) return b.failed[severity] - a.failed[severity];
  }
  return b.checks.length - a.checks.length || a.pool.index - b.pool.index;
}

// byStatus parts the checks of a group, those that need somebody first, each part
// by severity.
function byStatus(group) {
  const bySeverity = (a, b) => outcomes[b.outcome].severity - outcomes[a.outcome].severity;
  return statuses.map((status) => [status, group.checks.filter((c) => outcomes[c.outcome].status === status).sort(bySeverity)]).filter(([, list]) => list.length > 0);
}

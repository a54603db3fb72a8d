package finding

import (
	"fmt"
	"strconv"
	"strings"
)

// missingShards tells which shards none of the reports is, as a problem: without
// them a merged report would call accounts clean that nobody looked at. The error
// says that the reports are not of one run. Reports that are no shards are of any.
func missingShards(reports []*Report, names []string) ([]Problem, error) {
	from := map[int]string{} // names by shard
	total, first := 0, 0
	for i, r := range reports {
		if r.Shard == "" {
			continue
		}
		shard, shards, ok := cutShard(r.Shard)
		switch {
		case !ok:
			return nil, fmt.Errorf("%s is shard %q, expected i/n", names[i], r.Shard)
		case total == 0:
			total, first = shards, i
		case shards != total:
			return nil, fmt.Errorf("%s is shard %s and %s is %s, expected shards of one run", names[first], reports[first].Shard, names[i], r.Shard)
		case from[shard] != "":
			return nil, fmt.Errorf("%s and %s are both shard %s, expected different ones", from[shard], names[i], r.Shard)
		}
		from[shard] = names[i]
	}
	const most = 5
	var missing []string
	for shard := 1; shard <= total && len(missing) < most; shard++ {
		if from[shard] == "" {
			missing = append(missing, fmt.Sprintf("%d/%d", shard, total))
		}
	}
	if len(missing) == 0 {
		return nil, nil
	}
	what := "shards " + strings.Join(missing, ", ")
	if more := total - len(from) - len(missing); more > 0 {
		what += fmt.Sprintf(" and %d more", more)
	}
	what += " are"
	if len(missing) == 1 {
		what = "shard " + missing[0] + " is"
	}
	return []Problem{{Operation: "merge", Error: what + " missing; its accounts are not in this report"}}, nil
}

func cutShard(text string) (shard, shards int, ok bool) {
	i, n, _ := strings.Cut(text, "/")
	shard, err := strconv.Atoi(i)
	if err != nil {
		return 0, 0, false
	}
	shards, err = strconv.Atoi(n)
	return shard, shards, err == nil && 1 <= shard && shard <= shards
}

package finding

import "slices"

// poolCopy is a pool as one file has it.
type poolCopy struct{ id, source string }

// copies holds the sources of each pool id: several if several files hold the
// pool.
type copies map[string][]string

func (r *Report) copies() copies {
	all := copies{}
	for _, pool := range r.Pools {
		all[pool.ID] = append(all[pool.ID], pool.Source)
	}
	return all
}

// of returns the copy that a check is about, which names its source only where
// there are several.
func (all copies) of(c Check) poolCopy {
	if sources := all[c.Pool]; c.Source == "" && len(sources) > 0 {
		return poolCopy{c.Pool, sources[0]}
	}
	return poolCopy{c.Pool, c.Source}
}

// pairs says which copies of two reports are the same.
type pairs struct {
	now    map[poolCopy]poolCopy // those of the later report, by those of the earlier
	paired map[poolCopy]bool     // those of the later report
}

// pair takes copies of the same source for the same. A source may have got
// another name: what is left is the same too, unless both reports hold several
// copies and nobody knows which is which.
func pair(earlier, later copies) pairs {
	p := pairs{map[poolCopy]poolCopy{}, map[poolCopy]bool{}}
	for id, then := range earlier {
		now := later[id]
		add := func(from, to string) {
			p.now[poolCopy{id, from}], p.paired[poolCopy{id, to}] = poolCopy{id, to}, true
		}
		same := 0
		for _, source := range then {
			if slices.Contains(now, source) {
				add(source, source)
				same++
			}
		}
		if same == 0 && min(len(then), len(now)) == 1 {
			add(then[0], now[0])
		}
	}
	return p
}

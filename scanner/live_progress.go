package scanner

import "time"

// Progress says how far a reading is.
type Progress struct {
	// Accounts and Places count those that are known so far; the Places of an
	// account are known when it was entered.
	Accounts, AccountsLeft int
	Places, PlacesLeft     int
	// Pools counts those that are listed so far.
	Pools, PoolsDone int
	Problems         int
	Calls            int
	// Left is the least time that the request quotas leave for what is known so
	// far; 0 says that it cannot be told.
	Left time.Duration
}

// Progress says how far [Live.Pools] is. It may be called at any time.
func (l *Live) Progress() Progress {
	l.mu.Lock()
	defer l.mu.Unlock()
	p := Progress{Accounts: l.accounts, AccountsLeft: l.accounts - l.entered, Places: len(l.places), Problems: len(l.problems)}
	unfinished := map[string]bool{}
	told := p.AccountsLeft == 0
	for _, place := range l.places {
		p.Pools += place.pools
		p.PoolsDone += place.done
		for _, usage := range place.client.Usage() {
			p.Calls += usage.Calls
			if place.done > 0 {
				// The pools that are left take what the others took; those that are
				// being read are half done.
				done := float64(place.started+place.done) / 2
				calls := float64(usage.Calls) / done * (float64(place.pools) - done)
				p.Left = max(p.Left, time.Duration(calls/usage.Rate*float64(time.Second)))
			}
		}
		if !place.finished {
			p.PlacesLeft++
			unfinished[place.account] = true
			told = told && place.listed && (place.done > 0 || place.pools == 0)
		}
	}
	p.AccountsLeft += len(unfinished)
	if !told {
		p.Left = 0
	}
	return p
}

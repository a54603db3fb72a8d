package cognito

import (
	"fmt"
	"sync"
	"time"
)

// patience ends for operations that hang: not every pool has to wait for an
// answer that never comes. Now and then one request finds out whether it does.
type patience struct {
	mu      sync.Mutex
	hanging map[string]hanging
}

// hanging is an operation without an answer since the last one.
type hanging struct {
	reads int
	tried time.Time
}

// hungReads is how many reads in a row may hang, one after the other or side by
// side, until the operation is given up.
const hungReads = 8

// left tells whether an operation may be tried.
func (p *patience) left(operation string, timeout time.Duration) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.hanging[operation]
	if h.reads < hungReads {
		return true
	}
	if time.Since(h.tried) < timeout {
		return false
	}
	h.tried = time.Now()
	p.hanging[operation] = h
	return true
}

// saw takes in how a read ended.
func (p *patience) saw(operation string, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err == nil || !hung(err) {
		delete(p.hanging, operation)
		return
	}
	if p.hanging == nil {
		p.hanging = map[string]hanging{}
	}
	p.hanging[operation] = hanging{p.hanging[operation].reads + 1, time.Now()}
}

// attempt makes a read, unless there is no point in it.
func (c *Client) attempt(operation string, read func() error) error {
	if !c.patience.left(operation, c.timeout) {
		return &ReadError{Operation: operation, Message: fmt.Sprintf("no answer within %s several times in a row; not tried here", c.timeout)}
	}
	err := read()
	c.patience.saw(operation, err)
	if err != nil {
		return newReadError(operation, err, c.timeout)
	}
	return nil
}

package cognitotest

import "math/rand/v2"

// hook runs code around requests.
type hook struct {
	operation   string
	call, calls int
	after       bool
	do          func(Request)
}

// Before runs a function when the nth request of an operation, counted from 1
// since now, has arrived and nothing of it is done; the request waits. The
// operation [Writes] stands for all writes and "" for all operations, and the
// call 0 for every one. The function may use the server.
func (s *Server) Before(operation string, call int, do func(Request)) {
	s.hook(&hook{operation: operation, call: call, do: do})
}

// After is [Server.Before] for the moment when all of a request is done but its
// answer, which waits. It runs for refused requests and those that meet a fault
// too.
func (s *Server) After(operation string, call int, do func(Request)) {
	s.hook(&hook{operation: operation, call: call, do: do, after: true})
}

func (s *Server) hook(h *hook) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hooks = append(s.hooks, h)
}

// meets counts a request that the hook selects, and tells whether it is due.
func (h *hook) meets(r Request) bool {
	if !selects(h.operation, r.Operation) {
		return false
	}
	h.calls++
	return h.call == 0 || h.call == h.calls
}

func run(hooks []func()) {
	for _, do := range hooks {
		do()
	}
}

// Shuffle makes Cognito answer all lists in a random order from now on, another
// for each answer and the same ones for the same seed and requests. Members of
// objects are answered in the order of their names then.
func (s *Server) Shuffle(seed uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shuffled = rand.New(rand.NewPCG(seed, seed))
}

func (s *Server) shuffle(c *call, body string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shuffled == nil || c.service != cognito {
		return body
	}
	tree, err := decode(body)
	if err != nil {
		return body
	}
	shuffleLists(s.shuffled, tree)
	return encode(tree)
}

func shuffleLists(random *rand.Rand, value any) {
	switch v := value.(type) {
	case object:
		for _, name := range sortedNames(v) {
			shuffleLists(random, v[name])
		}
	case []any:
		for _, element := range v {
			shuffleLists(random, element)
		}
		random.Shuffle(len(v), func(i, j int) { v[i], v[j] = v[j], v[i] })
	}
}

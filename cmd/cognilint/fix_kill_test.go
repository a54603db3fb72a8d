//go:build !windows

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/internal/cognitotest"
)

// program is the command as a process of its own, against a stand-in.
type program struct {
	*exec.Cmd
	stdout, stderr bytes.Buffer
}

func newProgram(t *testing.T, server *cognitotest.Server, args ...string) *program {
	t.Helper()
	executable, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &program{Cmd: exec.CommandContext(t.Context(), executable, args...)}
	p.Args[0] = "cognilint" // see TestMain
	p.Env = append(os.Environ(), "COGNILINT_RATE=1000")
	for name, value := range cognitotest.Env(server.URL) {
		p.Env = append(p.Env, name+"="+value)
	}
	p.Stdout, p.Stderr = &p.stdout, &p.stderr
	return p
}

// exit runs the program and returns its exit code; -1 if a signal ended it.
func (p *program) exit(t *testing.T) int {
	t.Helper()
	var failure *exec.ExitError
	if err := p.Run(); err != nil && !errors.As(err, &failure) {
		t.Fatal(err)
	}
	return p.ProcessState.ExitCode()
}

// moment is when a signal comes: at the nth write.
type moment struct {
	name   string
	signal syscall.Signal
	// late is after the write was done, and before it is answered.
	late bool
	n    int
}

// moments returns all of them for a number of writes.
func moments(signal syscall.Signal, writes int) []moment {
	var all []moment
	for n := 1; n <= writes; n++ {
		all = append(all, moment{fmt.Sprintf("write %d arrives", n), signal, false, n}, moment{fmt.Sprintf("write %d is done", n), signal, true, n})
	}
	return all
}

// twoClients is a pool whose repair takes four writes.
func twoClients(t *testing.T) cognitotest.Pool {
	pool := served(t, "fixable/shop.json")
	pool.Clients = append(pool.Clients, strings.NewReplacer(`"1web"`, `"2app"`, `"web"`, `"app"`).Replace(pool.Clients[0]))
	return pool
}

const fixable = "eu-west-1_Fixable01"

// stopped runs a command and sends it the signal at the moment.
func stopped(t *testing.T, server *cognitotest.Server, m moment, args ...string) *program {
	t.Helper()
	p := newProgram(t, server, args...)
	at := server.Before
	if m.late {
		at = server.After
	}
	if m.signal == syscall.SIGKILL && !m.late {
		// A request that has arrived may be done after its sender is gone; this
		// one is not.
		server.Fail(cognitotest.Fault{Kind: cognitotest.Drop, Operation: cognitotest.Writes, Call: m.n})
	}
	started, ended := make(chan struct{}), make(chan struct{})
	at(cognitotest.Writes, m.n, func(cognitotest.Request) {
		<-started
		p.Process.Signal(m.signal)
		if m.signal == syscall.SIGKILL {
			<-ended // a dead process sends nothing, and hears nothing
		} else {
			time.Sleep(20 * time.Millisecond)
		}
	})
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	close(started)
	p.Wait()
	close(ended)
	return p
}

func fixing(journals string) []string {
	return []string{"scan", "--fix", "--yes", "--allow-disruptive", "--allow-incomplete", "--journal-dir", journals, "-f", "json"}
}

// onlyJournal returns the path of the one journal in a folder.
func onlyJournal(t *testing.T, folder string) string {
	t.Helper()
	found, _ := filepath.Glob(filepath.Join(folder, "*Z_*.ndjson"))
	if len(found) != 1 {
		t.Fatalf("journals %v, want one", found)
	}
	return found[0]
}

func modes() []cognitotest.Omission {
	if testing.Short() {
		return []cognitotest.Omission{cognitotest.ResetParanoid}
	}
	return cognitotest.Omissions()
}

// A repair that is killed at any write can be rolled back to exactly what was,
// and another run completes it.
func TestKilled(t *testing.T) {
	for _, mode := range modes() {
		whole := repaired(t, mode)
		for _, m := range moments(syscall.SIGKILL, 4) {
			t.Run(string(mode)+"/"+m.name, func(t *testing.T) {
				t.Parallel()
				pool := twoClients(t)
				server := cognitotest.New(pool)
				defer server.Close()
				server.SetOmission(mode)
				journals := t.TempDir()
				stopped(t, server, m, fixing(journals)...)
				left := server.State(fixable)
				want := m.n - 1
				if m.late {
					want++
				}
				if got := len(doneWrites(t, server, pool)); got > want {
					t.Errorf("%d writes took effect, want at most %d", got, want)
				}

				undone := newProgram(t, server, "rollback", "--yes", "--journal-dir", t.TempDir(), onlyJournal(t, journals))
				if code := undone.exit(t); code != exitOK {
					t.Errorf("rollback: exit code %d: %s", code, &undone.stderr)
				}
				if diff := cmp.Diff(withoutDates(t, pool), withoutDates(t, server.State(fixable))); diff != "" {
					t.Errorf("-before +after rollback\n%s", diff)
				}

				again := cognitotest.New(left)
				defer again.Close()
				again.SetOmission(mode)
				completed := newProgram(t, again, fixing(t.TempDir())...)
				if code := completed.exit(t); code != exitFailed {
					t.Errorf("the next run: exit code %d: %s", code, &completed.stderr)
				}
				if diff := cmp.Diff(whole, withoutDates(t, again.State(fixable))); diff != "" {
					t.Errorf("-repaired at once +repaired in two runs\n%s", diff)
				}
			})
		}
	}
}

// A rollback that is killed at any write, or interrupted, is completed by another
// one of the same journal.
func TestRollbackStopped(t *testing.T) {
	for _, m := range append(moments(syscall.SIGKILL, 4), moments(syscall.SIGINT, 2)...) {
		t.Run(fmt.Sprint(m.signal, " when ", m.name), func(t *testing.T) {
			t.Parallel()
			pool := twoClients(t)
			server := cognitotest.New(pool)
			defer server.Close()
			server.SetOmission(cognitotest.ResetParanoid)
			journals, undoing := t.TempDir(), t.TempDir()
			if p := newProgram(t, server, fixing(journals)...); p.exit(t) != exitFailed {
				t.Fatalf("the repair: %s", &p.stderr)
			}
			back := []string{"rollback", "--yes", "--journal-dir", undoing, onlyJournal(t, journals)}
			p := stopped(t, server, m, back...)
			if code := p.ProcessState.ExitCode(); m.signal == syscall.SIGINT && code != exitInterrupted {
				t.Errorf("exit code %d, want %d: %s", code, exitInterrupted, &p.stderr)
			}
			if again := newProgram(t, server, back...); again.exit(t) != exitOK {
				t.Errorf("the next rollback: exit code %d: %s", again.ProcessState.ExitCode(), &again.stderr)
			}
			if diff := cmp.Diff(withoutDates(t, pool), withoutDates(t, server.State(fixable))); diff != "" {
				t.Errorf("-before +after two rollbacks\n%s", diff)
			}
		})
	}
}

// doneWrites are the sections that are not as they were.
func doneWrites(t *testing.T, server *cognitotest.Server, before cognitotest.Pool) []string {
	t.Helper()
	was, is := withoutDates(t, before), withoutDates(t, server.State(fixable))
	var changed []string
	for name := range was {
		if !cmp.Equal(was[name], is[name]) && name != "MfaConfig" {
			changed = append(changed, name)
		}
	}
	return changed
}

// repaired is the pool after a repair that nothing stopped.
func repaired(t *testing.T, mode cognitotest.Omission) map[string]any {
	t.Helper()
	server := cognitotest.New(twoClients(t))
	defer server.Close()
	server.SetOmission(mode)
	p := newProgram(t, server, fixing(t.TempDir())...)
	if code := p.exit(t); code != exitFailed {
		t.Fatalf("exit code %d: %s", code, &p.stderr)
	}
	return withoutDates(t, server.State(fixable))
}

// A repair that is interrupted at any write ends that write, reports, and closes
// its journal.
func TestFixInterrupted(t *testing.T) {
	for _, m := range moments(syscall.SIGINT, 4) {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			pool := twoClients(t)
			server := cognitotest.New(pool)
			defer server.Close()
			server.SetOmission(cognitotest.ResetParanoid)
			journals := t.TempDir()
			p := stopped(t, server, m, fixing(journals)...)
			checkInterrupted(t, p, onlyJournal(t, journals))
			if got := len(writes(server)); got != m.n {
				t.Errorf("%d writes, want %d: the one under way is ended, and no other begun", got, m.n)
			}
			undone := newProgram(t, server, "rollback", "--yes", "--journal-dir", t.TempDir(), onlyJournal(t, journals))
			if code := undone.exit(t); code != exitOK {
				t.Errorf("rollback: exit code %d: %s", code, &undone.stderr)
			}
			if diff := cmp.Diff(withoutDates(t, pool), withoutDates(t, server.State(fixable))); diff != "" {
				t.Errorf("-before +after rollback\n%s", diff)
			}
		})
	}
}

// What was begun is ended, however long that takes.
func TestFixInterruptedWithSlowAnswers(t *testing.T) {
	if testing.Short() {
		t.Skip("waits longer than an interrupted program may take for its last words")
	}
	t.Parallel()
	server := cognitotest.New(twoClients(t))
	defer server.Close()
	server.Fail(cognitotest.Fault{Kind: cognitotest.Delayed, Operation: cognitotest.Writes, Call: 1, For: lastWords + time.Second})
	journals := t.TempDir()
	checkInterrupted(t, stopped(t, server, moment{"", syscall.SIGINT, false, 1}, fixing(journals)...), onlyJournal(t, journals))
}

// checkInterrupted looks at the exit code, the report and the journal of a repair
// that was interrupted.
func checkInterrupted(t *testing.T, p *program, journal string) {
	t.Helper()
	if code := p.ProcessState.ExitCode(); code != exitInterrupted {
		t.Errorf("exit code %d, want %d: %s", code, exitInterrupted, &p.stderr)
	}
	var report finding.Report
	if err := json.Unmarshal(p.stdout.Bytes(), &report); err != nil {
		t.Fatalf("the report: %v: %s", err, &p.stdout)
	}
	if err := valid(t, schema(t, "report"), p.stdout.Bytes()); err != nil {
		t.Error(err)
	}
	states := []finding.FixState{finding.FixInterrupted, finding.FixApplied}
	if len(report.Fixes) != 1 || !slices.Contains(states, report.Fixes[0].State) {
		t.Errorf("fixes %v, want one that was interrupted, or ended", report.Fixes)
	}
	records, err := readJournal(journal)
	if err != nil {
		t.Fatal(err)
	}
	end := records[len(records)-1]
	if end.Kind != "end" || finding.FixState(end.State) != report.Fixes[0].State {
		t.Errorf("the journal ends with %s %s, the report says %s", end.Kind, end.State, report.Fixes[0].State)
	}
}

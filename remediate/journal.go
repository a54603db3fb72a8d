package remediate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/snapshot"
)

// JournalSchema is the value of the member "schema" in the first record of a
// journal.
const JournalSchema = "cognilint.journal/v1"

// auditSchema is the value of the member "schema" in each line of the audit.
const auditSchema = "cognilint.audit/v1"

// auditFile is where all runs of one folder write a line for each call.
const auditFile = "audit.ndjson"

// State says how the work on a pool ended.
type State string

// The states. A journal without one is of a run that was killed.
const (
	// Applied: the pool is exactly as planned.
	Applied State = "applied"
	// Unchanged: the pool is as it was; nothing was written, or nothing took
	// effect.
	Unchanged State = "unchanged"
	// Incomplete: some calls were made and others not; what was made is as
	// planned.
	Incomplete State = "incomplete"
	// Damaged: something changed that nobody asked for.
	Damaged State = "damaged"
	// Restored: something had changed that nobody asked for, and was set back.
	Restored State = "restored"
	// Interrupted: the run was told to stop between two calls.
	Interrupted State = "interrupted"
)

// Record is a line of a journal. Which members it has depends on its kind:
// "begin" opens it, "call" is written before each call and "result" after it, and
// "end" closes it. A second "begin" tells that the plan was made anew before
// anything was written.
type Record struct {
	Kind string    `json:"record"`
	Time time.Time `json:"time"`

	// Of begin.
	Schema string `json:"schema,omitempty"`
	// Undoes is the journal that a rollback undoes; empty for a repair.
	Undoes  string         `json:"undoes,omitempty"`
	Tool    string         `json:"tool,omitempty"`
	Caller  string         `json:"caller,omitempty"`
	Pool    *finding.Pool  `json:"pool,omitempty"`
	Planned []Change       `json:"planned,omitempty"`
	Before  *snapshot.Pool `json:"before,omitempty"`

	// Of call and result. N counts calls from 1.
	N         int            `json:"n,omitempty"`
	Purpose   string         `json:"purpose,omitempty"` // fix, restore or rollback
	Operation string         `json:"operation,omitempty"`
	Part      *Part          `json:"part,omitempty"`
	Edits     []Change       `json:"edits,omitempty"`
	Request   map[string]any `json:"request,omitempty"`
	// Expect is what the parts that the call may change become.
	Expect []PartState `json:"expect,omitempty"`
	// Found is what they became instead.
	Found     []PartState `json:"found,omitempty"`
	Outcome   string      `json:"outcome,omitempty"`
	RequestID string      `json:"request_id,omitempty"`
	Error     string      `json:"error,omitempty"`

	// Of end.
	State      State        `json:"state,omitempty"`
	Unexpected []Difference `json:"unexpected,omitempty"`
	// After is the pool as it was left, where the records of the calls do not tell.
	After *snapshot.Pool `json:"after,omitempty"`
	// Left says that the unexpected may be somebody else's work: a rollback
	// leaves it, too.
	Left bool `json:"left,omitempty"`
}

// PartState is what a part holds; a nil tree is a part that is not there.
type PartState struct {
	Part Part           `json:"part"`
	Tree map[string]any `json:"tree"`
}

// Journal records what is done to one pool. Each record is on the disk before the
// work goes on.
type Journal struct {
	// Path is the file of the journal.
	Path string

	file, audit *os.File
	begin       Record
	calls       int
	now         func() time.Time
}

// OpenJournal makes a journal for a pool in a folder, which it makes if it is
// missing. Only the owner can read either.
func OpenJournal(folder, poolID string) (*Journal, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	j := &Journal{now: func() time.Time { return time.Now().UTC() }}
	for n := 0; ; n++ {
		name := j.now().Format("20060102T150405.000Z") + "_" + fileName(poolID)
		if n > 0 {
			name += fmt.Sprintf("_%d", n)
		}
		j.Path = filepath.Join(folder, name+".ndjson")
		var err error
		if j.file, err = os.OpenFile(j.Path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600); err == nil {
			break
		} else if !errors.Is(err, os.ErrExist) || n == 99 {
			return nil, err
		}
	}
	var err error
	if j.audit, err = os.OpenFile(filepath.Join(folder, auditFile), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600); err != nil {
		j.file.Close()
		os.Remove(j.Path)
		return nil, err
	}
	return j, syncFolder(folder)
}

// fileName keeps what may stand in the name of a file of any system.
func fileName(id string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return '-'
	}, id)
}

// syncFolder makes the names of new files durable, where the system can.
func syncFolder(folder string) error {
	dir, err := os.Open(folder)
	if err != nil {
		return err
	}
	defer dir.Close()
	_ = dir.Sync() // Windows cannot, and does not need it.
	return nil
}

// Close closes the files; the journal stays.
func (j *Journal) Close() error { return errors.Join(j.file.Close(), j.audit.Close()) }

func (j *Journal) write(r Record) error {
	r.Time = j.now()
	line, err := encode(r)
	if err != nil {
		return err
	}
	if _, err := j.file.Write(line); err != nil {
		return err
	}
	return j.file.Sync()
}

// encode writes one line, and leaves < and > as they are for people.
func encode(value any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return b.Bytes(), err
}

// auditLine is what an auditor wants to know about one call.
type auditLine struct {
	Schema    string      `json:"schema"`
	Time      time.Time   `json:"time"`
	Caller    string      `json:"caller"`
	Account   string      `json:"account"`
	Region    string      `json:"region"`
	Pool      string      `json:"pool"`
	Operation string      `json:"operation"`
	Target    string      `json:"target,omitempty"`
	Purpose   string      `json:"purpose"`
	Edits     []auditEdit `json:"edits"`
	RequestID string      `json:"request_id"`
	Outcome   string      `json:"outcome"`
	Error     string      `json:"error,omitempty"`
	Journal   string      `json:"journal"`
}

type auditEdit struct {
	Path string `json:"path"`
	Old  any    `json:"old"`
	New  any    `json:"new"`
}

// result records how a call ended, here and for the auditors.
func (j *Journal) result(call Record, outcome, requestID, message string) error {
	r := Record{Kind: "result", N: call.N, Operation: call.Operation, Found: call.Found, Outcome: outcome, RequestID: requestID, Error: message}
	if err := j.write(r); err != nil {
		return err
	}
	line := auditLine{
		Schema: auditSchema, Time: j.now(), Caller: j.begin.Caller, Account: j.begin.Pool.Account, Region: j.begin.Pool.Region, Pool: j.begin.Pool.ID,
		Operation: call.Operation, Target: call.Part.ID, Purpose: call.Purpose, RequestID: requestID, Outcome: outcome, Error: message,
		Journal: filepath.Base(j.Path),
	}
	for _, c := range call.Edits {
		line.Edits = append(line.Edits, auditEdit{c.Part.pointer() + c.Path, c.Old, c.New})
	}
	text, err := encode(line)
	if err != nil {
		return err
	}
	if _, err := j.audit.Write(text); err != nil {
		return err
	}
	return j.audit.Sync()
}

// maxJournal is far more than a journal of the largest pool takes.
const maxJournal = 256 << 20

// ReadJournal reads the records of a journal. A last line that is cut off, as by
// a crash, is left out.
func ReadJournal(in io.Reader) ([]Record, error) {
	text, err := io.ReadAll(io.LimitReader(in, maxJournal+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxJournal {
		return nil, fmt.Errorf("larger than %d MiB, expected a journal", maxJournal>>20)
	}
	var records []Record
	lines := bytes.Split(text, []byte("\n"))
	for i, line := range lines {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var r Record
		decoder := json.NewDecoder(bytes.NewReader(line))
		decoder.UseNumber()
		if err := decoder.Decode(&r); err != nil {
			if i == len(lines)-1 {
				break // it has no end: the run was killed while it wrote
			}
			return nil, fmt.Errorf("line %d is no record of a journal: %w", i+1, err)
		}
		records = append(records, r)
	}
	if len(records) == 0 && bytes.Count(text, []byte("\n")) == 0 {
		return nil, errors.New("there is no record in it; a run that was killed before it wrote one changed nothing")
	}
	if len(records) == 0 || records[0].Kind != "begin" || records[0].Schema != JournalSchema || records[0].Pool == nil || records[0].Before == nil {
		return nil, fmt.Errorf("line 1 does not begin a journal, expected the schema %s", JournalSchema)
	}
	for _, r := range records {
		if r.Before != nil && r.Before.ID() != records[0].Pool.ID {
			return nil, fmt.Errorf("it is about pool %s, but holds the settings of pool %s", records[0].Pool.ID, r.Before.ID())
		}
	}
	return records, nil
}

package report

import (
	"bufio"
	"encoding/csv"
	"strconv"
	"strings"

	"github.com/cognilint/cognilint/finding"
)

// csvHeader is version 1 of the columns. Within a version columns are only added,
// and only at the end.
var csvHeader = []string{
	"account", "region", "pool", "pool_name", "source",
	"target_kind", "target_id", "target_name",
	"rule", "title", "category", "severity", "status", "change",
	"path", "actual", "expected", "message", "reason", "hint", "note", "fix",
	"waiver_owner", "waiver_expires", "waiver_ticket", "waiver_reason",
	"file", "line", "column", "fingerprint",
}

// csvRow is a row by the names of its columns.
type csvRow map[string]string

// writeCSV writes a row for each violation, for each check without one, for what
// could not be read, and for what a comparison found that this report has no
// check of.
func writeCSV(w *bufio.Writer, r *finding.Report, _ Options) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(csvHeader); err != nil {
		return err
	}
	write := func(row csvRow) error {
		fields := make([]string, len(csvHeader))
		for i, name := range csvHeader {
			fields[i] = csvField(row[name])
		}
		return out.Write(fields)
	}
	for _, row := range csvRows(r) {
		if err := write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func csvRows(r *finding.Report) []csvRow {
	pools, _ := poolsByKey(r)
	rules := map[string]finding.Rule{}
	for _, rule := range r.Rules {
		rules[rule.ID] = rule
	}
	var rows []csvRow
	for _, c := range r.Checks {
		rows = append(rows, csvChecks(c, c.Status.String(), poolOf(pools, c), rules[c.Rule])...)
	}
	for _, c := range silentlyResolved(r) {
		c.Change = finding.ChangeResolved
		rows = append(rows, csvChecks(c, "resolved", poolOf(pools, c), rules[c.Rule])...)
	}
	if r.Comparison != nil {
		for _, pool := range r.Comparison.PoolsGone {
			row := csvPool(pool)
			row["status"] = "pool_gone"
			rows = append(rows, row)
		}
	}
	for _, p := range r.Problems {
		rows = append(rows, csvRow{"account": p.Account, "region": p.Region, "pool": p.Pool, "status": "problem", "message": p.Error, "reason": p.Operation})
	}
	return rows
}

func csvPool(p finding.Pool) csvRow {
	return csvRow{"account": p.Account, "region": p.Region, "pool": p.ID, "pool_name": p.Name, "source": p.Source}
}

func csvChecks(c finding.Check, status string, pool finding.Pool, rule finding.Rule) []csvRow {
	row := func() csvRow {
		row := csvPool(pool)
		row["target_kind"], row["target_id"], row["target_name"] = string(c.Target.Kind), c.Target.ID, c.Target.Name
		row["rule"], row["title"], row["category"] = c.Rule, rule.Title, rule.Category
		row["severity"], row["status"], row["change"] = c.Severity.String(), status, string(c.Change)
		row["reason"], row["hint"], row["note"], row["fix"] = c.Reason, c.Hint, c.Note, string(c.Fix)
		row["fingerprint"] = c.Fingerprint
		if c.Waiver != nil {
			row["waiver_owner"], row["waiver_expires"] = c.Waiver.Owner, c.Waiver.Expires
			row["waiver_ticket"], row["waiver_reason"] = c.Waiver.Ticket, c.Waiver.Reason
		}
		return row
	}
	if len(c.Violations) == 0 {
		return []csvRow{row()}
	}
	var rows []csvRow
	for _, v := range violatedBy(c, pool) {
		row := row()
		row["path"], row["message"], row["fingerprint"] = v.violation.Path, v.violation.Message, v.fingerprint
		row["actual"], row["expected"] = wholeValue(v.violation.Actual), wholeValue(v.violation.Expected)
		if at := v.violation.Position; at != nil {
			row["file"], row["line"], row["column"] = at.File, strconv.Itoa(at.Line), strconv.Itoa(at.Column)
		}
		rows = append(rows, row)
	}
	return rows
}

// csvFormula starts what a spreadsheet computes, in full width too.
const csvFormula = "=+-@\uff1d\uff0b\uff0d\uff20"

// csvField keeps a spreadsheet from computing a name that looks like a formula,
// behind spaces too. A tab or carriage return in front, which some spreadsheets
// drop, is a space after clean.
func csvField(s string) string {
	s = clean(s)
	if text := strings.TrimLeft(s, " "); text != "" && strings.ContainsRune(csvFormula, []rune(text)[0]) {
		return "'" + s
	}
	return s
}

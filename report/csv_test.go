package report

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/cognilint/cognilint/finding"
)

// csvOf reads a report back, by column.
func csvOf(t *testing.T, r *finding.Report) []csvRow {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(render(t, "csv", r, Options{}))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(records[0], csvHeader) {
		t.Errorf("the header is %q", records[0])
	}
	var rows []csvRow
	for _, record := range records[1:] {
		row := csvRow{}
		for i, field := range record {
			row[csvHeader[i]] = field
		}
		rows = append(rows, row)
	}
	return rows
}

func TestCSVRoundTrip(t *testing.T) {
	r := compared()
	rows, want := csvOf(t, r), csvRows(r)
	if len(rows) != len(want) {
		t.Fatalf("%d rows, want %d", len(rows), len(want))
	}
	statuses := map[string]int{}
	for i, row := range rows {
		statuses[row["status"]]++
		for name, field := range row {
			if field != csvField(want[i][name]) {
				t.Errorf("row %d, %s: got %q, want %q", i, name, field, want[i][name])
			}
		}
	}
	for _, status := range []string{"fail", "waived", "not_evaluated", "not_applicable", "error", "pass", "problem", "resolved", "pool_gone"} {
		if statuses[status] == 0 {
			t.Errorf("no row is %s", status)
		}
	}
	changes := map[string]int{}
	for _, row := range rows {
		changes[row["change"]]++
	}
	if changes["new"] != 1 || changes["worse"] != 1 || changes["newly_waived"] != 1 || changes["newly_not_evaluated"] != 1 || changes["resolved"] != 2 {
		t.Errorf("changes are %v", changes)
	}
	// A long value is not cut.
	if !slices.ContainsFunc(rows, func(row csvRow) bool { return strings.HasSuffix(row["actual"], strings.Repeat("a", 200)) }) {
		t.Error("a long value is cut")
	}
}

// TestCSVHeaderIsDocumented: whoever reads the table relies on its columns.
func TestCSVHeaderIsDocumented(t *testing.T) {
	page, err := os.ReadFile("../docs/formats.md")
	if err != nil {
		t.Fatal(err)
	}
	if want := code(csvHeader); !strings.Contains(strings.Join(strings.Fields(string(page)), " "), want) {
		t.Errorf("docs/formats.md does not have the columns %s", want)
	}
}

// TestCSVFormulas: no cell starts with what a spreadsheet computes.
func TestCSVFormulas(t *testing.T) {
	for what, name := range hostileNames() {
		out := render(t, "csv", hostile(name), Options{})
		if !utf8.ValidString(out) {
			t.Errorf("%s: invalid UTF-8", what)
		}
		for _, row := range csvOf(t, hostile(name)) {
			for column, field := range row {
				text := strings.TrimSpace(field)
				if text != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(text)[0]) {
					t.Errorf("%s, %s: %q is a formula", what, column, field)
				}
			}
		}
	}
	for in, want := range map[string]string{
		"": "", "a": "a", "a=b": "a=b", "=1": "'=1", "+1": "'+1", "-1": "'-1", "@a": "'@a", "\t=1": "' =1", "\r=1": "' =1", "\ta": " a", "＝1": "'＝1",
	} {
		if got := csvField(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

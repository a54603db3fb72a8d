package main

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/policies"
	"github.com/cognilint/cognilint/report"
)

// rulePages makes the pages of docs/rules: one for each rule, and the index.
func rulePages() (map[string][]byte, error) {
	library, err := policies.Load()
	if err != nil {
		return nil, err
	}
	rules, err := library.Rules()
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	var pages []report.RulePage
	for _, rule := range rules {
		page, err := rulePage(library, rule)
		if err != nil {
			return nil, err
		}
		var text bytes.Buffer
		if err := report.WriteRule(&text, page); err != nil {
			return nil, err
		}
		files[rule.ID+".md"] = text.Bytes()
		pages = append(pages, page)
	}
	var index bytes.Buffer
	index.WriteString("# Rules\n\nMade from the rules themselves; `cognilint explain RULE` shows the same pages. The rules [by category](#by-category),\n" +
		"[by baseline](#by-baseline) and [by control](#by-control); [coverage.md](../coverage.md) compares them with other tools.\n")
	indexCategories(&index, pages)
	if err := indexBaselines(&index, library, pages); err != nil {
		return nil, err
	}
	indexControls(&index, pages)
	files["README.md"] = index.Bytes()
	return files, nil
}

func link(id string) string { return "[" + id + "](" + id + ".md)" }

func links(ids []string) string {
	var all []string
	for _, id := range ids {
		all = append(all, link(id))
	}
	return strings.Join(all, ",\n")
}

func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }

func indexCategories(w *bytes.Buffer, pages []report.RulePage) {
	byCategory := map[string][]finding.Rule{}
	for _, page := range pages {
		byCategory[page.Category] = append(byCategory[page.Category], page.Rule)
	}
	w.WriteString("\n## By category\n")
	for _, category := range slices.Sorted(maps.Keys(byCategory)) {
		fmt.Fprintf(w, "\n### %s\n\n| Rule | Severity | Fix | What it checks |\n|---|---|---|---|\n", category)
		for _, rule := range byCategory[category] {
			fmt.Fprintf(w, "| %s | %s | %s | %s |\n", link(rule.ID), rule.Severity, rule.Fix, cell(rule.Title))
		}
	}
}

// indexBaselines lists first what a baseline changes.
func indexBaselines(w *bytes.Buffer, library *policies.Library, pages []report.RulePage) error {
	w.WriteString("\n## By baseline\n")
	for _, name := range library.Baselines() {
		baseline, err := library.Baseline(name)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "\n### %s\n\n%s\n", name, baseline.Description)
		var changed, kept []string
		for _, page := range pages {
			for _, in := range page.Baselines {
				differences := strings.TrimPrefix(report.Differences(in), ": ")
				switch {
				case in.Baseline != name:
				case differences != "":
					changed = append(changed, "| "+link(page.ID)+" | "+cell(differences)+" |\n")
				default:
					kept = append(kept, page.ID)
				}
			}
		}
		if len(changed) > 0 {
			fmt.Fprintf(w, "\n| Rule | Differs from its default |\n|---|---|\n%s", strings.Join(changed, ""))
		}
		switch {
		case baseline.All:
			fmt.Fprintf(w, "\n%d rules.\n", len(kept))
		case len(changed) > 0:
			fmt.Fprintf(w, "\nAs they are, %d rules: %s.\n", len(kept), links(kept))
		default:
			fmt.Fprintf(w, "\n%d rules, as they are: %s.\n", len(kept), links(kept))
		}
	}
	return nil
}

func indexControls(w *bytes.Buffer, pages []report.RulePage) {
	frameworks := map[string]map[string][]string{}
	for _, page := range pages {
		for framework, controls := range page.Controls {
			for _, control := range controls {
				if frameworks[framework] == nil {
					frameworks[framework] = map[string][]string{}
				}
				frameworks[framework][control] = append(frameworks[framework][control], page.ID)
			}
		}
	}
	w.WriteString("\n## By control\n")
	for _, framework := range slices.Sorted(maps.Keys(frameworks)) {
		fmt.Fprintf(w, "\n### %s\n\n| Control | Rules |\n|---|---|\n", framework)
		controls := frameworks[framework]
		for _, control := range slices.SortedFunc(maps.Keys(controls), finding.CompareControls) {
			fmt.Fprintf(w, "| %s | %s |\n", cell(control), strings.ReplaceAll(links(controls[control]), "\n", " "))
		}
	}
}

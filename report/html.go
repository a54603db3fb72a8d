package report

import (
	"bufio"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"strings"

	"github.com/cognilint/cognilint/finding"
)

//go:embed html
var htmlFiles embed.FS

// htmlScripts are the parts of the script in their order; they share one
// function scope.
var htmlScripts = []string{"data.js", "dom.js", "filter.js", "find.js", "finding.js", "list.js", "print.js", "main.js"}

// htmlPage is what the template shows. Everything above the list of findings is
// part of the file, so that it is there without JavaScript; the list is made from
// Data in the browser.
type htmlPage struct {
	htmlOverview
	Policy string
	Style  template.HTML
	Script template.HTML
	Data   template.HTML
}

// writeHTML writes one file that needs nothing else: no network, no file next to
// it. The content security policy names its style and its script by their
// hashes, forbids everything else, and forbids the script to make markup out of
// text.
func writeHTML(w *bufio.Writer, r *finding.Report, _ Options) error {
	page, err := template.ParseFS(htmlFiles, "html/*.html")
	if err != nil {
		return err
	}
	style, err := htmlFiles.ReadFile("html/style.css")
	if err != nil {
		return err
	}
	var script strings.Builder
	script.WriteString("\"use strict\";\n(() => {\n")
	for _, name := range htmlScripts {
		text, err := htmlFiles.ReadFile("html/" + name)
		if err != nil {
			return err
		}
		script.Write(text)
	}
	script.WriteString("})();\n")
	return page.ExecuteTemplate(w, "page.html", htmlPage{
		htmlOverview: newHTMLOverview(r),
		Policy: fmt.Sprintf("default-src 'none'; script-src '%s'; style-src '%s'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
			sourceHash(script.String()), sourceHash(string(style))),
		Style:  template.HTML("<style>" + string(style) + "</style>"),
		Script: template.HTML("<script>" + script.String() + "</script>"),
		Data:   template.HTML(`<script type="application/json" id="data">` + htmlJSON(newHTMLData(r)) + "</script>"),
	})
}

// sourceHash is how a content security policy names an inline element.
func sourceHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

package scanner

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// span is the region of a node. The parser tells where a node starts; where it
// ends is read from the text.
func (y *yamlReader) span(n *yaml.Node) span {
	s := span{line: n.Line, column: n.Column}
	end := y.end(n)
	s.endLine, s.endColumn = y.file.position(end)
	return s
}

// end returns the offset behind a node.
func (y *yamlReader) end(n *yaml.Node) int {
	start := y.file.offset(n.Line, n.Column)
	if n.Kind == yaml.ScalarNode {
		return y.scalarEnd(n, start)
	}
	if n.Kind == yaml.AliasNode {
		return start + len("*") + len(n.Value)
	}
	end := start
	if len(n.Content) > 0 {
		end = min(y.end(n.Content[len(n.Content)-1]), len(y.file.text))
	}
	if n.Style&yaml.FlowStyle == 0 {
		return end
	}
	closing := byte('}')
	if n.Kind == yaml.SequenceNode {
		closing = ']'
	}
	// Comments may stand between the last element and the bracket.
	for i := end; i < len(y.file.text); i++ {
		switch y.file.text[i] {
		case closing:
			return i + 1
		case '#':
			for i+1 < len(y.file.text) && y.file.lineEnd(i+1) == 0 {
				i++
			}
		}
	}
	return end
}

func (y *yamlReader) scalarEnd(n *yaml.Node, start int) int {
	line, column := y.after(n)
	text := string(y.file.text[start:max(start, y.file.offset(line, column))])
	skipped := properties(text)
	start, text = start+skipped, text[skipped:]
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		for i := 1; i < len(text); i++ {
			if text[i] == '\\' {
				i++
			} else if text[i] == '"' {
				return start + i + 1
			}
		}
	case n.Style&yaml.SingleQuotedStyle != 0:
		for i := 1; i < len(text); i++ {
			if strings.HasPrefix(text[i:], "''") {
				i++
			} else if text[i] == '\'' {
				return start + i + 1
			}
		}
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		// What follows on the line of the next node is not part of the text.
		if i := strings.LastIndexByte(text, '\n'); i >= 0 {
			text = text[:i]
		}
	default:
		// A plain scalar may run over lines, so only its last word is as it was.
		words := strings.Fields(n.Value)
		if len(words) == 0 {
			return start
		}
		if i := strings.LastIndex(text, words[len(words)-1]); len(words) > 1 && i >= 0 {
			return start + i + len(words[len(words)-1])
		}
		return start + len(words[0])
	}
	return start + len(strings.TrimRight(text, " \t\r\n"))
}

// properties returns the length of the anchor and tag in front of a value.
func properties(text string) int {
	length := 0
	for strings.HasPrefix(text[length:], "&") || strings.HasPrefix(text[length:], "!") {
		end := strings.IndexAny(text[length:], " \t\r\n")
		if end < 0 {
			break
		}
		rest := text[length+end:]
		length += end + len(rest) - len(strings.TrimLeft(rest, " \t\r\n"))
	}
	return length
}

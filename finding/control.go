package finding

import (
	"cmp"
	"strings"
)

// CompareControls orders ids of controls as people count: 8.3.6 comes before
// 8.3.10.
func CompareControls(a, b string) int {
	left, right := a, b
	for left != "" && right != "" {
		numberA, restA := digits(left)
		numberB, restB := digits(right)
		if numberA == "" || numberB == "" {
			if left[0] != right[0] {
				return cmp.Compare(left[0], right[0])
			}
			left, right = left[1:], right[1:]
			continue
		}
		numberA, numberB = strings.TrimLeft(numberA, "0"), strings.TrimLeft(numberB, "0")
		if order := cmp.Or(cmp.Compare(len(numberA), len(numberB)), strings.Compare(numberA, numberB)); order != 0 {
			return order
		}
		left, right = restA, restB
	}
	return cmp.Or(cmp.Compare(len(left), len(right)), strings.Compare(a, b))
}

// digits cuts s behind the digits that it starts with.
func digits(s string) (number, rest string) {
	rest = strings.TrimLeft(s, "0123456789")
	return s[:len(s)-len(rest)], rest
}

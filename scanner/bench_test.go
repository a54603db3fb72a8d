package scanner

import (
	"os"
	"testing"
)

// BenchmarkDecode reads one answer of describe-user-pool, BenchmarkPositions
// finds five values in it.
func BenchmarkDecode(b *testing.B) {
	text := benchmarkText(b)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := decodeJSON(&file{path: "pool.json", text: text}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPositions(b *testing.B) {
	documents, err := decodeJSON(&file{path: "pool.json", text: benchmarkText(b)})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		documents[0].find("/UserPool/Policies/PasswordPolicy/MinimumLength", "/UserPool/MfaConfiguration",
			"/UserPool/AccountRecoverySetting", "/UserPool/Nothing", "/UserPool/AdminCreateUserConfig/AllowAdminCreateUserOnly")
	}
}

func benchmarkText(b *testing.B) []byte {
	b.Helper()
	text, err := os.ReadFile("../testdata/corpus/aws__aws-cli__describe-user-pool_1.json")
	if err != nil {
		b.Fatal(err)
	}
	return text
}

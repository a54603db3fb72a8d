package cognilint_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// releaseConfig is the part of .goreleaser.yaml that says how programs are built and
// what goes with them.
type releaseConfig struct {
	Version string
	Before  struct{ Hooks []string }
	Builds  []struct {
		Main, Binary        string
		Env, Flags, Ldflags []string
		Goos, Goarch        []string
		ModTimestamp        string `yaml:"mod_timestamp"`
	}
	Archives []struct {
		Files []struct{ Src, Dst string }
	}
	Checksum struct{ Algorithm string }
	Sboms    []struct{ Artifacts string }
}

func readRelease(t *testing.T) releaseConfig {
	t.Helper()
	var config releaseConfig
	loosely(t, ".goreleaser.yaml", &config)
	if len(config.Builds) != 1 {
		t.Fatalf("%d builds, expected 1", len(config.Builds))
	}
	return config
}

func TestReleaseConfiguration(t *testing.T) {
	config := readRelease(t)
	build := config.Builds[0]
	if config.Version != "2" || !slices.Equal(build.Goos, []string{"linux", "darwin", "windows"}) || !slices.Equal(build.Goarch, []string{"amd64", "arm64"}) {
		t.Errorf("version %s, for %v on %v", config.Version, build.Goos, build.Goarch)
	}
	if !slices.Contains(build.Env, "CGO_ENABLED=0") || !slices.Contains(build.Flags, "-trimpath") || build.ModTimestamp != "{{ .CommitTimestamp }}" {
		t.Errorf("two builds of one commit may differ: %v %v %q", build.Env, build.Flags, build.ModTimestamp)
	}
	if config.Checksum.Algorithm != "sha256" || len(config.Sboms) != 1 || config.Sboms[0].Artifacts != "archive" {
		t.Errorf("checksums %+v, SBOM %+v", config.Checksum, config.Sboms)
	}
	// The linker ignores a variable that does not exist.
	if !regexp.MustCompile(`(?m)^var release = "`).Match(read(t, "cmd/cognilint/version.go")) {
		t.Error("the program has no variable release for the linker to set")
	}
}

// buildRelease builds the program in a folder with the flags of the release.
func buildRelease(t *testing.T, folder, goos, goarch string) string {
	t.Helper()
	build := readRelease(t).Builds[0]
	program := filepath.Join(t.TempDir(), "program")
	// The commit is the same in both builds of a release, and here there may be none.
	args := append([]string{"build", "-buildvcs=false", "-o", program}, build.Flags...)
	flags := strings.ReplaceAll(strings.Join(build.Ldflags, " "), "{{ .Version }}", "1.2.3")
	command := exec.Command("go", append(args, "-ldflags="+flags, build.Main)...)
	command.Dir = folder
	command.Env = append(os.Environ(), append(build.Env, "GOOS="+goos, "GOARCH="+goarch)...)
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", command, err, out)
	}
	return program
}

// TestReleaseIsReproducible builds the program here and in another folder: the bytes are
// the same. COGNILINT_ALL_PLATFORMS=1 does so for all platforms of a release.
func TestReleaseIsReproducible(t *testing.T) {
	if testing.Short() {
		t.Skip("links programs")
	}
	other := t.TempDir()
	for line := range strings.Lines(string(read(t, ".dockerignore"))) {
		name, wanted := strings.CutPrefix(strings.TrimSpace(line), "!")
		if !wanted {
			continue
		}
		if info, err := os.Stat(name); err != nil {
			t.Fatal(err)
		} else if info.IsDir() {
			err = os.CopyFS(filepath.Join(other, name), os.DirFS(name))
			if err != nil {
				t.Fatal(err)
			}
		} else if err := os.WriteFile(filepath.Join(other, name), read(t, name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	platforms := [][2]string{{runtime.GOOS, runtime.GOARCH}}
	if os.Getenv("COGNILINT_ALL_PLATFORMS") == "1" {
		for _, goos := range readRelease(t).Builds[0].Goos {
			for _, goarch := range readRelease(t).Builds[0].Goarch {
				platforms = append(platforms, [2]string{goos, goarch})
			}
		}
	}
	for i, platform := range platforms {
		here, there := buildRelease(t, ".", platform[0], platform[1]), buildRelease(t, other, platform[0], platform[1])
		if !bytes.Equal(read(t, here), read(t, there)) {
			t.Errorf("%v: two builds differ", platform)
		}
		if i == 0 {
			checkReleaseFiles(t, here)
		}
	}
}

// checkReleaseFiles makes what goes into an archive besides the program: all that the
// configuration names is there.
func checkReleaseFiles(t *testing.T, program string) {
	t.Helper()
	out, err := exec.Command(program, "version").Output()
	if err != nil || !strings.HasPrefix(string(out), "cognilint 1.2.3 ") {
		t.Errorf("the program says %q, %v", out, err)
	}
	config := readRelease(t)
	if diff := cmp.Diff([]string{".ci/release-files release"}, config.Before.Hooks); diff != "" {
		t.Errorf("hooks -want +got\n%s", diff)
	}
	folder := t.TempDir()
	if out, err := exec.Command(".ci/release-files", folder, program).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, file := range config.Archives[0].Files {
		pattern := strings.ReplaceAll(file.Src, "**/*", "*")
		if made, ok := strings.CutPrefix(pattern, "release/"); ok {
			pattern = filepath.Join(folder, made)
		}
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Errorf("there is no %s", file.Src)
		}
		for _, name := range names {
			if info, err := os.Stat(name); err != nil || info.Size() == 0 {
				t.Errorf("%s is empty, %v", name, err)
			}
		}
	}
	if names, _ := filepath.Glob(filepath.Join(folder, "completions", "*")); len(names) != 4 {
		t.Errorf("completion scripts %q, expected 4", names)
	}
}

package main

import (
	"bytes"
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/cognilint/cognilint/internal/cognitotest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"cognilint": func() {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
			defer stop()
			os.Exit(run(ctx, os.Args, os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

// TestScripts runs the command scripts. Besides the usual commands they know
//
//	exits CODE ARGS…      runs cognilint and checks its exit code
//	serve FOLDER [FAULT OPERATION [POOL]]…
//	                      starts the stand-in of the API with the pools of the
//	                      folder's subfolders (pool.json, mfa.json, client*.json)
//	nosecret FILE…        checks that no file holds a marked secret
//
// UPDATE=1 rewrites what cmp compares.
func TestScripts(t *testing.T) {
	repository, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join(repository, "testdata", "script"),
		UpdateScripts:       os.Getenv("UPDATE") != "",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("REPOSITORY", repository)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":    exits,
			"serve":    serve,
			"nosecret": nosecret,
		},
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: exits CODE ARGS…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec("cognilint", args[1:]...)
	got := 0
	if err != nil {
		code, ok := strings.CutPrefix(err.Error(), "exit status ")
		if !ok {
			ts.Fatalf("%v", err)
		}
		got, _ = strconv.Atoi(code)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// serve starts a stand-in that ends with the script.
func serve(ts *testscript.TestScript, _ bool, args []string) {
	folders, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), "*"))
	ts.Check(err)
	var pools []cognitotest.Pool
	for _, folder := range folders {
		pool := cognitotest.Pool{UserPool: ts.ReadFile(filepath.Join(folder, "pool.json")), MfaConfig: ts.ReadFile(filepath.Join(folder, "mfa.json"))}
		clients, err := filepath.Glob(filepath.Join(folder, "client*.json"))
		ts.Check(err)
		for _, client := range clients {
			pool.Clients = append(pool.Clients, ts.ReadFile(client))
		}
		pools = append(pools, pool)
	}
	server := cognitotest.New(pools...)
	ts.Defer(server.Close)
	for faults := args[1:]; len(faults) >= 2; faults = faults[2:] {
		fault := cognitotest.Fault{Kind: cognitotest.FaultKind(faults[0]), Operation: faults[1]}
		if len(faults) > 2 && strings.Contains(faults[2], "_") {
			fault.PoolID = faults[2]
			faults = faults[1:]
		}
		server.Fail(fault)
	}
	for key, value := range cognitotest.Env(server.URL) {
		ts.Setenv(key, value)
	}
}

func nosecret(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		if bytes.Contains([]byte(ts.ReadFile(name)), []byte("s3cr3t")) {
			ts.Fatalf("%s holds a secret", name)
		}
	}
}

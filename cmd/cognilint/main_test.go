package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/cognilint/cognilint/internal/cognitotest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"cognilint": main})
}

// TestScripts runs the command scripts. Besides the usual commands they know
//
//	exits CODE ARGS…      runs cognilint and checks its exit code
//	serve FOLDER [FAULT OPERATION [POOL]]…
//	                      starts the stand-in of the API with the pools of the
//	                      folder's subfolders (pool.json, mfa.json, client*.json)
//	organization FOLDER [FAULT OPERATION [ACCOUNT [REGION]]]…
//	                      starts it with the organization in FOLDER/ACCOUNT/REGION,
//	                      where a Region's folder holds pools and may be empty; the
//	                      first account is the caller's. ACCOUNT/account.json may
//	                      have Name, State, Role, ExternalID
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
			"exits":        exits,
			"serve":        serve,
			"organization": organization,
			"nosecret":     nosecret,
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
	server := cognitotest.New(poolsIn(ts, ts.MkAbs(args[0]))...)
	start(ts, server)
	for faults := args[1:]; len(faults) >= 2; faults = faults[2:] {
		fault := cognitotest.Fault{Kind: cognitotest.FaultKind(faults[0]), Operation: faults[1]}
		if len(faults) > 2 && strings.Contains(faults[2], "_") {
			fault.PoolID = faults[2]
			faults = faults[1:]
		}
		server.Fail(fault)
	}
}

// organization starts a stand-in like serve. An empty OPERATION selects all.
func organization(ts *testscript.TestScript, _ bool, args []string) {
	var accounts []cognitotest.Account
	for _, folder := range foldersIn(ts, ts.MkAbs(args[0])) {
		account := cognitotest.Account{Regions: map[string][]cognitotest.Pool{}}
		if file := filepath.Join(folder, "account.json"); isFile(file) {
			ts.Check(json.Unmarshal([]byte(ts.ReadFile(file)), &account))
		}
		account.ID = filepath.Base(folder)
		for _, region := range foldersIn(ts, folder) {
			account.Regions[filepath.Base(region)] = poolsIn(ts, region)
		}
		accounts = append(accounts, account)
	}
	if len(accounts) == 0 {
		ts.Fatalf("no account in %s", args[0])
	}
	server := cognitotest.NewOrganization(accounts...)
	start(ts, server)
	for faults := args[1:]; len(faults) >= 2; faults = faults[2:] {
		fault := cognitotest.Fault{Kind: cognitotest.FaultKind(faults[0]), Operation: faults[1]}
		if len(faults) > 2 && len(faults[2]) == 12 && strings.Trim(faults[2], "0123456789") == "" {
			fault.Account = faults[2]
			faults = faults[1:]
			// Fault kinds have no hyphen.
			if len(faults) > 2 && strings.Contains(faults[2], "-") {
				fault.Region = faults[2]
				faults = faults[1:]
			}
		}
		server.Fail(fault)
	}
}

// start points the script to a server that ends with it.
func start(ts *testscript.TestScript, server *cognitotest.Server) {
	ts.Defer(server.Close)
	for key, value := range cognitotest.Env(server.URL) {
		ts.Setenv(key, value)
	}
}

// poolsIn reads a pool from each folder in a folder.
func poolsIn(ts *testscript.TestScript, folder string) []cognitotest.Pool {
	var pools []cognitotest.Pool
	for _, folder := range foldersIn(ts, folder) {
		pool := cognitotest.Pool{UserPool: ts.ReadFile(filepath.Join(folder, "pool.json")), MfaConfig: ts.ReadFile(filepath.Join(folder, "mfa.json"))}
		clients, err := filepath.Glob(filepath.Join(folder, "client*.json"))
		ts.Check(err)
		for _, client := range clients {
			pool.Clients = append(pool.Clients, ts.ReadFile(client))
		}
		pools = append(pools, pool)
	}
	return pools
}

// foldersIn lists the folders in a folder, sorted.
func foldersIn(ts *testscript.TestScript, folder string) []string {
	names, err := filepath.Glob(filepath.Join(folder, "*"))
	ts.Check(err)
	return slices.DeleteFunc(names, isFile)
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && !info.IsDir()
}

func nosecret(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		if bytes.Contains([]byte(ts.ReadFile(name)), []byte("s3cr3t")) {
			ts.Fatalf("%s holds a secret", name)
		}
	}
}

package cognitotest

import (
	"bytes"
	"net"
	"net/http"
	"os"
	"os/exec"
	"testing"
	"time"
)

// StartMoto starts moto's server, an emulator that this repository did not
// write, and returns its URL for [Env]; the server ends with the test. Programs
// are what else the test needs from PATH. If anything is missing, the test is
// skipped, or fails where COGNILINT_REQUIRE_MOTO=1 promises that all is there.
func StartMoto(t testing.TB, programs ...string) string {
	t.Helper()
	missing := t.Skipf
	if os.Getenv("COGNILINT_REQUIRE_MOTO") == "1" {
		missing = t.Fatalf
	}
	for _, program := range append(programs, "moto_server") {
		if _, err := exec.LookPath(program); err != nil {
			missing("%s is not in PATH; install what is missing with: pip install 'moto[server]' awscli", program)
		}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close()
	_, port, _ := net.SplitHostPort(address)

	var output bytes.Buffer
	server := exec.Command("moto_server", "-H", "127.0.0.1", "-p", port)
	server.Stdout, server.Stderr = &output, &output
	server.WaitDelay = time.Second
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		server.Wait()
		close(ended)
	}()
	t.Cleanup(func() {
		server.Process.Kill()
		<-ended
	})
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if response, err := http.Get("http://" + address + "/moto-api/"); err == nil {
			response.Body.Close()
			return "http://" + address
		}
		select {
		case <-ended:
			missing("moto_server does not start: %s", &output)
		default:
		}
	}
	t.Fatal("moto_server did not listen within a minute")
	return ""
}

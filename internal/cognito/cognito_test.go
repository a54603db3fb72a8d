package cognito

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/internal/cognitotest"
)

// unpaced is a rate at which no request of a test waits.
const unpaced = 1000

// openClient starts a stand-in with the pools and opens a client for it.
func openClient(t *testing.T, pools ...cognitotest.Pool) (*cognitotest.Server, *Client) {
	t.Helper()
	server := cognitotest.New(pools...)
	t.Cleanup(server.Close)
	setenv(t, server)
	return server, openSession(t).Client("eu-west-1")
}

// openSession opens a session with the environment of the test.
func openSession(t *testing.T) *Session {
	t.Helper()
	session, err := Open(t.Context(), Options{Rate: unpaced})
	if err != nil {
		t.Fatal(err)
	}
	return session
}

func setenv(t *testing.T, server *cognitotest.Server) {
	t.Helper()
	for name, value := range cognitotest.Env(server.URL) {
		t.Setenv(name, value)
	}
}

func TestOpenRefuses(t *testing.T) {
	server := cognitotest.New()
	defer server.Close()
	metadata := httptest.NewServer(http.NotFoundHandler())
	defer metadata.Close()
	noCredentials := map[string]string{"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}
	for _, tt := range []struct {
		name string
		env  map[string]string
		opts Options
		want string
	}{
		{"no Region", map[string]string{"AWS_REGION": ""}, Options{}, "no AWS Region is set: use --region"},
		{"no credentials", noCredentials, Options{}, "no usable AWS credentials: use --profile"},
		{
			"no credentials in a metadata service",
			map[string]string{
				"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "",
				"AWS_EC2_METADATA_DISABLED": "", "AWS_EC2_METADATA_SERVICE_ENDPOINT": metadata.URL,
			},
			Options{},
			"no usable AWS credentials: use --profile",
		},
		{"unknown profile", nil, Options{Profile: "nobody"}, "load the AWS configuration: failed to get shared config profile, nobody"},
		{"endpoint without scheme", nil, Options{EndpointURL: "localhost:5000"}, `endpoint URL "localhost:5000" is not a URL`},
		{"negative rate", nil, Options{Rate: -1}, "rate -1 is not a share of the request quotas"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			setenv(t, server)
			for name, value := range tt.env {
				t.Setenv(name, value)
			}
			_, err := Open(t.Context(), tt.opts)
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
	if got := server.Requests(); got != nil {
		t.Errorf("requests %v, want none", got)
	}
}

func TestOpenOverrides(t *testing.T) {
	chosen, other := cognitotest.New(), cognitotest.New()
	defer chosen.Close()
	defer other.Close()
	setenv(t, other)
	file := filepath.Join(t.TempDir(), "config")
	config := "[profile audit]\nregion = eu-north-1\naws_access_key_id = A\naws_secret_access_key = B\n"
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_CONFIG_FILE", file)
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "")
	t.Setenv("AWS_REGION", "")

	for _, tt := range []struct {
		name, region, want string
	}{
		{"Region of the profile", "", "eu-north-1"},
		{"Region of its own", "ap-south-1", "ap-south-1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			session, err := Open(t.Context(), Options{Profile: "audit", Region: tt.region, DefaultRegion: "us-east-1", EndpointURL: chosen.URL})
			if err != nil {
				t.Fatal(err)
			}
			if session.Region() != tt.want {
				t.Errorf("Region %s, want %s", session.Region(), tt.want)
			}
			if _, err := session.Client(session.Region()).ListPools(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	list := cognitotest.Request{Operation: "ListUserPools"}
	if diff := cmp.Diff([]cognitotest.Request{list, list}, chosen.Requests()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if got := other.Requests(); got != nil {
		t.Errorf("requests to AWS_ENDPOINT_URL %v, want none", got)
	}
}

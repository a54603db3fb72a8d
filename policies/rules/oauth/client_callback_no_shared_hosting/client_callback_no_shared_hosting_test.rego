package cognilint.rules.oauth.client_callback_no_shared_hosting_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.oauth.client_callback_no_shared_hosting as rule

_with(callbacks) := object.union(fixtures.good, {"Client": object.union(fixtures.sso_client, {"CallbackURLs": callbacks})})

test_good_clients_pass if {
	not rule.applies with input as fixtures.client([])
	rule.applies with input as _with(["https://app.example.com/cb"])
	count(rule.deny) == 0 with input as _with(["https://app.example.com/cb"])
}

test_shared_hosting_fails if {
	rule.deny == {{
		"msg": "client \"sso\" has the callback https://shop-git-x.vercel.app/cb below vercel.app, where anyone can get a name, expected a domain of your own",
		"path": ["Client", "CallbackURLs", 1],
		"actual": "https://shop-git-x.vercel.app/cb",
		"expected": "a host in a domain of your own",
	}} with input as _with(["https://app.example.com/cb", "https://shop-git-x.vercel.app/cb"])
}

test_every_default_host_counts if {
	count(rule.deny) == 11 with input as _with([
		"https://1a2b.ngrok.io/cb",
		"https://1a2b.ngrok-free.app/cb",
		"https://x.vercel.app",
		"https://deploy-1--x.netlify.app/cb",
		"https://org.github.io/app/",
		"https://x.herokuapp.com:443/cb",
		"https://x.pages.dev/cb",
		"https://x.WEB.app/cb",
		"https://main.d123.amplifyapp.com/cb",
		"https://d123.cloudfront.net/cb",
		"http://x.web.app./cb",
	])
}

test_other_hosts_pass if {
	count(rule.deny) == 0 with input as _with([
		"https://myvercel.app/cb",
		"https://vercel.app.example.com/cb",
		"https://app.example.com/x.vercel.app",
		"https://app.example.com?x=https://x.vercel.app",
		"https://github.com/cb",
		"myapp://x.vercel.app/cb",
		"com.example:/cb",
		"http://localhost:3000/cb",
		"x.vercel.app/cb",
	])
}

test_parameter_can_be_overridden if {
	params := {"client-callback-no-shared-hosting": {"hosts": ["Preview.example.com"]}}
	count(rule.deny) == 0 with input as _with(["https://x.vercel.app/cb"]) with data.params as params
	count(rule.deny) == 1 with input as _with(["https://x.preview.example.com/cb"]) with data.params as params

	none := {"client-callback-no-shared-hosting": {"hosts": []}}
	count(rule.deny) == 0 with input as _with(["https://x.vercel.app/cb"]) with data.params as none
}

test_client_without_callbacks_passes if {
	count(rule.deny) == 0 with input as _with([])
	count(rule.deny) == 0 with input as object.union(fixtures.good, {"Client": fixtures.machine_client})
}

test_urls_without_oauth_are_dead_text if {
	off := json.patch(_with(["https://x.vercel.app/cb"]), [{"op": "replace", "path": "/Client/AllowedOAuthFlowsUserPoolClient", "value": false}])
	not rule.applies with input as off
	count(rule.deny) == 0 with input as off
}

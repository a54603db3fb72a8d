package cognilint.lib.url_test

import data.cognilint.lib.url

test_scheme_and_host if {
	every text, parts in {
		"https://App.Example.com/cb?x=1#f": ["https", "app.example.com"],
		"HTTP://example.com.:8080": ["http", "example.com"],
		"https://user:pw@example.com:443/a@b:c": ["https", "example.com"],
		"http://[::1]:3000/cb": ["http", "::1"],
		"http://::1/cb": ["http", "::1"],
		"https://example.com?u=http://localhost/": ["https", "example.com"],
		"https://example.com#@localhost": ["https", "example.com"],
		"myapp://callback": ["myapp", "callback"],
		"https://*.example.com/cb": ["https", "*.example.com"],
	} {
		[url.scheme(text), url.host(text)] == parts
	}
}

test_scheme_without_host if {
	every text, scheme in {"com.example:/cb": "com.example", "myapp:cb": "myapp", "app:///cb": "app", "myapp://": "myapp", "https:///cb": "https", "https://a:b:c@d:e/": "https"} {
		url.scheme(text) == scheme
		not url.host(text)
	}
}

test_neither if {
	every text in ["", "/cb", "example.com/cb", "localhost:3000/cb", "example.com:443", "://x", "1a://x", "//x/y", "[", "%", "é:x"] {
		not url.scheme(text)
		not url.host(text)
		not url.app_scheme(text)
		not url.insecure(text)
		not url.user_info(text)
	}
}

test_user_info if {
	url.user_info("https://user@example.com/")
	url.user_info("https://user:pw@example.com/")
	not url.user_info("https://example.com/@x")
	not url.user_info("mailto:x@example.com")
}

test_app_scheme if {
	every text in ["myapp://callback", "com.example:/cb", "urn:ietf:wg:oauth:2.0:oob"] {
		url.app_scheme(text)
	}
	every text in ["https://x", "HTTP://x"] {
		not url.app_scheme(text)
	}
}

test_insecure_is_plain_http_to_others if {
	every text in ["http://example.com/cb", "HTTP://example.com", "http://127.0.0.1.example.com", "http://localhost@example.com", "http://localhost.example.com", "http://"] {
		url.insecure(text)
	}
	every text in ["https://example.com", "http://localhost:3000/cb", "http://127.0.0.1/cb", "http://[::1]/cb", "myapp://http", "http.app://x"] {
		not url.insecure(text)
	}
}

test_loopback if {
	every host in ["localhost", "LOCALHOST", "app.localhost", "127.0.0.1", "127.255.0.3", "127.1", "::1", "[::1]", "0:0:0:0:0:0:0:1", "[0000::0001]"] {
		url.loopback(host)
	}
	every host in ["", "127", "1127.0.0.1", "127.0.0.1.example.com", "127.example.com", "notlocalhost", "localhost.com", "10.0.0.1", "::", "::2", "1::1", "2001:db8::1", "0.0.0.0"] {
		not url.loopback(host)
	}
}

test_ip if {
	every host in ["10.0.0.1", "127.1", "2130706433", "0x7f000001", "192.168.0.0x1", "::1", "[2001:db8::1]"] {
		url.ip(host)
	}
	every host in ["", "example.com", "1.2.3.4.example.com", "3com.com", "localhost", "cafe", "app.0xyz"] {
		not url.ip(host)
	}
}

test_within if {
	url.within("a.Example.com", "example.com")
	url.within("example.com", "EXAMPLE.com")
	not url.within("badexample.com", "example.com")
	not url.within("example.com", "a.example.com")
	not url.within("example.com.net", "example.com")
}

test_registrable if {
	every host in ["example.com", "example.co.uk", "example.de", "example.com.au", "co.com", "example.co"] {
		url.registrable(host)
	}
	every host in ["", "com", "auth.example.com", "co.uk", "a.example.co.uk", "auth.example.de"] {
		not url.registrable(host)
	}
}

package cognilint.lib.date_test

import data.cognilint.lib.date

_days(now, from) := days if days := date.days_since(from) with input as {"collected_at": now}

test_numbers_and_texts if {
	every written in [1761955200, 1761955200.25, "2025-11-01T00:00:00Z", "2025-11-01T00:00:00.000000+00:00", "2025-10-31T17:00:00.5-07:00"] {
		_days("2026-11-01T00:00:01Z", written) == 365
	}
}

test_whole_days if {
	_days("2026-11-02T00:00:00Z", "2026-11-01T00:00:00Z") == 1
	_days("2026-11-01T23:59:59Z", "2026-11-01T00:00:00Z") == 0
	_days("2024-03-01T00:00:00Z", "2024-02-28T00:00:00Z") == 2
	_days("2026-03-02T00:00:00Z", "2026-02-30T00:00:00Z") == 0
}

test_future if {
	_days("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z") == -30
	date.days_until("2026-12-01T12:00:00Z") == 30 with input as {"collected_at": "2026-11-01T00:00:00Z"}
	date.days_until("2026-10-31T12:00:00Z") == -1 with input as {"collected_at": "2026-11-01T00:00:00Z"}
}

test_other_values_are_undefined if {
	every written in ["", "yesterday", "2026-11-01", "2026-11-01T00:00:00", "2026-13-01T00:00:00Z", "2026-11-01T24:00:00Z", "9999-12-31T23:59:59Z", true, {}, []] {
		not date.days_since(written) with input as {"collected_at": "2026-11-01T00:00:00Z"}
		not date.days_until(written) with input as {"collected_at": "2026-11-01T00:00:00Z"}
	}
	not date.days_since(1) with input as {}
}

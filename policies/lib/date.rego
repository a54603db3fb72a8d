# METADATA
# title: Ages
# description: |
#   Days between a date and the time when the settings were read; there is no
#   clock. A date is a number of seconds, as the API writes it, or a text like
#   2026-11-01T08:00:00Z, as the AWS CLI does. Other texts are undefined.
package cognilint.lib.date

# METADATA
# description: The whole days since a date, negative for one that is to come.
days_since(date) := _days(_seconds(input.collected_at) - _seconds(date))

# METADATA
# description: The whole days until a date, negative for one that is past.
days_until(date) := _days(_seconds(date) - _seconds(input.collected_at))

# The built-in gives 0 for numbers between -1 and 0, so none gets there.
_days(seconds) := floor((seconds / 86400) + 100000) - 100000

_seconds(date) := date if is_number(date)

# A day that its month does not have, such as February 30th, is an error for the
# built-in, so the days are added to the first of the month.
_seconds(date) := (time.parse_rfc3339_ns(concat("01", [part[1], part[3]])) / 1000000000) + (86400 * (to_number(trim_left(part[2], "0")) - 1)) if {
	is_string(date)
	part := regex.find_all_string_submatch_n(_written, date, 1)[0]
}

_written := `^((?:19|20|21)[0-9]{2}-(?:0[1-9]|1[0-2])-)(0[1-9]|[12][0-9]|3[01])(T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9]))$`

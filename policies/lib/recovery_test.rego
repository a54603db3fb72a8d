package cognilint.lib.recovery_test

import data.cognilint.lib.recovery

_with(setting) := {"UserPool": {"AccountRecoverySetting": setting}}

test_priority_decides if {
	pool := _with({"RecoveryMechanisms": [{"Name": "verified_phone_number", "Priority": 2}, {"Name": "verified_email", "Priority": 1}]})
	recovery.mechanisms == ["verified_email", "verified_phone_number"] with input as pool
	recovery.first == "verified_email" with input as pool
	not recovery.legacy with input as pool
}

test_without_the_setting_sms_comes_first if {
	every pool in [{"UserPool": {}}, _with({}), _with({"RecoveryMechanisms": []})] {
		recovery.legacy with input as pool
		recovery.first == "verified_phone_number" with input as pool
		recovery.mechanisms == ["verified_phone_number", "verified_email"] with input as pool
	}
}

test_attribute if {
	recovery.attribute.verified_email == "email"
	recovery.attribute.verified_phone_number == "phone_number"
}

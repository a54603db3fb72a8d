package cognitotest

import (
	"cmp"
	"fmt"
)

// setRisk replaces a risk configuration, or removes it if the request has ids
// alone.
// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetRiskConfiguration.html
func setRisk(e *edit) (string, *apiError) {
	id := e.in.ClientId
	pool, err := e.get(UserPool, "")
	if err != nil {
		return "", err
	}
	if id != "" && indexIn(e.next.Clients, "ClientId", id) < 0 {
		return "", noClient(id)
	}
	if cmp.Or(textAt(pool, "UserPoolAddOns", "AdvancedSecurityMode"), "OFF") == "OFF" {
		return "", &apiError{"UserPoolAddOnNotEnabledException", "User pool add-ons are not enabled."}
	}
	was, err := e.get(RiskConfigurations, id)
	if err != nil {
		return "", err
	}
	next := clone(e.request)
	if err := checkRisk(next); err != nil {
		return "", err
	}
	settings := len(next) - 1
	if id != "" {
		settings--
	}
	if settings == 0 {
		return member("RiskConfiguration", encode(next)), e.put(RiskConfigurations, id, nil)
	}
	put(next, "LastModifiedDate", was["LastModifiedDate"])
	touch(next)
	return member("RiskConfiguration", encode(next)), e.put(RiskConfigurations, id, next)
}

func checkRisk(next object) *apiError {
	takeover := at(next, "AccountTakeoverRiskConfiguration")
	if takeover != nil && at(takeover, "Actions") == nil {
		return missing("accountTakeoverRiskConfiguration.actions")
	}
	for _, name := range sortedNames(at(takeover, "Actions")) {
		action := at(takeover, "Actions", name)
		if !has(action, "Notify") || !has(action, "EventAction") {
			return missing("accountTakeoverRiskConfiguration.actions." + name)
		}
		if action["Notify"] == true && textAt(takeover, "NotifyConfiguration", "SourceArn") == "" {
			return invalid("NotifyConfiguration.SourceArn is required when an action notifies.")
		}
	}
	compromised := at(next, "CompromisedCredentialsRiskConfiguration")
	if compromised != nil && textAt(compromised, "Actions", "EventAction") == "" {
		return missing("compromisedCredentialsRiskConfiguration.actions.eventAction")
	}
	return nil
}

func missing(path string) *apiError {
	return invalid("1 validation error detected: Value null at '" + path + "' failed to satisfy constraint: Member must not be null")
}

// setLogDelivery replaces the list of log configurations.
// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetLogDeliveryConfiguration.html
func setLogDelivery(e *edit) (string, *apiError) {
	pool, err := e.get(UserPool, "")
	if err != nil {
		return "", err
	}
	next := clone(e.request)
	configurations, _ := next["LogConfigurations"].([]any)
	if len(configurations) > 2 {
		return "", invalid("1 validation error detected: Value at 'logConfigurations' failed to satisfy constraint: Member must have length less than or equal to 2")
	}
	seen := map[string]bool{}
	for _, element := range configurations {
		configuration, _ := element.(object)
		if err := checkLog(pool, configuration); err != nil {
			return "", err
		}
		source := textAt(configuration, "EventSource")
		if seen[source] {
			return "", invalid("Duplicate log configurations for event source " + source)
		}
		seen[source] = true
	}
	answer := member("LogDeliveryConfiguration", encode(next))
	if len(configurations) == 0 && len(next) == 2 {
		return answer, e.put(LogDelivery, "", nil)
	}
	return answer, e.put(LogDelivery, "", next)
}

// logDestinations are the members of a log configuration that say where to.
var logDestinations = []string{"CloudWatchLogsConfiguration", "FirehoseConfiguration", "S3Configuration"}

func checkLog(pool, configuration object) *apiError {
	source, level := textAt(configuration, "EventSource"), textAt(configuration, "LogLevel")
	if source == "" || level == "" {
		return missing("logConfigurations.member")
	}
	destinations := 0
	for _, name := range logDestinations {
		if has(configuration, name) {
			destinations++
		}
	}
	switch source {
	case "userNotification":
		if level != "ERROR" || !has(configuration, "CloudWatchLogsConfiguration") || destinations != 1 {
			return invalid("Event source userNotification requires log level ERROR and a CloudWatch Logs destination.")
		}
	case "userAuthEvents":
		if level != "INFO" || destinations != 1 {
			return invalid("Event source userAuthEvents requires log level INFO and one destination.")
		}
		if textAt(pool, "UserPoolTier") != "PLUS" {
			return notInTier(textAt(pool, "UserPoolTier"), "Log Streaming")
		}
	default:
		return invalid(fmt.Sprintf("1 validation error detected: Value '%s' at 'logConfigurations.member.eventSource' failed to satisfy constraint", source))
	}
	return nil
}

package remediate

// mfaActions are the answers to a risk that need MFA.
var mfaActions = []string{"MFA_IF_CONFIGURED", "MFA_REQUIRED"}

// setRisk judges the risk configuration of the pool, or of a client that has
// its own; client is how a sentence names it.
func (p *preflight) setRisk(call Call, risk turn, client string) {
	name := "the pool's risk configuration"
	if call.Part.ID != "" {
		name = "the risk configuration of " + client
	}
	if !risk.after.set() {
		p.refuse("After the plan there is no state for %s, and SetRiskConfiguration would reset it; leave the call out.", name)
		return
	}
	p.untouched(call, name, never{"UserPoolId": "which cannot be changed", "ClientId": "which cannot be changed", "LastModifiedDate": "which Cognito sets"})
	if mode := p.pool.after.at("UserPoolAddOns", "AdvancedSecurityMode"); mode.empty() || mode.text() == "OFF" {
		p.refuse("Threat protection is off (AdvancedSecurityMode is %s), and Cognito does not take %s then: UserPoolAddOnNotEnabledException; switch it on first.", mode.short(), name)
	}
	if call.Part.ID != "" && !risk.before.set() {
		p.refuse("The plan gives %s a risk configuration of its own, which would no longer follow the pool's; change the pool's instead.", client)
	}
	p.notifies(name, risk.after)
	p.riskActions(name, risk)
}

func (p *preflight) notifies(name string, risk setting) {
	takeover := risk.at("AccountTakeoverRiskConfiguration")
	if !takeover.at("NotifyConfiguration", "SourceArn").empty() {
		return
	}
	for _, level := range takeover.at("Actions").names() {
		if takeover.at("Actions", level, "Notify").is(true) {
			p.refuse("%s of %s would notify users, but NotifyConfiguration.SourceArn names no sender; set one, or Notify to false.", level, name)
		}
	}
}

func (p *preflight) riskActions(name string, risk turn) {
	compromised := risk.after.at("CompromisedCredentialsRiskConfiguration", "Actions", "EventAction")
	p.oneOf("The action on compromised credentials in "+name, compromised, "BLOCK", "NO_ACTION")
	actions := risk.at("AccountTakeoverRiskConfiguration", "Actions")
	for _, level := range actions.after.names() {
		action := actions.at(level, "EventAction")
		p.oneOf(level+" in "+name, action.after, "BLOCK", "MFA_IF_CONFIGURED", "MFA_REQUIRED", "NO_ACTION")
		if !action.changed() || mfaMode(p.pool.after, p.mfa.after) != mfaOff {
			continue
		}
		for _, needs := range mfaActions {
			if action.after.text() == needs {
				p.refuse("%s in %s would be %s while MFA is OFF, so that nobody could answer it; set MfaConfiguration to OPTIONAL or ON first.", level, name, needs)
			}
		}
	}
}

// setLogDelivery refuses entries that the plan changes and the API does not take.
func (p *preflight) setLogDelivery(logs turn) {
	if !p.read("SetLogDeliveryConfiguration", "LogDeliveryConfiguration", logs) {
		return
	}
	entries := logs.at("LogConfigurations")
	if n := len(entries.after.list()); n > 2 && entries.changed() {
		p.refuse("LogConfigurations would hold %d entries; the API takes at most 2.", n)
	}
	old := map[string]bool{}
	for _, entry := range entries.before.list() {
		old[entry.String()] = true
	}
	for _, entry := range entries.after.list() {
		if !old[entry.String()] {
			p.logEntry(entry)
		}
	}
}

func (p *preflight) logEntry(entry setting) {
	source, level := entry.at("EventSource"), entry.at("LogLevel")
	switch source.text() {
	case "userNotification":
		if level.text() != "ERROR" {
			p.refuse("The log of userNotification would have the level %s; the API takes ERROR only.", level.short())
		}
		for _, elsewhere := range []string{"S3Configuration", "FirehoseConfiguration"} {
			if entry.at(elsewhere).set() {
				p.refuse("The log of userNotification would go to %s; the API takes CloudWatchLogsConfiguration only.", elsewhere)
			}
		}
	case "userAuthEvents":
		if level.text() != "INFO" {
			p.refuse("The log of userAuthEvents would have the level %s; the API takes INFO only.", level.short())
		}
		if tier := p.pool.after.at("UserPoolTier"); tier.text() != "PLUS" {
			p.refuse("The log of userAuthEvents needs the tier PLUS, and the pool's tier is %s.", tier.short())
		}
	default:
		p.refuse("A log would have the EventSource %s; the API takes userNotification or userAuthEvents.", source.short())
	}
}

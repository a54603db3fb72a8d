package cognitotest

import (
	"io"
	"net/http"
	"slices"
	"strings"
)

// Omission says what UpdateUserPool does to members that a request omits. The
// other writes replace all of what they are about.
type Omission string

const (
	// ResetAll is what AWS documents, and how a server starts: every omitted
	// member goes back to its default, except UserPoolTier and PoolName. Inside
	// Policies, PasswordPolicy, SignInPolicy and AdminCreateUserConfig, members
	// that are omitted survive.
	ResetAll Omission = "reset-all"
	// Measured resets only what was measured or reported to be reset: triggers,
	// automatic verification, devices and the templates of messages.
	Measured Omission = "measured"
	// ResetParanoid is ResetAll that replaces what survives inside members too,
	// and where SetUserPoolMfaConfig without SMS takes the pool's SMS settings
	// away.
	ResetParanoid Omission = "reset-paranoid"
)

// Omissions returns all modes, for tests that run in each.
func Omissions() []Omission { return []Omission{ResetAll, Measured, ResetParanoid} }

// SetOmission chooses what omitted members become, from now on.
func (s *Server) SetOmission(mode Omission) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mode = mode
}

// edit is a write in progress.
type edit struct {
	*call
	next Pool // the state to come
}

// write is an operation that changes a pool.
type write struct {
	required string // members, with a space before and after each
	members  string // the others that are known
	// describeOnly are members of answers that requests must not have.
	describeOnly []string
	apply        func(*edit) (string, *apiError)
}

// https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-updating.html
var poolDescribeOnly = []string{
	"Arn", "CreationDate", "LastModifiedDate", "CustomDomain", "Domain", "EstimatedNumberOfUsers", "Id", "Name", "SchemaAttributes",
	"SmsConfigurationFailure", "EmailConfigurationFailure", "Status", "AliasAttributes", "UsernameAttributes", "UsernameConfiguration",
}

var clientDescribeOnly = []string{"ClientSecret", "GenerateSecret", "HasClientSecret", "LastModifiedDate", "CreationDate"}

// Members of requests. One that is known here but not of the operation at hand
// is a mistake; others may be what AWS invents next.
// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_Operations.html
const (
	poolMembers = " PoolName Policies DeletionProtection LambdaConfig AutoVerifiedAttributes SmsVerificationMessage EmailVerificationMessage " +
		"EmailVerificationSubject VerificationMessageTemplate SmsAuthenticationMessage UserAttributeUpdateSettings MfaConfiguration " +
		"DeviceConfiguration EmailConfiguration SmsConfiguration UserPoolTags AdminCreateUserConfig UserPoolAddOns AccountRecoverySetting " +
		"UserPoolTier KeyConfiguration IssuerConfiguration "
	clientMembers = " ClientName RefreshTokenValidity AccessTokenValidity IdTokenValidity TokenValidityUnits ReadAttributes WriteAttributes " +
		"ExplicitAuthFlows SupportedIdentityProviders CallbackURLs LogoutURLs DefaultRedirectURI AllowedOAuthFlows AllowedOAuthScopes " +
		"AllowedOAuthFlowsUserPoolClient AnalyticsConfiguration PreventUserExistenceErrors EnableTokenRevocation " +
		"EnablePropagateAdditionalUserContextData AuthSessionValidity RefreshTokenRotation "
	mfaMembers  = " MfaConfiguration SoftwareTokenMfaConfiguration SmsMfaConfiguration EmailMfaConfiguration WebAuthnConfiguration "
	riskMembers = " ClientId CompromisedCredentialsRiskConfiguration AccountTakeoverRiskConfiguration RiskExceptionConfiguration "
	allMembers  = poolMembers + clientMembers + mfaMembers + riskMembers + " UserPoolId ResourceArn LogConfigurations CustomAttributes Tags TagKeys "
)

var writes = map[string]*write{
	"UpdateUserPool":              {" UserPoolId ", poolMembers, poolDescribeOnly, updateUserPool},
	"UpdateUserPoolClient":        {" UserPoolId ClientId ", clientMembers, clientDescribeOnly, updateClient},
	"SetUserPoolMfaConfig":        {" UserPoolId ", mfaMembers, poolDescribeOnly, setMfaConfig},
	"SetRiskConfiguration":        {" UserPoolId ", riskMembers, []string{"LastModifiedDate"}, setRisk},
	"SetLogDeliveryConfiguration": {" UserPoolId LogConfigurations ", "", nil, setLogDelivery},
	"AddCustomAttributes":         {" UserPoolId CustomAttributes ", "", nil, addCustomAttributes},
	"TagResource":                 {" ResourceArn Tags ", "", nil, tagResource},
	"UntagResource":               {" ResourceArn TagKeys ", "", nil, untagResource},
}

// among tells whether a name is in a list of names between spaces.
func among(names, name string) bool { return strings.Contains(names, " "+name+" ") }

// Types of members, as far as a mistake would be stored otherwise.
const (
	listMembers = " AutoVerifiedAttributes LogConfigurations CustomAttributes TagKeys ReadAttributes WriteAttributes ExplicitAuthFlows " +
		"SupportedIdentityProviders CallbackURLs LogoutURLs AllowedOAuthFlows AllowedOAuthScopes "
	objectMembers = " Policies LambdaConfig VerificationMessageTemplate UserAttributeUpdateSettings DeviceConfiguration EmailConfiguration " +
		"SmsConfiguration UserPoolTags AdminCreateUserConfig UserPoolAddOns AccountRecoverySetting KeyConfiguration IssuerConfiguration " +
		"SoftwareTokenMfaConfiguration SmsMfaConfiguration EmailMfaConfiguration WebAuthnConfiguration TokenValidityUnits " +
		"AnalyticsConfiguration RefreshTokenRotation CompromisedCredentialsRiskConfiguration AccountTakeoverRiskConfiguration " +
		"RiskExceptionConfiguration Tags "
	textMembers = " UserPoolId PoolName ClientId ClientName ResourceArn DeletionProtection SmsVerificationMessage EmailVerificationMessage " +
		"EmailVerificationSubject SmsAuthenticationMessage MfaConfiguration UserPoolTier DefaultRedirectURI PreventUserExistenceErrors "
)

func (c *call) isWrite() bool { return c.service == cognito && writes[c.operation] != nil }

// parseWrite keeps the body of a write, which may have members that are unknown
// here.
func (c *call) parseWrite(r *http.Request) *apiError {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return &apiError{"SerializationException", err.Error()}
	}
	c.body = string(body)
	if c.request, err = decode(c.body); err != nil {
		return &apiError{"SerializationException", err.Error()}
	}
	withoutNulls(c.request)
	if among(writes[c.operation].required, "ResourceArn") {
		c.in.ResourceArn = textAt(c.request, "ResourceArn")
		return nil
	}
	c.in.UserPoolId, c.in.ClientId = textAt(c.request, "UserPoolId"), textAt(c.request, "ClientId")
	return nil
}

// wellFormed checks a write without a look at the pool.
func (c *call) wellFormed() *apiError {
	w := writes[c.operation]
	for _, name := range sortedNames(c.request) {
		value := c.request[name]
		foreign := among(allMembers, name) && !among(w.required, name) && !among(w.members, name)
		if foreign || slices.Contains(w.describeOnly, name) {
			return invalid("1 validation error detected: '" + name + "' is not a member of the request")
		}
		ok := true
		switch {
		case among(listMembers, name):
			_, ok = value.([]any)
		case among(objectMembers, name):
			_, ok = value.(object)
		case among(textMembers, name):
			_, ok = value.(string)
		}
		if !ok {
			return &apiError{"SerializationException", "unexpected type of " + name}
		}
	}
	for name := range strings.FieldsSeq(w.required) {
		if value := c.request[name]; value == nil || value == "" {
			return missing(strings.ToLower(name[:1]) + name[1:])
		}
	}
	return nil
}

// write applies a write, or changes nothing.
func (p *pool) write(c *call) (string, *apiError) {
	p.mu.Lock()
	defer p.mu.Unlock()
	before := p.current.Load()
	e := &edit{call: c, next: before.clone()}
	answer, refusal := writes[c.operation].apply(e)
	if refusal != nil {
		return "", refusal
	}
	if c.fault.Kind == Collateral {
		if err := e.next.collateral(c.fault); err != nil {
			return "", &apiError{"InternalErrorException", err.Error()}
		}
	}
	after := newState(e.next)
	if c.fault.Kind == Delayed {
		p.delay(before, after, c.fault)
	}
	p.current.Store(after)
	return answer, nil
}

// get returns a document for changing; a document of the test's that is not
// JSON is answered as the server's failure.
func (e *edit) get(section Section, id string) (object, *apiError) {
	tree, err := e.next.tree(section, id)
	if err != nil {
		return nil, &apiError{"InternalErrorException", err.Error()}
	}
	return tree, nil
}

func (e *edit) put(section Section, id string, tree object) *apiError {
	if err := e.next.store(section, id, tree); err != nil {
		return &apiError{"InternalErrorException", err.Error()}
	}
	return nil
}

func invalid(message string) *apiError { return &apiError{"InvalidParameterException", message} }

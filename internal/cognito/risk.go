package cognito

import (
	"context"

	cip "github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
)

// riskMembers are the settings of a risk configuration. An answer without any
// of them says that none was made.
var riskMembers = []string{
	"CompromisedCredentialsRiskConfiguration", "AccountTakeoverRiskConfiguration", "RiskExceptionConfiguration",
}

// PoolRisk reads the element of the section RiskConfigurations that holds for
// all clients without one of their own; nil if there is none.
func (c *Client) PoolRisk(ctx context.Context, poolID string) (map[string]any, error) {
	risk, err := c.risk(ctx, &cip.DescribeRiskConfigurationInput{UserPoolId: &poolID})
	if err != nil {
		return nil, err
	}
	if id := risk["ClientId"]; id != nil && id != "" {
		return nil, unexpected(riskOperation, "ClientId is set, though no client was asked for")
	}
	return setRisk(risk), nil
}

// ClientRisk reads the element of the section RiskConfigurations that holds for
// one client instead of the pool's; nil if there is none. For a client without
// one the API may answer with the pool's, which does not name the client.
func (c *Client) ClientRisk(ctx context.Context, poolID, clientID string) (map[string]any, error) {
	risk, err := c.risk(ctx, &cip.DescribeRiskConfigurationInput{UserPoolId: &poolID, ClientId: &clientID})
	if err != nil {
		return nil, err
	}
	switch risk["ClientId"] {
	case clientID:
		return setRisk(risk), nil
	case nil, "":
		return nil, nil
	}
	return nil, unexpected(riskOperation, "ClientId is not the one that was asked for")
}

const riskOperation = "DescribeRiskConfiguration"

func (c *Client) risk(ctx context.Context, in *cip.DescribeRiskConfigurationInput) (map[string]any, error) {
	answer, err := read(ctx, c, riskOperation, *in.UserPoolId, c.api.DescribeRiskConfiguration, in)
	if err != nil {
		return nil, err
	}
	return element(riskOperation, "RiskConfigurations", answer["RiskConfiguration"], "", "")
}

// setRisk returns the configuration if it sets anything, else nil.
func setRisk(risk map[string]any) map[string]any {
	for _, member := range riskMembers {
		if risk[member] != nil {
			return risk
		}
	}
	return nil
}

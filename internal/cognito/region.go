package cognito

import (
	"errors"
	"net"
	"slices"
)

// regions are those that are known to offer user pools.
// https://docs.aws.amazon.com/general/latest/gr/cognito_identity.html
var regions = []string{
	"af-south-1",
	"ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2",
	"ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7",
	"ca-central-1", "ca-west-1",
	"eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3",
	"eusc-de-east-1",
	"il-central-1", "me-central-1", "me-south-1", "mx-central-1", "sa-east-1",
	"us-east-1", "us-east-2", "us-gov-east-1", "us-gov-west-1", "us-west-1", "us-west-2",
}

// NotOffered tells whether a read failed because the Region has no user pools
// at all: it has no such endpoint, and is not known to have one. Where it is
// known to have one, the failure is that of the network.
func NotOffered(region string, err error) bool {
	dns, ok := errors.AsType[*net.DNSError](err)
	return ok && dns.IsNotFound && !slices.Contains(regions, region)
}

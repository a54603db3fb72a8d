# METADATA
# title: Parts of an ARN
# description: |
#   Accounts and Regions, and whether they are those of the pool. What an ARN
#   does not name, and each part of a text that is no ARN, is undefined.
package cognilint.lib.arn

_part(arn, i) := part if {
	parts := split(arn, ":")
	parts[0] == "arn"
	count(parts) > 5
	part := parts[i]
	part != ""
}

# METADATA
# description: The 12-digit account.
account(arn) := _part(arn, 4)

# METADATA
# description: The Region.
region(arn) := _part(arn, 3)

# METADATA
# description: |
#   All behind the account, colons included: role/service-role/SMS,
#   function:name:1.
resource(arn) := concat(":", array.slice(split(arn, ":"), 5, 99)) if _part(arn, 5)

# METADATA
# description: The account of the pool. Undefined if it does not tell its ARN.
pool_account := account(input.UserPool.Arn)

# METADATA
# description: The Region of the pool. Undefined if it does not tell its ARN.
pool_region := region(input.UserPool.Arn)

# METADATA
# description: |
#   The account of an ARN if it is not that of the pool. Undefined if it is,
#   or if one of the two is not told; then see undecided.
foreign_account(arn) := found if {
	found := account(arn)
	found != pool_account
}

# METADATA
# description: As foreign_account, for the Region.
foreign_region(arn) := found if {
	found := region(arn)
	found != pool_region
}

# METADATA
# description: |
#   The ARN names an account and the pool tells none to compare with. A rule
#   reports UserPool.Arn as unknown then.
undecided(arn) if {
	account(arn)
	not pool_account
}

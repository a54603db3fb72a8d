# A user pool that passes the baseline documented, made by: cognilint template
# A comment names the rules that fail without the setting below it.
# Give the variables values of your own before you apply it.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
    # The provider aws lacks a setting of this pool.
    awscc = {
      source  = "hashicorp/awscc"
      version = "~> 1.0"
    }
  }
}

variable "pool_name" {
  description = "The name of the user pool"
  type        = string
  default     = "employee-app-pool"
}

variable "sms_role_name" {
  description = "The name of the role by which the pool sends SMS"
  type        = string
  default     = "EmployeeAppSMSRole"
}

variable "sms_external_id" {
  description = "What the pool shows to use that role; no secret, and the same for both"
  type        = string
  default     = "user-pool-sms"
}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

resource "aws_iam_role" "sms" {
  name = var.sms_role_name
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "cognito-idp.amazonaws.com"
        }
        Action = "sts:AssumeRole"
        Condition = {
          StringEquals = {
            "sts:ExternalId"    = var.sms_external_id
            "aws:SourceAccount" = data.aws_caller_identity.current.account_id
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy" "sms" {
  name = "send-sms"
  role = aws_iam_role.sms.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "sns:Publish"
        Resource = "*"
      },
    ]
  })
}

resource "awscc_cognito_user_pool" "main" {
  account_recovery_setting = {
    # recovery-email-first
    recovery_mechanisms = [
      {
        name     = "verified_email"
        priority = 1
      },
      {
        name     = "verified_phone_number"
        priority = 2
      },
    ]
  }
  admin_create_user_config = {
    # signup-enabled
    allow_admin_create_user_only = false
  }
  # sign-in-options
  alias_attributes = ["email"]
  # signup-auto-verifies-email
  auto_verified_attributes = ["email"]
  deletion_protection      = "ACTIVE"
  email_configuration = {
    email_sending_account = "COGNITO_DEFAULT"
  }
  # pool-name
  user_pool_name = var.pool_name
  policies = {
    password_policy = {
      # password-minimum-length
      minimum_length    = 12
      require_lowercase = true
      require_numbers   = true
      require_symbols   = true
      require_uppercase = true
      # password-temporary-validity
      temporary_password_validity_days = 7
    }
    sign_in_policy = {
      # signin-factor-usable
      allowed_first_auth_factors = ["PASSWORD"]
    }
  }
  # custom-attribute-definitions, custom-attributes-present, schema-required-attributes
  schema = [
    {
      attribute_data_type      = "String"
      developer_only_attribute = false
      mutable                  = true
      name                     = "email"
      required                 = true
      string_attribute_constraints = {
        max_length = "2048"
        min_length = "0"
      }
    },
    {
      attribute_data_type      = "String"
      developer_only_attribute = false
      mutable                  = true
      name                     = "administrator"
      required                 = false
      string_attribute_constraints = {
        max_length = "15"
        min_length = "1"
      }
    },
    {
      attribute_data_type      = "String"
      developer_only_attribute = false
      mutable                  = true
      name                     = "country"
      required                 = false
    },
    {
      attribute_data_type      = "String"
      developer_only_attribute = false
      mutable                  = true
      name                     = "department"
      required                 = false
    },
    {
      attribute_data_type      = "String"
      developer_only_attribute = false
      mutable                  = true
      name                     = "externalUserId"
      required                 = false
      string_attribute_constraints = {
        max_length = "256"
        min_length = "1"
      }
    },
    {
      attribute_data_type      = "String"
      developer_only_attribute = false
      mutable                  = true
      name                     = "officeCode"
      required                 = false
      string_attribute_constraints = {
        max_length = "15"
        min_length = "1"
      }
    },
    {
      attribute_data_type      = "String"
      developer_only_attribute = false
      mutable                  = true
      name                     = "profileType"
      required                 = false
      string_attribute_constraints = {
        max_length = "256"
        min_length = "1"
      }
    },
    {
      attribute_data_type      = "String"
      developer_only_attribute = false
      mutable                  = true
      name                     = "status"
      required                 = false
      string_attribute_constraints = {
        max_length = "256"
        min_length = "1"
      }
    },
  ]
  sms_configuration = {
    external_id = var.sms_external_id
    # sms-role-configured
    sns_caller_arn = aws_iam_role.sms.arn
    sns_region     = data.aws_region.current.region
  }
  user_attribute_update_settings = {
    attributes_require_verification_before_update = []
  }
  user_pool_tier = "ESSENTIALS"
  username_configuration = {
    case_sensitive = false
  }
  # mfa-combination-valid, mfa-required
  mfa_configuration = "ON"
  # mfa-has-usable-factor, mfa-totp-enabled
  enabled_mfas = ["SOFTWARE_TOKEN_MFA"]
  depends_on   = [aws_iam_role_policy.sms]

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_cognito_user_pool_client" "main" {
  access_token_validity   = 60
  name                    = "app"
  enable_token_revocation = true
  # client-generated-secret, client-has-sign-in-path, client-rotation-flow-consistent
  explicit_auth_flows = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
  # client-generated-secret
  generate_secret               = true
  id_token_validity             = 60
  prevent_user_existence_errors = "ENABLED"
  refresh_token_validity        = 30
  user_pool_id                  = awscc_cognito_user_pool.main.user_pool_id

  token_validity_units {
    access_token  = "minutes"
    id_token      = "minutes"
    refresh_token = "days"
  }
}

output "user_pool_id" {
  value = awscc_cognito_user_pool.main.user_pool_id
}

output "user_pool_arn" {
  value = awscc_cognito_user_pool.main.arn
}

output "client_id" {
  value = aws_cognito_user_pool_client.main.id
}

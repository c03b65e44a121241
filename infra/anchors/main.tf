# The account of the ledger's anchors. It has a state of its own: applying or destroying the product never touches it.

provider "azapi" {}

data "azapi_client_config" "current" {}

resource "azapi_resource" "group" {
  type      = "Microsoft.Resources/resourceGroups@2022-09-01"
  parent_id = "/subscriptions/${data.azapi_client_config.current.subscription_id}"
  name      = var.group_name
  location  = var.location

  lifecycle {
    prevent_destroy = true
  }
}

resource "azapi_resource" "account" {
  type      = "Microsoft.Storage/storageAccounts@2023-05-01"
  parent_id = azapi_resource.group.id
  name      = var.account_name
  location  = var.location
  body = {
    kind = "StorageV2"
    sku  = { name = var.sku }
    properties = {
      accessTier                   = "Hot"
      allowBlobPublicAccess        = false
      allowCrossTenantReplication  = false
      allowSharedKeyAccess         = false
      defaultToOAuthAuthentication = true
      minimumTlsVersion            = "TLS1_2"
      supportsHttpsTrafficOnly     = true
      networkAcls = {
        bypass              = "AzureServices"
        defaultAction       = var.subnet_id == "" ? "Allow" : "Deny"
        virtualNetworkRules = [for id in compact([var.subnet_id]) : { id = id, action = "Allow" }]
      }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

# The policy is on this one container: an account that is immutable as a whole would break the leases of a host.
resource "azapi_resource" "container" {
  type      = "Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01"
  parent_id = "${azapi_resource.account.id}/blobServices/default"
  name      = "${var.table_prefix}-anchors"
  body      = { properties = { publicAccess = "None" } }

  lifecycle {
    prevent_destroy = true
  }
}

# The policy is unlocked: its owner can still remove it. Locking it is a separate step by hand, since that cannot be undone: see
# the output. It is an action and not a resource, since Azure shows a policy of zero days where there is none; destroying an
# action undoes nothing.
resource "azapi_resource_action" "policy" {
  type        = "Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01"
  resource_id = azapi_resource.container.id
  action      = "immutabilityPolicies/default"
  method      = "PUT"
  body = {
    properties = {
      immutabilityPeriodSinceCreationInDays = var.retention_days
      allowProtectedAppendWrites            = false
    }
  }
}

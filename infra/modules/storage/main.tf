# The account of the host, of the ledger and of the records. It accepts no keys: shared keys are off.

locals {
  subscription = regex("^/subscriptions/[^/]+", var.group_id)
  # The id as Azure forms it, so that a plan knows it.
  id         = "${azapi_resource.account.parent_id}/providers/Microsoft.Storage/storageAccounts/${azapi_resource.account.name}"
  containers = toset(["app-package", "guardian-deadletter"])
  # The host demands Blob Data Owner: it takes leases on its own blobs.
  roles = {
    blobs  = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b"
    queues = "974c5e8b-45b9-4653-ba55-5f855dd0fb88"
    tables = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"
  }
}

resource "azapi_resource" "account" {
  type      = "Microsoft.Storage/storageAccounts@2023-05-01"
  parent_id = var.group_id
  name      = var.name
  location  = var.location
  tags      = var.tags
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
      publicNetworkAccess          = var.is_private ? "Disabled" : "Enabled"
      networkAcls = {
        bypass              = "AzureServices"
        defaultAction       = "Deny"
        virtualNetworkRules = var.is_private ? [] : [{ id = var.subnet_id, action = "Allow" }]
      }
    }
  }
}

resource "azapi_resource" "container" {
  for_each  = local.containers
  type      = "Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01"
  parent_id = "${local.id}/blobServices/default"
  name      = each.key
  body      = { properties = { publicAccess = "None" } }
}

resource "azapi_resource" "role" {
  for_each      = local.roles
  type          = "Microsoft.Authorization/roleAssignments@2022-04-01"
  parent_id     = local.id
  name          = uuidv5("url", "${local.id}|${each.value}|${var.principal_id}")
  ignore_casing = true
  body = {
    properties = {
      roleDefinitionId = "${local.subscription}/providers/Microsoft.Authorization/roleDefinitions/${each.value}"
      principalId      = var.principal_id
      principalType    = "ServicePrincipal"
    }
  }
}

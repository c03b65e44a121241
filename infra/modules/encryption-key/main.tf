# A vault for one encryption key, as the acceptance table demands it: a deleted key or vault can be recovered for ninety days and
# nobody can purge it, trusted services pass its firewall and other networks do not, and an audit log shows every act on it.

locals {
  subscription = regex("^/subscriptions/[^/]+", var.group_id)
  # Ids as Azure forms them, so that a plan knows them.
  vault_id    = "${azapi_resource.vault.parent_id}/providers/Microsoft.KeyVault/vaults/${azapi_resource.vault.name}"
  key_id      = "${local.vault_id}/keys/${var.key_name}"
  crypto_user = "e147488a-f6f5-4113-8e2d-b22465e65bf6" # Key Vault Crypto Service Encryption User
}

resource "azapi_resource" "vault" {
  # Api-versions before this one retire on 27 February 2027; AzAPI 1.15 has no types for this one.
  type                      = "Microsoft.KeyVault/vaults@2026-02-01"
  schema_validation_enabled = false
  parent_id                 = var.group_id
  name                      = var.vault_name
  location                  = var.location
  body = {
    properties = {
      tenantId                  = data.azapi_client_config.current.tenant_id
      sku                       = { family = "A", name = "standard" }
      enableRbacAuthorization   = true
      enableSoftDelete          = true
      softDeleteRetentionInDays = 90
      enablePurgeProtection     = true
      networkAcls = {
        bypass              = "AzureServices"
        defaultAction       = "Deny"
        ipRules             = []
        virtualNetworkRules = [for id in compact([var.product_subnet_id]) : { id = id }]
      }
    }
  }
}

data "azapi_client_config" "current" {}

# The key is made by Resource Manager, to which the vault's firewall does not apply. It makes a key where there is none, changes
# no existing key, and deletes none (405, Azure/azure-rest-api-specs#10643). So it is an action, which a destroy does not undo.
# The key is deleted with its vault, and no plan undoes a repair of the product.
resource "azapi_resource_action" "key" {
  depends_on = [azapi_resource.vault]
  # Azure did not serve 2026-02-01 for keys yet (AzAPI, pull request 1064).
  type        = "Microsoft.KeyVault/vaults/keys@2025-05-01"
  resource_id = local.key_id
  method      = "PUT"
  body = {
    properties = {
      kty        = "RSA"
      keySize    = 3072
      keyOps     = ["wrapKey", "unwrapKey"]
      attributes = { enabled = true, exp = var.key_expires_at }
    }
  }
  response_export_values = ["properties.keyUri", "properties.keyUriWithVersion"]
}

# The role is assigned at the key, and not at the vault: the identity of this key can use no other key.
resource "azapi_resource" "grant" {
  depends_on    = [azapi_resource_action.key]
  type          = "Microsoft.Authorization/roleAssignments@2022-04-01"
  parent_id     = local.key_id
  name          = uuidv5("url", "${local.key_id}|${local.crypto_user}|${var.principal_id}")
  ignore_casing = true
  body = {
    properties = {
      roleDefinitionId = "${local.subscription}/providers/Microsoft.Authorization/roleDefinitions/${local.crypto_user}"
      principalId      = var.principal_id
      principalType    = "ServicePrincipal"
    }
  }
}

resource "azapi_resource" "audit" {
  type      = "Microsoft.Insights/diagnosticSettings@2021-05-01-preview"
  parent_id = local.vault_id
  name      = "audit"
  body = {
    properties = {
      workspaceId                 = var.workspace_id
      logAnalyticsDestinationType = "Dedicated"
      logs                        = [{ category = "AuditEvent", enabled = true }]
    }
  }
}

# The lock is made last and removed first: it forbids the deletion of every resource below the vault.
resource "azapi_resource" "lock" {
  depends_on = [azapi_resource.grant, azapi_resource.audit]
  type       = "Microsoft.Authorization/locks@2020-05-01"
  parent_id  = local.vault_id
  name       = "keep"
  body       = { properties = { level = "CanNotDelete", notes = "Holds the key of encrypted data." } }
}

# A MySQL flexible server that is encrypted with a key of its own vault.

provider "azapi" {}

data "azapi_client_config" "current" {}

resource "azapi_resource" "group" {
  type      = "Microsoft.Resources/resourceGroups@2022-09-01"
  parent_id = "/subscriptions/${data.azapi_client_config.current.subscription_id}"
  name      = "rg-${var.name}"
  location  = var.location
}

resource "azapi_resource" "identity" {
  type      = "Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31"
  parent_id = local.group_id
  name      = "id-${var.name}"
  location  = var.location
  # AzAPI 1.15 shows the output of a resource without a body as text.
  body                   = {}
  response_export_values = ["properties.principalId"]
}

module "key" {
  source            = "../../modules/encryption-key"
  group_id          = local.group_id
  location          = var.location
  vault_name        = "kv-${var.name}"
  key_expires_at    = var.key_expires_at
  principal_id      = azapi_resource.identity.output.properties.principalId
  workspace_id      = var.workspace_id
  product_subnet_id = var.product_subnet_id
}

# For backups in the paired region: they need a key, a vault and an identity there as well.
resource "azapi_resource" "geo_identity" {
  count     = var.geo_location == "" ? 0 : 1
  type      = "Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31"
  parent_id = local.group_id
  name      = "id-${var.name}-geo"
  location  = var.geo_location
  # AzAPI 1.15 shows the output of a resource without a body as text.
  body                   = {}
  response_export_values = ["properties.principalId"]
}

module "geo_key" {
  count             = var.geo_location == "" ? 0 : 1
  source            = "../../modules/encryption-key"
  group_id          = local.group_id
  location          = var.geo_location
  vault_name        = "kv-${var.name}-geo"
  key_expires_at    = var.key_expires_at
  principal_id      = azapi_resource.geo_identity[0].output.properties.principalId
  workspace_id      = var.workspace_id
  product_subnet_id = var.product_subnet_id
}

locals {
  # Ids as Azure forms them, so that a plan knows them.
  group_id    = "${azapi_resource.group.parent_id}/resourceGroups/${azapi_resource.group.name}"
  identity_id = "${local.group_id}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${azapi_resource.identity.name}"
  server_id   = "${local.group_id}/providers/Microsoft.DBforMySQL/flexibleServers/${azapi_resource.server.name}"
  tags        = { owner = var.owner }
  identities  = concat([local.identity_id], azapi_resource.geo_identity[*].id)
  encryption = merge(
    {
      type                          = "AzureKeyVault"
      primaryKeyURI                 = module.key.key_uri
      primaryUserAssignedIdentityId = local.identity_id
    },
    { for key in module.geo_key : "geoBackupKeyURI" => key.key_uri },
    { for identity in azapi_resource.geo_identity : "geoBackupUserAssignedIdentityId" => identity.id },
  )
}

resource "azapi_resource" "server" {
  depends_on = [module.key, module.geo_key]
  type       = "Microsoft.DBforMySQL/flexibleServers@2023-12-30"
  parent_id  = local.group_id
  name       = "mysql-${var.name}"
  location   = var.location
  tags       = local.tags

  identity {
    type         = "UserAssigned"
    identity_ids = local.identities
  }

  body = {
    sku = { name = "Standard_D2ds_v4", tier = "GeneralPurpose" }
    properties = {
      version                    = "8.0.21"
      createMode                 = "Default"
      administratorLogin         = "guardian"
      administratorLoginPassword = var.administrator_password
      storage                    = { storageSizeGB = 20, autoGrow = "Enabled" }
      backup                     = { backupRetentionDays = 7, geoRedundantBackup = var.geo_location == "" ? "Disabled" : "Enabled" }
      dataEncryption             = local.encryption
    }
  }

  lifecycle {
    # The product may switch the server to another version of its key: a plan must not undo that. AzAPI 1.15 does not keep the
    # order of two identities, and would change them at every other plan.
    ignore_changes = [body.properties.dataEncryption, identity]
  }
}

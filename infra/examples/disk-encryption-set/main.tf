# A disk encryption set with a key of its own vault, and a Kubernetes cluster whose disks use it.

provider "azapi" {}

data "azapi_client_config" "current" {}

locals {
  # Ids as Azure forms them, so that a plan knows them.
  group_id     = "${azapi_resource.group.parent_id}/resourceGroups/${azapi_resource.group.name}"
  identity_id  = "${local.group_id}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${azapi_resource.identity.name}"
  set_id       = "${local.group_id}/providers/Microsoft.Compute/diskEncryptionSets/${azapi_resource.set.name}"
  subscription = "/subscriptions/${data.azapi_client_config.current.subscription_id}"
  reader       = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
}

resource "azapi_resource" "group" {
  type      = "Microsoft.Resources/resourceGroups@2022-09-01"
  parent_id = local.subscription
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

resource "azapi_resource" "set" {
  depends_on = [module.key]
  type       = "Microsoft.Compute/diskEncryptionSets@2023-10-02"
  parent_id  = local.group_id
  name       = "des-${var.name}"
  location   = var.location
  tags       = { owner = var.owner }

  identity {
    type         = "UserAssigned"
    identity_ids = [local.identity_id]
  }

  body = {
    properties = {
      encryptionType                    = "EncryptionAtRestWithCustomerKey"
      rotationToLatestKeyVersionEnabled = false
      activeKey                         = { sourceVault = { id = module.key.vault_id }, keyUrl = module.key.key_uri }
    }
  }

  lifecycle {
    # The product may switch the set to another version of its key: a plan must not undo that.
    ignore_changes = [body.properties.activeKey]
  }
}

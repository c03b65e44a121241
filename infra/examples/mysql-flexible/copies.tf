# A replica and a restored copy. Both are servers of their own that use the same key with the same identity.

resource "azapi_resource" "replica" {
  count     = var.has_replica ? 1 : 0
  type      = "Microsoft.DBforMySQL/flexibleServers@2023-12-30"
  parent_id = local.group_id
  name      = "mysql-${var.name}-replica"
  location  = var.location
  tags      = local.tags

  identity {
    type         = "UserAssigned"
    identity_ids = local.identities
  }

  body = {
    sku = { name = "Standard_D2ds_v4", tier = "GeneralPurpose" }
    properties = {
      createMode             = "Replica"
      sourceServerResourceId = local.server_id
      dataEncryption         = local.encryption
    }
  }

  lifecycle {
    ignore_changes = [body.properties.dataEncryption, identity]
  }
}

resource "azapi_resource" "restored" {
  count     = var.restore_to == "" ? 0 : 1
  type      = "Microsoft.DBforMySQL/flexibleServers@2023-12-30"
  parent_id = local.group_id
  name      = "mysql-${var.name}-restored"
  location  = var.location
  tags      = local.tags

  identity {
    type         = "UserAssigned"
    identity_ids = local.identities
  }

  body = {
    sku = { name = "Standard_D2ds_v4", tier = "GeneralPurpose" }
    properties = {
      createMode             = "PointInTimeRestore"
      sourceServerResourceId = local.server_id
      restorePointInTime     = var.restore_to
      dataEncryption         = local.encryption
    }
  }

  lifecycle {
    ignore_changes = [body.properties.dataEncryption, identity]
  }
}

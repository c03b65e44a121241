# Roles of the product's identity at resources that it does not heal.

locals {
  roles = {
    reader = "73c42c96-874c-492b-b04d-ab87d138a893" # Log Analytics Reader
    writer = "ba92f5b4-2d11-453d-a403-e96b0029c9fe" # Storage Blob Data Contributor
  }
}

# After a repair that did not last, the product reads in the audit log who took the key away.
resource "azapi_resource" "on_audit" {
  type          = "Microsoft.Authorization/roleAssignments@2022-04-01"
  parent_id     = local.audit.id
  name          = uuidv5("url", "${local.audit.id}|${local.roles.reader}|${local.principal_id}")
  ignore_casing = true
  body = {
    properties = {
      roleDefinitionId = "${regex("^/subscriptions/[^/]+", local.audit.id)}/providers/Microsoft.Authorization/roleDefinitions/${local.roles.reader}"
      principalId      = local.principal_id
      principalType    = "ServicePrincipal"
    }
  }
}

# No role allows adding alone. The policy of the container keeps anchors from being changed.
resource "azapi_resource" "on_anchors" {
  for_each      = toset(compact([var.anchors_account_id]))
  type          = "Microsoft.Authorization/roleAssignments@2022-04-01"
  parent_id     = "${each.value}/blobServices/default/containers/${lookup(var.settings, "GUARDIAN_TABLE_PREFIX", "guardian")}-anchors"
  name          = uuidv5("url", "${each.value}|${local.roles.writer}|${local.principal_id}")
  ignore_casing = true
  body = {
    properties = {
      roleDefinitionId = "${regex("^/subscriptions/[^/]+", each.value)}/providers/Microsoft.Authorization/roleDefinitions/${local.roles.writer}"
      principalId      = local.principal_id
      principalType    = "ServicePrincipal"
    }
  }
}

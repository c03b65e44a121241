# The cluster has an identity of its own that may read the set before the first node is made.

resource "azapi_resource" "cluster_identity" {
  count     = var.has_cluster ? 1 : 0
  type      = "Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31"
  parent_id = local.group_id
  name      = "id-${var.name}-cluster"
  location  = var.location
  # AzAPI 1.15 shows the output of a resource without a body as text.
  body                   = {}
  response_export_values = ["properties.principalId"]
}

resource "azapi_resource" "cluster_reader" {
  count         = var.has_cluster ? 1 : 0
  type          = "Microsoft.Authorization/roleAssignments@2022-04-01"
  parent_id     = local.set_id
  name          = uuidv5("url", "${local.set_id}|${local.reader}|${azapi_resource.cluster_identity[0].id}")
  ignore_casing = true
  body = {
    properties = {
      roleDefinitionId = "${local.subscription}/providers/Microsoft.Authorization/roleDefinitions/${local.reader}"
      principalId      = azapi_resource.cluster_identity[0].output.properties.principalId
      principalType    = "ServicePrincipal"
    }
  }
}

resource "azapi_resource" "cluster" {
  count      = var.has_cluster ? 1 : 0
  depends_on = [azapi_resource.cluster_reader]
  type       = "Microsoft.ContainerService/managedClusters@2024-05-01"
  parent_id  = local.group_id
  name       = "aks-${var.name}"
  location   = var.location

  identity {
    type         = "UserAssigned"
    identity_ids = [azapi_resource.cluster_identity[0].id]
  }

  body = {
    properties = {
      dnsPrefix           = var.name
      diskEncryptionSetID = local.set_id
      # All pools must be in this list: the cluster shows each of its pools here, and a plan would remove a pool that is defined
      # elsewhere.
      agentPoolProfiles = [
        { name = "system", mode = "System", count = 2, vmSize = "Standard_D2s_v5", osType = "Linux", type = "VirtualMachineScaleSets" },
        { name = "work", mode = "User", count = 1, vmSize = "Standard_D2s_v5", osType = "Linux", type = "VirtualMachineScaleSets" },
      ]
    }
  }
}

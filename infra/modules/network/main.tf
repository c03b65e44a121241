# A network of its own, for an estate whose hub gives no subnet. Both subnets are in the body of the network: the next PUT of the
# network would remove a subnet that is a resource of its own.

locals {
  # The id as Azure forms it, so that a plan knows it.
  id = "${azapi_resource.network.parent_id}/providers/Microsoft.Network/virtualNetworks/${azapi_resource.network.name}"
}

resource "azapi_resource" "network" {
  type      = "Microsoft.Network/virtualNetworks@2024-01-01"
  parent_id = var.group_id
  name      = "vnet-${var.name}"
  location  = var.location
  tags      = var.tags
  body = {
    properties = {
      addressSpace = { addressPrefixes = [var.address_space] }
      subnets = [
        {
          name = "app"
          properties = {
            addressPrefix = cidrsubnet(var.address_space, 2, 0)
            delegations   = [{ name = "flex", properties = { serviceName = "Microsoft.App/environments" } }]
            # Service endpoints cost nothing, and give the app access to vaults and storage that are closed to other networks.
            serviceEndpoints = [
              { service = "Microsoft.KeyVault", locations = ["*"] },
              { service = "Microsoft.Storage", locations = ["*"] },
            ]
          }
        },
        {
          name = "endpoints"
          properties = {
            addressPrefix                  = cidrsubnet(var.address_space, 2, 1)
            privateEndpointNetworkPolicies = "Disabled"
          }
        },
      ]
    }
  }
}

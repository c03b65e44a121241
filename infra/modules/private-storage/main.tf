# The storage of the host behind private endpoints. DNS zones belong to the hub, which links them to its networks: this module
# makes none.

resource "azapi_resource" "endpoint" {
  for_each  = var.zone_ids
  type      = "Microsoft.Network/privateEndpoints@2024-01-01"
  parent_id = var.group_id
  name      = "pe-${basename(var.account_id)}-${each.key}"
  location  = var.location
  body = {
    properties = {
      subnet = { id = var.subnet_id }
      privateLinkServiceConnections = [{
        name       = each.key
        properties = { privateLinkServiceId = var.account_id, groupIds = [each.key] }
      }]
    }
  }
}

resource "azapi_resource" "zone_group" {
  for_each  = var.zone_ids
  type      = "Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-01-01"
  parent_id = azapi_resource.endpoint[each.key].id
  name      = "default"
  body = {
    properties = {
      privateDnsZoneConfigs = [{ name = each.key, properties = { privateDnsZoneId = each.value } }]
    }
  }
}

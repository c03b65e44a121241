provider "azapi" {}

# AzAPI registers the provider of each type that it writes. The providers in this list are needed but not written here: without
# Microsoft.App, Azure answers for a Flex app with a bare 500.
resource "azapi_resource_action" "provider" {
  for_each    = toset(["Microsoft.App", "Microsoft.Web", "Microsoft.EventGrid", "Microsoft.Insights", "Microsoft.AlertsManagement"])
  type        = "Microsoft.Resources/providers@2021-04-01"
  resource_id = "${local.subscription}/providers/${each.key}"
  action      = "register"
  method      = "POST"
}

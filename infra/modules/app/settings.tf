# Every setting is sent each time: an update of the app replaces all settings.

locals {
  # `npm run infra` writes this file from src/config/table.ts, and a test compares them. `""` counts as not set.
  defaults = jsondecode(file("${path.module}/settings.json"))

  # Settings that follow from the deployment itself.
  derived = {
    GUARDIAN_CLOUD              = var.cloud
    GUARDIAN_IDENTITY_CLIENT_ID = var.identity.client_id
    GUARDIAN_FUNCTION_APP       = "${var.group_id}/providers/Microsoft.Web/sites/${var.name}"
    GUARDIAN_STORAGE_ACCOUNT    = var.storage.name
  }

  # AzureWebJobsStorage alone would be a connection string, which wins over the settings of the identity.
  product = {
    for name, value in merge(local.defaults, var.settings, local.derived) : name => value if name != "AzureWebJobsStorage"
  }

  # Service URIs work in every cloud, the name of the account only in the public cloud. Little of the worker's memory outlives a
  # request: without a limit V8 keeps another hundred megabytes for objects that do not. V8 has four threads for its collections
  # beside the worker's own, each with five megabytes that it does not give back: an instance of 2,048 MB has one core.
  host = merge(
    {
      for service in ["blob", "queue", "table"] :
      "AzureWebJobsStorage__${service}ServiceUri" => "https://${var.storage.name}.${service}.${var.suffixes.storage}"
    },
    {
      AzureWebJobsStorage__credential           = "managedidentity"
      AzureWebJobsStorage__clientId             = var.identity.client_id
      APPLICATIONINSIGHTS_CONNECTION_STRING     = var.telemetry.connection_string
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING = "ClientId=${var.identity.client_id};Authorization=AAD"
      FUNCTIONS_EXTENSION_VERSION               = "~4"
      NODE_OPTIONS                              = "--max-semi-space-size=8 --v8-pool-size=1"
    },
  )

  strangers = setsubtract(keys(var.settings), keys(local.defaults))
}

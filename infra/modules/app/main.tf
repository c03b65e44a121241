# The function app, on Flex Consumption. It uses no keys: its user-assigned identity has roles at storage, vaults and telemetry.

locals {
  # Ids as Azure forms them, so that a plan knows them.
  id      = "${azapi_resource.app.parent_id}/providers/Microsoft.Web/sites/${azapi_resource.app.name}"
  plan_id = "${azapi_resource.plan.parent_id}/providers/Microsoft.Web/serverfarms/${azapi_resource.plan.name}"
  always_ready = [
    for name, count in {
      durable                       = var.always_ready.durable
      http                          = var.always_ready.http
      "function:on-key-vault-event" = var.always_ready.key_vault_events
      "function:on-resource-event"  = var.always_ready.resource_events
    } : { name = name, instanceCount = count } if count > 0
  ]
}

resource "azapi_resource" "plan" {
  type      = "Microsoft.Web/serverfarms@2023-12-01"
  parent_id = var.group_id
  name      = "plan-${var.name}"
  location  = var.location
  tags      = var.tags
  body = {
    kind       = "functionapp"
    sku        = { name = "FC1", tier = "FlexConsumption" }
    properties = { reserved = true, zoneRedundant = false }
  }
}

resource "azapi_resource" "app" {
  type      = "Microsoft.Web/sites@2023-12-01"
  parent_id = var.group_id
  name      = var.name
  location  = var.location
  # azd finds the app by this tag.
  tags = merge(var.tags, { azd-service-name = "guardian" })

  identity {
    type         = "UserAssigned"
    identity_ids = [var.identity.id]
  }

  body = {
    kind = "functionapp,linux"
    properties = {
      serverFarmId          = local.plan_id
      httpsOnly             = true
      clientAffinityEnabled = false
      # All traffic goes through the subnet, so that the platform reaches closed storage through it as well when it writes the
      # package.
      virtualNetworkSubnetId = var.subnet_id
      vnetRouteAllEnabled    = true
      functionAppConfig = {
        deployment = {
          storage = {
            type  = "blobContainer"
            value = "https://${var.storage.name}.blob.${var.suffixes.storage}/${var.storage.package_container}"
            authentication = {
              type                           = "UserAssignedIdentity"
              userAssignedIdentityResourceId = var.identity.id
            }
          }
        }
        runtime = { name = "node", version = "22" }
        scaleAndConcurrency = {
          maximumInstanceCount = var.maximum_instances
          instanceMemoryMB     = var.instance_memory_mb
          alwaysReady          = local.always_ready
        }
      }
      siteConfig = {
        minTlsVersion = "1.2"
        appSettings   = [for name, value in merge(local.product, local.host) : { name = name, value = value }]
      }
    }
  }

  lifecycle {
    precondition {
      condition     = length(local.strangers) == 0
      error_message = "The product has no setting ${join(", ", local.strangers)}: look for a typing mistake."
    }
  }
}

# Deployment by password is switched off: it takes a token of Entra. Azure makes both policies with the app, so they are updated
# here.
resource "azapi_update_resource" "publishing" {
  for_each  = toset(["scm", "ftp"])
  type      = "Microsoft.Web/sites/basicPublishingCredentialsPolicies@2023-12-01"
  parent_id = local.id
  name      = each.key
  body      = { properties = { allow = false } }
}

# Microsoft's types have no properties for OneDeploy in any version, so it is an action. It runs again when the URL changes.
resource "azapi_resource_action" "code" {
  count       = var.package_url == "" ? 0 : 1
  type        = "Microsoft.Web/sites@2023-12-01"
  resource_id = local.id
  action      = "extensions/onedeploy"
  method      = "PUT"
  body        = { properties = { packageUri = var.package_url, type = "zip", remoteBuild = false } }

  timeouts {
    create = "30m"
  }
}

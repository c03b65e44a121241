# CMK Guardian, in one resource group. infra/README.md explains the order, and each module.

data "azapi_client_config" "current" {}

locals {
  subscription = "/subscriptions/${data.azapi_client_config.current.subscription_id}"
  # The named subscriptions. A plan does not know the subscriptions below a management group: the product itself follows them.
  subscriptions     = distinct([for id in var.scopes : regex("^/subscriptions/([^/]+)", id)[0] if startswith(id, "/subscriptions/")])
  management_groups = distinct([for id in var.scopes : id if startswith(id, "/providers/")])
  suffixes          = jsondecode(file("${path.module}/../clouds.json"))[var.cloud]
  drawn             = substr(sha1(lower("${local.subscription}/${var.group_name}/${var.name}")), 0, 8)
  app_name          = var.app_name != "" ? var.app_name : "${var.name}-${local.drawn}"
  storage_name      = var.storage_name != "" ? var.storage_name : "stguardian${local.drawn}"
  signs_in          = var.entra_client_id != "" ? { tenant = data.azapi_client_config.current.tenant_id, audience = var.entra_client_id } : { tenant = "", audience = "" }
  hears_alerts      = var.entra_client_id != "" && var.entra_object_id != ""
  is_private        = length(var.private_zone_ids) > 0

  settings = merge(var.settings, {
    GUARDIAN_MODE                 = var.mode
    GUARDIAN_SCOPE                = join(",", var.scopes)
    GUARDIAN_NOTIFICATION_WEBHOOK = var.notification_webhook
    GUARDIAN_MESSAGE_TARGETS      = var.message_targets
    OTEL_EXPORTER_OTLP_ENDPOINT   = var.otlp_endpoint
    GUARDIAN_APPROVER_TENANT      = local.signs_in.tenant
    GUARDIAN_APPROVER_AUDIENCE    = local.signs_in.audience
    GUARDIAN_ALERT_TENANT         = local.hears_alerts ? local.signs_in.tenant : ""
    GUARDIAN_ALERT_AUDIENCE       = local.hears_alerts ? local.signs_in.audience : ""
    GUARDIAN_AUDIT_WORKSPACE      = local.audit.customer_id
    GUARDIAN_ANCHORS_ACCOUNT      = var.anchors_account_id == "" ? "" : basename(var.anchors_account_id)
  })

  subnets = var.subnets != null ? var.subnets : { app = one(module.network[*].app_subnet_id), endpoints = one(module.network[*].endpoints_subnet_id) }
  # The ids are built from values that are known before any resource exists, so that a plan knows them and AzAPI checks the bodies
  # with them.
  group_id    = "${azapi_resource.group.parent_id}/resourceGroups/${azapi_resource.group.name}"
  identity_id = "${local.group_id}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${azapi_resource.identity.name}"

  audit = var.audit_workspace != null ? var.audit_workspace : { id = module.telemetry.workspace_id, customer_id = module.telemetry.workspace_customer_id }
}

resource "azapi_resource" "group" {
  type      = "Microsoft.Resources/resourceGroups@2022-09-01"
  parent_id = local.subscription
  name      = var.group_name
  location  = var.location
  tags      = var.tags

  lifecycle {
    precondition {
      condition     = length(var.key_subscriptions) == 0 || length(local.management_groups) > 0
      error_message = "key_subscriptions are subscriptions below management groups, and scopes names none of these: name the subscriptions in scopes instead."
    }
    precondition {
      condition     = length(local.management_groups) < 2 || var.role_management_group != ""
      error_message = "A role can be assigned at and below one management group, and scopes names several: set role_management_group to one that is above all of them."
    }
    precondition {
      condition     = length(setintersection([for id in var.scopes : "!${lower(id)}"], [for id in var.scopes : lower(id)])) == 0
      error_message = "scopes names and excludes the same: an exclusion always wins, so take one of the two out."
    }
  }
}

# Azure demands some resources in the subscription that they watch: the topic and the rules on the activity log. They are in a
# group of that subscription.
resource "azapi_resource" "elsewhere" {
  for_each  = toset([for id in local.subscriptions : id if "/subscriptions/${id}" != local.subscription && (var.events_enabled || local.hears_alerts)])
  type      = "Microsoft.Resources/resourceGroups@2022-09-01"
  parent_id = "/subscriptions/${each.key}"
  name      = var.group_name
  location  = var.location
  tags      = var.tags
}

# A user-assigned identity has its roles before the app starts for the first time, and the condition of a role can name it.
resource "azapi_resource" "identity" {
  type      = "Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31"
  parent_id = local.group_id
  name      = "id-${var.name}"
  location  = var.location
  tags      = var.tags
  # AzAPI 1.15 shows the output of a resource without a body as text.
  body                   = {}
  response_export_values = ["properties.principalId", "properties.clientId"]
}

locals {
  principal_id = azapi_resource.identity.output.properties.principalId
  client_id    = azapi_resource.identity.output.properties.clientId
  group_ids = merge(
    { (data.azapi_client_config.current.subscription_id) = local.group_id },
    { for id, group in azapi_resource.elsewhere : id => "${group.parent_id}/resourceGroups/${group.name}" },
  )
}

module "network" {
  count         = var.subnets == null ? 1 : 0
  source        = "../modules/network"
  group_id      = local.group_id
  location      = var.location
  name          = var.name
  address_space = var.address_space
  tags          = var.tags

  depends_on = [azapi_resource_action.provider]
}

module "storage" {
  source       = "../modules/storage"
  group_id     = local.group_id
  location     = var.location
  name         = local.storage_name
  sku          = var.storage_sku
  principal_id = local.principal_id
  subnet_id    = local.subnets.app
  is_private   = local.is_private
  tags         = var.tags
}

module "private_storage" {
  count      = local.is_private ? 1 : 0
  source     = "../modules/private-storage"
  group_id   = local.group_id
  location   = var.location
  account_id = module.storage.id
  subnet_id  = local.subnets.endpoints
  zone_ids   = var.private_zone_ids
}

module "telemetry" {
  source         = "../modules/telemetry"
  group_id       = local.group_id
  location       = var.location
  name           = var.name
  principal_id   = local.principal_id
  retention_days = var.log_retention_days
  daily_quota_gb = var.log_daily_quota_gb
  tags           = var.tags
}

module "rights" {
  source                = "../modules/rights"
  principal_id          = local.principal_id
  home                  = length(local.subscriptions) > 0 ? local.subscriptions[0] : data.azapi_client_config.current.subscription_id
  subscriptions         = local.subscriptions
  management_groups     = local.management_groups
  role_management_group = var.role_management_group != "" ? var.role_management_group : join("", slice(local.management_groups, 0, min(1, length(local.management_groups))))
  key_subscriptions     = [for id in var.key_subscriptions : basename(id)]
  consumer_groups       = var.consumer_groups
  role_definition_names = var.role_definition_names
}

module "app" {
  source             = "../modules/app"
  group_id           = local.group_id
  location           = var.location
  name               = local.app_name
  cloud              = var.cloud
  suffixes           = local.suffixes
  identity           = { id = local.identity_id, client_id = local.client_id }
  storage            = { name = module.storage.name, package_container = module.storage.package_container }
  subnet_id          = local.subnets.app
  telemetry          = { connection_string = module.telemetry.connection_string }
  settings           = local.settings
  always_ready       = var.always_ready
  instance_memory_mb = var.instance_memory_mb
  maximum_instances  = var.maximum_instances
  package_url        = var.package_url
  tags               = var.tags

  # Role assignments take a minute or more to become effective: resources that do not need them are made meanwhile.
  depends_on = [module.storage, module.private_storage, module.rights, azapi_resource.on_anchors, azapi_resource_action.provider]
}

module "events" {
  count               = var.events_enabled ? 1 : 0
  source              = "../modules/events"
  app_id              = module.app.id
  group_ids           = local.group_ids
  subscriptions       = local.subscriptions
  subscription_topics = var.subscription_topics
  vaults              = var.vaults
  dead_letters        = { account_id = module.storage.id, container = module.storage.dead_letter_container }

  depends_on = [module.app]
}

module "alerts" {
  count              = local.hears_alerts ? 1 : 0
  source             = "../modules/alerts"
  group_id           = local.group_id
  group_ids          = local.group_ids
  location           = var.location
  principal_id       = local.principal_id
  subscriptions      = local.subscriptions
  audit_workspace_id = local.audit.id
  vaults             = var.unaudited_vaults
  people_group_id    = join("", module.silence[*].action_group_id)
  webhook            = { url = "${module.app.url}/api/alerts", client_id = var.entra_client_id, object_id = var.entra_object_id, tenant_id = local.signs_in.tenant }
}

module "silence" {
  count        = length(var.emails) > 0 ? 1 : 0
  source       = "../modules/silence"
  group_id     = local.group_id
  location     = var.location
  workspace_id = module.telemetry.workspace_id
  emails       = var.emails
}

# The workspace and the component for logs. Neither accepts a key: a sender needs a role.

locals {
  subscription = regex("^/subscriptions/[^/]+", var.group_id)
  # Ids as Azure forms them, so that a plan knows them.
  workspace_id = "${azapi_resource.workspace.parent_id}/providers/Microsoft.OperationalInsights/workspaces/${azapi_resource.workspace.name}"
  component_id = "${azapi_resource.component.parent_id}/providers/Microsoft.Insights/components/${azapi_resource.component.name}"
  # Monitoring Metrics Publisher: the role that Application Insights demands of a sender with a token of Entra.
  publisher = "3913510d-42f4-4e42-8a64-420c390055eb"
}

resource "azapi_resource" "workspace" {
  type      = "Microsoft.OperationalInsights/workspaces@2022-10-01"
  parent_id = var.group_id
  name      = "log-${var.name}"
  location  = var.location
  tags      = var.tags
  body = {
    properties = {
      sku              = { name = "PerGB2018" }
      retentionInDays  = var.retention_days
      workspaceCapping = { dailyQuotaGb = var.daily_quota_gb }
      features         = { disableLocalAuth = true }
    }
  }
  response_export_values = ["properties.customerId"]
}

resource "azapi_resource" "component" {
  type      = "Microsoft.Insights/components@2020-02-02"
  parent_id = var.group_id
  name      = "appi-${var.name}"
  location  = var.location
  tags      = var.tags
  body = {
    kind = "web"
    properties = {
      Application_Type    = "web"
      WorkspaceResourceId = local.workspace_id
      DisableLocalAuth    = true
      IngestionMode       = "LogAnalytics"
    }
  }
  response_export_values = ["properties.ConnectionString"]
}

resource "azapi_resource" "publisher" {
  type          = "Microsoft.Authorization/roleAssignments@2022-04-01"
  parent_id     = local.component_id
  name          = uuidv5("url", "${local.component_id}|${local.publisher}|${var.principal_id}")
  ignore_casing = true
  body = {
    properties = {
      roleDefinitionId = "${local.subscription}/providers/Microsoft.Authorization/roleDefinitions/${local.publisher}"
      principalId      = var.principal_id
      principalType    = "ServicePrincipal"
    }
  }
}

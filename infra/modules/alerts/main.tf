# Alerts of Azure Monitor: some inform the product of a loss, others inform people of a silent product.

locals {
  # The id as Azure forms it, so that a plan knows it.
  action_group_id = "${azapi_resource.to_product.parent_id}/providers/Microsoft.Insights/actionGroups/${azapi_resource.to_product.name}"
  queries         = "${path.module}/../../queries"
  reader          = "73c42c96-874c-492b-b04d-ab87d138a893" # Log Analytics Reader

  # One alert for each key and operation. Each evaluation finds the rows that have arrived since the last one: the query itself
  # says so.
  searches = {
    for name in ["key-acts", "key-refusals"] :
    name => replace(file("${local.queries}/${name}.kql"), "$${product_object_id}", var.principal_id)
  }

  rules = {
    cmk-vault-deleted = [
      { field = "category", equals = "Administrative" },
      { field = "operationName", equals = "Microsoft.KeyVault/vaults/delete" },
      { field = "status", equals = "Succeeded" },
    ]
    cmk-server-unavailable = [
      { field = "category", equals = "ResourceHealth" },
      { anyOf = [{ field = "properties.currentHealthStatus", equals = "Unavailable" }] },
      { anyOf = [{ field = "resourceType", equals = "Microsoft.DBforMySQL/servers" }, { field = "resourceType", equals = "Microsoft.DBforMySQL/flexibleServers" }] },
    ]
  }
}

# The secure webhook: the person who saves it must own the app registration.
resource "azapi_resource" "to_product" {
  type      = "Microsoft.Insights/actionGroups@2023-01-01"
  parent_id = var.group_id
  name      = "cmk-guardian"
  location  = "Global"
  body = {
    properties = {
      groupShortName = "cmkguard"
      enabled        = true
      webhookReceivers = [{
        name                 = "guardian"
        serviceUri           = var.webhook.url
        useCommonAlertSchema = true
        useAadAuth           = true
        objectId             = var.webhook.object_id
        identifierUri        = "api://${var.webhook.client_id}"
        tenantId             = var.webhook.tenant_id
      }]
    }
  }
}

resource "azapi_resource" "audit" {
  for_each  = { for id in var.vaults : lower(id) => id }
  type      = "Microsoft.Insights/diagnosticSettings@2021-05-01-preview"
  parent_id = each.value
  name      = "cmk-guardian"
  body = {
    properties = {
      workspaceId                 = var.audit_workspace_id
      logAnalyticsDestinationType = "Dedicated"
      logs                        = [{ category = "AuditEvent", enabled = true }]
    }
  }
}

resource "azapi_resource" "search" {
  for_each  = local.searches
  type      = "Microsoft.Insights/scheduledQueryRules@2023-12-01"
  parent_id = var.group_id
  name      = "cmk-${each.key}"
  location  = var.location

  identity {
    type = "SystemAssigned"
  }

  body = {
    kind = "LogAlert"
    properties = {
      displayName         = "CMK Guardian: ${each.key}"
      severity            = 1
      enabled             = true
      scopes              = [var.audit_workspace_id]
      evaluationFrequency = "PT5M"
      windowSize          = "PT15M"
      autoMitigate        = false
      # The tables of the audit log exist only after the first row of the first vault.
      skipQueryValidation = true
      criteria = {
        allOf = [{
          query            = each.value
          timeAggregation  = "Count"
          operator         = "GreaterThan"
          threshold        = 0
          resourceIdColumn = "_ResourceId"
          dimensions       = [for name in ["KeyName", "Op"] : { name = name, operator = "Include", values = ["*"] }]
          failingPeriods   = { numberOfEvaluationPeriods = 1, minFailingPeriodsToAlert = 1 }
        }]
      }
      actions = { actionGroups = [local.action_group_id] }
    }
  }
}

resource "azapi_resource" "reader" {
  for_each      = local.searches
  type          = "Microsoft.Authorization/roleAssignments@2022-04-01"
  parent_id     = var.audit_workspace_id
  name          = uuidv5("url", "${var.audit_workspace_id}|${local.reader}|${azapi_resource.search[each.key].id}")
  ignore_casing = true
  body = {
    properties = {
      roleDefinitionId = "${regex("^/subscriptions/[^/]+", var.audit_workspace_id)}/providers/Microsoft.Authorization/roleDefinitions/${local.reader}"
      principalId      = azapi_resource.search[each.key].identity[0].principal_id
      principalType    = "ServicePrincipal"
    }
  }
}

# An activity log belongs to one subscription, and its rule must be in that subscription: Azure refuses a rule that watches
# another.
resource "azapi_resource" "activity" {
  for_each = merge([
    for name, condition in local.rules : {
      for id in var.subscriptions : "${name}-${id}" => { subscription = id, condition = condition }
    }
  ]...)
  type      = "Microsoft.Insights/activityLogAlerts@2020-10-01"
  parent_id = var.group_ids[each.value.subscription]
  name      = each.key
  location  = "Global"
  body = {
    properties = {
      scopes    = ["/subscriptions/${each.value.subscription}"]
      enabled   = true
      condition = { allOf = each.value.condition }
      actions   = { actionGroups = [for id in compact([local.action_group_id, var.people_group_id]) : { actionGroupId = id }] }
    }
  }
}

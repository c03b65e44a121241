# The alert "No sweep for fifteen minutes", to people and never to the product, which may be the silent one. Timers of a Flex app
# can stop for good after a deployment while its HTTP triggers still answer.

locals {
  # The id as Azure forms it, so that a plan knows it.
  action_group_id = "${azapi_resource.to_people.parent_id}/providers/Microsoft.Insights/actionGroups/${azapi_resource.to_people.name}"
  reader          = "73c42c96-874c-492b-b04d-ab87d138a893" # Log Analytics Reader
}

resource "azapi_resource" "to_people" {
  type      = "Microsoft.Insights/actionGroups@2023-01-01"
  parent_id = var.group_id
  name      = "cmk-guardian-people"
  location  = "Global"
  body = {
    properties = {
      groupShortName = "cmkpeople"
      enabled        = true
      emailReceivers = [
        for n, address in var.emails : { name = "person-${n + 1}", emailAddress = address, useCommonAlertSchema = true }
      ]
    }
  }
}

resource "azapi_resource" "silence" {
  type      = "Microsoft.Insights/scheduledQueryRules@2023-12-01"
  parent_id = var.group_id
  name      = "cmk-no-sweep"
  location  = var.location

  identity {
    type = "SystemAssigned"
  }

  body = {
    kind = "LogAlert"
    properties = {
      displayName         = "CMK Guardian: no sweep for fifteen minutes"
      severity            = 1
      enabled             = true
      scopes              = [var.workspace_id]
      evaluationFrequency = "PT5M"
      windowSize          = "PT15M"
      autoMitigate        = true
      skipQueryValidation = true
      criteria = {
        allOf = [{
          query           = file("${path.module}/../../queries/sweeps.kql")
          timeAggregation = "Count"
          operator        = "LessThan"
          threshold       = 1
          failingPeriods  = { numberOfEvaluationPeriods = 1, minFailingPeriodsToAlert = 1 }
        }]
      }
      actions = { actionGroups = [local.action_group_id] }
    }
  }
}

resource "azapi_resource" "reader" {
  type          = "Microsoft.Authorization/roleAssignments@2022-04-01"
  parent_id     = var.workspace_id
  name          = uuidv5("url", "${var.workspace_id}|${local.reader}|${azapi_resource.silence.id}")
  ignore_casing = true
  body = {
    properties = {
      roleDefinitionId = "${regex("^/subscriptions/[^/]+", var.workspace_id)}/providers/Microsoft.Authorization/roleDefinitions/${local.reader}"
      principalId      = azapi_resource.silence.identity[0].principal_id
      principalType    = "ServicePrincipal"
    }
  }
}

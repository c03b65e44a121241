# Event subscriptions, which wake the product earlier than its sweep. They need the functions: apply this module once the app
# lists them.

locals {
  # `npm run infra` writes this file from src/signals/event-filters.ts, and a test compares them: a subscription takes at most 25
  # values.
  filters = jsondecode(file("${path.module}/event-filters.json"))
  home    = regex("^/subscriptions/([^/]+)", var.dead_letters.account_id)[0]
  writer  = "ba92f5b4-2d11-453d-a403-e96b0029c9fe" # Storage Blob Data Contributor

  own_topics = toset([for id in var.subscriptions : id if !contains(keys(var.subscription_topics), id)])
  topics = merge(
    var.subscription_topics,
    { for id, topic in azapi_resource.topic : id => topic.id },
  )
  # Each subscription as often as there are filters: each filter is an event subscription of its own.
  heard = merge([
    for id in var.subscriptions : {
      for n, filter in local.filters :
      "${id} ${n}" => { subscription = id, name = n == 0 ? "guardian" : "guardian-${n + 1}", filter = filter }
    }
  ]...)

  # Event Grid tries again for a day when the function fails: after that time the sweep has seen the subject of the event.
  retries = { maxDeliveryAttempts = 30, eventTimeToLiveInMinutes = 1440 }
  to_function = {
    for name in ["on-key-vault-event", "on-resource-event"] : name => {
      endpointType = "AzureFunction"
      properties = {
        resourceId                    = "${var.app_id}/functions/${name}"
        maxEventsPerBatch             = 1
        preferredBatchSizeInKilobytes = 64
      }
    }
  }
}

# Event Grid refuses a function that does not exist, with a text that names neither the reason nor the remedy.
data "azapi_resource_list" "functions" {
  type                   = "Microsoft.Web/sites/functions@2023-12-01"
  parent_id              = var.app_id
  response_export_values = ["value"]

  lifecycle {
    postcondition {
      # AzAPI 1.15 shows the output of a data source as text.
      condition = length(setsubtract(
        [for name in keys(local.to_function) : "${basename(var.app_id)}/${name}"],
        [for one in try(jsondecode(self.output), self.output).value : one.name],
      )) == 0
      error_message = "Events come after the code: the app ${basename(var.app_id)} does not list the functions ${join(" and ", keys(local.to_function))} yet, and Event Grid refuses what is not listed. Set events_enabled = false, deploy the code (package_url), and apply with true once `az functionapp function list` shows both, some minutes later."
    }
  }
}

# The topic of a subscription is in that subscription.
resource "azapi_resource" "topic" {
  for_each  = local.own_topics
  type      = "Microsoft.EventGrid/systemTopics@2022-06-15"
  parent_id = var.group_ids[each.key]
  name      = "guardian"
  location  = "global"

  identity {
    type = "SystemAssigned"
  }

  body = {
    properties = { source = "/subscriptions/${each.key}", topicType = "Microsoft.Resources.Subscriptions" }
  }
}

# The storage accepts no keys, so the identity of the topic writes its dead letters.
resource "azapi_resource" "writer" {
  for_each      = local.own_topics
  type          = "Microsoft.Authorization/roleAssignments@2022-04-01"
  parent_id     = "${var.dead_letters.account_id}/blobServices/default/containers/${var.dead_letters.container}"
  name          = uuidv5("url", "${var.dead_letters.account_id}|${local.writer}|${azapi_resource.topic[each.key].id}")
  ignore_casing = true
  body = {
    properties = {
      roleDefinitionId = "/subscriptions/${local.home}/providers/Microsoft.Authorization/roleDefinitions/${local.writer}"
      principalId      = azapi_resource.topic[each.key].identity[0].principal_id
      principalType    = "ServicePrincipal"
    }
  }
}

resource "azapi_resource" "writes" {
  for_each  = local.heard
  type      = "Microsoft.EventGrid/systemTopics/eventSubscriptions@2022-06-15"
  parent_id = local.topics[each.value.subscription]
  name      = each.value.name
  body = {
    properties = merge(
      {
        eventDeliverySchema = "EventGridSchema"
        destination         = local.to_function["on-resource-event"]
        filter              = each.value.filter
        retryPolicy         = local.retries
      },
      {
        for id in setintersection(local.own_topics, [each.value.subscription]) : "deadLetterWithResourceIdentity" => {
          identity = { type = "SystemAssigned" }
          deadLetterDestination = {
            endpointType = "StorageBlob"
            properties   = { resourceId = var.dead_letters.account_id, blobContainerName = var.dead_letters.container }
          }
        }
      },
    )
  }

  depends_on = [azapi_resource.writer, data.azapi_resource_list.functions]
}

# At the vault itself, where Azure uses the vault's topic or makes a hidden one: a vault can have only one topic as well. Such a
# subscription has no identity, so it has no dead letters. The product makes the subscription again where a recovered vault has
# lost it.
resource "azapi_resource" "vault" {
  depends_on = [data.azapi_resource_list.functions]
  for_each   = { for id in var.vaults : lower(id) => id }
  type       = "Microsoft.EventGrid/eventSubscriptions@2022-06-15"
  parent_id  = each.value
  name       = "guardian"
  body = {
    properties = {
      eventDeliverySchema = "EventGridSchema"
      destination         = local.to_function["on-key-vault-event"]
      filter = {
        includedEventTypes = [
          "Microsoft.KeyVault.KeyNewVersionCreated",
          "Microsoft.KeyVault.KeyNearExpiry",
          "Microsoft.KeyVault.KeyExpired",
          "Microsoft.KeyVault.VaultAccessPolicyChanged",
        ]
      }
      retryPolicy = local.retries
    }
  }
}

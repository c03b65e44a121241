# What wakes the product sooner than its sweep does. Needs the functions: apply it once the app lists them.

locals {
  # Written by `npm run infra` from src/signals/event-filters.ts, which a test asks for: 25 values a subscription at most.
  filters = jsondecode(file("${path.module}/event-filters.json"))
  home    = regex("^/subscriptions/([^/]+)", var.dead_letters.account_id)[0]
  writer  = "ba92f5b4-2d11-453d-a403-e96b0029c9fe" # Storage Blob Data Contributor

  own_topics = toset([for id in var.subscriptions : id if !contains(keys(var.subscription_topics), id)])
  topics = merge(
    var.subscription_topics,
    { for id, topic in azapi_resource.topic : id => topic.id },
  )
  # Each subscription as often as there are filters, each of them an event subscription of its own.
  heard = merge([
    for id in var.subscriptions : {
      for n, filter in local.filters :
      "${id} ${n}" => { subscription = id, name = n == 0 ? "guardian" : "guardian-${n + 1}", filter = filter }
    }
  ]...)

  # Of a function's own fault for a day: after that the sweep has seen what the event was about.
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

# Event Grid refuses a function that is not there, in words that name neither why nor what to do.
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

# A topic of a subscription stands in that subscription.
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

# The storage takes no keys, so that the topic's identity writes its dead letters.
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

# At the vault itself, where Azure uses the vault's topic or makes a hidden one: a vault can have only one as well. Such a subscription has
# no identity, so no dead letters. The product makes it again where a recovered vault has lost it.
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

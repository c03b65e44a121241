variable "app_id" {
  type        = string
  description = "Resource id of the function app. Its functions must be indexed already: Event Grid refuses others."
  validation {
    condition     = can(regex("/Microsoft.Web/sites/[^/]+$", var.app_id))
    error_message = "It must be the id of a function app."
  }
}

variable "group_ids" {
  type        = map(string)
  description = "Resource groups of the topics, as resource ids, by subscription: the topic of a subscription is in that subscription."
  validation {
    condition     = alltrue([for id, group in var.group_ids : can(regex("^/subscriptions/${id}/resourceGroups/[^/]+$", group))])
    error_message = "Each must be /subscriptions/{id}/resourceGroups/{name}, of the subscription that it stands for."
  }
}

variable "subscriptions" {
  type        = list(string)
  description = "Subscriptions whose writes the product gets as events, as ids without a prefix."
  validation {
    condition     = alltrue([for id in var.subscriptions : can(regex("^[0-9a-f-]{36}$", id))])
    error_message = "Each must be a GUID."
  }
}

variable "subscription_topics" {
  type        = map(string)
  default     = {}
  description = "Existing system topics of subscriptions, by subscription: a subscription can have only one. They have no dead letters unless their identity may write to the container."
  validation {
    condition     = alltrue([for id in values(var.subscription_topics) : can(regex("/Microsoft.EventGrid/systemTopics/[^/]+$", id))])
    error_message = "Each must be the id of a system topic."
  }
}

variable "vaults" {
  type        = list(string)
  description = "Vaults whose own events the product gets, as resource ids. Probe and subscription events find the same losses without them; near expiry comes earlier with them."
  validation {
    condition     = alltrue([for id in var.vaults : can(regex("/Microsoft.KeyVault/vaults/[^/]+$", id))])
    error_message = "Each must be the id of a vault."
  }
}

variable "dead_letters" {
  type        = object({ account_id = string, container = string })
  description = "The container to which Event Grid writes undeliverable events."
  validation {
    condition     = can(regex("/Microsoft.Storage/storageAccounts/[a-z0-9]+$", var.dead_letters.account_id))
    error_message = "It must name a storage account and a container."
  }
}

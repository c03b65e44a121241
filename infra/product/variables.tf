variable "location" {
  type        = string
  description = "Region of all resources, one that has Flex Consumption: `az functionapp list-flexconsumption-locations` lists them."
  validation {
    condition     = can(regex("^[a-z0-9]+$", var.location))
    error_message = "It must be the short name of a region, such as koreacentral."
  }
}

variable "name" {
  type        = string
  default     = "cmk-guardian"
  description = "First part of the names of all resources."
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}$", var.name))
    error_message = "It must be 2 to 31 lower-case letters, digits and hyphens, a letter first."
  }
}

variable "group_name" {
  type        = string
  default     = "guardian"
  description = "The resource group that is made for the product. Put nothing else in it: a person who may write to it holds the product's rights."
  validation {
    condition     = can(regex("^[A-Za-z0-9._()-]{1,90}$", var.group_name))
    error_message = "It must be the name of a resource group."
  }
}

variable "app_name" {
  type        = string
  default     = ""
  description = "Name of the function app, unique in all of Azure. Empty: the value of name, and eight characters derived from the resource group."
  validation {
    condition     = var.app_name == "" || can(regex("^[a-z][a-z0-9-]{1,58}[a-z0-9]$", var.app_name))
    error_message = "It must be 3 to 60 lower-case letters, digits and hyphens, or empty."
  }
}

variable "storage_name" {
  type        = string
  default     = ""
  description = "Name of the storage account, unique in all of Azure. Empty: a name derived from the resource group."
  validation {
    condition     = var.storage_name == "" || can(regex("^[a-z0-9]{3,24}$", var.storage_name))
    error_message = "It must be 3 to 24 lower-case letters and digits, or empty."
  }
}

variable "storage_sku" {
  type        = string
  default     = "Standard_ZRS"
  description = "The redundancy of ledger and records. Not every region has zones: there, Standard_LRS."
  validation {
    condition     = contains(["Standard_LRS", "Standard_ZRS", "Standard_GZRS", "Standard_RAGZRS"], var.storage_sku)
    error_message = "It must be Standard_LRS, Standard_ZRS, Standard_GZRS or Standard_RAGZRS."
  }
}

variable "cloud" {
  type        = string
  default     = "public"
  description = "The Azure cloud. Only public has been tried; US Government has no Flex Consumption."
  validation {
    condition     = contains(["public", "usgov", "china"], var.cloud)
    error_message = "It must be public, usgov or china."
  }
}

variable "tags" {
  type        = map(string)
  default     = {}
  description = "Tags of all resources that can have tags."
  validation {
    condition     = alltrue([for name in keys(var.tags) : length(name) <= 512])
    error_message = "A tag name has 512 characters at most."
  }
}

# The scope of the product, and its mode.

variable "mode" {
  type        = string
  default     = "observe"
  description = "observe only reports, approve asks before every step, auto does steps that only restore and asks for the others. Begin with observe."
  validation {
    condition     = contains(["observe", "approve", "auto"], var.mode)
    error_message = "It must be observe, approve or auto."
  }
}

variable "scopes" {
  type        = list(string)
  description = "Subscriptions, resource groups and management groups that the product guards, as resource ids; with ! before them, subscriptions and resource groups that it must not guard. It reads and writes nothing else. It follows the subscriptions below a management group."
  validation {
    condition     = length([for id in var.scopes : id if !startswith(id, "!")]) > 0
    error_message = "Name what it looks after: /subscriptions/{id}, /subscriptions/{id}/resourceGroups/{name} or /providers/Microsoft.Management/managementGroups/{name}. Exclusions alone name nothing."
  }
  validation {
    condition     = alltrue([for id in var.scopes : startswith(id, "!") || can(regex("^(/subscriptions/[0-9a-f-]{36}(/resourceGroups/[^/]+)?|/providers/Microsoft\\.Management/managementGroups/[A-Za-z0-9._()-]{1,90})$", id))])
    error_message = "Each must be /subscriptions/{id}, /subscriptions/{id}/resourceGroups/{name} or /providers/Microsoft.Management/managementGroups/{name}, or begin with !."
  }
  validation {
    condition     = alltrue([for id in var.scopes : !startswith(id, "!") || can(regex("^!/subscriptions/[0-9a-f-]{36}(/resourceGroups/[^/]+)?$", id))])
    error_message = "What begins with ! must go on with /subscriptions/{id} or /subscriptions/{id}/resourceGroups/{name}. A management group is not excluded: name others, or exclude subscriptions."
  }
}

variable "key_subscriptions" {
  type        = list(string)
  default     = []
  description = "Subscriptions below the management groups of scopes whose keys the product may read and repair, as resource ids: Azure assigns no role with data actions at a management group. Where one is missing here, the product reports it, with the command that assigns the role by hand."
  validation {
    condition     = alltrue([for id in var.key_subscriptions : can(regex("^/subscriptions/[0-9a-f-]{36}$", id))])
    error_message = "Each must be /subscriptions/{id}."
  }
}

variable "role_management_group" {
  type        = string
  default     = ""
  description = "The management group at and below which the parts of the role can be assigned, as a resource id: Azure allows one in a role. Empty: the one in scopes."
  validation {
    condition     = var.role_management_group == "" || can(regex("^/providers/Microsoft\\.Management/managementGroups/[A-Za-z0-9._()-]{1,90}$", var.role_management_group))
    error_message = "It must be /providers/Microsoft.Management/managementGroups/{name}, or empty."
  }
}

variable "consumer_groups" {
  type        = list(string)
  default     = []
  description = "Resource groups of servers, disk encryption sets and their identities, as resource ids: there the product may make them try their keys again. Empty: the product only reports them, and a person does that step."
  validation {
    condition     = alltrue([for id in var.consumer_groups : can(regex("^/subscriptions/[0-9a-f-]{36}/resourceGroups/[^/]+$", id))])
    error_message = "Each must be /subscriptions/{id}/resourceGroups/{name}."
  }
}

variable "role_definition_names" {
  type        = map(string)
  default     = {}
  description = "GUIDs of existing parts of the role, by part. A role's name is unique in a tenant: a second deployment in the same tenant uses the parts of the first."
  validation {
    condition     = length(setsubtract(keys(var.role_definition_names), ["observe", "keys", "grants", "consumers"])) == 0
    error_message = "Its keys must be observe, keys, grants or consumers."
  }
}

variable "settings" {
  type        = map(string)
  default     = {}
  description = "Any other setting of docs/settings.md, by name, such as GUARDIAN_NEAR_EXPIRY."
  validation {
    condition = length(setintersection(keys(var.settings), [
      "GUARDIAN_MODE", "GUARDIAN_SCOPE", "GUARDIAN_NOTIFICATION_WEBHOOK", "GUARDIAN_MESSAGE_TARGETS", "OTEL_EXPORTER_OTLP_ENDPOINT", "GUARDIAN_APPROVER_TENANT",
      "GUARDIAN_APPROVER_AUDIENCE", "GUARDIAN_ALERT_TENANT", "GUARDIAN_ALERT_AUDIENCE", "GUARDIAN_AUDIT_WORKSPACE", "GUARDIAN_CLOUD",
      "GUARDIAN_IDENTITY_CLIENT_ID", "GUARDIAN_FUNCTION_APP", "GUARDIAN_STORAGE_ACCOUNT", "GUARDIAN_ANCHORS_ACCOUNT", "AzureWebJobsStorage",
    ])) == 0
    error_message = "What has a variable of its own, or is known here, is not said a second time."
  }
}

variable "notification_webhook" {
  type        = string
  default     = ""
  sensitive   = true
  description = "The URL to which a changed verdict is posted as JSON. Empty: nowhere."
  validation {
    condition     = var.notification_webhook == "" || can(regex("^https://", var.notification_webhook))
    error_message = "It must be an https URL, or empty."
  }
}

variable "message_targets" {
  type        = string
  default     = ""
  sensitive   = true
  description = "The destinations of messages in the form of Teams, Slack, PagerDuty or CloudEvents, in the form of docs/messages.md: JSON, or a reference to a secret of a vault that the app's identity may read. Empty: none."
  validation {
    condition     = var.message_targets == "" || can(jsondecode(var.message_targets)) || can(regex("^@Microsoft.KeyVault\\(", var.message_targets))
    error_message = "It must be JSON, a reference that begins with @Microsoft.KeyVault(, or empty."
  }
}

variable "otlp_endpoint" {
  type        = string
  default     = ""
  sensitive   = true
  description = "The URL to which the product sends traces and metrics, by OTLP over HTTP. Empty: nowhere."
  validation {
    condition     = var.otlp_endpoint == "" || can(regex("^https?://", var.otlp_endpoint))
    error_message = "It must be an http or https URL, or empty."
  }
}

# Sign-in.

variable "entra_client_id" {
  type        = string
  default     = ""
  description = "Application id of the app registration. Empty: nobody can sign in or approve, and only a key of the host opens the API."
  validation {
    condition     = var.entra_client_id == "" || can(regex("^[0-9a-f-]{36}$", var.entra_client_id))
    error_message = "It must be a GUID, or empty."
  }
}

variable "entra_object_id" {
  type        = string
  default     = ""
  description = "Object id of the app registration, which action groups need. Empty: no alerts are set up."
  validation {
    condition     = var.entra_object_id == "" || can(regex("^[0-9a-f-]{36}$", var.entra_object_id))
    error_message = "It must be a GUID, or empty."
  }
}

# Code and size.

variable "package_url" {
  type        = string
  default     = ""
  description = "https URL of released-package.zip. The platform fetches it without any credential of yours: a release asset, a public blob, or a user-delegation SAS. Empty: no code is deployed."
  validation {
    condition     = var.package_url == "" || can(regex("^https://", var.package_url))
    error_message = "It must be an https URL, or empty."
  }
}

variable "events_enabled" {
  type        = bool
  default     = false
  description = "Whether event subscriptions are made. Event Grid refuses a function that is not indexed yet, so false until the app answers."
}

variable "always_ready" {
  type        = object({ durable = optional(number, 1), http = optional(number, 1), key_vault_events = optional(number, 1), resource_events = optional(number, 1) })
  default     = {}
  description = "Instances that stay warm. Each is paid for by the month, busy or not: docs/performance.md has the price. Without durable a timer may stop after a deployment; without the event functions a first event may be lost until the next sweep; without http Azure may give up an alert that wakes the app."
  validation {
    condition     = alltrue([for count in values(var.always_ready) : count >= 0 && count <= 20])
    error_message = "Each must be from 0 to 20."
  }
}

variable "instance_memory_mb" {
  type        = number
  default     = 2048
  description = "Memory of an instance. 512 has a quarter of the price, and some regions refuse it."
  validation {
    condition     = contains([512, 2048, 4096], var.instance_memory_mb)
    error_message = "It must be 512, 2048 or 4096."
  }
}

variable "maximum_instances" {
  type        = number
  default     = 40
  description = "The most instances: Azure accepts no number below 40."
  validation {
    condition     = var.maximum_instances >= 40 && var.maximum_instances <= 1000
    error_message = "It must be from 40 to 1000."
  }
}

# Events and alerts for the product.

variable "vaults" {
  type        = list(string)
  default     = []
  description = "Vaults whose own events of near expiry the product gets, as resource ids. For other vaults, sweep, probe and subscription events find it."
  validation {
    condition     = alltrue([for id in var.vaults : can(regex("/providers/Microsoft.KeyVault/vaults/[^/]+$", id))])
    error_message = "Each must be the id of a vault."
  }
}

variable "unaudited_vaults" {
  type        = list(string)
  default     = []
  description = "Vaults whose audit log is not sent to the workspace yet, as resource ids: with the alerts this deployment sends it there. For a vault that has such a setting already (as those of examples/) Azure refuses a second one: `Data sink is already used`."
  validation {
    condition     = alltrue([for id in var.unaudited_vaults : can(regex("/providers/Microsoft.KeyVault/vaults/[^/]+$", id))])
    error_message = "Each must be the id of a vault."
  }
}

variable "subscription_topics" {
  type        = map(string)
  default     = {}
  description = "Existing system topics of subscriptions, by the id of the subscription: it can have only one, and Azure says `There is an existing tracked system topic`."
  validation {
    condition     = alltrue([for id in values(var.subscription_topics) : can(regex("/Microsoft.EventGrid/systemTopics/[^/]+$", id))])
    error_message = "Each must be the id of a system topic."
  }
}

variable "audit_workspace" {
  type        = object({ id = string, customer_id = string })
  default     = null
  description = "The workspace that has the audit logs of the vaults, where it is not the product's own."
  validation {
    condition     = var.audit_workspace == null || can(regex("/Microsoft.OperationalInsights/workspaces/", var.audit_workspace.id))
    error_message = "It must be the id of a Log Analytics workspace, with its customer id."
  }
}

variable "emails" {
  type        = list(string)
  default     = []
  description = "Mail addresses of the people who are informed when there was no sweep for fifteen minutes, and, with the alerts, when a vault was deleted or a server is down."
  validation {
    condition     = alltrue([for address in var.emails : can(regex("^[^@ ]+@[^@ ]+$", address))])
    error_message = "Each must be an e-mail address."
  }
}

variable "log_retention_days" {
  type        = number
  default     = 30
  description = "How long the product's workspace keeps logs. They hold object ids of people, which are personal data."
  validation {
    condition     = var.log_retention_days >= 30 && var.log_retention_days <= 730
    error_message = "It must be from 30 to 730."
  }
}

variable "log_daily_quota_gb" {
  type        = number
  default     = 1
  description = "Gigabytes a day after which the product's workspace accepts no more."
  validation {
    condition     = var.log_daily_quota_gb >= 0.1
    error_message = "It must be at least 0.1."
  }
}

# Networks.

variable "address_space" {
  type        = string
  default     = "10.60.0.0/24"
  description = "Addresses of the network that is made when no subnet is given."
  validation {
    condition     = can(cidrhost(var.address_space, 0)) && tonumber(try(split("/", var.address_space)[1], 32)) <= 24
    error_message = "It must be an address range of 256 addresses at least."
  }
}

variable "subnets" {
  type        = object({ app = string, endpoints = string })
  default     = null
  description = "Subnets of the hub to use instead of a network of its own: app is delegated to Microsoft.App/environments and has the service endpoints Microsoft.KeyVault and Microsoft.Storage, endpoints takes private endpoints."
  validation {
    condition     = var.subnets == null || alltrue([for id in try(values(var.subnets), []) : can(regex("/virtualNetworks/[^/]+/subnets/[^/]+$", id))])
    error_message = "Both must be ids of subnets."
  }
}

variable "private_zone_ids" {
  type        = map(string)
  default     = {}
  description = "The hub's private DNS zones of blob, queue and table: with them only private endpoints reach the storage. Empty: the service endpoint of the app's subnet reaches it, which is free. There is none for vaults: the hub has those."
  validation {
    condition     = length(var.private_zone_ids) == 0 || length(setsubtract(["blob", "queue", "table"], keys(var.private_zone_ids))) == 0
    error_message = "It must name the zones of blob, queue and table, or none."
  }
}

# The ledger's anchors.

variable "anchors_account_id" {
  type        = string
  default     = ""
  description = "The account of the anchors, made by infra/anchors and owned by other people. Empty: anchors are beside the ledger, and prove nothing against a person who may write to the ledger."
  validation {
    condition     = var.anchors_account_id == "" || can(regex("/Microsoft.Storage/storageAccounts/[a-z0-9]+$", var.anchors_account_id))
    error_message = "It must be the id of a storage account, or empty."
  }
}

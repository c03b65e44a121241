variable "group_id" {
  type        = string
  description = "Resource group of action groups and of the rules that search logs, as a resource id."
  validation {
    condition     = can(regex("^/subscriptions/[0-9a-f-]{36}/resourceGroups/[^/]+$", var.group_id))
    error_message = "It must be /subscriptions/{id}/resourceGroups/{name}."
  }
}

variable "group_ids" {
  type        = map(string)
  description = "Resource groups of the rules on activity logs, as resource ids, by subscription: Azure demands a rule in the subscription that it watches."
  validation {
    condition     = alltrue([for id, group in var.group_ids : can(regex("^/subscriptions/${id}/resourceGroups/[^/]+$", group))])
    error_message = "Each must be /subscriptions/{id}/resourceGroups/{name}, of the subscription that it stands for."
  }
}

variable "location" {
  type        = string
  description = "Region of the rules that search logs: that of the workspaces."
  validation {
    condition     = can(regex("^[a-z0-9]+$", var.location))
    error_message = "It must be the short name of a region: lower-case letters and digits."
  }
}

variable "principal_id" {
  type        = string
  description = "Object id of the product's identity: its own acts on keys raise no alert."
  validation {
    condition     = can(regex("^[0-9a-f-]{36}$", var.principal_id))
    error_message = "It must be a GUID."
  }
}

variable "subscriptions" {
  type        = list(string)
  description = "Subscriptions whose activity log and resource health raise alerts, as ids without a prefix."
  validation {
    condition     = alltrue([for id in var.subscriptions : can(regex("^[0-9a-f-]{36}$", id))])
    error_message = "Each must be a GUID."
  }
}

variable "audit_workspace_id" {
  type        = string
  description = "The workspace that has the audit logs of the vaults."
  validation {
    condition     = can(regex("/Microsoft.OperationalInsights/workspaces/[^/]+$", var.audit_workspace_id))
    error_message = "It must be the id of a Log Analytics workspace."
  }
}

variable "people_group_id" {
  type        = string
  default     = ""
  description = "An action group of people, which is called beside the product when a vault was deleted or a server is down. Empty: only the product is called."
  validation {
    condition     = var.people_group_id == "" || can(regex("/Microsoft.Insights/actionGroups/[^/]+$", var.people_group_id))
    error_message = "It must be the id of an action group, or empty."
  }
}

variable "vaults" {
  type        = list(string)
  description = "Vaults whose audit log a diagnostic setting of this module sends to the workspace, as resource ids."
  validation {
    condition     = alltrue([for id in var.vaults : can(regex("/Microsoft.KeyVault/vaults/[^/]+$", id))])
    error_message = "Each must be the id of a vault."
  }
}

variable "webhook" {
  type        = object({ url = string, client_id = string, object_id = string, tenant_id = string })
  description = "The URL of the product for alerts, and its app registration: Azure Monitor sends with a token for that registration."
  validation {
    condition     = can(regex("^https://", var.webhook.url)) && alltrue([for id in [var.webhook.client_id, var.webhook.object_id, var.webhook.tenant_id] : can(regex("^[0-9a-f-]{36}$", id))])
    error_message = "It must be an https URL and three GUIDs."
  }
}

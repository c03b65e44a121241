variable "group_id" {
  type        = string
  description = "Resource group of rules and action groups, as a resource id."
  validation {
    condition     = can(regex("^/subscriptions/[0-9a-f-]{36}/resourceGroups/[^/]+$", var.group_id))
    error_message = "It must be /subscriptions/{id}/resourceGroups/{name}."
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

variable "workspace_id" {
  type        = string
  description = "The workspace that has the logs of the product."
  validation {
    condition     = can(regex("/Microsoft.OperationalInsights/workspaces/[^/]+$", var.workspace_id))
    error_message = "It must be the id of a Log Analytics workspace."
  }
}

variable "emails" {
  type        = list(string)
  description = "Mail addresses of the people who are informed when the product itself is silent."
  validation {
    condition     = length(var.emails) > 0 && alltrue([for address in var.emails : can(regex("^[^@ ]+@[^@ ]+$", address))])
    error_message = "It must be one e-mail address or more."
  }
}

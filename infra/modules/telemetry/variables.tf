variable "group_id" {
  type        = string
  description = "Resource group, as a resource id."
  validation {
    condition     = can(regex("^/subscriptions/[0-9a-f-]{36}/resourceGroups/[^/]+$", var.group_id))
    error_message = "It must be /subscriptions/{id}/resourceGroups/{name}."
  }
}

variable "location" {
  type        = string
  description = "Region of workspace and component."
  validation {
    condition     = can(regex("^[a-z0-9]+$", var.location))
    error_message = "It must be the short name of a region: lower-case letters and digits."
  }
}

variable "name" {
  type        = string
  description = "Last part of the names: log-{name} and appi-{name}."
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,40}$", var.name))
    error_message = "It must be 2 to 41 lower-case letters, digits and hyphens, a letter first."
  }
}

variable "principal_id" {
  type        = string
  description = "Object id of the identity that sends telemetry."
  validation {
    condition     = can(regex("^[0-9a-f-]{36}$", var.principal_id))
    error_message = "It must be a GUID."
  }
}

variable "retention_days" {
  type        = number
  description = "How long logs are kept."
  validation {
    condition     = var.retention_days >= 30 && var.retention_days <= 730
    error_message = "It must be from 30 to 730 days."
  }
}

variable "daily_quota_gb" {
  type        = number
  description = "Gigabytes a day after which the workspace accepts no more, so that a loop of errors has a limited bill."
  validation {
    condition     = var.daily_quota_gb >= 0.1
    error_message = "It must be at least 0.1."
  }
}

variable "tags" {
  type        = map(string)
  default     = {}
  description = "Tags of both."
  validation {
    condition     = alltrue([for name in keys(var.tags) : length(name) <= 512])
    error_message = "A tag name has 512 characters at most."
  }
}

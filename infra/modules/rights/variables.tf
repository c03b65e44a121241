variable "principal_id" {
  type        = string
  description = "Object id of the product's identity."
  validation {
    condition     = can(regex("^[0-9a-f-]{36}$", var.principal_id))
    error_message = "It must be a GUID."
  }
}

variable "subscriptions" {
  type        = list(string)
  description = "Subscriptions that the product looks after, as ids without a prefix. The role definitions are made in the first."
  validation {
    condition     = length(var.subscriptions) > 0 && alltrue([for id in var.subscriptions : can(regex("^[0-9a-f-]{36}$", id))])
    error_message = "It must be one or more GUIDs."
  }
}

variable "consumer_groups" {
  type        = list(string)
  description = "Resource groups that hold servers, disk encryption sets, or the identities that they use."
  validation {
    condition     = alltrue([for id in var.consumer_groups : can(regex("^/subscriptions/[0-9a-f-]{36}/resourceGroups/[^/]+$", id))])
    error_message = "Each must be /subscriptions/{id}/resourceGroups/{name}."
  }
}

variable "role_definition_names" {
  type        = map(string)
  default     = {}
  description = "GUIDs of role definitions that somebody has made already, by part: observe, keys, grants, consumers. The others are made here."
  validation {
    condition     = length(setsubtract(keys(var.role_definition_names), ["observe", "keys", "grants", "consumers"])) == 0 && alltrue([for id in values(var.role_definition_names) : can(regex("^[0-9a-f-]{36}$", id))])
    error_message = "Its keys must be observe, keys, grants or consumers, and its values GUIDs."
  }
}

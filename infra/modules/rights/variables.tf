variable "principal_id" {
  type        = string
  description = "Object id of the product's identity."
  validation {
    condition     = can(regex("^[0-9a-f-]{36}$", var.principal_id))
    error_message = "It must be a GUID."
  }
}

variable "home" {
  type        = string
  description = "The subscription in which the role definitions are made, as an id without a prefix."
  validation {
    condition     = can(regex("^[0-9a-f-]{36}$", var.home))
    error_message = "It must be a GUID."
  }
}

variable "subscriptions" {
  type        = list(string)
  description = "Subscriptions that the product guards by name, as ids without a prefix."
  validation {
    condition     = alltrue([for id in var.subscriptions : can(regex("^[0-9a-f-]{36}$", id))])
    error_message = "Each must be a GUID."
  }
}

variable "management_groups" {
  type        = list(string)
  default     = []
  description = "Management groups below which the product follows subscriptions, as resource ids. Only with a role at the group itself may the product list them."
  validation {
    condition     = alltrue([for id in var.management_groups : can(regex("^/providers/Microsoft\\.Management/managementGroups/[^/]+$", id))])
    error_message = "Each must be /providers/Microsoft.Management/managementGroups/{name}."
  }
}

variable "role_management_group" {
  type        = string
  default     = ""
  description = "The management group at and below which the role can be assigned: one of these groups, or one above all of them. Azure allows one in a role."
  validation {
    condition     = var.role_management_group == "" || can(regex("^/providers/Microsoft\\.Management/managementGroups/[^/]+$", var.role_management_group))
    error_message = "It must be /providers/Microsoft.Management/managementGroups/{name}, or empty."
  }
}

variable "key_subscriptions" {
  type        = list(string)
  default     = []
  description = "Subscriptions below these groups whose keys the product may read and repair, as ids without a prefix."
  validation {
    condition     = alltrue([for id in var.key_subscriptions : can(regex("^[0-9a-f-]{36}$", id))])
    error_message = "Each must be a GUID."
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
  description = "GUIDs of existing role definitions, by part: observe, keys, grants, consumers. The other parts are made here."
  validation {
    condition     = length(setsubtract(keys(var.role_definition_names), ["observe", "keys", "grants", "consumers"])) == 0 && alltrue([for id in values(var.role_definition_names) : can(regex("^[0-9a-f-]{36}$", id))])
    error_message = "Its keys must be observe, keys, grants or consumers, and its values GUIDs."
  }
}

variable "group_id" {
  type        = string
  description = "Resource group of the vault, as a resource id."
  validation {
    condition     = can(regex("^/subscriptions/[0-9a-f-]{36}/resourceGroups/[^/]+$", var.group_id))
    error_message = "It must be /subscriptions/{id}/resourceGroups/{name}."
  }
}

variable "location" {
  type        = string
  description = "Region of the vault: that of the resource that uses its key."
  validation {
    condition     = can(regex("^[a-z0-9]+$", var.location))
    error_message = "It must be the short name of a region: lower-case letters and digits."
  }
}

variable "vault_name" {
  type        = string
  description = "Name of the vault, unique in all of Azure, and taken for ninety days after it was deleted."
  validation {
    condition     = can(regex("^[a-zA-Z][a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$", var.vault_name))
    error_message = "It must be 3 to 24 letters, digits and hyphens, a letter first and no hyphen last."
  }
}

variable "key_name" {
  type        = string
  default     = "cmk"
  description = "Name of the key."
  validation {
    condition     = can(regex("^[0-9a-zA-Z-]{1,127}$", var.key_name))
    error_message = "It must be 1 to 127 letters, digits and hyphens."
  }
}

variable "key_expires_at" {
  type        = number
  description = "When the first version of the key expires, in seconds since 1970: `date -d '+2 years' +%s`. The product extends it later, and a plan does not undo that."
  validation {
    condition     = var.key_expires_at > 1700000000 && floor(var.key_expires_at) == var.key_expires_at
    error_message = "It must be a whole number of seconds since 1970."
  }
}

variable "principal_id" {
  type        = string
  description = "Object id of the identity that uses the key."
  validation {
    condition     = can(regex("^[0-9a-f-]{36}$", var.principal_id))
    error_message = "It must be a GUID."
  }
}

variable "workspace_id" {
  type        = string
  description = "The workspace that gets the audit log of the vault."
  validation {
    condition     = can(regex("/Microsoft.OperationalInsights/workspaces/[^/]+$", var.workspace_id))
    error_message = "It must be the id of a Log Analytics workspace."
  }
}

variable "product_subnet_id" {
  type        = string
  default     = ""
  description = "The subnet of CMK Guardian, its output subnet_id: Azure Functions is no trusted service, so a closed vault would keep it out. Empty: it sees the vault's keys by Resource Manager alone."
  validation {
    condition     = var.product_subnet_id == "" || can(regex("/virtualNetworks/[^/]+/subnets/[^/]+$", var.product_subnet_id))
    error_message = "It must be the id of a subnet, or empty."
  }
}

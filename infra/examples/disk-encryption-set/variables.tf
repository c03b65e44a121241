variable "location" {
  type        = string
  description = "Region of all resources."
  validation {
    condition     = can(regex("^[a-z0-9]+$", var.location))
    error_message = "It must be the short name of a region, such as koreacentral."
  }
}

variable "name" {
  type        = string
  description = "First part of the names of all resources. With kv- before it, it must be unique in all of Azure."
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,15}[a-z0-9]$", var.name))
    error_message = "It must be 3 to 17 lower-case letters, digits and hyphens, a letter first and no hyphen last."
  }
}

variable "key_expires_at" {
  type        = number
  description = "When the first version of the key expires, in seconds since 1970: `date -d '+2 years' +%s`."
  validation {
    condition     = var.key_expires_at > 1700000000
    error_message = "It must be seconds since 1970."
  }
}

variable "owner" {
  type        = string
  description = "The team or the address that answers questions about these resources: the tag `owner`, which the acceptance table demands."
  validation {
    condition     = can(regex("^.{2,256}$", var.owner))
    error_message = "It must have 2 to 256 characters."
  }
}

variable "workspace_id" {
  type        = string
  description = "The workspace that gets the audit log of the vault: the output workspace_id of infra/product, or your own."
  validation {
    condition     = can(regex("/Microsoft.OperationalInsights/workspaces/[^/]+$", var.workspace_id))
    error_message = "It must be the id of a Log Analytics workspace."
  }
}

variable "product_subnet_id" {
  type        = string
  default     = ""
  description = "The subnet of CMK Guardian: the output subnet_id of infra/product."
  validation {
    condition     = var.product_subnet_id == "" || can(regex("/virtualNetworks/[^/]+/subnets/[^/]+$", var.product_subnet_id))
    error_message = "It must be the id of a subnet, or empty."
  }
}

variable "has_cluster" {
  type        = bool
  default     = false
  description = "Whether a Kubernetes cluster is made whose node and data disks are encrypted with the set."
}

variable "group_id" {
  type        = string
  description = "Resource group of the account, as a resource id."
  validation {
    condition     = can(regex("^/subscriptions/[0-9a-f-]{36}/resourceGroups/[^/]+$", var.group_id))
    error_message = "It must be /subscriptions/{id}/resourceGroups/{name}."
  }
}

variable "location" {
  type        = string
  description = "Region of the account, such as koreacentral."
  validation {
    condition     = can(regex("^[a-z0-9]+$", var.location))
    error_message = "It must be the short name of a region: lower-case letters and digits."
  }
}

variable "name" {
  type        = string
  description = "Name of the account, unique in all of Azure."
  validation {
    condition     = can(regex("^[a-z0-9]{3,24}$", var.name))
    error_message = "It must be 3 to 24 lower-case letters and digits."
  }
}

variable "sku" {
  type        = string
  description = "The redundancy of the data: Standard_ZRS survives the loss of a zone, Standard_LRS does not."
  validation {
    condition     = contains(["Standard_LRS", "Standard_ZRS", "Standard_GZRS", "Standard_RAGZRS"], var.sku)
    error_message = "It must be Standard_LRS, Standard_ZRS, Standard_GZRS or Standard_RAGZRS."
  }
}

variable "principal_id" {
  type        = string
  description = "Object id of the identity of host and product."
  validation {
    condition     = can(regex("^[0-9a-f-]{36}$", var.principal_id))
    error_message = "It must be a GUID."
  }
}

variable "subnet_id" {
  type        = string
  description = "The subnet of the app, which has the service endpoint Microsoft.Storage: no other network reaches the account."
  validation {
    condition     = can(regex("/virtualNetworks/[^/]+/subnets/[^/_]+$", var.subnet_id))
    error_message = "It must be the id of a subnet whose name has no underscore."
  }
}

variable "is_private" {
  type        = bool
  default     = false
  description = "Whether private endpoints alone reach the account."
}

variable "tags" {
  type        = map(string)
  default     = {}
  description = "Tags of the account."
  validation {
    condition     = alltrue([for name in keys(var.tags) : length(name) <= 512])
    error_message = "A tag name has 512 characters at most."
  }
}

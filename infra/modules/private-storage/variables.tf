variable "group_id" {
  type        = string
  description = "Resource group of the endpoints, as a resource id."
  validation {
    condition     = can(regex("^/subscriptions/[0-9a-f-]{36}/resourceGroups/[^/]+$", var.group_id))
    error_message = "It must be /subscriptions/{id}/resourceGroups/{name}."
  }
}

variable "location" {
  type        = string
  description = "Region of the endpoints: that of their subnet."
  validation {
    condition     = can(regex("^[a-z0-9]+$", var.location))
    error_message = "It must be the short name of a region: lower-case letters and digits."
  }
}

variable "account_id" {
  type        = string
  description = "The storage account, as a resource id."
  validation {
    condition     = can(regex("/Microsoft.Storage/storageAccounts/[a-z0-9]+$", var.account_id))
    error_message = "It must be the id of a storage account."
  }
}

variable "subnet_id" {
  type        = string
  description = "The subnet of the endpoints."
  validation {
    condition     = can(regex("/virtualNetworks/[^/]+/subnets/[^/]+$", var.subnet_id))
    error_message = "It must be the id of a subnet."
  }
}

variable "zone_ids" {
  type        = map(string)
  description = "The hub's private DNS zones by service: blob, queue and table. Each costs a private endpoint, about USD 7.30 a month. A linked zone hides every other private-linked account of its kind that has no record in it."
  validation {
    condition     = length(setsubtract(["blob", "queue", "table"], keys(var.zone_ids))) == 0 && alltrue([for id in values(var.zone_ids) : can(regex("/privateDnsZones/privatelink\\.", id))])
    error_message = "It must name the zones of blob, queue and table: with one of them alone the host does not start."
  }
}

variable "group_id" {
  type        = string
  description = "Resource group of the network, as a resource id."
  validation {
    condition     = can(regex("^/subscriptions/[0-9a-f-]{36}/resourceGroups/[^/]+$", var.group_id))
    error_message = "It must be /subscriptions/{id}/resourceGroups/{name}."
  }
}

variable "location" {
  type        = string
  description = "Region of the network: that of the app."
  validation {
    condition     = can(regex("^[a-z0-9]+$", var.location))
    error_message = "It must be the short name of a region: lower-case letters and digits."
  }
}

variable "name" {
  type        = string
  description = "Last part of the name: vnet-{name}."
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,40}$", var.name))
    error_message = "It must be 2 to 41 lower-case letters, digits and hyphens, a letter first."
  }
}

variable "address_space" {
  type        = string
  description = "Addresses of the network, a /24 or bigger: a quarter for the app, a quarter for private endpoints."
  validation {
    condition     = can(cidrhost(var.address_space, 0)) && tonumber(try(split("/", var.address_space)[1], 32)) <= 24
    error_message = "It must be an address range such as 10.60.0.0/24, of 256 addresses at least."
  }
}

variable "tags" {
  type        = map(string)
  default     = {}
  description = "Tags of the network."
  validation {
    condition     = alltrue([for name in keys(var.tags) : length(name) <= 512])
    error_message = "A tag name has 512 characters at most."
  }
}

variable "group_id" {
  type        = string
  description = "Resource group of plan and app, as a resource id."
  validation {
    condition     = can(regex("^/subscriptions/[0-9a-f-]{36}/resourceGroups/[^/]+$", var.group_id))
    error_message = "It must be /subscriptions/{id}/resourceGroups/{name}."
  }
}

variable "location" {
  type        = string
  description = "Region of plan and app, one that has Flex Consumption."
  validation {
    condition     = can(regex("^[a-z0-9]+$", var.location))
    error_message = "It must be the short name of a region: lower-case letters and digits."
  }
}

variable "name" {
  type        = string
  description = "Name of the app, unique in all of Azure: it is the host name."
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,58}[a-z0-9]$", var.name))
    error_message = "It must be 3 to 60 lower-case letters, digits and hyphens, a letter first and no hyphen last."
  }
}

variable "cloud" {
  type        = string
  description = "The Azure cloud: public, usgov or china."
  validation {
    condition     = contains(["public", "usgov", "china"], var.cloud)
    error_message = "It must be public, usgov or china."
  }
}

variable "suffixes" {
  type        = object({ storage = string, sites = string })
  description = "The ends of host names in this cloud."
  validation {
    condition     = can(regex("^core\\.", var.suffixes.storage)) && length(var.suffixes.sites) > 0
    error_message = "They must be those of clouds.json."
  }
}

variable "identity" {
  type        = object({ id = string, client_id = string })
  description = "The user-assigned identity of host and product."
  validation {
    condition     = can(regex("/userAssignedIdentities/", var.identity.id)) && can(regex("^[0-9a-f-]{36}$", var.identity.client_id))
    error_message = "It must be the id of a user-assigned identity, with its client id."
  }
}

variable "storage" {
  type        = object({ name = string, package_container = string })
  description = "The account of the host, and its container for the package."
  validation {
    condition     = can(regex("^[a-z0-9]{3,24}$", var.storage.name))
    error_message = "It must be the name of a storage account."
  }
}

variable "subnet_id" {
  type        = string
  description = "The subnet through which the app sends, delegated to Microsoft.App/environments."
  validation {
    condition     = can(regex("/virtualNetworks/[^/]+/subnets/[^/_]+$", var.subnet_id))
    error_message = "It must be the id of a subnet whose name has no underscore."
  }
}

variable "telemetry" {
  type        = object({ connection_string = string })
  description = "The Application Insights component that gets the logs of the host."
  validation {
    condition     = can(regex("InstrumentationKey=", var.telemetry.connection_string))
    error_message = "It must be a connection string of Application Insights."
  }
}

variable "settings" {
  type        = map(string)
  description = "Settings of the product that differ from their defaults, by name."
  validation {
    condition     = !contains(keys(var.settings), "AzureWebJobsStorage")
    error_message = "AzureWebJobsStorage would be a key of the storage account. The identity opens it."
  }
}

variable "always_ready" {
  type        = object({ durable = number, http = number, key_vault_events = number, resource_events = number })
  description = "Instances that stay warm."
  validation {
    condition     = alltrue([for count in values(var.always_ready) : count >= 0 && count <= 20])
    error_message = "Each must be from 0 to 20."
  }
}

variable "instance_memory_mb" {
  type        = number
  description = "Memory of an instance."
  validation {
    condition     = contains([512, 2048, 4096], var.instance_memory_mb)
    error_message = "It must be 512, 2048 or 4096."
  }
}

variable "maximum_instances" {
  type        = number
  description = "The most instances."
  validation {
    condition     = var.maximum_instances >= 40 && var.maximum_instances <= 1000
    error_message = "It must be from 40 to 1000."
  }
}

variable "package_url" {
  type        = string
  description = "The URL from which the platform fetches the package, without any credential of yours. Empty: no code is deployed."
  validation {
    condition     = var.package_url == "" || can(regex("^https://", var.package_url))
    error_message = "It must be an https URL, or empty."
  }
}

variable "tags" {
  type        = map(string)
  default     = {}
  description = "Tags of plan and app."
  validation {
    condition     = alltrue([for name in keys(var.tags) : length(name) <= 512])
    error_message = "A tag name has 512 characters at most."
  }
}

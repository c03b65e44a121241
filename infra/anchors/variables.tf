variable "location" {
  type        = string
  description = "Region of the account."
  validation {
    condition     = can(regex("^[a-z0-9]+$", var.location))
    error_message = "It must be the short name of a region, such as koreacentral."
  }
}

variable "group_name" {
  type        = string
  default     = "guardian-anchors"
  description = "The resource group that is made for the account. Its owners must be other people than those of the ledger: otherwise the anchors prove nothing."
  validation {
    condition     = can(regex("^[A-Za-z0-9._()-]{1,90}$", var.group_name))
    error_message = "It must be the name of a resource group."
  }
}

variable "account_name" {
  type        = string
  description = "Name of the account, unique in all of Azure."
  validation {
    condition     = can(regex("^[a-z0-9]{3,24}$", var.account_name))
    error_message = "It must be 3 to 24 lower-case letters and digits."
  }
}

variable "sku" {
  type        = string
  default     = "Standard_ZRS"
  description = "The redundancy of the anchors' account."
  validation {
    condition     = contains(["Standard_LRS", "Standard_ZRS", "Standard_GZRS", "Standard_RAGZRS"], var.sku)
    error_message = "It must be Standard_LRS, Standard_ZRS, Standard_GZRS or Standard_RAGZRS."
  }
}

variable "table_prefix" {
  type        = string
  default     = "guardian"
  description = "GUARDIAN_TABLE_PREFIX of the product: the container is {prefix}-anchors."
  validation {
    condition     = can(regex("^[a-z][a-z0-9]{2,50}$", var.table_prefix))
    error_message = "It must be 3 to 51 lower-case letters and digits, a letter first."
  }
}

variable "subnet_id" {
  type        = string
  default     = ""
  description = "The subnet of the product, which has the service endpoint Microsoft.Storage. Empty: every network reaches the account, with a token of Entra."
  validation {
    condition     = var.subnet_id == "" || can(regex("/virtualNetworks/[^/]+/subnets/[^/]+$", var.subnet_id))
    error_message = "It must be the id of a subnet, or empty."
  }
}

variable "retention_days" {
  type        = number
  default     = 3650
  description = "How long nobody can change or delete an anchor, from its creation, once the policy is locked."
  validation {
    condition     = var.retention_days >= 1 && var.retention_days <= 146000
    error_message = "It must be from 1 to 146000."
  }
}

output "server_id" {
  value       = local.server_id
  description = "Resource id of the server."
}

output "group_id" {
  value       = local.group_id
  description = "The resource group: one of infra/product's consumer_groups."
}

output "vault_id" {
  value       = module.key.vault_id
  description = "The vault: one of infra/product's vaults."
}

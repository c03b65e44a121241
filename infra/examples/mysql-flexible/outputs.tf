output "server_id" {
  value       = local.server_id
  description = "Resource id of the server."
}

output "group_id" {
  value       = local.group_id
  description = "The resource group: add it to consumer_groups of infra/product."
}

output "vault_id" {
  value       = module.key.vault_id
  description = "The vault: add it to the vaults of infra/product."
}

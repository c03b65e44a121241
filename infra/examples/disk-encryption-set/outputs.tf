output "set_id" {
  value       = local.set_id
  description = "Resource id of the set."
}

output "group_id" {
  value       = local.group_id
  description = "The resource group: add it to consumer_groups of infra/product."
}

output "vault_id" {
  value       = module.key.vault_id
  description = "The vault: add it to the vaults of infra/product."
}

output "storage_class" {
  value       = templatefile("${path.module}/storage-class.yaml.tftpl", { set_id = local.set_id })
  description = "The storage class and a claim, for `kubectl apply -f -`."
}

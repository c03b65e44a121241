output "set_id" {
  value       = local.set_id
  description = "Resource id of the set."
}

output "group_id" {
  value       = local.group_id
  description = "The resource group: one of infra/product's consumer_groups."
}

output "vault_id" {
  value       = module.key.vault_id
  description = "The vault: one of infra/product's vaults."
}

output "storage_class" {
  value       = templatefile("${path.module}/storage-class.yaml.tftpl", { set_id = local.set_id })
  description = "The storage class and a claim, for `kubectl apply -f -`."
}

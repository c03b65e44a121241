output "vault_id" {
  value       = local.vault_id
  description = "Resource id of the vault."
}

output "key_uri" {
  value       = azapi_resource_action.key.output.properties.keyUriWithVersion
  description = "URI of the version of the key that was made."
}

output "grant_id" {
  value       = azapi_resource.grant.id
  description = "The role assignment: a resource that uses the key must be made after it."
}

output "id" {
  value       = local.id
  description = "Resource id of the account."
}

output "name" {
  value       = azapi_resource.account.name
  description = "Name of the account."
}

output "package_container" {
  value       = azapi_resource.container["app-package"].name
  description = "The container of the package that the platform runs."
}

output "dead_letter_container" {
  value       = azapi_resource.container["guardian-deadletter"].name
  description = "The container to which Event Grid writes undeliverable events."
}

output "roles" {
  value       = [for role in azapi_resource.role : role.id]
  description = "The role assignments of the host: without them it does not start."
}

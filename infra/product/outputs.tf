output "app_id" {
  value       = module.app.id
  description = "Resource id of the function app."
}

output "app_url" {
  value       = module.app.url
  description = "The URL of the product: its page, and its API below /api."
}

output "principal_id" {
  value       = local.principal_id
  description = "Object id of the product's identity."
}

output "subnet_id" {
  value       = local.subnets.app
  description = "The subnet that a closed vault has to allow, by its virtual network rules."
}

output "storage_id" {
  value       = module.storage.id
  description = "The account of ledger and records."
}

output "workspace_id" {
  value       = module.telemetry.workspace_id
  description = "The workspace of the product's logs."
}

output "role_definition_names" {
  value       = module.rights.role_definition_names
  description = "GUIDs of the parts of the product's role, for a second deployment in the tenant."
}

output "workspace_id" {
  value       = local.workspace_id
  description = "Resource id of the workspace."
}

output "workspace_customer_id" {
  value       = azapi_resource.workspace.output.properties.customerId
  description = "The id by which queries name the workspace."
}

output "connection_string" {
  value       = azapi_resource.component.output.properties.ConnectionString
  description = "The connection string for telemetry. It is no credential: local authentication is off."
}

output "workspace_id" {
  value       = local.workspace_id
  description = "Resource id of the workspace."
}

output "workspace_customer_id" {
  value       = azapi_resource.workspace.output.properties.customerId
  description = "What queries call the workspace."
}

output "connection_string" {
  value       = azapi_resource.component.output.properties.ConnectionString
  description = "Where the host sends telemetry. It opens nothing: local authentication is off."
}

output "id" {
  value       = azapi_resource.app.id
  description = "Resource id of the app."
}

output "url" {
  value       = "https://${var.name}.${var.suffixes.sites}"
  description = "Where the app answers."
}

output "plan_id" {
  value       = azapi_resource.plan.id
  description = "Resource id of the plan."
}

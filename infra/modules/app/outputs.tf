output "id" {
  value       = local.id
  description = "Resource id of the app."
}

output "url" {
  value       = "https://${var.name}.${var.suffixes.sites}"
  description = "The URL of the app."
}

output "plan_id" {
  value       = local.plan_id
  description = "Resource id of the plan."
}

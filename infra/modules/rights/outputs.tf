output "role_definition_names" {
  value       = local.definitions
  description = "GUID of each part's role definition."
}

output "assignments" {
  value       = [for one in azapi_resource.assignment : one.id]
  description = "Every role assignment of the product."
}

output "action_group_id" {
  value       = azapi_resource.to_people.id
  description = "The action group that tells people."
}

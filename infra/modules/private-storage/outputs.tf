output "ids" {
  value       = [for group in azapi_resource.zone_group : group.id]
  description = "What must be there before the host starts."
}

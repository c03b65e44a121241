output "ids" {
  value       = [for group in azapi_resource.zone_group : group.id]
  description = "The resources that must exist before the host starts."
}

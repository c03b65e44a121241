output "id" {
  value       = azapi_resource.network.id
  description = "Resource id of the network."
}

output "app_subnet_id" {
  value       = "${azapi_resource.network.id}/subnets/app"
  description = "The subnet of the app."
}

output "endpoints_subnet_id" {
  value       = "${azapi_resource.network.id}/subnets/endpoints"
  description = "The subnet of private endpoints."
}

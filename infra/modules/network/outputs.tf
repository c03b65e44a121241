output "id" {
  value       = local.id
  description = "Resource id of the network."
}

output "app_subnet_id" {
  value       = "${local.id}/subnets/app"
  description = "The subnet of the app."
}

output "endpoints_subnet_id" {
  value       = "${local.id}/subnets/endpoints"
  description = "The subnet of private endpoints."
}

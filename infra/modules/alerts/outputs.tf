output "action_group_id" {
  value       = azapi_resource.to_product.id
  description = "The action group that tells the product: other alert rules may name it as well."
}

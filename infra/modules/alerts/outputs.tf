output "action_group_id" {
  value       = local.action_group_id
  description = "The action group that calls the product: other alert rules may use it as well."
}

output "action_group_id" {
  value       = local.action_group_id
  description = "The action group that informs people."
}

output "account_id" {
  value       = azapi_resource.account.id
  description = "The value of the variable anchors_account_id of infra/product."
}

output "lock" {
  value       = "az storage container immutability-policy lock --account-name ${var.account_name} --container-name ${azapi_resource.container.name} --if-match <etag of the policy>"
  description = "The step that cannot be undone: as long as the period runs, nobody changes or deletes an anchor, and nobody deletes the account."
}

output "topics" {
  value       = local.topics
  description = "The system topic of each subscription."
}

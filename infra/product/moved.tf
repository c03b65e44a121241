# Where a state of before has things in another place: without these a plan would delete and make them again.

# The group of another subscription was made by the events, which had it for their topic alone.
moved {
  from = module.events[0].azapi_resource.group
  to   = azapi_resource.elsewhere
}

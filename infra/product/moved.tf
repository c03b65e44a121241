# Addresses that resources have in a state of an earlier version: without these blocks a plan would delete the resources and make
# them again.

# The module of events made the group of another subscription, when only its topic needed the group.
moved {
  from = module.events[0].azapi_resource.group
  to   = azapi_resource.elsewhere
}

# The rights of the product: the four parts of infra/custom-role-*.json, each a role definition of its own. Removing a part does
# no harm.

locals {
  folder = "${path.module}/../.."
  parts = {
    for part in ["observe", "keys", "grants", "consumers"] :
    part => jsondecode(file("${local.folder}/custom-role-${part}.json"))
  }
  home = "/subscriptions/${var.home}"

  # The part that gives access is never assigned without this condition.
  condition = replace(trimspace(file("${local.folder}/role-assignment-condition.txt")), "<principal id>", var.principal_id)

  definitions = merge(
    var.role_definition_names,
    { for part, made in azapi_resource.definition : part => made.name },
  )

  # Azure assigns no role with data actions at a management group. So the part of the keys is assigned in each subscription. The
  # part that gives access is assigned there too, since at a management group it would hold in every subscription that anybody
  # adds below.
  writing = distinct(concat(var.subscriptions, var.key_subscriptions))
  assignments = merge(
    { for id in var.management_groups : "observe ${id}" => { part = "observe", scope = id } },
    { for id in var.subscriptions : "observe ${id}" => { part = "observe", scope = "/subscriptions/${id}" } },
    { for id in local.writing : "keys ${id}" => { part = "keys", scope = "/subscriptions/${id}" } },
    { for id in local.writing : "grants ${id}" => { part = "grants", scope = "/subscriptions/${id}" } },
  )

  # The scopes at which each part can be assigned: parts without data actions at the management group as well, and in all
  # subscriptions below it.
  subscription_ids = [for id in distinct(concat([var.home], local.writing)) : "/subscriptions/${id}"]
  assignable = {
    for part, role in local.parts : part => concat(
      length(flatten([for one in role.permissions : one.dataActions])) == 0 ? compact([var.role_management_group]) : [],
      local.subscription_ids,
    )
  }
  on_groups = { for id in var.consumer_groups : "consumers ${lower(id)}" => { part = "consumers", scope = id } }
}

resource "azapi_resource" "definition" {
  for_each  = { for part, role in local.parts : part => role if !contains(keys(var.role_definition_names), part) }
  type      = "Microsoft.Authorization/roleDefinitions@2022-04-01"
  parent_id = local.home
  name      = uuidv5("url", "${local.home}|${each.value.roleName}")
  body = {
    properties = {
      roleName         = each.value.roleName
      description      = each.value.description
      type             = "CustomRole"
      permissions      = each.value.permissions
      assignableScopes = local.assignable[each.key]
    }
  }
}

resource "azapi_resource" "assignment" {
  for_each      = merge(local.assignments, local.on_groups)
  type          = "Microsoft.Authorization/roleAssignments@2022-04-01"
  parent_id     = each.value.scope
  name          = uuidv5("url", "${each.value.scope}|${each.value.part}|${var.principal_id}")
  ignore_casing = true
  body = {
    properties = merge(
      {
        # At a management group the id of the definition has no subscription: it is that of the tenant.
        roleDefinitionId = "${try(regex("^/subscriptions/[^/]+", each.value.scope), "")}/providers/Microsoft.Authorization/roleDefinitions/${local.definitions[each.value.part]}"
        principalId      = var.principal_id
        principalType    = "ServicePrincipal"
        description      = local.parts[each.value.part].description
      },
      { for part in ["grants"] : "condition" => local.condition if part == each.value.part },
      { for part in ["grants"] : "conditionVersion" => "2.0" if part == each.value.part },
    )
  }
}

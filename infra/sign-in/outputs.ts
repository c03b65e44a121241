import type { Seen } from './look.ts';

/** The ids, as variables of OpenTofu and as settings of the app; empty before the registration exists. */
export const outputsOf = ({ application, servicePrincipal }: Seen, tenantId: string, graph: string): string => {
  if (!application) return '';
  const lines = [
    '# infra/product/terraform.tfvars',
    `entra_client_id = "${application.appId}"`,
    `entra_object_id = "${application.id}"`,
    '',
    '# Settings of the app, where it is deployed otherwise',
    `GUARDIAN_APPROVER_TENANT=${tenantId}`,
    `GUARDIAN_APPROVER_AUDIENCE=${application.appId}`,
    `GUARDIAN_ALERT_TENANT=${tenantId}`,
    `GUARDIAN_ALERT_AUDIENCE=${application.appId}`,
  ];
  if (!servicePrincipal) return lines.join('\n');
  const approver = application.appRoles.find(({ value }) => value === 'Approver');
  const body = { principalId: '<object id>', resourceId: servicePrincipal.id, appRoleId: approver?.id };
  return [
    ...lines,
    '',
    '# Nobody may sign in before somebody was given a role. Approver, for a person or a group:',
    `# az rest --method POST --url ${graph}/v1.0/servicePrincipals/${servicePrincipal.id}/appRoleAssignedTo --body '${JSON.stringify(body)}'`,
  ].join('\n');
};

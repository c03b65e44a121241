import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/azure/failure/advice.ts';
import { type Failure, toFailure } from '../../../src/azure/failure/failure.ts';
import { cureOf, refusalOf } from '../../../src/azure/failure/refusals.ts';
import { processorMs } from '../../builders/processor-time.ts';

const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000001';
const GROUP = `${SUBSCRIPTION}/resourceGroups/data`;
const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/kv-orders`;
const OID = '11111111-2222-3333-4444-555555555555';
const ASSIGNMENT = `${SUBSCRIPTION}/providers/Microsoft.Authorization/policyAssignments/guardrails`;

const failure = (status: number, code: string, message: string): Failure => ({
  status,
  code,
  message,
  correlationIds: [],
});
const lockedBy = (...ids: readonly string[]): Failure =>
  failure(
    409,
    'ScopeLocked',
    `The scope '${VAULT}' cannot perform write operation because following scope(s) are locked: '${ids.join("', '")}'. Please remove the lock and try again.`,
  );
const denied = (rest: string): string =>
  `The client 'x' with object id '${OID}' has permission to perform action 'Microsoft.KeyVault/vaults/write' on scope '${VAULT}'; however, ${rest}`;

const TABLE: readonly (readonly [string, Failure, 'time' | 'change', readonly string[]])[] = [
  [
    'a policy that Azure names beside its text',
    toFailure({
      statusCode: 403,
      details: {
        error: {
          code: 'RequestDisallowedByPolicy',
          message: "Resource 'kv-orders' was disallowed by policy. Reasons: 'purge protection'.",
          additionalInfo: [{ type: 'PolicyViolation', info: { policyAssignmentId: ASSIGNMENT } }],
        },
      },
    }),
    'change',
    [ASSIGNMENT, `--policy-assignment ${ASSIGNMENT} --scope ${VAULT}`],
  ],
  [
    'a policy that Azure names in its text alone',
    failure(
      403,
      'RequestDisallowedByPolicy',
      `Resource 'kv' was disallowed by policy. Policy identifiers: '[{"policyAssignment":{"name":"g","id":"${ASSIGNMENT}"}}]'.`,
    ),
    'change',
    [`--policy-assignment ${ASSIGNMENT}`],
  ],
  [
    'a policy at the data plane of a vault, whose code nobody has documented',
    failure(403, 'Forbidden', "Operation is not allowed: the key 'cmk' was disallowed by policy."),
    'change',
    ['A policy assignment that Azure does not name', 'az policy exemption create'],
  ],
  ['a lock on the vault', lockedBy(VAULT), 'change', [`az lock list --resource ${VAULT}`, 'az lock delete --ids']],
  [
    'a lock that the vault inherits from its group',
    lockedBy(GROUP),
    'change',
    ['az lock list --resource-group data --subscription 00000000-0000-0000-0000-000000000001'],
  ],
  [
    'a lock that it inherits from the subscription',
    lockedBy(SUBSCRIPTION),
    'change',
    ["az lock list --subscription 00000000-0000-0000-0000-000000000001 --filter-string 'atScope()'"],
  ],
  [
    'a lock that Azure names itself',
    lockedBy(`${GROUP}/providers/Microsoft.Authorization/locks/hands-off`),
    'change',
    [`az lock delete --ids ${GROUP}/providers/Microsoft.Authorization/locks/hands-off`],
  ],
  [
    'a deny assignment',
    failure(
      403,
      'DenyAssignmentAuthorizationFailed',
      denied(
        `the access is denied because of the deny assignment with name 'stack /x' and Id 'd1' at scope '${GROUP}'.`,
      ),
    ),
    'change',
    [`The deny assignment 'stack /x' (d1) at ${GROUP}`, `--deny-settings-excluded-principals ${OID}`],
  ],
  [
    'a deny assignment on what the write touches elsewhere',
    failure(
      403,
      'LinkedAuthorizationFailed',
      denied(
        `it does not have permission to perform action 'a' on the '0' linked scope(s) '' or the linked scope(s) are invalid and is blocked by deny assignments on the '1' linked scope(s) '${GROUP}'.`,
      ),
    ),
    'change',
    [`A deny assignment at ${GROUP}`],
  ],
  [
    'a deny assignment at the data plane',
    failure(403, 'ForbiddenByRbac', `Caller is not authorized. oid=${OID};\r\nDenyAssignmentId: '${OID}'\r\n`),
    'change',
    [`The deny assignment ${OID}`],
  ],
  [
    'the limit of role assignments',
    failure(400, 'RoleAssignmentLimitExceeded', 'No more role assignments can be created.'),
    'change',
    ['az role assignment list --all --subscription 00000000-0000-0000-0000-000000000001'],
  ],
  [
    'a quota',
    failure(
      409,
      'OperationNotAllowed',
      'Operation could not be completed as it results in exceeding approved Total Regional Cores quota.',
    ),
    'change',
    ['under Quotas'],
  ],
  ['a region without room', failure(409, 'AllocationFailed', 'Allocation failed.'), 'time', ['no capacity']],
  [
    'a subscription that is disabled',
    failure(409, 'ReadOnlyDisabledSubscription', "The subscription 'x' is disabled and therefore marked as read only."),
    'change',
    ['az account show --subscription 00000000-0000-0000-0000-000000000001 --query state'],
  ],
  [
    'a subscription that went to another tenant',
    failure(
      401,
      'InvalidAuthenticationTokenTenant',
      `The access token is from the wrong issuer 'https://sts.windows.net/a/'. It must match the tenant 'https://sts.windows.net/${OID}/' associated with this subscription.`,
    ),
    'change',
    [`install the product in the tenant ${OID}`],
  ],
  [
    'a provider that is not registered any more',
    failure(409, 'MissingSubscriptionRegistration', 'The subscription is not registered to use namespace.'),
    'change',
    ['az provider register --namespace microsoft.keyvault'],
  ],
  [
    'a resource group that is gone',
    failure(404, 'ResourceGroupNotFound', "Resource group 'data' could not be found."),
    'change',
    ['az group create --name data --location koreacentral --subscription 00000000-0000-0000-0000-000000000001'],
  ],
  [
    'a vault that is served read-only',
    failure(403, 'Forbidden', 'The vault is in read-only mode during failover.'),
    'time',
    ['paired region'],
  ],
  [
    'a right of the product that is missing',
    failure(
      403,
      'AuthorizationFailed',
      `The client with object id '${OID}' does not have authorization to perform action 'Microsoft.KeyVault/vaults/write' over scope '${VAULT}'.`,
    ),
    'change',
    ['az role assignment create'],
  ],
];

const subject = { what: 'vault kv-orders', vaultName: 'kv-orders', scope: VAULT, location: 'koreacentral' };

describe('a write that Azure refuses', () => {
  it.each(TABLE)('because of %s is told with the command, and with what ends it', (_what, failed, cure, parts) => {
    const why = explain(failed, subject);
    for (const part of parts) expect(why).toContain(part);
    expect(why).toContain('Fix: ');
    expect(cureOf(failed, subject)).toBe(cure);
  });

  it('has a sentence that no other has', () => {
    const known = TABLE.map(([, failed]) => explain(failed, subject).split('. ').slice(1).join());
    expect(new Set(known).size).toBe(known.length);
  });

  it('is read from the text of the answer where the client has dropped what it does not know', () => {
    const error = {
      code: 'RequestDisallowedByPolicy',
      message: 'No.',
      additionalInfo: [{ info: { policyAssignmentId: ASSIGNMENT } }],
    };
    const response = { status: 403, bodyAsText: JSON.stringify({ error }) };
    const { code, message } = error;
    expect(toFailure({ statusCode: 403, details: { error: { code, message } }, response })).toMatchObject({
      policyAssignments: [ASSIGNMENT],
    });
  });

  it('is no more than Azure says where nobody knows what would end it', () => {
    const odd = failure(400, 'Odd', 'so be it');
    expect([refusalOf(odd, subject), cureOf(odd, subject)]).toEqual([undefined, undefined]);
  });

  it('is read in time that grows with its text, and no more of it is told than anybody reads', async () => {
    const repeated = (times: number) =>
      failure(403, 'Forbidden', `exceeded quota because of the deny assignment with name '`.repeat(200 * times));
    for (const times of [1, 10, 100]) {
      const long = repeated(times);
      const cost = await processorMs(() => expect(explain(long, subject).length).toBeLessThan(3000));
      expect({ times, isQuick: cost < 200 || `${cost} ms` }).toEqual({ times, isQuick: true });
    }
  });

  it('says nothing of making a group where nothing is to be recovered into it', () => {
    const gone = failure(404, 'ResourceGroupNotFound', "Resource group 'data' could not be found.");
    expect(explain(gone, { what: 'vault kv-orders', scope: VAULT })).not.toContain('az group create');
  });

  it('never lets an answer choose the words of a command', () => {
    const evil = lockedBy('/subscriptions/x; rm -rf ~/providers/Microsoft.Authorization/locks/a b');
    expect(explain(evil, subject)).toContain("az lock delete --ids '/subscriptions/x; rm -rf ~/providers");
  });
});

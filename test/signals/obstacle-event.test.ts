import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseObstacle } from '../../src/signals/obstacle-event.ts';

const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000001';
const GROUP = `${SUBSCRIPTION}/resourcegroups/data`;
const VAULT = `${GROUP}/providers/microsoft.keyvault/vaults/contoso`;
const SERVER = `${GROUP}/providers/microsoft.dbformysql/servers/orders`;

const event = (subject: unknown, verb = 'Delete') => ({
  topic: SUBSCRIPTION,
  subject,
  eventType: `Microsoft.Resources.Resource${verb}`,
});
const at = (scope: string, type: string): string => `${scope}/providers/Microsoft.Authorization/${type}/one`;

describe('An event tells of what may have stood in the way', () => {
  it.each([
    ['a lock of a vault', at(VAULT, 'locks'), VAULT],
    ['one that it inherits', at(GROUP, 'locks'), GROUP],
    ['a policy of a subscription', at(SUBSCRIPTION, 'policyAssignments'), SUBSCRIPTION],
    ['an exemption from it', at(SERVER, 'policyExemptions'), SERVER],
    ['what it demands', at(SUBSCRIPTION, 'policyDefinitions'), SUBSCRIPTION],
    ['a deny assignment', at(GROUP, 'denyAssignments'), GROUP],
    ['a right at a server', at(SERVER, 'roleAssignments'), SERVER],
    ['a right at a key', at(`${VAULT}/keys/cmk`, 'roleAssignments'), `${VAULT}/keys/cmk`],
    ['a resource group', GROUP, GROUP],
  ])('at its scope: %s', (_what, subject, scope) => {
    for (const verb of ['WriteSuccess', 'DeleteSuccess', 'ActionSuccess'])
      expect(parseObstacle(event(subject, verb))).toBe(scope);
  });

  it.each([
    ['a vault', VAULT],
    ['a role definition', at(GROUP, 'roleDefinitions')],
    ['a subscription', SUBSCRIPTION],
    ['a namespace', `${SUBSCRIPTION}/providers/Microsoft.Authorization`],
    ['another subscription', at(GROUP.replace('0001/', '0002/'), 'locks')],
    ['nothing', undefined],
  ])('not where it names %s', (_what, subject) =>
    expect(parseObstacle(event(subject, 'WriteSuccess'))).toBeUndefined(),
  );

  it('not where nothing was changed', () => {
    expect(parseObstacle(event(at(VAULT, 'locks'), 'WriteFailure'))).toBeUndefined();
  });

  it('by no more than a place in its topic, whatever arrives', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.anything().map((subject) => event(subject)),
        ),
        (any) => {
          const scope = parseObstacle(any);
          expect(scope === undefined || `${scope}/`.startsWith(`${SUBSCRIPTION}/`)).toBe(true);
        },
      ),
    );
  });
});

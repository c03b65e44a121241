import { describe, expect, it } from 'vitest';
import type { Guardian } from '../../../src/loop/guardian.ts';
import { drySteps } from '../../../src/loop/posture/dry-steps.ts';
import type { KeyLook } from '../../../src/loop/reconcile/look.ts';
import { absent, type ConsumerFacts, present, unknown } from '../../../src/remediation/model/facts.ts';
import { assessed } from '../../builders/assessed.ts';
import { lost } from '../../builders/decision.ts';
import { aSingleServer, aVault } from '../../builders/observation.ts';

const OWN = 'https://contoso.vault.azure.net/keys/mysql-cmk';
const SIBLING = 'https://contoso.vault.azure.net/keys/other';
const orders = aSingleServer('orders');
const billing = aSingleServer('billing');

const grants = (actions: readonly string[]) =>
  present([
    {
      scope: '/subscriptions/00000000-0000-0000-0000-000000000001',
      actions,
      notActions: [],
      dataActions: [],
      notDataActions: [],
    },
  ]);

/** A guardian with these consumers by key, and with these actions in its role; an access policy lets it read and write keys. */
const guardianWith = (users: Readonly<Record<string, readonly ConsumerFacts[]>>, own: unknown): Guardian =>
  ({
    store: {
      keyRows: {
        async *listConsumers() {
          for (const [keyId, consumers] of Object.entries(users)) yield { keyId, consumers: { at: '', consumers } };
        },
      },
    },
    azure: {
      posture: {
        rights: async () => ({ locks: present([]), own }),
        history: async () => ({ dataPlane: { kind: 'open' }, history: unknown('not asked') }),
      },
    },
  }) as unknown as Guardian;

const policy = [{ objectId: 'me', keys: ['all'] }];
const observation = { ...lost, vault: present(aVault({ accessPolicies: policy as never })) };
const look = { observation, decision: assessed(observation) } as unknown as KeyLook;
const me = (actions: readonly string[]) => present({ objectId: 'me', grants: grants(actions) });

describe('What a dry run says of a step', () => {
  it('is whether the product may, with the command where it may not, and that nobody can tell where that was not read', async () => {
    const mayOf = async (own: unknown) =>
      (await drySteps(guardianWith({}, own), look)).map(({ kind, may }) => [kind, may]);
    expect(await mayOf(me(['*']))).toEqual([
      ['extendKeyExpiry', true],
      ['revalidateConsumer', true],
    ]);
    expect(await mayOf(unknown('503'))).toEqual([
      ['extendKeyExpiry', null],
      ['revalidateConsumer', null],
    ]);
    const steps = await drySteps(guardianWith({}, me([])), look);
    expect(steps.map(({ may }) => may)).toEqual([false, false]);
    expect(steps[1]?.obstacles[0]?.commands).not.toEqual([]);
  });

  it('is who else uses what is written to: another consumer of the key, another key of the server', async () => {
    const users = {
      [OWN]: [orders, billing],
      [SIBLING]: [orders],
      'https://fabrikam.vault.azure.net/keys/x': [billing],
    };
    const [extension, revalidation] = await drySteps(guardianWith(users, me(['*'])), look);
    expect(extension?.alsoUses).toEqual({ keys: [], consumers: [billing.id.toLowerCase()] });
    expect(revalidation?.alsoUses).toEqual({ keys: [SIBLING], consumers: [] });
  });

  it('is nothing where there is no step', async () => {
    const nothing = { ...look, decision: { ...look.decision, verdicts: [] } };
    expect(await drySteps(guardianWith({}, absent), nothing)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Durable, Guardian } from '../../../src/loop/guardian.ts';
import { assessKey } from '../../../src/loop/reconcile/assess-key.ts';
import { recordAssessment } from '../../../src/loop/reconcile/record-assessment.ts';
import type { GuardianEvent } from '../../../src/notifications/event-data.ts';
import { type ConsumerFacts, type KeyObservation, present, unknown } from '../../../src/remediation/model/facts.ts';
import { keyId } from '../../../src/remediation/model/key-ref.ts';
import { accountOf } from '../../../src/remediation/protocol/incident-account.ts';
import { useAzurite } from '../../builders/azurite.ts';
import {
  anObservation,
  aSingleServer,
  aVersion,
  inaccessible,
  KEY,
  NOW,
  withAccess,
} from '../../builders/observation.ts';
import { policyIn, REMEDIATION } from '../../builders/policy.ts';

const CHAIN = keyId(KEY);
const SHOP = '/subscriptions/99999999-0000-4000-8000-000000000000';
const SERVERS = `${SHOP}/resourceGroups/shop/providers/Microsoft.DBforMySQL/servers`;
const full = { permissions: ['get', 'wrapKey', 'unwrapKey'] } as const;
const staying = aSingleServer('staying', { principalId: present('p1') });
const shop = { ...aSingleServer('shop', { principalId: present('p2') }), id: `${SERVERS}/shop` };
const shutOut = { ...shop, state: inaccessible };
const hidden = { ...shop, state: unknown('403') };
const durable = { isAlive: async () => false } as unknown as Durable;

const seen = (consumers: readonly ConsumerFacts[], ofShop: typeof full | { readonly permissions: [] } = full) =>
  anObservation([aVersion()], consumers, withAccess({ p1: full, p2: ofShop }));
const lost = seen([staying, shutOut], { permissions: [] });

describe('An incident of a server whose subscription is let go', () => {
  const { newStore } = useAzurite();

  const begin = () => {
    const store = newStore();
    const events: GuardianEvent[] = [];
    let number = 0;
    const look = async (observation: KeyObservation, excluded: readonly string[] = []) => {
      number += 1;
      const guardian = {
        settings: {
          policy: policyIn('auto'),
          remediation: REMEDIATION,
          reach: () => ({ scopes: [SHOP, staying.id.split('/').slice(0, 3).join('/')], excluded }),
        },
        store,
        azure: { observeKey: async () => observation },
        renewReach: async () => {},
        notify: async () => {},
        publish: async (those: readonly GuardianEvent[]) => void events.push(...those),
        log: () => {},
        warn: () => {},
      } as unknown as Guardian;
      const at = new Date(NOW.getTime() + number * 60_000).toISOString();
      const input = { keyId: CHAIN, number, round: 0, at };
      const assessment = await assessKey(guardian, durable, input);
      if (assessment.kind !== 'assessed') throw new Error('it was not looked at');
      await recordAssessment(guardian, { ...input, assessment });
      return assessment;
    };
    const baselineIds = async () =>
      ((await store.keyRows.read(CHAIN)).baseline as { consumers: { id: string }[] }).consumers.map(({ id }) => id);
    const timelineOf = async (incident = '') => {
      const { rows } = await store.ledger.audit(CHAIN);
      const own = rows.filter((row) => row.incident === incident);
      return accountOf(own, NOW.getTime()).timeline;
    };
    const ended = async (incident?: string) => (await timelineOf(incident)).map(({ what }) => what);
    return { look, baselineIds, ended, timelineOf, types: () => events.map(({ type }) => type) };
  };

  it('ends as let go and not as healed, keeps what is known of it, and is asked of as before when it is back', async () => {
    const { look, baselineIds, ended, types } = begin();
    await look(seen([staying, shop]));
    const both = await baselineIds();
    expect(both).toHaveLength(2);
    const ill = await look(lost);
    const asked = ill.decision.verdicts.map(({ step, verdict }) => [step.stepId, verdict]);
    expect(ill.opens).toBe(true);
    await look(seen([staying, hidden]));
    const { closes, letGo } = await look(seen([staying]), [SHOP]);
    expect({ closes, letGo }).toEqual({ closes: true, letGo: [shop.id.toLowerCase()] });
    expect((await ended(ill.incident)).at(-1)).toBe('letGo');
    expect(await ended(ill.incident)).not.toContain('serves');
    expect(types()).toContain('CmkGuardian.Incident.LetGo');
    expect(types()).not.toContain('CmkGuardian.Incident.Healed');
    expect(await baselineIds()).toEqual(both);

    const back = await look(lost);
    expect(back.decision.kind).toBe('ask');
    expect(back.decision.verdicts.map(({ step, verdict }) => [step.stepId, verdict])).toEqual(asked);
  });

  it('ends as let go where nobody else uses the key, and it is no newcomer when it is back', async () => {
    const { look, baselineIds, ended } = begin();
    await look(seen([shop]));
    const { incident, decision } = await look(seen([shutOut], { permissions: [] }));
    const gone = { ...seen([]), vault: unknown('the vault is not in the configured scopes'), versions: {} };
    expect(await look(gone, [SHOP])).toMatchObject({ closes: true, letGo: [shop.id.toLowerCase()] });
    expect((await ended(incident)).at(-1)).toBe('letGo');
    expect(await baselineIds()).toEqual([shop.id.toLowerCase()]);
    const back = await look(seen([shutOut], { permissions: [] }));
    expect(back.decision.kind).toBe('ask');
    expect(back.decision.plan.planId).toBe(decision.plan.planId);
  });

  it('ends as let go where another was ill for longer, and of the one that left it says at no time that it serves', async () => {
    const { look, timelineOf, types } = begin();
    const ill = { ...staying, state: inaccessible };
    await look(seen([staying, shop]));
    const { incident } = await look(seen([ill, shutOut]));
    expect(await look(seen([ill]), [SHOP])).toMatchObject({ closes: false });
    const { closes, letGo } = await look(seen([staying]), [SHOP]);
    expect({ closes, letGo }).toEqual({ closes: true, letGo: [shop.id.toLowerCase()] });
    expect(types()).not.toContain('CmkGuardian.Incident.Healed');
    const moments = await timelineOf(incident);
    expect(moments.at(-1)?.what).toBe('letGo');
    expect(moments.filter(({ what }) => what === 'letGo')).toHaveLength(1);
    expect(moments.filter(({ what }) => what === 'serves').map(({ target }) => target)).toEqual([
      staying.id.toLowerCase(),
    ]);
  });

  it('ends as healed where it was seen well before, or where only another was affected', async () => {
    const { look, types, ended } = begin();
    await look(seen([staying, shop]));
    const { incident } = await look(seen([{ ...staying, state: inaccessible }, shutOut]));
    await look(seen([{ ...staying, state: inaccessible }, shop]));
    const { closes, letGo } = await look(seen([staying]), [SHOP]);
    expect({ closes, letGo }).toEqual({ closes: true, letGo: undefined });
    expect(types()).toContain('CmkGuardian.Incident.Healed');
    expect((await ended(incident)).at(-1)).toBe('healthy');
  });
});

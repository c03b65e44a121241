import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { liftBy } from '../../../src/remediation/model/doors.ts';
import { present } from '../../../src/remediation/model/facts.ts';
import { isIn, named } from '../../../src/remediation/model/override-target.ts';
import type { PolicyRecords } from '../../../src/remediation/model/records.ts';
import { placesOf } from '../../../src/remediation/policy/pause-scope.ts';
import type { Authority, StepVerdict } from '../../../src/remediation/policy/policy-types.ts';
import { cancelled } from '../../../src/remediation/policy/recheck.ts';
import { arbitrarySituation, type Given } from '../../builders/arbitrary-situation.ts';
import { assessed, outlineOf } from '../../builders/assessed.ts';
import {
  anObservation,
  aSingleServer,
  aVault,
  aVersion,
  GROUP,
  inaccessible,
  inDays,
  KEY,
  NOW,
  V1,
} from '../../builders/observation.ts';
import { policyIn, someRecords } from '../../builders/policy.ts';
import { runs } from '../../run/exhaustive.ts';

const SUBSCRIPTION = GROUP.split('/').slice(0, 3).join('/');
const ELSEWHERE = '/subscriptions/00000000-0000-0000-0000-000000000002';
const SERVER = `${ELSEWHERE}/resourceGroups/apps/providers/Microsoft.DBforMySQL/servers/orders`;

const pausing = (scope: string, until?: string): Partial<PolicyRecords> => ({
  pausedScopes: [{ scope, by: 'ada', why: 'migration', ...(until && { until }) }],
});

const BOLD = policyIn('auto', { autoReverse: 'all', fuse: { rootCauses: 99, sharePercent: 0, windowMinutes: 60 } });

const verdictsOn = ({ observation, known }: Given, records: Partial<PolicyRecords> = {}): readonly StepVerdict[] =>
  assessed(observation, { known, records, policy: BOLD }).verdicts;

const isWithin = (scope: string, { step }: StepVerdict): boolean =>
  placesOf(step).some((id) => isIn(named(id), named(scope)));

const scopes = fc.constantFrom(
  SUBSCRIPTION,
  SUBSCRIPTION.toUpperCase(),
  GROUP,
  aVault().id,
  `https://${KEY.host}`,
  ELSEWHERE,
  `${GROUP}-other`,
);

const always = (law: (given: Given, scope: string) => void): void => {
  fc.assert(fc.property(arbitrarySituation, scopes, law), { numRuns: runs(250) });
};

const wordOf = (verdicts: readonly StepVerdict[], stepId: string): string | undefined =>
  verdicts.find(({ step }) => step.stepId === stepId)?.verdict;

describe('In any situation, while one scope is paused,', () => {
  it('nothing runs of which any part lies in it', () =>
    always((given, scope) => {
      const running = verdictsOn(given, pausing(scope)).filter(({ verdict }) => verdict === 'run');
      expect(running.filter((one) => isWithin(scope, one))).toEqual([]);
    }));

  it('what lies outside goes on, unless it must wait for what lies in it', () =>
    always((given, scope) => {
      const paused = verdictsOn(given, pausing(scope));
      for (const one of verdictsOn(given)) {
        const waits = one.step.dependsOn.some((id) => wordOf(paused, id) !== 'run');
        if (one.verdict === 'run' && !isWithin(scope, one) && !waits)
          expect(wordOf(paused, one.step.stepId)).toBe('run');
      }
    }));

  it('the write is stopped by the very pause that stops the decision, and by no other', () =>
    always((given, scope) => {
      const records = { ...pausing(scope) };
      for (const one of verdictsOn(given)) {
        if (one.verdict !== 'run') continue;
        const why = cancelled(one.step, one.authority, {
          records: present(someRecords(records)),
          tagged: present([]),
          settings: BOLD,
          host: KEY.host,
          now: NOW,
        });
        expect(why?.includes('paused by ada') ?? false).toBe(isWithin(scope, one));
      }
    }));

  it('a pause that has ended is as none', () =>
    always((given, scope) => {
      expect(verdictsOn(given, pausing(scope, inDays(-1))).map(({ verdict }) => verdict)).toEqual(
        verdictsOn(given).map(({ verdict }) => verdict),
      );
    }));
});

/** The key expires soon; its server is in another subscription than its vault. */
const apart = (changes: Parameters<typeof aSingleServer>[1] = {}) =>
  anObservation(
    [aVersion(V1, { expiresOn: inDays(changes.state ? -1 : 7) })],
    [aSingleServer('orders', { id: SERVER, ...changes })],
  );

const outline = (observation: ReturnType<typeof apart>, records: Partial<PolicyRecords>) =>
  outlineOf(observation, { records, policy: policyIn('auto') });

describe('A pause of a scope', () => {
  it.each([
    ['the vault', SUBSCRIPTION],
    ['the vault, named by its url', `https://${KEY.host}/`],
    ['the server', ELSEWHERE],
    ['the group of the server', `${ELSEWHERE}/resourcegroups/APPS`],
  ])('holds every step where %s lies in it, though the other lies elsewhere', (_what, scope) => {
    expect(outline(apart(), pausing(scope))).toEqual([['extendKeyExpiry', 'report']]);
    expect(outline(apart({ state: inaccessible }), pausing(scope))).toEqual([
      ['extendKeyExpiry', 'report'],
      ['revalidateConsumer', 'report'],
    ]);
  });

  it('stops prevention while the fuse is blown as well', () => {
    const rootCauses = Array.from({ length: 6 }, (_, n) => ({ cause: `https://o${n}.vault.azure.net`, at: inDays(0) }));
    expect(outline(apart(), { rootCauses })).toEqual([['extendKeyExpiry', 'run']]);
    expect(outline(apart(), { rootCauses, ...pausing(ELSEWHERE) })).toEqual([['extendKeyExpiry', 'report']]);
  });

  it('says which scope it is, and how it is lifted', () => {
    const [verdict] = assessed(apart(), { records: pausing(ELSEWHERE), policy: policyIn('auto') }).verdicts;
    expect(verdict).toMatchObject({
      why: `Repairs of what lies in ${ELSEWHERE} are paused by ada: migration. To go on, lift the pause with ${liftBy('pause', `scope=${ELSEWHERE}&why=`)}.`,
    });
  });

  it('counts at the write though the vault could not be seen when the step was planned', () => {
    const [step] = assessed(apart(), { policy: policyIn('auto') }).plan.steps;
    if (step === undefined) throw new Error('the plan has a step');
    const blind = { ...step, touches: [], serves: [] };
    const authority: Authority = { kind: 'policy' };
    const read = { tagged: present([]), settings: BOLD, host: KEY.host, now: NOW };
    const records = present(someRecords(pausing(aVault().id)));
    expect(cancelled(blind, authority, { ...read, records })).toContain('paused by ada');
  });
});

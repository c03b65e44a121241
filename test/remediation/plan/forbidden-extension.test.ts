import { describe, expect, it } from 'vitest';
import { present } from '../../../src/remediation/model/facts.ts';
import type { Attempt } from '../../../src/remediation/model/records.ts';
import { assessed, stepOf } from '../../builders/assessed.ts';
import { aBaseline } from '../../builders/baseline.ts';
import { anObservation, aSingleServer, aVersion, inDays, kidOf, rotated, V1, V2 } from '../../builders/observation.ts';

const orders = aSingleServer('orders');
const known = { baseline: aBaseline([orders]) };
const near = aVersion(V1, { expiresOn: inDays(5) });
const alone = anObservation([near], [orders], { current: present(near) });
const withNewer = anObservation([near], [orders], rotated(aVersion(V2, { createdOn: inDays(-1) }), [V1, -1]));
const extension = stepOf(assessed(alone, { known }), 'extendKeyExpiry');

const refused = (cure: Attempt['cure'], hoursAgo = 2): Attempt => ({
  stepId: extension.stepId,
  step: 'extendKeyExpiry',
  target: extension.target,
  outcome: 'blocked',
  why: 'RequestDisallowedByPolicy',
  at: inDays(-hoursAgo / 24),
  ...(cure && { cure }),
});
const outline = (observation: typeof alone, ...attempts: readonly Attempt[]) =>
  assessed(observation, { known: { ...known, attempts } }).verdicts.map(({ step, verdict }) => [step.kind, verdict]);

describe('An extension', () => {
  it('is tried alone as long as nobody forbids it', () => {
    expect(outline(withNewer)).toEqual([['extendKeyExpiry', 'run']]);
    expect(outline(withNewer, refused(undefined))).toEqual([['extendKeyExpiry', 'run']]);
    expect(outline(withNewer, refused('time'))).toEqual([['extendKeyExpiry', 'run']]);
  });

  it('that a policy forbids asks whether to go on with the newer version, and goes on being tried', () => {
    expect(outline(withNewer, refused('change'))).toEqual([
      ['extendKeyExpiry', 'run'],
      ['repointConsumer', 'ask'],
    ]);
    const decision = assessed(withNewer, { known: { ...known, attempts: [refused('change', 0.01)] } });
    expect(decision.kind).toBe('ask');
    expect(stepOf(decision, 'repointConsumer')).toMatchObject({
      target: orders.id.toLowerCase(),
      parameters: { kid: kidOf(V1), newKid: kidOf(V2) },
      asks: expect.stringContaining('does not let its own version be extended'),
    });
  });

  it('says how a version is made where there is none to go on with', () => {
    const { notes } = assessed(alone, { known: { ...known, attempts: [refused('change')] } });
    expect(notes.join()).toContain('`az keyvault key rotate --vault-name contoso --name mysql-cmk`');
  });

  it('offers it no more once what forbade it was changed', () => {
    const records = { attempts: [refused('change')], wayChangedAt: inDays(-1 / 24) };
    const decision = assessed(withNewer, { known: { ...known, attempts: [refused('change')] }, records });
    expect(decision.plan.steps.map(({ kind }) => kind)).toEqual(['extendKeyExpiry']);
  });
});

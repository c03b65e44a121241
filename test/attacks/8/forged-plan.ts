import { rowNames } from '../../../src/store/key-partition.ts';
import type { AskedPlan } from '../../../src/store/key-state.ts';
import { HOUR } from '../../builders/durations.ts';
import { approve } from '../../builders/people.ts';
import { documentIn, putDocument } from '../../builders/tampering.ts';
import type { Attack } from '../attack.ts';
import { keyIn, planAskedIn, tablesOf } from '../kept.ts';
import { KEEPING } from '../quiet-apps.ts';
import { answered, outcome, writesDuring } from '../witness.ts';

const VAULT = 'kv-plan';

/** The approver names the plan by its id and reads its steps at the product's API: the forged row shows harmless steps there. */
export const forgedPlan: Attack = {
  item: '8',
  sentence: 'a writer of the product’s tables changes what people are shown of a plan before they approve it',
  plan: KEEPING,
  play: async (app) => {
    const planId = await planAskedIn(app, VAULT);
    const row = rowNames.asked(planId);
    const plan = await documentIn<AskedPlan>(tablesOf(app), keyIn(VAULT), row);
    let [shown, approved] = ['', ''];
    const writes = await writesDuring(app, async () => {
      const harmless = { ...plan, steps: [{ kind: 'extendKeyExpiry', sentence: 'Nothing much.' }] };
      await putDocument(tablesOf(app), keyIn(VAULT), row, harmless);
      shown = answered(await app.call({ method: 'GET', path: `/api/plans/${planId}` }));
      approved = answered(await approve(app, planId, 'approver'));
      await app.pass(HOUR);
    });
    const again = answered(await app.call({ method: 'GET', path: `/api/plans/${planId}` }));
    const claims = {
      'there was a plan': planId !== '',
      'it is not shown': shown === '404 NotFound',
      'it cannot be approved': approved === '404 NotFound',
      'nothing is written': writes.length === 0,
      'it is asked anew as it was': again === '200',
    };
    return outcome({ writes, verdict: `shown ${shown}, approved ${approved}` }, claims);
  },
};

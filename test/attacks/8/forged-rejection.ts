import { approvalsAndRequestsOf } from '../../../src/loop/reconcile/approvals-and-requests.ts';
import type { Rejection } from '../../../src/remediation/model/records.ts';
import { rowNames } from '../../../src/store/key-partition.ts';
import type { AskedPlan } from '../../../src/store/key-state.ts';
import { HOUR } from '../../builders/durations.ts';
import { enter, putDocument } from '../../builders/tampering.ts';
import type { Attack } from '../attack.ts';
import { keyIn, planAskedIn, tablesOf } from '../kept.ts';
import { KEEPING } from '../quiet-apps.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-rejected';
const CHAIN = keyIn(VAULT);

/**
 * An owner disabled the key: the product asks before it enables the key. An attacker who could reject in another person's name
 * would keep a server down.
 */
export const forgedRejection: Attack = {
  item: '8',
  sentence: 'a writer of the product’s tables writes a rejection that nobody gave, and its entry in the ledger',
  plan: KEEPING,
  play: async (app) => {
    const planId = await planAskedIn(app, VAULT);
    const { body } = await app.door({ method: 'GET', path: `/api/plans/${planId}` }, 200);
    const { incident, stepIds } = body as AskedPlan;
    const at = new Date(app.clock.now()).toISOString();
    const rejection: Rejection = { incident, planId, stepIds, by: 'o', name: 'the owner', why: 'no', at, down: [] };
    const writes = await writesDuring(app, async () => {
      await putDocument(tablesOf(app), CHAIN, rowNames.rejection(rejection), rejection);
      await enter(
        tablesOf(app),
        CHAIN,
        approvalsAndRequestsOf({ approvals: [], requests: [], rejections: [rejection] }),
      );
      await app.pass(HOUR);
    });
    const verdict = await verdictOn(app, VAULT);
    return outcome(
      { writes, verdict },
      { 'nothing is written': writes.length === 0, 'it goes on being asked': verdict.startsWith('ask') },
    );
  },
};

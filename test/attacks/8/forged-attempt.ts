import { rowNames } from '../../../src/store/key-partition.ts';
import type { EndedStep } from '../../../src/store/key-state.ts';
import { theServer } from '../../builders/breaking/find-subject.ts';
import { HOUR, MINUTE } from '../../builders/durations.ts';
import { enter, putDocument } from '../../builders/tampering.ts';
import type { Attack } from '../attack.ts';
import { keyIn, statusIn, tablesOf } from '../kept.ts';
import { KEEPING } from '../quiet-apps.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-attempt';
const CHAIN = keyIn(VAULT);

/** The product may let in an identity that it has assigned itself: a forged row and a forged ledger entry say that it has. */
export const forgedAttempt: Attack = {
  item: '8',
  sentence:
    'a writer of the product’s tables writes that the product gave a server the identity that somebody else gave it',
  plan: KEEPING,
  play: async (app) => {
    await app.pass(10 * MINUTE);
    const { entra } = app.cloud.world;
    const server = theServer(app.cloud.world, 'attempt');
    entra.deleteIdentity(server.id);
    const { objectId, tenantId } = entra.createSystemIdentity(server.id);
    Object.assign(server, { identity: { principalId: objectId, tenantId } });
    await app.pass(HOUR);
    const { incident } = await statusIn(app, VAULT);
    const at = new Date(app.clock.now()).toISOString();
    const target = server.id.toLowerCase();
    const ended: EndedStep = {
      incident: incident ?? '',
      ...{ stepId: 'a'.repeat(64), step: 'assignIdentity', target, outcome: 'done', why: 'Azure accepted it', at },
    };
    const writes = await writesDuring(app, async () => {
      await putDocument(tablesOf(app), CHAIN, rowNames.attempt(ended), ended);
      const { why, ...entered } = ended;
      await enter(tablesOf(app), CHAIN, [
        { id: 'forged.outcome', kind: 'outcome', ...entered, detail: { why }, correlationIds: [] },
      ]);
      await app.pass(HOUR);
    });
    const verdict = await verdictOn(app, VAULT);
    return outcome(
      { writes, verdict },
      {
        'there is an incident': ended.incident !== '',
        'nothing is written': writes.length === 0,
        'it is reported, and nobody is asked to let it in': verdict.startsWith('report'),
      },
    );
  },
};

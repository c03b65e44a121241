import { buildWorld } from '../../../local/cloud/worlds/build-world.ts';
import { baselineDetail } from '../../../src/loop/memory/known.ts';
import { type Baseline, baselineJson } from '../../../src/remediation/model/baseline.ts';
import { rowNames } from '../../../src/store/key-partition.ts';
import { breakLink } from '../../builders/breaking/break-link.ts';
import { principalOf } from '../../builders/breaking/find-subject.ts';
import { HOUR, MINUTE } from '../../builders/durations.ts';
import { documentIn, enter, putDocument } from '../../builders/tampering.ts';
import type { Attack } from '../attack.ts';
import { keyIn, subjectIn, tablesOf } from '../kept.ts';
import { KEEPING } from '../quiet-apps.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-baseline';
const CHAIN = keyIn(VAULT);
const MALLORY = { ...subjectIn(VAULT), name: 'mallory' };

/** The attacker's server names the key and has no access to it. The product gives access back to principals of the baseline. */
export const forgedBaseline: Attack = {
  item: '8',
  sentence: 'a writer of the product’s tables adds a server to the healthy state of a key, and its entry to the ledger',
  plan: KEEPING,
  play: async (app) => {
    const { world } = app.cloud;
    await app.pass(10 * MINUTE);
    const writes = await writesDuring(app, async () => {
      buildWorld(world, { servers: [{ name: MALLORY.name, generation: 'single', vault: VAULT, key: 'cmk' }] });
      const principalId = principalOf(world, MALLORY).toLowerCase();
      breakLink(world, MALLORY, 'accessRemoved');
      const healthy = await documentIn<Baseline>(tablesOf(app), CHAIN, rowNames.baseline);
      const [first] = healthy.consumers;
      if (first === undefined) throw new Error('no healthy state is recorded');
      const added = { ...first, id: first.id.replace(/[^/]+$/, MALLORY.name), principalId };
      const forged = baselineJson({ ...healthy, consumers: [added, ...healthy.consumers] });
      const at = new Date(app.clock.now()).toISOString();
      await enter(tablesOf(app), CHAIN, [
        { id: '1.9.baseline', at, kind: 'baseline', detail: baselineDetail(forged), correlationIds: [] },
      ]);
      await putDocument(tablesOf(app), CHAIN, rowNames.baseline, forged);
      await app.pass(HOUR);
    });
    return outcome({ writes, verdict: await verdictOn(app, VAULT) }, { 'nothing is written': writes.length === 0 });
  },
};

import { orders, setExpiry, single } from '../../builders/incident.ts';
import { HOUR, NEXT_SWEEP } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

/** A person who takes a key away by its expiry must not be overruled by an extension. */
export const expirySetToEnd: Attack = {
  item: '2d',
  sentence: 'the owner of a key sets its expiry to yesterday to take it away, and the product extends it',
  plan: { world: orders([single('orders')]), wake: 'sweep', settings: {} },
  play: async (app) => {
    await app.pass(NEXT_SWEEP);
    setExpiry(app);
    const writes = await writesDuring(app, () => app.pass(HOUR));
    return outcome(
      { writes, verdict: await verdictOn(app, 'kv-orders') },
      { 'nothing is written': writes.length === 0 },
    );
  },
};

import { sendAlert, sentBy } from '../../builders/alerts.ts';
import { MINUTE } from '../../builders/open-app.ts';
import { signedIn } from '../../builders/people.ts';
import type { Attack } from '../attack.ts';
import { firedAbout, keptAlerts, OPENED } from '../door-apps.ts';
import { answered, outcome, writesDuring } from '../witness.ts';

const MANY = 120;
const MOST_KEPT = 100;

/**
 * Only alerts that the product does not understand are kept; it follows every alert that it understands, however many are kept.
 */
export const floodOfAlerts: Attack = {
  item: 'd1',
  sentence:
    'the application of action groups sends so much that nobody understands that the quarantine overflows, and a requester replays of it',
  plan: OPENED,
  play: async (app) => {
    const group = await sentBy(app);
    const vault = app.cloud.world.keyVault.vault('kv-told')?.id ?? '';
    let [heard, replayed] = ['', ''];
    const writes = await writesDuring(app, async () => {
      await sendAlert(app, firedAbout(), group);
      const junk = Array.from({ length: MANY }, (_none, at) => sendAlert(app, { junk: at }, group));
      await Promise.all(junk);
      heard = (await sendAlert(app, firedAbout(vault), group)).body as typeof heard;
      await app.pass(MINUTE);
      const [newest] = await keptAlerts(app);
      const path = `/api/quarantine/${newest?.id}/replay`;
      replayed = answered(await app.call({ method: 'POST', path, headers: await signedIn(app, 'requester') }));
    });
    const kept = await keptAlerts(app);
    return outcome(
      { writes, verdict: `${kept.length} kept, replay ${replayed}` },
      {
        'so much is kept and no more': kept.length === MOST_KEPT,
        'what another rule has sent is among it': kept.some(({ rule }) => rule === 'a rule'),
        'what is understood is heard all the same': JSON.stringify(heard).includes('"named"'),
        'who may only request replays nothing': replayed === '403 Forbidden',
        'nothing is written': writes.length === 0,
      },
    );
  },
};

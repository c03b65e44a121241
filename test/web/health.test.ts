import { describe, expect, it } from 'vitest';
import { nextDue } from '../../src/config/ncrontab.ts';
import type { Durable, Guardian } from '../../src/loop/guardian.ts';
import { openPulse } from '../../src/loop/schedule/health.ts';
import { openAttend, timerBeat } from '../../src/loop/wake/make-up.ts';
import type { Notice } from '../../src/notifications/notice.ts';
import { SINGLETONS, type Singleton } from '../../src/remediation/protocol/orchestrations.ts';
import { openHealthDetailsDoor } from '../../src/web/health.ts';
import { useAzurite } from '../builders/azurite.ts';
import { requestWith } from '../builders/request.ts';

const APP =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/ops/providers/Microsoft.Web/sites/keeper';
const every = (minutes: number) => ({ nextDue: (after: Date) => nextDue(`0 */${minutes} * * * *`, after) });
const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
const request = requestWith({});

describe('The health of the product, where a call has started what timers did not', () => {
  const { newStore } = useAzurite();

  /** A product whose timers last fired so many minutes ago, and whose sweep began a minute ago all the same. */
  const product = async (minutes: Readonly<Partial<Record<Singleton, number>>>, settings: object = {}) => {
    const store = newStore();
    await store.beats.beat('sweepListed', ago(1));
    for (const which of Object.keys(SINGLETONS) as Singleton[]) {
      await store.beats.beat(timerBeat(which), ago(minutes[which] ?? 0));
      if (which !== 'probe') await store.beats.beat(which, ago(1));
    }
    await store.beats.beat('probe', ago(minutes.probe ?? 0));
    await store.beats.beat('purge', ago(90));
    await store.beats.beat('postureEnded', ago(80));
    const told: Notice[] = [];
    const guardian = {
      settings: { schedules: { sweep: every(5), probe: every(1), posture: every(30) }, ...settings },
      store,
      azure: {},
      notify: async (notice: Notice) => void told.push(notice),
      log: () => {},
    } as unknown as Guardian;
    const durable = { start: async () => 'started' } as unknown as Durable;
    const details = openHealthDetailsDoor(openPulse(guardian, openAttend(guardian)));
    return { told, answer: await details(request, guardian, durable) };
  };

  it('is well where every timer fires', async () => {
    const { answer } = await product({});
    expect(answer).toMatchObject({ status: 200, body: { status: 'well', overdueTimers: [] } });
  });

  it('says how long ago the durable history was last purged', async () => {
    const { purge } = (await product({})).answer.body as { readonly purge: { readonly ended: { ageSeconds: number } } };
    expect(Math.floor(purge.ended.ageSeconds / 60)).toBe(90);
  });

  it('says how long ago the posture report was last begun and when it was done', async () => {
    const { posture } = (await product({})).answer.body as {
      readonly posture: Record<'began' | 'ended', { readonly ageSeconds: number }>;
    };
    expect([posture.began, posture.ended].map(({ ageSeconds }) => Math.floor(ageSeconds / 60))).toEqual([1, 80]);
  });

  it.each([
    ['sweep', 100],
    ['probe', 100],
    ['posture', 200],
  ] as const)('names the timer that stands: %s', async (timer, minutes) => {
    const { answer } = await product({ [timer]: minutes });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        status: 'timersStand',
        why: expect.stringMatching(new RegExp(`${timer} \\(last 20\\S+\\)`)),
        overdueTimers: [{ timer, last: expect.any(String), dueSince: expect.any(String) }],
      },
    });
  });

  it('and the message about it print the command with the names of the app, where the settings say them', async () => {
    const named = await product({ probe: 100 }, { functionApp: APP });
    const restart = `az functionapp restart --name keeper --resource-group ops --subscription ${APP.split('/')[2]}`;
    expect(named.told.map(({ sentences }) => sentences.join())).toEqual([expect.stringContaining(restart)]);
    expect(named.answer.body).toMatchObject({ why: expect.stringContaining(restart) });
    const { told } = await product({ probe: 100 });
    expect(told[0]?.sentences.join()).toContain('GUARDIAN_FUNCTION_APP does not say');
  });
});

import type { Booted } from '../../local/boot.ts';
import { draw } from '../../local/cloud/draw.ts';
import { type Measured, withGoal, withoutGoal } from '../figure.ts';
import { spreadOf } from '../spread.ts';
import { keyName, vaultOf } from './big-estate.ts';
import { useOf } from './quota-use.ts';
import { observed, PROBES_FROM, type Scene } from './scene.ts';

const MINUTE = 60_000;
const LOSSES = 200;
const GOAL_S = 60;
const SHARE = 25;

type Loss = { readonly key: number; readonly at: number };

/** Different keys at random times of one minute; every other is disabled, the others deleted. */
const losses = (keys: number): readonly Loss[] => {
  const numbers = Array.from({ length: keys }, (_, n) => n);
  const chosen = numbers.toSorted((a, b) => draw('loss', a) - draw('loss', b)).slice(0, LOSSES);
  return chosen
    .map((key) => ({ key, at: PROBES_FROM.getTime() + Math.floor(draw('at', key) * MINUTE) }))
    .sort((a, b) => a.at - b.at);
};

const lose = ({ cloud }: Booted, { key }: Loss): void => {
  const { keyVault } = cloud.world;
  if (key % 2 === 0) keyVault.deleteKey(vaultOf(key), keyName(key));
  else keyVault.setAttributes(vaultOf(key), keyName(key), undefined, { enabled: false });
};

type Incident = { readonly keyId: string; readonly openedAt: string };

/** Seconds from each loss until its incident was opened. */
const delays = async ({ call }: Booted, lost: readonly Loss[]): Promise<readonly number[]> => {
  const { body } = await call({ method: 'GET', path: '/api/keyed/incidents' });
  const opened = new Map((body as { value: readonly Incident[] }).value.map((one) => [one.keyId, one.openedAt]));
  return lost.map(({ key, at }) => {
    const openedAt = opened.get(`https://${vaultOf(key)}.vault.azure.net/keys/${keyName(key)}`);
    if (openedAt === undefined) throw new Error(`The loss of key ${key} was not found.`);
    return (Date.parse(openedAt) - at) / 1_000;
  });
};

/** The smallest that so many of the values are not above: 0.95 of 200 is the 190th. */
const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN;

/** Two runs of the probe, and keys lost at random times of the first. */
export const measureProbe = async (scene: Scene): Promise<readonly Measured[]> => {
  const { rig, keys } = scene;
  const lost = losses(keys);
  await rig.clock.advanceTo(PROBES_FROM.getTime() - 1);
  const run = await observed(scene, async () => {
    for (const loss of lost) {
      await rig.clock.advanceTo(loss.at);
      lose(rig, loss);
    }
    await rig.clock.advanceTo(PROBES_FROM.getTime() + 2 * MINUTE - 1);
  });
  // What the last turn of the probe has found may still wait for its look, whose reads take their turn.
  await rig.clock.advance(MINUTE);
  const found = await delays(rig, lost);
  const use = useOf(run.requests, 120);
  const times = `p50 ${spreadOf(found).median.toFixed(1)} s, at worst ${Math.max(...found).toFixed(1)} s`;
  return [
    {
      figure: withGoal('probeDetectionP95', percentile(found, 0.95), 'virtual s', GOAL_S),
      remark: `${times}; ${lost.length} of ${keys} keys, deleted or disabled at random times of a minute`,
    },
    {
      figure: withGoal('probeVaultQuota', use.vaultPercent, '% of a vault', SHARE),
      remark: `${use.keyVaultCalls} calls in two minutes, ${use.throttled} refused; the fullest vault in its busiest ten seconds`,
    },
    {
      figure: withGoal('probeRegionQuota', use.regionPercent, '% of the subscription', SHARE),
      remark: 'all vaults together in their busiest ten seconds',
    },
    ...(run.memory === undefined
      ? []
      : [{ figure: withoutGoal('probeMemory', run.memory, 'MiB'), remark: 'the most that the worker held' }]),
    {
      figure: withoutGoal('probeWallTime', run.ms / 2_000, 's'),
      remark: 'for a virtual minute, the local cloud and the looks at lost keys included',
    },
  ];
};

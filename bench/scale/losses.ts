import type { Booted } from '../../local/boot.ts';
import { draw } from '../../local/cloud/draw.ts';
import { keyName, vaultOf } from './big-estate.ts';
import type { Scene } from './scene.ts';

const MINUTE = 60_000;

/** The key with this number is lost at this instant, in ms since 1970. */
export type Loss = { readonly key: number; readonly at: number };

/**
 * So many losses among these keys, in turn in each of the minutes from `from` on: each at a random time in its own part of a minute,
 * so that few losses are spread as many are. Every other key is disabled, the others are deleted.
 */
export const lossesIn = (candidates: readonly number[], count: number, from: number, minutes = 1): readonly Loss[] => {
  const chosen = candidates.toSorted((a, b) => draw('loss', a) - draw('loss', b)).slice(0, count);
  const lost = chosen.map((key, part) => {
    const within = Math.floor(((part + draw('at', key)) / count) * MINUTE);
    return { key, at: from + (part % minutes) * MINUTE + within };
  });
  return lost.toSorted((a, b) => a.at - b.at);
};

const lose = ({ rig: { cloud }, shape: { keysAVault } }: Scene, { key }: Loss): void => {
  const { keyVault } = cloud.world;
  const vault = vaultOf(key, keysAVault);
  if (key % 2 === 0) keyVault.deleteKey(vault, keyName(key));
  else keyVault.setAttributes(vault, keyName(key), undefined, { enabled: false });
};

/** Ends each loss: what is measured next would wait for reads of keys that are lost. */
export const giveBack = ({ rig: { cloud }, shape: { keysAVault } }: Scene, lost: readonly Loss[]): void => {
  const { keyVault } = cloud.world;
  for (const { key } of lost) {
    const vault = vaultOf(key, keysAVault);
    if (key % 2 === 0) keyVault.recoverKey(vault, keyName(key));
    else keyVault.setAttributes(vault, keyName(key), undefined, { enabled: true });
  }
};

/** Causes each loss at its time. */
export const loseAll = async (scene: Scene, lost: readonly Loss[]): Promise<void> => {
  for (const loss of lost) {
    await scene.rig.clock.advanceTo(loss.at);
    lose(scene, loss);
  }
};

type Incident = { readonly keyId: string; readonly openedAt: string };
type Page = { readonly value: readonly Incident[]; readonly nextLink?: string };

const openIncidents = async ({ call }: Booted): Promise<readonly Incident[]> => {
  const incidents: Incident[] = [];
  let path: string | undefined = '/api/keyed/incidents';
  while (path !== undefined) {
    const { value, nextLink } = (await call({ method: 'GET', path })).body as Page;
    incidents.push(...value);
    path = nextLink === undefined ? undefined : nextLink.replace(/^https?:\/\/[^/]+/, '');
  }
  return incidents;
};

/** Seconds from each loss until its incident was opened. @throws Error where a loss was not found */
export const delaysOf = async (
  { rig, shape: { keysAVault } }: Scene,
  lost: readonly Loss[],
): Promise<readonly number[]> => {
  const opened = new Map((await openIncidents(rig)).map((one) => [one.keyId, one.openedAt]));
  return lost.map(({ key, at }) => {
    const openedAt = opened.get(`https://${vaultOf(key, keysAVault)}.vault.azure.net/keys/${keyName(key)}`);
    if (openedAt === undefined) throw new Error(`The loss of key ${key} was not found.`);
    return (Date.parse(openedAt) - at) / 1_000;
  });
};

/** The smallest value that is not below so many of the values: 0.95 of 200 is the 190th. */
export const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN;

import type { GraphAnswer } from '../../../infra/sign-in/graph.ts';
import { API_VERSIONS } from '../../../src/remediation/model/api-versions.ts';
import { lasting } from '../../words/times.ts';
import type { Canary } from '../canary.ts';
import { type Trial, unknown } from '../trial.ts';
import { pathOf, setAttributes } from '../use.ts';
import { PATIENCE_MS, until } from './until.ts';

type Attributes = { readonly enabled?: boolean };
type Item = {
  readonly kid?: string;
  readonly attributes?: Attributes;
  readonly properties?: { readonly keyUri?: string; readonly attributes?: Attributes };
};
type Page = { readonly value?: readonly Item[] };

/** The canary on the first page of a list, of either plane. */
const shownIn = ({ body }: GraphAnswer, canary: Canary): Attributes | undefined => {
  const { value = [] } = (body ?? {}) as Page;
  const found = value.find(({ kid, properties }) => (kid ?? properties?.keyUri ?? '').endsWith(pathOf(canary)));
  return found?.attributes ?? found?.properties?.attributes;
};

type List = (canary: Canary) => Promise<GraphAnswer>;

const ofVault: List = (canary) => canary.vault('GET', '/keys');

/** By the newest api-version, or where that is refused by the one before. */
const ofManager: List = async (canary) => {
  const [newest, before] = API_VERSIONS['Microsoft.KeyVault/vaults/keys'];
  const first = await canary.manager('/keys', newest);
  return first.status === 200 ? first : canary.manager('/keys', before);
};

const seenAfter = (assumption: string, took: number | undefined): Trial => {
  if (took === undefined)
    return { assumption, verdict: 'fails', seen: `After ${lasting(PATIENCE_MS)} it is still shown as it was.` };
  return took === 0
    ? { assumption, verdict: 'holds', seen: 'At once.' }
    : {
        assumption,
        verdict: 'either',
        seen: `After ${lasting(took)}: what the probe finds by it comes as much later.`,
      };
};

/** How far a list lags behind what happens to a key. The probe goes by lists where GUARDIAN_LOOK says so. */
const shows =
  (whose: string, list: List) =>
  async (canary: Canary): Promise<Trial> => {
    const assumption = `The list of keys of ${whose} shows soon that one was disabled`;
    const before = await list(canary);
    if (before.status !== 200) return unknown(assumption, before);
    if (shownIn(before, canary)?.enabled !== true)
      return {
        assumption,
        verdict: 'unknown',
        seen: 'Its first page does not show the key: try it in an emptier vault.',
      };
    const disabled = await setAttributes(canary, { enabled: false });
    if (disabled.status !== 200) return unknown(assumption, disabled);
    const took = await until(canary, async () => shownIn(await list(canary), canary)?.enabled === false);
    await setAttributes(canary, { enabled: true });
    return seenAfter(assumption, took);
  };

export const vaultList = shows('the vault', ofVault);
export const managerList = shows('Resource Manager', ofManager);

import type { GraphAnswer } from '../../../infra/sign-in/graph.ts';
import { API_VERSIONS } from '../../../src/remediation/model/api-versions.ts';
import { lasting } from '../../words/times.ts';
import type { Canary } from '../canary.ts';
import { type Trial, unknown } from '../trial.ts';
import { pathOf, setAttributes } from '../use.ts';
import { PATIENCE_MS, until } from './until.ts';

type Attributes = {
  readonly enabled?: boolean;
  readonly created?: number;
  readonly updated?: number;
  readonly exp?: number;
};
type Item = {
  readonly kid?: string;
  readonly attributes?: Attributes;
  readonly properties?: {
    readonly keyUri?: string;
    readonly keyUriWithVersion?: string;
    readonly attributes?: Attributes;
  };
};
type Page = { readonly value?: readonly Item[]; readonly nextLink?: string | null };

/** The canary key on the first page of a list, of either plane. */
const itemIn = ({ body }: GraphAnswer, canary: Canary): Item | undefined =>
  ((body ?? {}) as Page).value?.find(({ kid, properties }) =>
    (kid ?? properties?.keyUri ?? '').endsWith(pathOf(canary)),
  );

const shownIn = (answer: GraphAnswer, canary: Canary): Attributes | undefined => {
  const found = itemIn(answer, canary);
  return found?.attributes ?? found?.properties?.attributes;
};

type List = (canary: Canary) => Promise<GraphAnswer>;

const ofVault: List = (canary) => canary.vault('GET', '/keys');

/** Uses the newest api-version, or the one before where Azure refuses it. */
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

const TOO_MANY = {
  verdict: 'unknown',
  seen: 'Its first page does not show the key: try it in an emptier vault.',
} as const;

/** How long a list takes to show a change of a key. The probe looks by lists where GUARDIAN_LOOK says so. */
const shows =
  (whose: string, list: List) =>
  async (canary: Canary): Promise<Trial> => {
    const assumption = `The list of keys of ${whose} shows soon that one was disabled`;
    const before = await list(canary);
    if (before.status !== 200) return unknown(assumption, before);
    if (shownIn(before, canary)?.enabled !== true) return { assumption, ...TOO_MANY };
    const disabled = await setAttributes(canary, { enabled: false });
    if (disabled.status !== 200) return unknown(assumption, disabled);
    const took = await until(canary, async () => shownIn(await list(canary), canary)?.enabled === false);
    await setAttributes(canary, { enabled: true });
    return seenAfter(assumption, took);
  };

export const vaultList = shows('the vault', ofVault);
export const managerList = shows('Resource Manager', ofManager);

/** The number of keys that the probe assumes on a page before it has seen one. */
const ASSUMED_ON_PAGE = 25;

/** The number of keys in one answer. The probe counts the pages of each vault, so any number is fine. */
const lengths =
  (whose: string, list: List) =>
  async (canary: Canary): Promise<Trial> => {
    const assumption = `A page of the list of keys of ${whose} holds ${ASSUMED_ON_PAGE} keys, or another number`;
    const first = await list(canary);
    if (first.status !== 200) return unknown(assumption, first);
    const { value = [], nextLink } = (first.body ?? {}) as Page;
    if (!nextLink)
      return { assumption, verdict: 'either', seen: `All ${value.length} are on one page: a fuller vault tells more.` };
    return { assumption, verdict: 'either', seen: `${value.length} on the first page, and more follow.` };
  };

export const vaultPages = lengths('the vault', ofVault);
export const managerPages = lengths('Resource Manager', ofManager);

const ADDRESS = /^https:\/\/[^/:]+(:443)?\/keys\/[^/]+$/;

/** Compares the other fields of the list too; without these three the product would have to read every key itself each time. */
export const managerShows = async (canary: Canary): Promise<Trial> => {
  const assumption =
    'The list of keys of Resource Manager names each, and shows if it is enabled, when it was made and last written';
  const answer = await ofManager(canary);
  if (answer.status !== 200) return unknown(assumption, answer);
  const item = itemIn(answer, canary);
  if (item === undefined) return { assumption, ...TOO_MANY };
  const { attributes: { created, enabled, exp, updated } = {}, keyUri = '', keyUriWithVersion } = item.properties ?? {};
  const address = ADDRESS.exec(keyUri);
  const isShown = address !== null && enabled !== undefined && [created, updated].every(Number.isInteger);
  if (!isShown) return { assumption, verdict: 'fails', seen: `It shows ${JSON.stringify(item.properties ?? {})}.` };
  const port = address[1] === undefined ? 'without a port' : 'with the port 443';
  const more = [keyUriWithVersion && 'its version', exp !== undefined && 'its expiry'].filter(Boolean).join(' and ');
  return { assumption, verdict: 'holds', seen: `It does, ${port}; and ${more || 'neither version nor expiry'}.` };
};

import { randomBytes } from 'node:crypto';
import { API_VERSIONS } from '../../src/remediation/model/api-versions.ts';
import { lasting } from '../words/times.ts';
import type { Canary } from './canary.ts';
import { saidIn, type Trial, unknown } from './trial.ts';

const SOON_MS = 1_000;
/** Longer than any deletion or recovery of a key was ever seen to take. */
const PATIENCE_MS = 120_000;

const pathOf = ({ keyName }: Canary): string => `/keys/${keyName}`;

const setAttributes = (canary: Canary, attributes: object) => canary.vault('PATCH', pathOf(canary), { attributes });

/** How long it takes until this holds; `undefined` where it did not in two minutes. */
const until = async (canary: Canary, holds: () => Promise<boolean>): Promise<number | undefined> => {
  const began = canary.now();
  while (canary.now() - began <= PATIENCE_MS) {
    if (await holds()) return canary.now() - began;
    await canary.sleep(SOON_MS);
  }
  return undefined;
};

/** Reading a disabled key shows it or is refused; where it is refused, the control plane is asked. */
const disabledReads = async (canary: Canary): Promise<Trial> => {
  const assumption = 'Reading a disabled key shows it, or is refused as disabled';
  const disabled = await setAttributes(canary, { enabled: false });
  if (disabled.status !== 200) return unknown(assumption, disabled);
  const read = await canary.vault('GET', pathOf(canary));
  await setAttributes(canary, { enabled: true });
  if (read.status === 200) return { assumption, verdict: 'either', seen: 'It is shown.' };
  const verdict = saidIn(read) === '403 KeyDisabled' ? 'either' : 'fails';
  return { assumption, verdict, seen: `It is refused: ${saidIn(read)}.` };
};

/** Resource Manager serves keys by the newest api-version, or refuses that and serves the one before. */
const managedKeys = async (canary: Canary): Promise<Trial> => {
  const [newest, before] = API_VERSIONS['Microsoft.KeyVault/vaults/keys'];
  const assumption = `Resource Manager serves the keys of a vault by api-version ${newest}, or by ${before}`;
  const first = await canary.manager(pathOf(canary), newest);
  if (first.status === 200) return { assumption, verdict: 'either', seen: `By ${newest}.` };
  const second = await canary.manager(pathOf(canary), before);
  if (second.status === 200)
    return { assumption, verdict: 'either', seen: `By ${before}; ${newest} is refused: ${saidIn(first)}.` };
  return [401, 403].includes(second.status)
    ? unknown(assumption, second)
    : { assumption, verdict: 'fails', seen: `By neither: ${saidIn(first)}, ${saidIn(second)}.` };
};

const wrap = (canary: Canary) =>
  canary.vault('POST', `${pathOf(canary)}/wrapkey`, {
    alg: 'RSA-OAEP-256',
    value: randomBytes(32).toString('base64url'),
  });

type Window = { readonly name: string; readonly attributes: (seconds: number) => object };

const EXPIRED: Window = { name: 'expired', attributes: (now) => ({ exp: now - 60 }) };
const TOO_EARLY: Window = {
  name: 'not yet valid',
  attributes: (now) => ({ nbf: now + 86_400, exp: now + 2 * 86_400 }),
};
const OPEN = (now: number) => ({ nbf: now - 3_600, exp: now + 86_400 });

/** A key is used for wrapping inside its time only: that is why an expiry stops a single server. */
const outside =
  ({ name, attributes }: Window) =>
  async (canary: Canary): Promise<Trial> => {
    const assumption = `A key that is ${name} is refused for wrapping, 403 with a code of its own`;
    const seconds = Math.floor(canary.now() / 1_000);
    const set = await setAttributes(canary, attributes(seconds));
    if (set.status !== 200) return unknown(assumption, set);
    const wrapped = await wrap(canary);
    await setAttributes(canary, OPEN(seconds));
    if (wrapped.status === 200) return { assumption, verdict: 'fails', seen: 'It is used like any other.' };
    return {
      assumption,
      verdict: wrapped.status === 403 ? 'holds' : 'fails',
      seen: `It is refused: ${saidIn(wrapped)}.`,
    };
  };

const isThere = async (canary: Canary, path: string): Promise<boolean> =>
  (await canary.vault('GET', path)).status === 200;

/** Until a deletion is over a key is found neither under its name nor among the deleted ones. */
const deletion = async (canary: Canary): Promise<Trial> => {
  const assumption = 'A deleted key is soon among the deleted ones, and under its name no more';
  const deleted = await canary.vault('DELETE', pathOf(canary));
  if (deleted.status !== 200) return unknown(assumption, deleted);
  const under = await canary.vault('GET', pathOf(canary));
  const took = await until(canary, () => isThere(canary, `/deletedkeys/${canary.keyName}`));
  if (took === undefined)
    return { assumption, verdict: 'fails', seen: `After ${lasting(PATIENCE_MS)} it is not among them.` };
  const seen = `After ${lasting(took)}; under its name ${saidIn(under)} from the first moment on.`;
  return { assumption, verdict: under.status === 404 ? 'holds' : 'fails', seen };
};

const versionIn = (body: unknown): string | undefined =>
  (body as { readonly key?: { readonly kid?: string } } | undefined)?.key?.kid;

/** A recovered key has the versions that it had: a server that pins one serves again. */
const recovery = async (canary: Canary): Promise<Trial> => {
  const assumption = 'A recovered key is there again with the version that it had';
  const before = await canary.vault('GET', `/deletedkeys/${canary.keyName}`);
  const recovered = await canary.vault('POST', `/deletedkeys/${canary.keyName}/recover`);
  if (recovered.status !== 200) return unknown(assumption, recovered);
  const took = await until(canary, () => isThere(canary, pathOf(canary)));
  if (took === undefined)
    return { assumption, verdict: 'fails', seen: `After ${lasting(PATIENCE_MS)} it is not there.` };
  const isSame = versionIn(before.body) === versionIn((await canary.vault('GET', pathOf(canary))).body);
  return {
    assumption,
    verdict: isSame ? 'holds' : 'fails',
    seen: `After ${lasting(took)}, ${isSame ? 'with the same version' : 'with another version'}.`,
  };
};

/** In this order: the last ones take the key away and bring it back. */
export const TRIALS: readonly ((canary: Canary) => Promise<Trial>)[] = [
  managedKeys,
  disabledReads,
  outside(EXPIRED),
  outside(TOO_EARLY),
  deletion,
  recovery,
];

import { randomBytes } from 'node:crypto';
import type { GraphAnswer } from '../../infra/sign-in/graph.ts';
import type { Canary } from './canary.ts';

/** Below the vault's host and, with the same words, below its id in Resource Manager. */
export const pathOf = ({ keyName }: Pick<Canary, 'keyName'>): string => `/keys/${keyName}`;

export const read = (canary: Canary): Promise<GraphAnswer> => canary.vault('GET', pathOf(canary));

export const setAttributes = (canary: Canary, attributes: object): Promise<GraphAnswer> =>
  canary.vault('PATCH', pathOf(canary), { attributes });

const ALGORITHM = 'RSA-OAEP-256';

/** By the current version, as a server does with a new key of its own. */
export const wrap = (canary: Canary): Promise<GraphAnswer> =>
  canary.vault('POST', `${pathOf(canary)}/wrapkey`, { alg: ALGORITHM, value: randomBytes(32).toString('base64url') });

/** By the version that has wrapped it, as a server does with the key that it holds. */
export const unwrap = (canary: Canary, { body }: GraphAnswer): Promise<GraphAnswer> => {
  const { kid = '', value = '' } = (body ?? {}) as { readonly kid?: string; readonly value?: string };
  const version = kid.split('/').at(-1) ?? '';
  return canary.vault('POST', `${pathOf(canary)}/${version}/unwrapkey`, { alg: ALGORITHM, value });
};

/** Which version an answer is of. */
export const kidIn = ({ body }: GraphAnswer): string | undefined =>
  (body as { readonly key?: { readonly kid?: string } } | undefined)?.key?.kid;

/** In whole seconds, as attributes of keys count them. */
export const secondsOf = ({ now }: Pick<Canary, 'now'>): number => Math.floor(now() / 1_000);

/** In this window a key is used. */
export const openAt = (seconds: number): object => ({ nbf: seconds - 3_600, exp: seconds + 86_400 });

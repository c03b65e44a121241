import { randomBytes } from 'node:crypto';
import type { GraphAnswer } from '../../infra/sign-in/graph.ts';
import type { Canary } from './canary.ts';

/** The path of the key: below the vault's host, and also below the vault's id in Resource Manager. */
export const pathOf = ({ keyName }: Pick<Canary, 'keyName'>): string => `/keys/${keyName}`;

export const read = (canary: Canary): Promise<GraphAnswer> => canary.vault('GET', pathOf(canary));

export const setAttributes = (canary: Canary, attributes: object): Promise<GraphAnswer> =>
  canary.vault('PATCH', pathOf(canary), { attributes });

const ALGORITHM = 'RSA-OAEP-256';

/** Wraps with the current version, as a server does with a new data key. */
export const wrap = (canary: Canary): Promise<GraphAnswer> =>
  canary.vault('POST', `${pathOf(canary)}/wrapkey`, { alg: ALGORITHM, value: randomBytes(32).toString('base64url') });

/** Unwraps with the version that has wrapped, as a server does with its stored data key. */
export const unwrap = (canary: Canary, { body }: GraphAnswer): Promise<GraphAnswer> => {
  const { kid = '', value = '' } = (body ?? {}) as { readonly kid?: string; readonly value?: string };
  const version = kid.split('/').at(-1) ?? '';
  return canary.vault('POST', `${pathOf(canary)}/${version}/unwrapkey`, { alg: ALGORITHM, value });
};

/** The version of the key in an answer. */
export const kidIn = ({ body }: GraphAnswer): string | undefined =>
  (body as { readonly key?: { readonly kid?: string } } | undefined)?.key?.kid;

/** The time in whole seconds, as attributes of keys have it. */
export const secondsOf = ({ now }: Pick<Canary, 'now'>): number => Math.floor(now() / 1_000);

/** A window in which the key can be used now. */
export const openAt = (seconds: number): object => ({ nbf: seconds - 3_600, exp: seconds + 86_400 });

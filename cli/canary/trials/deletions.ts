import { lasting } from '../../words/times.ts';
import type { Canary } from '../canary.ts';
import { saidIn, type Trial, unknown } from '../trial.ts';
import { kidIn, pathOf, read } from '../use.ts';
import { PATIENCE_MS, until } from './until.ts';

const isThere = async (canary: Canary, path: string): Promise<boolean> =>
  (await canary.vault('GET', path)).status === 200;

/** During its deletion a key is found neither under its name nor among the deleted keys. */
export const deletion = async (canary: Canary): Promise<Trial> => {
  const assumption = 'A deleted key is soon among the deleted ones, and under its name no more';
  const deleted = await canary.vault('DELETE', pathOf(canary));
  if (deleted.status !== 200) return unknown(assumption, deleted);
  const under = await read(canary);
  const took = await until(canary, () => isThere(canary, `/deletedkeys/${canary.keyName}`));
  if (took === undefined)
    return { assumption, verdict: 'fails', seen: `After ${lasting(PATIENCE_MS)} it is not among them.` };
  const seen = `After ${lasting(took)}; under its name ${saidIn(under)} from the first moment on.`;
  return { assumption, verdict: under.status === 404 ? 'holds' : 'fails', seen };
};

/** A recovered key has the same versions as before: a server that pins one serves again. */
export const recovery = async (canary: Canary): Promise<Trial> => {
  const assumption = 'A recovered key is there again with the version that it had';
  const before = await canary.vault('GET', `/deletedkeys/${canary.keyName}`);
  const recovered = await canary.vault('POST', `/deletedkeys/${canary.keyName}/recover`);
  if (recovered.status !== 200) return unknown(assumption, recovered);
  const took = await until(canary, () => isThere(canary, pathOf(canary)));
  if (took === undefined)
    return { assumption, verdict: 'fails', seen: `After ${lasting(PATIENCE_MS)} it is not there.` };
  const isSame = kidIn(before) === kidIn(await read(canary));
  return {
    assumption,
    verdict: isSame ? 'holds' : 'fails',
    seen: `After ${lasting(took)}, ${isSame ? 'with the same version' : 'with another version'}.`,
  };
};

import type { Canary } from '../canary.ts';
import { saidIn, type Trial, unknown } from '../trial.ts';
import { kidIn, pathOf, read, unwrap, wrap } from '../use.ts';

/**
 * A service that names a key without a version switches to a new version, and needs the version before until then
 * (docs/adr/0008-versions-that-nobody-states.md).
 */
export const newVersion = async (canary: Canary): Promise<Trial> => {
  const assumption = 'A new version is the current one at once, and the one before goes on unwrapping';
  const wrapped = await wrap(canary);
  const made = await canary.vault('POST', `${pathOf(canary)}/create`, { kty: 'RSA', key_size: 2048 });
  const refused = [wrapped, made].find(({ status }) => status !== 200);
  if (refused) return unknown(assumption, refused);
  if (kidIn(await read(canary)) !== kidIn(made))
    return { assumption, verdict: 'fails', seen: 'Without a version the one before is still read.' };
  const unwrapped = await unwrap(canary, wrapped);
  return unwrapped.status === 200
    ? { assumption, verdict: 'holds', seen: 'So it is.' }
    : { assumption, verdict: 'fails', seen: `The one before is refused: ${saidIn(unwrapped)}.` };
};

import type { HostAnswer } from './host-answers.ts';
import { isRecent, type SeenVaults } from './seen-vaults.ts';

/** So many hosts are remembered at most: whoever pins more vaults of others than that is asked after no more of them. */
const MOST_STRANGERS = 500;

type Asked = { readonly at: number; readonly answer: Promise<HostAnswer | undefined> };

/**
 * What answers at the hosts of vaults that were never seen in scope. Each host is asked once in ten minutes, and so many at most,
 * however many looks ask at the same moment. A host that fails says nothing: no look fails because of somebody else's vault.
 */
export const rememberingAnswers = (answers: SeenVaults['answers']): SeenVaults['answers'] => {
  const asked = new Map<string, Asked>();
  return async (host) => {
    for (const [name, { at }] of asked) if (!isRecent(at)) asked.delete(name);
    const known = asked.get(host);
    if (known || asked.size >= MOST_STRANGERS) return known?.answer;
    const answer = answers(host).catch(() => undefined);
    asked.set(host, { at: Date.now(), answer });
    return answer;
  };
};

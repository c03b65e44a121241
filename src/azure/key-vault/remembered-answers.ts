import type { HostAnswer } from './host-answers.ts';
import { isRecent, type SeenVaults } from './seen-vaults.ts';

/**
 * The most hosts that are remembered. If the consumers of strangers name more foreign vaults than this, the product
 * sends no request for the rest.
 */
const MOST_STRANGERS = 500;

type Asked = { readonly at: number; readonly answer: Promise<HostAnswer | undefined> };

/**
 * The answers of the hosts of vaults that were never seen in scope. Each host is asked once in ten minutes, and at most so many
 * hosts, for any number of looks at the same moment. A host that fails leaves the answer unknown: no look fails because of a
 * foreign vault.
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

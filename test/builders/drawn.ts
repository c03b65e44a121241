import { readFileSync } from 'node:fs';
import type { Given } from './arbitrary-situation.ts';

/**
 * Situations that broke a law once, from a file `{name}.json` in the fixtures of `test/remediation`: every run tries each again.
 */
export const drawnBefore = (name: string): [Given][] => {
  const file = new URL(`../remediation/fixtures/${name}.json`, import.meta.url);
  return Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Given>).map((given) => [given]);
};

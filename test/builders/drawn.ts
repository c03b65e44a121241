import { readFileSync } from 'node:fs';
import type { Given } from './arbitrary-situation.ts';

/** Situations that broke a law once, of a file `{name}.json` in the fixtures of `test/remediation`: each is tried every time. */
export const drawnBefore = (name: string): [Given][] => {
  const file = new URL(`../remediation/fixtures/${name}.json`, import.meta.url);
  return Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Given>).map((given) => [given]);
};

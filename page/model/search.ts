import type { Line } from './line.ts';
import { keyLabel, resourceGroupOf } from './names.ts';

/** `down if kv-web`: the consumers that go down when that vault or key is lost. */
const DOWN_IF = /^\s*down\s+if\s+/i;

const wordsOf = (text: string): readonly string[] => text.toLowerCase().split(/\s+/).filter(Boolean);

const hasAll = (text: string, words: readonly string[]): boolean => {
  const within = text.toLowerCase();
  return words.every((word) => within.includes(word));
};

const everythingOf = ({ key, vault, consumer, owner, fault, id }: Line, kind: string): string =>
  [
    consumer?.name,
    kind,
    consumer && resourceGroupOf(consumer.id),
    keyLabel(key),
    key,
    vault,
    owner,
    fault,
    consumer?.id,
    id,
  ]
    .filter(Boolean)
    .join(' ');

/** Whether a search matches this line. `kind`: of its consumer, as people read it. */
export const isMeant = (line: Line, search: string, kind: string): boolean => {
  if (!DOWN_IF.test(search)) return hasAll(everythingOf(line, kind), wordsOf(search));
  const words = wordsOf(search.replace(DOWN_IF, ''));
  return line.consumer !== undefined && words.length > 0 && hasAll(`${line.key} ${line.vault}`, words);
};

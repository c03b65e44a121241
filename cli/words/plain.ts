import { asCommand } from './as-command.ts';

const KEY = /https:\/\/([a-z0-9-]+)\.[a-z.]+\/keys\/([\w-]+)(?:\/([0-9a-f]{8})[0-9a-f]{24})?/gi;
const RESOURCE = /\/subscriptions\/[\w-]+(?:\/[\w.()-]+)*\/([\w()-]+)/gi;
/** A command needs whole ids: one in backticks, or one that `asCommand` has made of a route. */
const COMMAND = /(`[^`]*`|cmk-guardian (?:resume --scope|do-not-heal) \S+)/;

/** The names that more than one resource of these words has: such a name does not tell which of them is meant. */
const ambiguousIn = (words: string): ReadonlySet<string> => {
  const ids = new Map([...words.matchAll(RESOURCE)].map(([id, name = '']) => [id.toLowerCase(), name.toLowerCase()]));
  const names = [...ids.values()];
  return new Set(names.filter((name, at) => names.indexOf(name) !== at));
};

const named = (words: string, ambiguous: ReadonlySet<string>): string =>
  words
    .replaceAll(KEY, (_all, vault: string, key: string, version?: string) =>
      version ? `${vault}/${key} (version ${version})` : `${vault}/${key}`,
    )
    .replaceAll(RESOURCE, (id, name: string) => (ambiguous.has(name.toLowerCase()) ? id : name));

/**
 * A sentence of the API with names instead of ids, and commands instead of routes, for a screen that is too narrow for them;
 * every id is in the other forms of output.
 */
export const plain = (sentence: string): string => {
  const parts = asCommand(sentence).split(COMMAND);
  const ambiguous = ambiguousIn(parts.filter((_words, at) => at % 2 === 0).join(' '));
  return parts.map((words, at) => (at % 2 === 0 ? named(words, ambiguous) : words)).join('');
};

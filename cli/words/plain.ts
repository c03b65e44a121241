import { asCommand } from './as-command.ts';

const KEY = /https:\/\/([a-z0-9-]+)\.[a-z.]+\/keys\/([\w-]+)(?:\/([0-9a-f]{8})[0-9a-f]{24})?/gi;
const RESOURCE = /\/subscriptions\/[\w-]+(?:\/[\w.()-]+)*\/([\w()-]+)/gi;
/** A command needs the whole id of a group or a version: a name is not enough. */
const COMMAND = /(cmk-guardian (?:resume --scope|do-not-heal) \S+)/;

const named = (words: string): string =>
  words
    .replaceAll(KEY, (_all, vault: string, key: string, version?: string) =>
      version ? `${vault}/${key} (version ${version})` : `${vault}/${key}`,
    )
    .replaceAll(RESOURCE, (_all, name: string) => name);

/**
 * A sentence of the API with names instead of ids, and commands instead of routes, for a screen that is too narrow for them;
 * every id is in the other forms of output.
 */
export const plain = (sentence: string): string =>
  asCommand(sentence)
    .split(COMMAND)
    .map((words, at) => (at % 2 === 0 ? named(words) : words))
    .join('');

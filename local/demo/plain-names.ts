const KEY_VERSION = /https:\/\/[\w.-]+\/keys\/([\w-]+)\/([0-9a-f]{8})[0-9a-f]{24}/gi;
const KEY = /https:\/\/[\w.-]+\/keys\/([\w-]+)/gi;
const RESOURCE = /\/subscriptions\/[\w-]+\/resourcegroups\/[\w.()-]+\/providers\/[\w.]+(?:\/[\w-]+)*\/([\w-]+)/gi;
/** A plan's id, or the hash of anything else. A plan goes by its first eight digits where people speak of it. */
const HASH = /\b([0-9a-f]{8})[0-9a-f]{56}\b/g;
const DURATION = /\bP(\d+)(Y|D)\b/g;

const inWords = (_: string, count: string, unit: string): string => {
  const name = unit === 'Y' ? 'year' : 'day';
  return count === '1' ? `one ${name}` : `${count} ${name}s`;
};

/** A command is to be run as it stands: `az` takes no short name where it wants a resource id. */
const COMMAND = /(`[^`]*`)/;

/** Long identifiers as a reader calls them, outside commands: `cmk (version a61d1a06)`, `orders`; `P1Y` as `one year`. */
export const plainNames = (text: string): string =>
  text
    .split(COMMAND)
    .map((part) => (COMMAND.test(part) ? part : shortened(part)))
    .join('');

const shortened = (text: string): string =>
  text
    .replace(KEY_VERSION, '$1 (version $2)')
    .replace(KEY, '$1')
    .replace(RESOURCE, '$1')
    .replace(HASH, '$1')
    .replace(DURATION, inWords)
    .replace(/(\d\d:\d\d:\d\d)\.000Z/g, '$1Z');

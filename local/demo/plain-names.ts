const KEY_VERSION = /https:\/\/[\w.-]+\/keys\/([\w-]+)\/([0-9a-f]{8})[0-9a-f]{24}/gi;
const KEY = /https:\/\/[\w.-]+\/keys\/([\w-]+)/gi;
const RESOURCE = /\/subscriptions\/[\w-]+\/resourcegroups\/[\w.()-]+\/providers\/[\w.]+(?:\/[\w-]+)*\/([\w-]+)/gi;
/** The id of a plan, or any other hash. People call a plan by its first eight digits. */
const HASH = /\b([0-9a-f]{8})[0-9a-f]{56}\b/g;

/** A command must run as it is printed: `az` needs the full resource id. */
const COMMAND = /(`[^`]*`)/;

/** Long identifiers as a reader calls them, outside commands: `cmk (version a61d1a06)`, `orders`. */
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
    .replace(/(\d\d:\d\d:\d\d)\.000Z/g, '$1Z');

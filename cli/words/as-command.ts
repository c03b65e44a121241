import { commandOfRoute } from './commands-of-routes.ts';

const LIFT =
  /DELETE \/api\/(pause|do-not-heal)\?(\S*) with the token of a person with the role Approver, or where nobody signs in DELETE \/api\/keyed\/\S+ with the master key/g;
const ANSWER =
  /POST \/api\/plans\/([0-9a-f]{8})[0-9a-f]*\/approval or \/rejection, with the token of a person with the role Approver \([^)]*\)/g;

const liftingOf = (door: string, query: string): string => {
  const named = (name: string): string | undefined => query.match(`(?:^|&)${name}=([^&]*)`)?.[1];
  if (door === 'do-not-heal') return `cmk-guardian do-not-heal ${named('target') ?? '<target>'} --lift --why '<why>'`;
  const scope = named('scope');
  return `cmk-guardian resume ${scope === undefined ? '' : `--scope ${scope} `}--why '<why>'`;
};

const ROUTE = String.raw`(GET|POST|PUT|DELETE) /api/(?:keyed/)?([a-z-]+(?:/[\w{}<>-]+)*)(\?[\w={}<>&-]+)?`;
/** The same route for a caller with a function key, behind the sentence that names the route. */
const BY_KEY = new RegExp(String.raw` \(with a function key instead of a token: ${ROUTE}\)`, 'g');
const LOOK_AT_KEY = /POST \/api\/(?:keyed\/)?reconciliations with \{"key":"([^"]+)"\}/g;
const NAMED = new RegExp(String.raw`\b${ROUTE}`, 'g');

/**
 * A sentence of the API, with a command of the command line in place of each route: a reader in a terminal can run it. The
 * command needs the same role as the route. A route without a command stays.
 */
export const asCommand = (sentence: string): string =>
  sentence
    .replaceAll(LIFT, (_all, door: string, query: string) => liftingOf(door, query))
    .replaceAll(ANSWER, (_all, number: string) => `cmk-guardian approve ${number}, or reject ${number} --why '<why>'`)
    .replaceAll(LOOK_AT_KEY, (_all, key: string) => `cmk-guardian start ${key}`)
    .replaceAll(BY_KEY, (all, method: string, path: string, query = '') =>
      commandOfRoute(method, path, query) === undefined ? all : '',
    )
    .replaceAll(NAMED, (all, method: string, path: string, query = '') => commandOfRoute(method, path, query) ?? all);

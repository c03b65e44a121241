const LIFT =
  /DELETE \/api\/(pause|do-not-heal)\?(\S*) with the token of a person with the role Approver, or where nobody signs in DELETE \/api\/keyed\/\S+ with the master key/g;
const ANSWER =
  /POST \/api\/plans\/([0-9a-f]{8})[0-9a-f]*\/approval or \/rejection, with the token of a person with the role Approver \([^)]*\)/g;

const liftingOf = (door: string, query: string): string => {
  const named = (name: string): string | undefined => query.match(`(?:^|&)${name}=([^&]*)`)?.[1];
  if (door === 'do-not-heal') return `cmk-guardian do-not-heal ${named('target') ?? '<target>'} --lift --why <text>`;
  const scope = named('scope');
  return `cmk-guardian resume ${scope === undefined ? '' : `--scope ${scope} `}--why <text>`;
};

/**
 * A sentence of the API with the command of the command line where it names a route by which a person answers or lifts: whoever reads
 * it here has the command at hand. It takes the role Approver either way. Other routes stay as they are named.
 */
export const asCommand = (sentence: string): string =>
  sentence
    .replaceAll(LIFT, (_all, door: string, query: string) => liftingOf(door, query))
    .replaceAll(ANSWER, (_all, number: string) => `cmk-guardian approve ${number}, or reject ${number} --why <text>`);

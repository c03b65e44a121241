/** How the app names, for a caller over HTTP, what lifts an override. */
const LIFT =
  /DELETE \/api\/(pause|do-not-heal)\?(?:(?:target|scope)=([^&\s]*)&)?why= with the token of [^/]* DELETE \/api\/keyed\/\S+ with the master key/g;

const lifting = (door: string, what: string | undefined): string => {
  if (door === 'do-not-heal') return `do-not-heal ${what ?? '<target>'} --lift`;
  return what === undefined ? 'resume' : `resume --scope ${what}`;
};

/** A sentence of the app with the command that lifts an override, in backticks, in place of the routes that do. */
export const withLifting = (sentence: string): string =>
  sentence.replaceAll(
    LIFT,
    (_all, door: string, what?: string) => `\`cmk-guardian ${lifting(door, what)} --why '<why>'\` as an approver`,
  );

const SET_EXPIRY =
  'An expiry that somebody has set to end a version is an act; one that time has reached is extended as before.';

const MOVED_VAULT =
  'A vault is its ARM id, so that one of its name elsewhere gets nothing before a person has named both ids.';

/**
 * The reason why a case has another result by the rules of the threat model than it had before them, by the name of the case. A
 * case that changed without a line here fails a test, and so does a line for a case that did not change.
 */
export const MOVED: Readonly<Record<string, string>> = {
  'single server, roles: a vault moves to another group': MOVED_VAULT,
  'single server, access policies: somebody sets an expiry of yesterday': SET_EXPIRY,
  'flexible server, access policies: somebody sets an expiry of yesterday': SET_EXPIRY,
  'disk encryption set, access policies: somebody sets an expiry of yesterday': SET_EXPIRY,
};

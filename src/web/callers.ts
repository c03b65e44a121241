import type { TokenSettings } from '../loop/guardian.ts';
import { type DoorAnswer, type DoorRequest, refusal } from './door.ts';
import { type Person, provePerson } from './token.ts';

/** Who holds the function key is let in as this; who also sends a token of their own, by their name. */
const KEY_HOLDER: Person = { objectId: 'function-key', name: 'a holder of the function key', roles: [] };

export type Known =
  | { readonly kind: 'person'; readonly person: Person }
  | { readonly kind: 'refused'; readonly answer: DoorAnswer };

const refused = (status: number, code: string, message: string): Known => ({
  kind: 'refused',
  answer: refusal(status, code, message),
});

/** The person behind a token that we verify ourselves. */
const byToken = async ({ authorization }: DoorRequest, settings: TokenSettings | undefined): Promise<Known> => {
  if (!settings)
    return refused(501, 'NoApprovers', 'Set GUARDIAN_APPROVER_TENANT and GUARDIAN_APPROVER_AUDIENCE first.');
  try {
    const proven = await provePerson(authorization, settings);
    return proven.kind === 'person'
      ? proven
      : refused(401, 'Unauthorized', `The token is not accepted: ${proven.why}.`);
  } catch (error) {
    // A 401 would make the sender give up, though only the keys of Entra could not be fetched.
    return refused(503, 'TokenNotVerified', `The token could not be verified now: ${String(error)}. Try again.`);
  }
};

/** The person behind the token, who must have one of these app roles. */
export const personWithRole = async (
  request: DoorRequest,
  settings: TokenSettings | undefined,
  ...roles: readonly string[]
): Promise<Known> => {
  const known = await byToken(request, settings);
  if (known.kind === 'refused' || known.person.roles.some((role) => roles.includes(role))) return known;
  return refused(403, 'Forbidden', `${known.person.name} does not have the app role ${roles.join(' or ')}.`);
};

/**
 * Who requests a repair. Where people approve, it must be known who asked: an approver could else request without a name
 * and approve their own request.
 */
export const whoRequests = (request: DoorRequest, settings: TokenSettings | undefined): Promise<Known> =>
  settings ? personWithRole(request, settings, 'Requester', 'Approver') : whoAsks(request, settings);

/** Who asks: by their token where they send one, else whoever holds the function key that opened the door. */
export const whoAsks = async (request: DoorRequest, settings: TokenSettings | undefined): Promise<Known> =>
  request.authorization === undefined ? { kind: 'person', person: KEY_HOLDER } : byToken(request, settings);

import type { Principal, TokenRequest } from './entra.ts';
import type { Registrations } from './graph/registrations.ts';
import type { Groups } from './groups.ts';
import type { Principals } from './principals.ts';
import type { Signer } from './signer.ts';
import { audienceOf, registrationOf } from './token-claims.ts';

/** The parts of the directory from which the claims of a token come. */
export type TokenSources = {
  now(): number;
  signer: Signer;
  principals: Principals;
  groups: Groups;
  registrations: Registrations;
};

/** The asked part of the offered roles or scopes; `.default` stands for all of them. */
const narrowed = (offered: string[], asked: readonly string[] | undefined): string[] =>
  asked === undefined || asked.includes('.default') ? offered : offered.filter((scope) => asked.includes(scope));

/** The claims that the registration of the audience adds to a token; none where no registration has that audience. */
const registered = ({ principals, groups, registrations }: TokenSources, principal: Principal, audience: string) => {
  const application = registrationOf(registrations, audience);
  if (!application) return undefined;
  const resource = principals.all().find(({ appId }) => appId === application.appId);
  const asked = { principal, audience, groups: groups.of(principal.objectId), resource };
  return audienceOf(registrations, application, asked);
};

const secondsOf = ({ resourceId }: Principal): number => (resourceId ? 86_400 : 3_600);

/** A signed token, as `Entra.issue` describes it. */
export const issueToken = async (sources: TokenSources, request: TokenRequest): Promise<string> => {
  const { principal, audience, holder, client, scopes, version = '1.0', seconds = secondsOf(principal) } = request;
  const { now, signer } = sources;
  const own = registered(sources, principal, audience);
  const asked = { principal, audience, version, now: now(), seconds, holder, client };
  if (!own) return signer.sign(asked);
  const { roles, ...rest } = own;
  const given = narrowed(rest.scopes, scopes);
  return signer.sign({ ...asked, ...rest, scopes: given, principal: { ...principal, roles } });
};

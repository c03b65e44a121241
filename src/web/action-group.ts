import type { JWTPayload } from 'jose';
import type { AlertTokens } from '../loop/guardian.ts';
import type { ProblemCode } from './problems.ts';
import { verifyToken } from './token.ts';

/** The app role that Azure's own script gives to the application of action groups. */
const ROLE = 'ActionGroupsSecureWebhook';

export type ProvenGroup =
  | { readonly kind: 'actionGroup' }
  | { readonly kind: 'refused'; readonly status: 401 | 403; readonly code: ProblemCode; readonly why: string };

const unauthorized = (why: string): ProvenGroup => ({
  kind: 'refused',
  status: 401,
  code: 'Unauthorized',
  why: `The token is not accepted: ${why}. Set up the receiver of the action group as a secure webhook (useAadAuth), for the app registration of GUARDIAN_ALERT_AUDIENCE.`,
});

const forbidden = (why: string): ProvenGroup => ({ kind: 'refused', status: 403, code: 'Forbidden', why });

/**
 * Version 2 of a token names the application in `azp`, version 1 in `appid`. Where both are there and differ, the token names no
 * application.
 */
const applicationOf = ({ azp, appid }: JWTPayload): unknown =>
  azp !== undefined && appid !== undefined && azp !== appid ? undefined : (azp ?? appid);

const judge = (claims: JWTPayload, { tenantId, application }: AlertTokens): ProvenGroup => {
  const { tid, scp, roles } = claims;
  if (typeof tid !== 'string' || tid.toLowerCase() !== tenantId.toLowerCase())
    return unauthorized(`it is of the tenant ${String(tid)}, this API is of ${tenantId}`);
  if (scp !== undefined)
    return forbidden('The token is a person’s; alerts are sent by the application of action groups.');
  const sender = applicationOf(claims);
  if (typeof sender !== 'string' || sender.toLowerCase() !== application.toLowerCase())
    return forbidden(
      `The token is of the application ${String(sender)}; alerts are sent by ${application} (GUARDIAN_ALERT_APPLICATION).`,
    );
  return Array.isArray(roles) && roles.includes(ROLE)
    ? { kind: 'actionGroup' }
    : forbidden(
        `The application ${application} does not have the app role ${ROLE}: assign it to its service principal.`,
      );
};

/**
 * Proves by its token that an alert comes from an action group: signature, issuer, audience, times, tenant, application and role.
 * https://learn.microsoft.com/azure/azure-monitor/alerts/action-groups#secure-webhook
 * Throws when the keys of Entra cannot be fetched.
 */
export const proveActionGroup = async (
  authorization: string | undefined,
  settings: AlertTokens,
): Promise<ProvenGroup> => {
  const verified = await verifyToken(authorization, settings);
  return verified.kind === 'refused' ? unauthorized(verified.why) : judge(verified.claims, settings);
};

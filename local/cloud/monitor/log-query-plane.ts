import { z } from 'zod';
import { AzureError } from '../arm/error.ts';
import { sameId } from '../arm/resource-id.ts';
import type { Caller } from '../caller.ts';
import type { FullWorld } from '../create-world.ts';
import type { Verified, Verifier } from '../entra/verify-token.ts';
import { type Incoming, jsonBody } from '../incoming.ts';
import type { Plane } from '../plane.ts';
import type { Answer } from '../service.ts';
import { actsAskedIn, actsTable } from './acts-on-key.ts';
import { isQuery } from './query-twins.ts';
import { type Workspace, workspacesOf } from './workspaces.ts';

/** The Log Analytics API of Azure Monitor. */
export const LOG_QUERY_HOST = 'api.loganalytics.io';

const ROUTE = 'POST https://api.loganalytics.io/v1/workspaces/{workspace}/query';
const audiences = [`https://${LOG_QUERY_HOST}`, `https://${LOG_QUERY_HOST}/`];
const body = z.object({ query: z.string(), timespan: z.string().optional() });

type Refusal = { status: number; code: string; message: string; inner?: { code: string; message: string } };

/**
 * Errors nest here: the error of the query, or of the caller's rights, is in `innererror` ("Azure Monitor Log Analytics API
 * errors").
 */
const refused = ({ status, code, message, inner }: Refusal): Answer => ({
  status,
  body: { error: { message, code, ...(inner && { innererror: inner }) } },
});

const INVALID = { status: 400, code: 'BadArgumentError', message: 'The request had some invalid properties' };

const tokenRefusal = (verified: Exclude<Verified, { kind: 'caller' }>): Answer => {
  if (verified.kind === 'missing')
    return refused({
      status: 401,
      code: 'AuthenticationFailed',
      message: "Authentication failed. The 'Authorization' header is missing.",
    });
  if (verified.kind === 'audience')
    return refused({
      status: 403,
      code: 'InvalidAuthenticationTokenAudience',
      message: `The access token has been obtained from wrong audience or resource '${verified.audience}'. It should exactly match (including forward slash) with one of the allowed audiences '${audiences.join("','")}'.`,
    });
  return refused({ status: 403, code: 'InvalidAuthenticationToken', message: 'The access token is invalid.' });
};

const READ = 'Microsoft.OperationalInsights/workspaces/query/AZKVAuditLogs/read';

/** The first and the last instant of an ISO 8601 interval, in milliseconds. */
const spanOf = (timespan: string | undefined): [from: number, to: number] => {
  const [from = '', to = ''] = timespan?.split('/') ?? [];
  return timespan === undefined ? [0, Number.POSITIVE_INFINITY] : [Date.parse(from), Date.parse(to)];
};

const rowsIn = (world: FullWorld, { id }: Workspace, [from, to]: [number, number]) =>
  world.auditLog
    .rows()
    .filter(({ workspaceIds }) => workspaceIds.some((one) => sameId(one, id)))
    .filter(({ at, ingestedAt }) => ingestedAt <= world.clock.now() && at >= from && at <= to);

const queried = (world: FullWorld, workspace: Workspace, incoming: Incoming): Answer => {
  const { query, timespan } = body.parse(jsonBody(incoming, 'BadArgumentError'));
  if (!isQuery(query)) return refused({ ...INVALID, inner: { code: 'SyntaxError', message: 'Syntax Error' } });
  const span = spanOf(timespan);
  if (span.some(Number.isNaN)) return refused({ ...INVALID, inner: { code: 'InvalidTimespan', message: 'timespan' } });
  const asked = actsAskedIn(query);
  if (asked) return { status: 200, body: actsTable(world, asked, rowsIn(world, workspace, span)) };
  world.log(`not simulated: the log query ${query.replaceAll(/\s+/g, ' ')}`);
  return refused({ ...INVALID, inner: { code: 'NotSimulated', message: 'Only our own query is evaluated here.' } });
};

const answered = (world: FullWorld, incoming: Incoming, caller: Caller, customerId: string): Answer => {
  const found = workspacesOf(world.diagnosticSettings, world.auditLog).find((one) => one.customerId === customerId);
  if (!found)
    return refused({ status: 404, code: 'WorkspaceNotFoundError', message: 'The workspace could not be found' });
  if (!world.rbac.allows({ principalId: caller.objectId, action: READ, scope: found.id }))
    return refused({
      status: 403,
      code: 'InsufficientAccessError',
      message: 'The provided credentials have insufficient access to perform the requested operation',
      inner: {
        code: 'UnauthorizedClient',
        message: `The service principal does not have sufficient permissions to access this resource: ${customerId}`,
      },
    });
  return queried(world, found, incoming);
};

/** Queries of a workspace, for callers with a role on it that reads its tables. */
export const createLogQueryPlane = (world: FullWorld, verify: Verifier): Plane => ({
  prepare: async (incoming) => {
    const [, id] = /^\/v1\/workspaces\/([^/]+)\/query$/i.exec(incoming.path) ?? [];
    const verified = await verify(incoming.headers['authorization'], audiences);
    const isServed = incoming.method === 'POST' && id !== undefined;
    if (!isServed) world.log(`not simulated: ${incoming.method} https://${incoming.host}${incoming.path}`);
    return {
      name: isServed ? ROUTE : 'not simulated',
      mutating: false,
      ...(verified.kind === 'caller' && { caller: verified.caller }),
      run: async () => {
        if (verified.kind !== 'caller') return tokenRefusal(verified);
        if (!isServed)
          return refused({ status: 404, code: 'PathNotFoundError', message: 'The requested path does not exist' });
        try {
          return answered(world, incoming, verified.caller, id.toLowerCase());
        } catch (error) {
          if (error instanceof AzureError || error instanceof z.ZodError) return refused(INVALID);
          throw error;
        }
      },
    };
  },
});

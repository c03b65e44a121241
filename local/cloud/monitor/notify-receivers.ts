import type { Principal } from '../entra/entra.ts';
import { AZNS } from '../entra/first-party.ts';
import { TokenRefused } from '../entra/token-claims.ts';
import { exchange } from '../event-grid/post.ts';
import type { Outcome } from '../event-grid/retry-schedule.ts';
import type { World } from '../service.ts';
import type { WebhookReceiver } from './action-group.ts';

/** One call of a webhook, as it ended. */
export type Call = { at: number; group: string; receiver: string; outcome: Outcome };

export type Receivers = {
  /** Sends now, and again as action groups do. `body`: what goes over the wire. */
  send(group: string, receiver: WebhookReceiver, body: unknown): void;
  calls(): Call[];
  /** Webhooks that get no call until the instant of each, ms since epoch. */
  silenced(): Record<string, number>;
};

const SECOND = 1_000;
/** https://learn.microsoft.com/azure/azure-monitor/alerts/action-groups: five more calls, and then silence. */
const AGAIN_AFTER = [5, 20, 5, 40, 5].map((seconds) => seconds * SECOND);
const SILENCE = 15 * 60 * SECOND;
const RETRIED = [408, 429, 503, 504];
const ANSWER_WITHIN = 10 * SECOND;

/** The app role that Azure's own script gives to the application of action groups, where no registration names the role. */
const ROLE = 'ActionGroupsSecureWebhook';

const isRetried = (outcome: Outcome): boolean => !('status' in outcome) || RETRIED.includes(outcome.status);

/** Version 2 of a token is for the client id, version 1 for the id URI. */
const audienceOf = (receiver: WebhookReceiver, version: '1.0' | '2.0'): string => {
  const { identifierUri = '' } = receiver;
  return version === '2.0' ? identifierUri.replace(/^api:\/\//, '') : identifierUri;
};

const refusedToken = (error: unknown): TokenRefused => {
  if (error instanceof TokenRefused) return error;
  throw error;
};

export const createReceivers = (world: World): Receivers => {
  const calls: Call[] = [];
  const silenced = new Map<string, number>();

  const sender = (): Principal => {
    const roles = world.switches.secureWebhookRole === 'missing' ? [] : [ROLE];
    const known = world.entra.principals().find(({ appId }) => appId === AZNS.appId);
    return { ...(known ?? world.entra.createServicePrincipal({ ...AZNS, roles })), roles };
  };
  const headersFor = async (receiver: WebhookReceiver): Promise<Record<string, string>> => {
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    if (!receiver.useAadAuth) return headers;
    const version = world.switches.secureWebhookTokens ?? '2.0';
    const audience = audienceOf(receiver, version);
    const token = await world.entra.issue({ principal: sender(), audience, version });
    return { ...headers, authorization: `Bearer ${token}` };
  };
  const attempt = async (group: string, receiver: WebhookReceiver, body: string, again: number): Promise<void> => {
    const { serviceUri: url } = receiver;
    const now = world.clock.now();
    if (now < (silenced.get(url) ?? 0)) return world.log(`action group ${group}: ${receiver.name} hears nothing yet`);
    if (!url.startsWith('http://') && !world.sites.locate(url))
      return world.log(`not simulated: action group ${group} calls ${new URL(url).origin}`);
    // The clock waits for the token, but not for the answer, which may take all of its virtual time.
    const headers = await world.clock.hold(() => headersFor(receiver)).catch(refusedToken);
    if (headers instanceof TokenRefused)
      return world.log(`action group ${group}: ${receiver.name} is not called: ${headers.message}`);
    const { outcome } = await exchange(world, { method: 'POST', url, headers, body, within: ANSWER_WITHIN });
    calls.push({ at: now, group, receiver: receiver.name, outcome });
    if (!isRetried(outcome)) return;
    const after = AGAIN_AFTER[again];
    if (after === undefined) silenced.set(url, world.clock.now() + SILENCE);
    else world.clock.setTimeout(() => void attempt(group, receiver, body, again + 1), after);
  };
  return {
    send: (group, receiver, body) => void attempt(group, receiver, JSON.stringify(body), 0),
    calls: () => [...calls],
    silenced: () => Object.fromEntries(silenced),
  };
};

import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { HostAnswer } from '../../local/call-host.ts';
import { homeTenant } from '../../local/cloud/create-world.ts';
import type { Principal } from '../../local/cloud/entra/entra.ts';
import { hearAlerts } from '../../local/cloud/worlds/hear-alerts.ts';
import { subscriptionId } from '../../local/cloud/worlds/product.ts';
import type { App } from './open-app.ts';

/** The client id of the product's app registration, for which action groups get their tokens. */
export const ALERT_AUDIENCE = '33333333-3333-3333-3333-333333333333';
const ROLE = 'ActionGroupsSecureWebhook';
/** Azure's application of action groups. */
const AZNS = '461e8683-5575-4561-ac7f-899cc907d62a';

/** The settings of a product that demands a token from action groups. */
export const SECURE_WEBHOOK = { GUARDIAN_ALERT_TENANT: homeTenant, GUARDIAN_ALERT_AUDIENCE: ALERT_AUDIENCE };

type Sender = { readonly appId?: string; readonly roles?: string[] };

/** Azure's application of action groups, with its role unless said otherwise. */
export const groupSender = ({ cloud: { world } }: App, { appId = AZNS, roles = [ROLE] }: Sender = {}): Principal =>
  world.entra.createServicePrincipal({ name: `sender ${appId}`, appId, roles });

/** The header of an application that asks for a token, that of action groups with its role unless said otherwise. */
export const sentBy = async (app: App, sender: Sender = {}): Promise<Record<string, string>> => {
  const principal = groupSender(app, sender);
  const token = await app.cloud.world.entra.issue({ principal, audience: ALERT_AUDIENCE, version: '2.0' });
  return { 'x-functions-key': '', authorization: `Bearer ${token}` };
};

/** A published alert, with the resources of this story in place of its own. */
export const alertLike = (name: string, changes: Readonly<Record<string, string>> = {}): unknown => {
  const file = path.join(import.meta.dirname, '..', 'signals', 'fixtures', 'alerts', name);
  const text = Object.entries({
    '11111111-1111-1111-1111-111111111111': subscriptionId,
    'rg-data': 'data',
    ...changes,
  }).reduce((all, [from, to]) => all.replaceAll(from, to), readFileSync(file, 'utf8'));
  return JSON.parse(text) as unknown;
};

export const sendAlert = (app: App, body: unknown, headers: Record<string, string> = {}): Promise<HostAnswer> =>
  app.call({ method: 'POST', path: '/api/alerts', body, headers });

/** The alerts of a product that is set up with all of infra: rules on the audit log, whose action group calls the product. */
export const watchedByAlerts = (
  app: App,
  { secure = true, commonSchema = true }: { readonly secure?: boolean; readonly commonSchema?: boolean } = {},
): void => {
  const { port, functionKey } = app.host();
  const door = `http://127.0.0.1:${port}/api/alerts`;
  const to = secure
    ? { serviceUri: door, identifierUri: `api://${ALERT_AUDIENCE}` }
    : { serviceUri: `${door}?code=${functionKey}` };
  hearAlerts(app.cloud.world, { ...to, commonSchema });
};

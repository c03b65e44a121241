import { createGraph, GraphRefusal, quoted, type Send } from '../../sign-in/graph.ts';
import {
  absent,
  type Fact,
  type Facts,
  type Health,
  known,
  present,
  type Registration,
  type Site,
  unknown,
} from '../facts.ts';
import { guardedBy, namedBy, scopeIn } from '../guarded.ts';
import { accountsNamed } from '../host-storage.ts';
import { principalOf } from '../principal.ts';
import { isOpenTo } from '../rules/storage.ts';
import { type Arm, createArm } from './arm.ts';
import { readAssignments } from './assignments.ts';
import { readDescendants } from './descendants.ts';
import { readEventSubscriptions } from './event-subscriptions.ts';
import { readGroups } from './groups.ts';
import { readNames, readZones } from './private-names.ts';
import { readFunctions, readHost, readSettings, readSite } from './site.ts';
import { readAccounts } from './storage.ts';

export type Place = { readonly subscriptionId: string; readonly group: string; readonly app: string };

export type Access = {
  readonly arm: string;
  readonly graph: string;
  readonly send: Send;
  /** A token for a resource, of the person who runs the command. */
  readonly token: (resource: string) => Promise<string>;
};

const readTenant = async (arm: Arm, subscriptionId: string): Promise<Fact<string>> => {
  const read = await arm.get(`/subscriptions/${subscriptionId}`, 'Microsoft.Resources/subscriptions');
  if (read.kind !== 'present') return read;
  const { tenantId } = read.value;
  return typeof tenantId === 'string' ? present(tenantId) : unknown('Azure does not say of which tenant it is');
};

type Listed = {
  readonly appId: string;
  readonly appRoles: readonly { readonly value: string | null; readonly isEnabled: boolean }[];
  readonly api: { readonly requestedAccessTokenVersion: number | null };
};

const readRegistration = async (access: Access, audience: string): Promise<Fact<Registration>> => {
  try {
    const graph = createGraph({ endpoint: access.graph, token: await access.token(access.graph), send: access.send });
    const filter = `appId eq ${quoted(audience.replace(/^api:\/\//, ''))}`;
    const [found] = await graph.list(`/applications?$filter=${encodeURIComponent(filter)}`);
    if (!found) return absent;
    const { appId, appRoles, api } = found as unknown as Listed;
    const roles = appRoles.flatMap(({ value, isEnabled }) => (isEnabled && value !== null ? [value] : []));
    return present({ appId, roles, tokenVersion: api.requestedAccessTokenVersion });
  } catch (error) {
    return unknown(
      error instanceof GraphRefusal ? error.message : `Microsoft Graph could not be asked: ${(error as Error).message}`,
    );
  }
};

const readHealth = async (send: Send, hostName: string): Promise<Fact<Health>> => {
  try {
    const { status } = await send({ method: 'GET', url: `https://${hostName}/api/health`, headers: {} });
    return present({ status });
  } catch (error) {
    return unknown(`${hostName} did not answer: ${(error as Error).message}`);
  }
};

const byId = async <Value>(
  ids: readonly string[],
  read: (id: string) => Promise<Value>,
): Promise<Readonly<Record<string, Value>>> =>
  Object.fromEntries(await Promise.all(ids.map(async (id) => [id, await read(id)] as const)));

/** The DNS for accounts that the app reaches by a private endpoint alone. */
const readPrivateNames = async (
  arm: Arm,
  site: Site | undefined,
  accounts: Facts['accounts'],
): Promise<Pick<Facts, 'privateNames' | 'zones'>> => {
  const subnetId = site?.subnetId;
  const closed = Object.values(accounts).flatMap((fact) => {
    const account = known(fact);
    return account && account.privateEndpoints.length > 0 && !isOpenTo(account, subnetId) ? [account] : [];
  });
  if (subnetId === undefined || closed.length === 0) return { privateNames: absent, zones: {} };
  const endpointsOf = new Map(closed.map(({ name, privateEndpoints }) => [name, privateEndpoints]));
  return {
    privateNames: await readNames(arm, subnetId),
    zones: await byId([...endpointsOf.keys()], (name) => readZones(arm, endpointsOf.get(name) ?? [])),
  };
};

const managementGroupId = (name: string): string => `/providers/Microsoft.Management/managementGroups/${name}`;

const NOT_ASKED = unknown('they depend on something that is not there or not known.');

/** Reads all facts of an installation that are visible from outside. It writes nothing, and prints no value of a setting. */
export const readFacts = async (access: Access, place: Place): Promise<Facts> => {
  const { subscriptionId, group, app } = place;
  const arm = createArm({ endpoint: access.arm, token: await access.token(access.arm), send: access.send });
  const id = `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/Microsoft.Web/sites/${app}`;
  const [tenantId, site] = await Promise.all([readTenant(arm, subscriptionId), readSite(arm, id)]);
  const there = known(site);
  const settings = there ? await readSettings(arm, id) : NOT_ASKED;
  const set = known(settings) ?? {};
  const principal = principalOf({ site, settings });
  const audience = set['GUARDIAN_APPROVER_AUDIENCE'] ?? set['GUARDIAN_ALERT_AUDIENCE'];
  const groups = principal.kind === 'known' ? await readGroups(access, principal.principalId) : NOT_ASKED;
  const holdingAt = (scope: string) =>
    principal.kind === 'known'
      ? readAssignments(arm, scope, { principalId: principal.principalId, groups: known(groups) ?? [] })
      : Promise.resolve(NOT_ASKED);
  const holding = (subscription: string) => holdingAt(`/subscriptions/${subscription}`);
  const { managementGroups } = scopeIn(set);
  const below = await byId(managementGroups, (name) => readDescendants(arm, name));
  const named = namedBy({ settings, subscriptionId });
  const others = guardedBy({ settings, subscriptionId, below }).filter((one) => one !== subscriptionId.toLowerCase());
  const [
    functions,
    host,
    accounts,
    assignments,
    elsewhere,
    atManagementGroups,
    eventSubscriptions,
    registration,
    health,
  ] = await Promise.all([
    there ? readFunctions(arm, id) : NOT_ASKED,
    there ? readHost(arm, id) : NOT_ASKED,
    readAccounts(arm, subscriptionId, accountsNamed(set)),
    holding(subscriptionId),
    byId(others, holding),
    byId(managementGroups, (name) => holdingAt(managementGroupId(name))),
    byId(named, async (one) => (there ? readEventSubscriptions(arm, one, id) : NOT_ASKED)),
    audience ? readRegistration(access, audience) : absent,
    there ? readHealth(access.send, there.hostName) : NOT_ASKED,
  ]);
  const held = { assignments, elsewhere, atManagementGroups };
  const seen = { functions, host, accounts, groups, below, eventSubscriptions, registration, health };
  return { ...place, tenantId, site, settings, ...held, ...seen, ...(await readPrivateNames(arm, there, accounts)) };
};

import { z } from 'zod';
import { type Fact, type Host, present, type Site, unknown } from '../facts.ts';
import type { Arm } from './arm.ts';

const identity = z.object({
  principalId: z.string().optional(),
  userAssignedIdentities: z.record(z.string(), z.object({ principalId: z.string(), clientId: z.string() })).nullish(),
});

const site = z.object({
  id: z.string(),
  properties: z.object({
    state: z.string(),
    defaultHostName: z.string(),
    virtualNetworkSubnetId: z.string().nullish(),
  }),
  identity: identity.nullish(),
});

const shaped = (json: unknown): Fact<Site> => {
  const read = site.safeParse(json);
  if (!read.success) return unknown(`its answer is not understood: ${z.prettifyError(read.error)}`);
  const { id, properties, identity: who } = read.data;
  const { state, defaultHostName: hostName, virtualNetworkSubnetId } = properties;
  const users = Object.entries(who?.userAssignedIdentities ?? {});
  return present({
    id,
    state,
    hostName,
    ...(virtualNetworkSubnetId && { subnetId: virtualNetworkSubnetId }),
    ...(who?.principalId && { systemPrincipalId: who.principalId }),
    userIdentities: users.map(([resourceId, one]) => ({ resourceId, ...one })),
  });
};

const SITES = 'Microsoft.Web/sites';

export const readSite = async (arm: Arm, id: string): Promise<Fact<Site>> => {
  const read = await arm.get(id, SITES);
  return read.kind === 'present' ? shaped(read.value) : read;
};

/**
 * This read needs Microsoft.Web/sites/config/list/action, which the role Reader does not have: values of settings are secrets.
 */
export const readSettings = async (arm: Arm, id: string): Promise<Fact<Readonly<Record<string, string>>>> => {
  const read = await arm.post(`${id}/config/appsettings/list`, SITES);
  if (read.kind !== 'present') return read;
  const parsed = z.object({ properties: z.record(z.string(), z.string()) }).safeParse(read.value);
  return parsed.success ? present(parsed.data.properties) : unknown('the list of settings is not understood');
};

/** Names without the app's name, which Azure puts before them. */
export const readFunctions = async (arm: Arm, id: string): Promise<Fact<readonly string[]>> => {
  const read = await arm.list(`${id}/functions`, SITES);
  if (read.kind !== 'present') return read;
  return present(
    read.value.map(
      ({ name, id: own }) =>
        String(name ?? own)
          .split('/')
          .at(-1) ?? '',
    ),
  );
};

const host = z.object({
  properties: z.object({ state: z.string(), errors: z.array(z.string()).nullish() }),
});

/** The state of the host by its own report; where the host does not run, Azure shows only that. */
export const readHost = async (arm: Arm, id: string): Promise<Fact<Host>> => {
  const read = await arm.get(`${id}/host/default/properties/status`, SITES);
  if (read.kind !== 'present') return read;
  const parsed = host.safeParse(read.value);
  if (!parsed.success) return unknown('its status is not understood');
  const { state, errors } = parsed.data.properties;
  return present({ state, errors: errors ?? [] });
};

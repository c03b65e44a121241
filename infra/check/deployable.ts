import { randomBytes } from 'node:crypto';
import { type BootedCloud, bootCloud } from '../../local/boot-cloud.ts';
import type { Principal } from '../../local/cloud/entra/entra.ts';
import type { Send } from '../sign-in/graph.ts';
import { sendThrough } from './through-proxy.ts';

/** An empty local cloud, and a person who owns a subscription of it. */
export type Deployable = Pick<BootedCloud, 'clock' | 'cloud' | 'close'> & {
  /** Calls a verb of the control surface; rejects where it is refused. */
  say<Answer>(verb: string, input?: Readonly<Record<string, unknown>>): Promise<Answer>;
  /** The environment of the process that deploys. */
  readonly environment: Readonly<Record<string, string>>;
  readonly subscription: string;
  /** Object id of the owner, who deploys. */
  readonly owner: string;
  readonly engineer: Principal;
  /** Credentials with which the commands of a release sign in: an application with the same rights. */
  readonly signIn: Readonly<Record<string, string>>;
  /** A token of the engineer for a resource. */
  token(audience: string): Promise<string>;
  readonly send: Send;
  /** Lets virtual time pass while OpenTofu, or another client of this cloud, waits for it. */
  whilePassing<T>(work: () => Promise<T>): Promise<T>;
};

/** Virtual seconds per real one while a client waits for Azure. A token that OpenTofu keeps lasts an hour of virtual time. */
const RATE = 20;

const passing =
  ({ clock }: BootedCloud): Deployable['whilePassing'] =>
  async (work) => {
    const stop = clock.followWall(RATE);
    try {
      return await work();
    } finally {
      stop();
    }
  };

/** The engineer, who registers the app and examines it: with the least rights that `npm run doctor` and `infra/entra.ts` need. */
const engineerOf = ({ cloud }: BootedCloud, subscription: string): Principal => {
  const { entra, rbac } = cloud.world;
  const engineer = entra.createUser({ name: 'engineer' });
  const { objectId: principalId } = engineer;
  entra.directoryRoles.give(principalId, 'Application Administrator');
  for (const role of ['Reader', 'Website Contributor'])
    rbac.assign({ scope: `/subscriptions/${subscription}`, role, principalId, principalType: 'User' });
  return engineer;
};

const GRAPH_PERMISSIONS = ['Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All'];

const signInTo = ({ cloud }: BootedCloud, subscription: string): Readonly<Record<string, string>> => {
  const { entra, rbac } = cloud.world;
  const secret = randomBytes(24).toString('base64url');
  const { objectId: principalId, appId } = entra.createServicePrincipal({
    name: 'commands',
    secret,
    roles: GRAPH_PERMISSIONS,
  });
  for (const role of ['Reader', 'Website Contributor'])
    rbac.assign({ scope: `/subscriptions/${subscription}`, role, principalId });
  return { AZURE_TENANT_ID: entra.tenantId, AZURE_CLIENT_ID: appId ?? '', AZURE_CLIENT_SECRET: secret };
};

const sayTo =
  (control: string): Deployable['say'] =>
  async (verb, input = {}) => {
    const answer = await fetch(`${control}/${verb}`, { method: 'POST', body: JSON.stringify(input) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${verb}: ${answer.status} ${text}`);
    return JSON.parse(text);
  };

type Deployer = { readonly environment: Readonly<Record<string, string>>; readonly objectId: string };

/** @param log gets the log of the cloud: requests that it does not play, and the output of its sites */
export const bootDeployable = async (log: (line: string) => void): Promise<Deployable> => {
  const booted = await bootCloud({ now: new Date(), world: 'undeployed', log });
  const { clock, cloud, close } = booted;
  const say = sayTo(cloud.control);
  const { environment, objectId: owner } = await say<Deployer>('repair/create-deployer', { name: 'pipeline' });
  const subscription = environment['ARM_SUBSCRIPTION_ID'] ?? '';
  const [engineer, signIn] = [engineerOf(booted, subscription), signInTo(booted, subscription)];
  const token = (audience: string) => cloud.world.entra.issue({ principal: engineer, audience });
  return {
    ...{ clock, cloud, close, say, owner, engineer, signIn, token, subscription },
    ...{ send: sendThrough(cloud), whilePassing: passing(booted) },
    environment: {
      ...environment,
      HTTPS_PROXY: `http://127.0.0.1:${cloud.port}`,
      NO_PROXY: '127.0.0.1,localhost',
      SSL_CERT_FILE: cloud.caFile,
    },
  };
};

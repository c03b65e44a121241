import type { GraphAnswer, GraphRequest, Send } from '../../infra/sign-in/graph.ts';
import { apiVersion } from '../../src/remediation/model/api-versions.ts';

/** The vault that the person has named, and a key in it that is made for the trials and deleted after them. */
export type Canary = {
  readonly keyName: string;
  /** Sends to a path below the vault's host: `/keys/canary`. */
  readonly vault: (method: GraphRequest['method'], path: string, body?: unknown) => Promise<GraphAnswer>;
  /** Sends to a path below the vault's id in Resource Manager, with this api-version. */
  readonly manager: (path: string, version: string) => Promise<GraphAnswer>;
  readonly sleep: (ms: number) => Promise<void>;
  readonly now: () => number;
};

export type Place = {
  /** `https://contoso.vault.azure.net`, without a slash at its end. */
  readonly host: string;
  readonly vaultId: string;
  readonly keyName: string;
  readonly arm: string;
};

type Around = Pick<Canary, 'sleep' | 'now'> & {
  readonly send: Send;
  readonly token: (resource: string) => Promise<string>;
};

const DATA = apiVersion('Key Vault keys (data plane)');

/**
 * `contoso.vault.azure.net` takes tokens for `https://vault.azure.net`: in every cloud the audience is the end of the host name.
 */
const audienceOf = (host: string): string => `https://${new URL(host).hostname.split('.').slice(1).join('.')}`;

export const canaryAt = ({ host, vaultId, keyName, arm }: Place, { send, token, sleep, now }: Around): Canary => {
  const asked = async (resource: string, method: GraphRequest['method'], url: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${await token(resource)}`, 'content-type': 'application/json' };
    return send({ method, url, headers, ...(body !== undefined && { body }) });
  };
  return {
    keyName,
    vault: (method, path, body) => asked(audienceOf(host), method, `${host}${path}?api-version=${DATA}`, body),
    manager: (path, version) => asked(arm, 'GET', `${arm}${vaultId}${path}?api-version=${version}`),
    sleep,
    now,
  };
};

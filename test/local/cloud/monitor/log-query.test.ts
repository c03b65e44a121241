import https from 'node:https';
import { describe, expect, it } from 'vitest';
import type { Principal } from '../../../../local/cloud/entra/entra.ts';
import { keyActsQuery } from '../../../../src/azure/connection/audit-query.ts';
import { auditVaults, CUSTOMER_ID, WORKSPACE } from '../../../builders/audit-logs.ts';
import { aCloud, named, theProduct, throughProxy } from '../sdk.ts';

const LOGS = 'https://api.loganalytics.io';
const QUERY = keyActsQuery('kv-orders.vault.azure.net', '00000000-0000-4000-8000-000000000000');

type Asked = {
  readonly by?: Principal;
  readonly audience?: string;
  readonly workspace?: string;
  readonly body?: object;
};
type Answered = { readonly status: number; readonly body: { readonly error?: { readonly code: string } } };

/** A world whose vault is audited, an act of its owner in the log, and the queries of a caller to the workspace. */
const anAuditedWorld = async () => {
  const cloud = await aCloud({ world: 'mysql-single' });
  auditVaults(cloud);
  cloud.world.keyVault.deleteKey('kv-orders', 'cmk');
  const { agent } = throughProxy(cloud);
  const ask = async ({ by, audience = LOGS, workspace = CUSTOMER_ID, body = { query: QUERY } }: Asked = {}) => {
    const principal = by ?? theProduct(cloud);
    const token = await cloud.world.entra.issue({ principal, audience });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    return new Promise<Answered>((resolve, reject) => {
      const url = `${LOGS}/v1/workspaces/${workspace}/query`;
      const request = https.request(url, { method: 'POST', agent, headers }, async (response) => {
        const text = (await response.toArray()).map(String).join('');
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) });
      });
      request.on('error', reject).end(JSON.stringify(body));
    });
  };
  return { cloud, ask };
};

describe('A query of a workspace', () => {
  it('shows an act after the delay of the log, within the time that it asks for', async () => {
    const { cloud, ask } = await anAuditedWorld();
    const rowsOf = async (asked: Asked = {}) =>
      ((await ask(asked)).body as { tables: { rows: unknown[] }[] }).tables[0]?.rows;
    expect(await rowsOf()).toEqual([]);
    await cloud.world.clock.advance(301_000);
    expect(await rowsOf()).toEqual([expect.arrayContaining(['KeyDelete', 'owner@contoso.com'])]);
    const timespan = '2026-11-22T01:00:00Z/2026-11-22T02:00:00Z';
    expect(await rowsOf({ body: { query: QUERY, timespan } })).toEqual([]);
  });

  it('takes a token for the Log Analytics API alone, of somebody whose role reads the workspace', async () => {
    const { cloud, ask } = await anAuditedWorld();
    const refusal = async (asked: Asked) => {
      const { status, body } = await ask(asked);
      return [status, body.error?.code];
    };
    for (const audience of [
      'https://management.azure.com',
      'https://vault.azure.net',
      'https://api.loganalytics.azure.com',
    ])
      expect(await refusal({ audience })).toEqual([403, 'InvalidAuthenticationTokenAudience']);
    expect(await refusal({ by: named(cloud, 'requester') })).toEqual([403, 'InsufficientAccessError']);
    expect(await refusal({ workspace: '00000000-0000-4000-8000-00000000000f' })).toEqual([
      404,
      'WorkspaceNotFoundError',
    ]);
    cloud.world.rbac.dropScope(WORKSPACE);
    expect(await refusal({})).toEqual([403, 'InsufficientAccessError']);
  });

  it('is evaluated where it is the product’s own, and otherwise refused aloud', async () => {
    const { cloud, ask } = await anAuditedWorld();
    const code = async (query: string) => (await ask({ body: { query } })).body.error?.code;
    expect(await code(QUERY.replaceAll(/\s+/g, ' '))).toBeUndefined();
    expect(await code('AZKVAuditLogs | take 5')).toBe('BadArgumentError');
    expect(await code('AZKVAuditLogs | where (')).toBe('BadArgumentError');
    expect(cloud.lines.splice(0)).toEqual([
      expect.stringContaining('not simulated: the log query AZKVAuditLogs | take 5'),
    ]);
  });

  it('finds its workspace by the id that the state of the world names', async () => {
    const { cloud } = await anAuditedWorld();
    const state = await (await fetch(`${cloud.control}/state`)).json();
    expect(JSON.stringify(state)).toContain(JSON.stringify({ id: WORKSPACE, customerId: CUSTOMER_ID }));
  });
});

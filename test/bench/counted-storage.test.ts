import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countStorage } from '../../bench/ledger/counted-storage.ts';

let storage: Server;
const asked: string[] = [];

beforeEach(async () => {
  asked.length = 0;
  storage = createServer(({ url = '' }, answer) => {
    asked.push(decodeURIComponent(url));
    answer.end('rows');
  });
  await new Promise<void>((resolve) => storage.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  storage.closeAllConnections();
  storage.close();
});

describe('The calls of storage that the bench counts', () => {
  it('are those that it is to count, and each of them reaches the storage and is answered', async () => {
    const { port } = storage.address() as AddressInfo;
    const counts = (path: string): boolean => !path.includes("'callers'");
    const counted = await countStorage(`TableEndpoint=http://127.0.0.1:${port}/account;`, { counts });
    const [, address = ''] = /TableEndpoint=([^;]+)/.exec(counted.connectionString) ?? [];
    const paths = ["/records()?$filter=PartitionKey eq 'callers'", "/records()?$filter=PartitionKey eq 'orders'"];
    for (const path of paths) expect(await (await fetch(`${address}${path}`)).text()).toBe('rows');
    expect(asked).toEqual(paths.map((path) => `/account${path}`));
    expect(counted.traffic).toEqual({ requests: 1, bytes: 2 * 'rows'.length });
    await counted.close();
  });
});

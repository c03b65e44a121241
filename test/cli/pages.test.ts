import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { aTerminal, EXIT, runIn } from './rig.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

const incident = (page: number) => ({
  id: `20260301T1000${String(page).padStart(2, '0')}Z-00000000`,
  keyId: 'https://kv.vault.azure.net/keys/cmk',
  openedAt: '2026-03-01T10:00:00.000Z',
  closedAt: '2026-03-01T10:10:00.000Z',
  minutesOpen: 10,
});

/** An app whose list of incidents has so many pages. */
const withPages = async (pages: number): Promise<string> => {
  const server = createServer((request, response) => {
    const page = Number(new URL(request.url ?? '', 'http://app').searchParams.get('after') ?? 1);
    const nextLink = page < pages ? { nextLink: `/api/keyed/incidents?after=${page + 1}` } : {};
    response.writeHead(200, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify({ value: [incident(page)], ...nextLink }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const incidentsAt = (url: string, around: object) =>
  runIn(['incident', '--output', 'csv'], { environment: { GUARDIAN_URL: url, GUARDIAN_KEY: 'a key' }, ...around });

describe('A list of many pages', () => {
  it('is read to its end, however many there are', async () => {
    const { exit, out } = await incidentsAt(await withPages(40), {});
    expect(exit).toBe(EXIT.well);
    expect(out.trimEnd().split('\r\n')).toHaveLength(1 + 40);
  });

  it('says on a terminal how far it is, once it has lasted for two seconds, and takes that away', async () => {
    const { drawn, terminal } = aTerminal();
    let now = 0;
    const slow = () => {
      now += 900;
      return now;
    };
    const { out } = await incidentsAt(await withPages(5), { progress: terminal, now: slow });
    expect(drawn).toEqual([
      ...['cleared', 'Reading a long list: 4 pages'],
      ...['cleared', 'Reading a long list: 5 pages'],
      'cleared',
    ]);
    expect(out).not.toContain('Reading');
  });

  it('says nothing of it where it was read soon', async () => {
    const { drawn, terminal } = aTerminal();
    await incidentsAt(await withPages(5), { progress: terminal });
    expect(drawn).toEqual([]);
  });
});

import { once } from 'node:events';
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDocument } from '../../builders/citations.ts';
import { repeated } from '../../run/exhaustive.ts';
import { killAllMains, type MainProcess, startMain } from './main-process.ts';

afterAll(killAllMains);

/** The printed text without its variable parts: numbers, ids of versions, and line breaks. */
const inWords = (printed: string): string =>
  printed
    .replaceAll(/\b[0-9a-f]{8}\b/g, '#')
    .replaceAll(/\d+/g, '#')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** Stage by stage, as printed. */
const stagesIn = (output: string): string[] =>
  [...output.matchAll(/^ {2}\d\d:\d\d:\d\d [\d.]+ s +(?:\d+:\d\d (?:left|down) +)?(\w+(?: out)?) {2}/gm)].flatMap(
    ([, stage]) => stage ?? [],
  );

describe('npm run demo', () => {
  let demo: MainProcess;

  beforeAll(async () => {
    demo = startMain(['--demo'], { GUARDIAN_MODE: 'observe' });
    await demo.ended;
  });

  const acts = (): readonly [string, string] => {
    const [first = '', second = ''] = demo.output().split('A key is deleted, and there is no event for that');
    return [first, second];
  };

  it('loses a healthy server to an expired key, heals it, and exits 0', async () => {
    expect(await demo.ended).toBe(0);
    const [first] = acts();
    expect(stagesIn(first)).toEqual([
      'healthy',
      'healthy',
      'expired',
      'lost',
      'locked out',
      'detected',
      'decided',
      'extending',
      'extended',
      'revalidating',
      'revalidated',
      'healthy',
      'Ready',
    ]);
    expect(first).toMatch(/HEALED {2}lost ─ \d+ s → detected .* → Ready/);
  });

  it('prints the timeline that the README shows', () => {
    const [, shown = ''] = /```text\n([\s\S]*?)```/.exec(readDocument('README.md')) ?? [];
    expect(stagesIn(shown).length).toBeGreaterThan(10);
    expect(inWords(acts()[0])).toContain(inWords(shown));
  });

  it('then deletes the key of another server, which gets it back before anybody is locked out', () => {
    const [, second] = acts();
    expect(stagesIn(second)).toEqual([
      'deleted',
      'lost',
      'detected',
      'decided',
      'recovering',
      'recovered',
      'Ready',
      'regained',
    ]);
    expect(second).toMatch(/HEALED {2}deleted ─ \d+ s → lost .* → recovered ─ \d+ s → Ready/);
    expect(second).toContain('before anybody was locked out');
  });

  it('says which wake found each loss, and which switches the world has', () => {
    const [first, second] = acts();
    expect(first).toContain('An event from Event Grid woke the app.');
    expect(second).toContain('The probe, which needs no event, woke the app.');
    expect(demo.output()).toMatch(/inaccessibleAfterSeconds 60 .*\n\s+eventDelaySeconds 180/);
  });

  it('says that the mode of one’s own environment does not count', () => {
    expect(demo.output().replaceAll(/\s+/g, ' ')).toContain(
      "GUARDIAN_MODE is 'observe' in your environment, which does not count",
    );
  });

  it('is plain text where there is no terminal', () => {
    expect(demo.output()).not.toContain('\u001b');
  });
});

describe('npm run demo -- --act replica', () => {
  repeated(
    'makes a replica that may not use the key, lets it in because Azure names its source, and exits 0',
    async () => {
      const demo = startMain(['--demo', '--act', 'replica']);
      expect(await demo.ended).toBe(0);
      const [, act = ''] = demo.output().split('A replica may not use the key');
      expect(stagesIn(act).filter((stage) => stage !== 'decided')).toEqual([
        'healthy',
        'healthy',
        'replica',
        'locked out',
        'detected',
        'assigning',
        'assigned',
        'granting',
        'granted',
        'revalidating',
        'revalidated',
        'healthy',
        'Ready',
      ]);
      expect(act).toMatch(/HEALED {2}replica ─ \d+ s → detected .* → granted ─ \d+ s → revalidated ─ \d+ s → Ready/);
    },
  );
});

describe('npm run demo -- --act alert', () => {
  repeated(
    'deletes a key, of which an alert on the audit log tells through the secure webhook, and exits 0',
    async () => {
      const demo = startMain(['--demo', '--act', 'alert']);
      expect(await demo.ended).toBe(0);
      const [, act = ''] = demo.output().split('A key is deleted, and the audit log of its vault tells of it');
      expect(stagesIn(act)).toEqual(
        expect.arrayContaining(['deleted', 'lost', 'detected', 'decided', 'recovering', 'recovered', 'Ready']),
      );
      expect(act.replaceAll(/\s+/g, ' ')).toContain('An alert from Azure Monitor woke the app.');
      expect(act).toContain('before anybody was locked out');
    },
  );
});

describe('npm run demo on a narrow terminal', () => {
  repeated.each([60, 80])('breaks no line between two words of it, at %i columns', async (columns) => {
    const demo = startMain(['--demo', '--mode', 'approve'], { COLUMNS: String(columns) });
    await demo.ended;
    const tooLong = demo
      .output()
      .split('\n')
      .filter((line) => line.length >= columns);
    expect(tooLong.filter((line) => line.trim().includes(' '))).toEqual([]);
  });
});

describe('npm run demo, when it does not heal', () => {
  repeated('exits 1 in mode observe and says why, while the server stays locked out', async () => {
    const demo = startMain(['--demo', '--mode', 'observe']);
    expect(await demo.ended).toBe(1);
    const [, ending = ''] = demo.output().split('NOT HEALED');
    expect(ending.replaceAll(/\s+/g, ' ')).toContain(
      "orders is inaccessible. The app's verdict is 'report'. Mode observe reports",
    );
  });

  repeated('exits 1 and names the settings when the app does not start', async () => {
    const demo = startMain(['--demo'], { GUARDIAN_NEAR_EXPIRY: 'soon' });
    expect(await demo.ended).toBe(1);
    expect(demo.output()).toMatch(/It failed\. .*\n.*\n- GUARDIAN_NEAR_EXPIRY is 'soon'; allowed: /);
  });

  it('exits 1 and says so when the port that was asked for is taken', async () => {
    const other = net.createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as net.AddressInfo;
    const demo = startMain(['--demo', '--port', String(port)]);
    expect(await demo.ended).toBe(1);
    expect(demo.output()).toContain(`Port ${port} is taken.`);
    other.close();
  });

  it('exits 2 for an option that it does not know', async () => {
    const demo = startMain(['--fast']);
    expect(await demo.ended).toBe(2);
    expect(demo.output()).toContain("Unknown option '--fast'");
  });
});

describe('npm start in mode approve', () => {
  repeated('stays up, and says how to reach the app and which plan to approve', async () => {
    const main = startMain(['--mode', 'approve']);
    await main.until('From now on the clock');
    const [, app, code] = /export APP=(\S+) CODE=(\S+)/.exec(main.output()) ?? [];
    const [, planId] = /\bPLAN=([0-9a-f]{64})\b/.exec(main.output()) ?? [];
    const answer = await fetch(`${app}/plans/${planId}?code=${code}`);
    expect(await answer.json()).toMatchObject({ planId, key: 'https://kv-orders.vault.azure.net/keys/cmk' });
  });
});

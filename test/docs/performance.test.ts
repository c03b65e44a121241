import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Counts, Watched } from '../../bench/bill/counts.ts';
import { assumedOf, readPrices } from '../../bench/bill/prices.ts';
import { withGoal } from '../../bench/figure.ts';
import { performancePage } from '../../bench/page/performance-page.ts';
import { pages } from '../../bench/page/write-pages.ts';

const root = path.join(import.meta.dirname, '..', '..');
const prices = readPrices();

const counts = (keyVaultCalls: number): Counts => ({
  keyVaultCalls,
  resourceManagerCalls: 0,
  refusedCalls: 0,
  storageCalls: 0,
  executions: 0,
  durableExecutions: 0,
  activeMs: 0,
  processorMs: 0,
});
const MADE = { at: '2026-03-02', command: 'npm run bench', machine: 'a machine' };
const watched = (callsByLists: number): Watched & typeof MADE => ({
  ...MADE,
  shape: { keys: 10_000, keysAVault: 200, subscriptions: 1 },
  sweep: counts(0),
  probe: { dataPlaneList: counts(callsByLists) },
  detection: { dataPlaneList: { losses: 200, p50: 30, p95: 60.4, worst: 61 } },
});

describe('What is made of bench/results.json', () => {
  it.each([...pages().keys()])('is %s, as npm run bench -- --write has written it', (file) => {
    expect(readFileSync(path.join(root, file), 'utf8')).toBe(pages().get(file));
  });

  it('says of each goal whether it holds', () => {
    const pageOf = (calls: number): string => performancePage(prices, { bill: { watched: [watched(calls)] } });
    expect(pageOf(450)).toMatch(/calls of Key Vault a minute, by lists of vaults \| 450 calls \| 450: holds/);
    expect(pageOf(451)).toMatch(
      /calls of Key Vault a minute, by lists of vaults \| 451 calls \| 450: \*\*does not hold/,
    );
    expect(pageOf(450)).toMatch(/\| 30, \*\*60\.4: too late\*\*, 61 \|/);
  });
});

describe('A way to look that was measured in some estates alone', () => {
  const found = { losses: 50, p50: 31, p95: 59, worst: 61 };
  const [older, newer] = [watched(400), { ...watched(400), shape: { keys: 100, keysAVault: 200, subscriptions: 1 } }];
  const both: Watched & typeof MADE = {
    ...newer,
    sweeps: { auto: counts(11) },
    probe: { ...newer.probe, auto: { ...counts(0), resourceManagerCalls: 1 } },
    detection: { ...newer.detection, auto: found },
  };
  const page = performancePage(prices, { bill: { watched: [both, older] } });

  it('has its column and its counts, and the others say that nobody has measured it there', () => {
    expect(page).toContain(
      "| 100 | 1 | 1 | a minute of the probe by Resource Manager's lists, else those of vaults | 0 | 1 |",
    );
    expect(page).toContain(
      "| 100 | 1 | 1 | a sweep by Resource Manager's lists, else those of vaults, beside the probe | 11 |",
    );
    expect(page).toMatch(/\| 100 \| 1 \| 1 \| 30, \*\*60\.4: too late\*\*, 61 \| 31, 59, 61 \|/);
    expect(page).toMatch(/\| 10,000 \| 50 \| 1 \| 30, \*\*60\.4: too late\*\*, 61 \| not measured \|/);
    expect(page).toMatch(/\| 10,000 \| 50 \| 1 \| [\d.,]+ \| not measured \|/);
    expect(page).not.toMatch(/NaN|undefined/);
  });

  it('is told by its value of GUARDIAN_LOOK, and of what the sizes were', () => {
    expect(page).toContain("`auto` by Resource Manager's lists, else those of vaults");
    expect(page).toContain('50 to 200 keys');
    const [, made = ''] = page.split("### By Resource Manager's lists, else those of vaults: what it is made of");
    expect(made.slice(0, made.indexOf('\nMemory'))).not.toContain('| 10,000 |');
  });
});

describe('The chapter on heals', () => {
  it('says of each figure whether it holds and what it is made of, and is left out where no heal was measured', () => {
    const measured = [{ figure: withGoal('healLateAzure', 1.9, 'x script', 1.8), remark: 'one\ntwo' }];
    const page = performancePage(prices, { heal: { ...MADE, measured } });
    expect(page).toContain('| `healLateAzure` | 1.9 x script | 1.8: **does not hold** | one; two |');
    expect(performancePage(prices, {})).not.toContain('How long a heal takes');
  });
});

describe('What bench/prices.json assumes of infra', () => {
  const variables = readFileSync(path.join(root, 'infra', 'product', 'variables.tf'), 'utf8');

  it('is how many rules on logs it makes', () => {
    expect(assumedOf(prices, 'logAlertRules')).toBe(readdirSync(path.join(root, 'infra', 'queries')).length);
  });

  it('is how many instances it keeps ready, and how large', () => {
    const [, ready = ''] = /variable "always_ready" {\s+type\s+= object\((.*)\)/.exec(variables) ?? [];
    const instances = [...ready.matchAll(/optional\(number, (\d+)\)/g)].map(([, count]) => Number(count));
    expect(instances.reduce((sum, count) => sum + count, 0)).toBe(assumedOf(prices, 'alwaysReadyInstances'));
    const [, megabytes] = /variable "instance_memory_mb" {[^}]*?default\s+= (\d+)/.exec(variables) ?? [];
    expect(Number(megabytes) / 1_024).toBe(assumedOf(prices, 'instanceGigabytes'));
  });
});

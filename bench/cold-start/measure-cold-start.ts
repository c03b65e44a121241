import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Measured, withGoal } from '../figure.ts';
import { settings } from '../settings.ts';
import { type Spread, spreadOf } from '../spread.ts';
import { type Apps, buildApps } from './apps.ts';
import type { Load } from './load.ts';

const GOAL = 1.1;
const MIB = 1024 * 1024;

/** The processes inherit no variable of this process: no debugger, no compile cache, no NODE_OPTIONS. */
const ENVIRONMENT = { ...settings, AzureWebJobsStorage: 'UseDevelopmentStorage=true' };

const run = promisify(execFile);

const loadOnce = async ({ loader }: Apps, appFolder: string): Promise<Load> => {
  const { stdout } = await run(process.execPath, [loader, appFolder], { env: ENVIRONMENT });
  return JSON.parse(stdout) as Load;
};

type Pair = { readonly product: Load; readonly empty: Load };

/** Each pair runs back to back, so that other load of the machine hits both apps; the first app alternates. */
const loadPairs = async (apps: Apps, pairs: number): Promise<readonly Pair[]> => {
  const loaded: Pair[] = [];
  for (let n = 0; n < pairs; n++) {
    const isProductFirst = n % 2 === 0;
    const first = await loadOnce(apps, isProductFirst ? apps.product : apps.empty);
    const second = await loadOnce(apps, isProductFirst ? apps.empty : apps.product);
    loaded.push(isProductFirst ? { product: first, empty: second } : { product: second, empty: first });
  }
  return loaded;
};

const ratioOf = (pairs: readonly Pair[], of: (load: Load) => number): Spread =>
  spreadOf(pairs.map(({ product, empty }) => of(product) / of(empty)));

const remarkOf = (pairs: readonly Pair[], of: (load: Load) => number, unit: string): string => {
  const medianOf = (side: keyof Pair): string => spreadOf(pairs.map((pair) => of(pair[side]))).median.toFixed(0);
  const { lower, upper } = ratioOf(pairs, of);
  return `${medianOf('product')} to ${medianOf('empty')} ${unit}; quartiles ${lower.toFixed(2)} to ${upper.toFixed(2)}, ${pairs.length} pairs`;
};

/** Start and memory of the bundle as multiples of those of an app with nothing but the two SDKs in it. */
export const measureColdStart = async (pairs: number): Promise<readonly Measured[]> => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cmk-guardian-bench-'));
  try {
    const apps = await buildApps(folder);
    // One pair before the measurement fills the file cache of the operating system.
    await loadPairs(apps, 1);
    const loaded = await loadPairs(apps, pairs);
    const ms = (load: Load): number => load.ms;
    const processorMs = (load: Load): number => load.processorMs;
    const mib = (load: Load): number => load.rssBytes / MIB;
    return [
      {
        figure: withGoal('coldStart', ratioOf(loaded, ms).median, 'x empty app', GOAL),
        remark: `${remarkOf(loaded, ms, 'ms')}; ${ratioOf(loaded, processorMs).median.toFixed(2)} in processor time`,
      },
      {
        figure: withGoal('memory', ratioOf(loaded, mib).median, 'x empty app', GOAL),
        remark: remarkOf(loaded, mib, 'MiB'),
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

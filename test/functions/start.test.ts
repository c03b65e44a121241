import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { productOptions } from '../../bundle-options.ts';
import { type ConfigError, describeSettings, loadConfig } from '../../src/config.ts';
import { ACTIVITIES, ROUTES, registrationsOf, UNKNOWN_ROUTE } from '../../src/surface.ts';
import { temporaryFolder } from '../builders/temporary-folder.ts';
import type { Started } from './load-and-invoke.ts';

const root = path.join(import.meta.dirname, '..', '..');
const program = path.join(import.meta.dirname, 'load-and-invoke.ts');

const RIGHT = {
  GUARDIAN_SCOPE: '/subscriptions/00000000-0000-0000-0000-000000000000',
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
};
const WRONG = Object.fromEntries(describeSettings().map(({ name }) => [name, '?']));

const faultsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    return (error as ConfigError).faults;
  }
};

/** The app as it is deployed: a folder with its package.json and its bundle, and no node_modules. */
const deploy = async (): Promise<string> => {
  const folder = temporaryFolder('deployed-');
  const outdir = path.join(folder, 'dist');
  await build({ ...productOptions, absWorkingDir: root, outdir });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ type: 'module', main: 'dist/index.js' }));
  return folder;
};

const start = async (folder: string, settings: Record<string, string>): Promise<Started> => {
  const env = { PATH: process.env['PATH'], ...settings };
  const { stdout } = await promisify(execFile)(process.execPath, [program, folder], { env });
  return JSON.parse(stdout) as Started;
};

describe('the built app, loaded as Azure loads it', () => {
  let right: Started;
  let wrong: Started;

  beforeAll(async () => {
    const folder = await deploy();
    right = await start(folder, RIGHT);
    wrong = await start(folder, WRONG);
  });

  it('starts with the right settings', () => {
    expect(right.startFailure).toBeUndefined();
    expect(Object.keys(right.registered)).toEqual(expect.arrayContaining([...ACTIVITIES]));
    expect(Object.keys(right.registered).length).toBeGreaterThan(ACTIVITIES.length + ROUTES.length);
  });

  it('loads nothing by which one speaks over TLS: axios of the Durable client, and Node’s fetch with it, wait for their first use', () => {
    expect(right.loaded).toContain('http');
    for (const late of ['tls', 'https', 'http2', 'internal/deps/undici/undici'])
      expect(right.loaded).not.toContain(late);
  });

  it('registers every function that needs no setting before it reads the settings', () => {
    const late = Object.entries(right.registered).filter(([name]) => !(name in wrong.registered));
    expect(late).toEqual([
      ...['receive-alert', 'keyed-receive-alert', UNKNOWN_ROUTE].map((name) => [name, 'httpTrigger']),
      ...['sweep', 'probe', 'posture'].map((name) => [name, 'timerTrigger']),
    ]);
  });

  it('says every fault of wrong settings in one message', () => {
    const faults = faultsOf(WRONG);
    expect(faults.length).toBeGreaterThan(20);
    for (const fault of faults) expect(wrong.startFailure).toContain(fault);
  });

  it('does nothing with wrong settings, whatever triggers it in spite of that', () => {
    expect(Object.keys(wrong.invoked)).toEqual(expect.arrayContaining([...ACTIVITIES]));
    const doors = ROUTES.filter(({ opens }) => opens !== 'actionGroup').flatMap((one) =>
      registrationsOf(one, { secureWebhook: false }),
    );
    expect(Object.keys(wrong.invoked).length).toBe(ACTIVITIES.length + doors.length + 3);
    for (const [, outcome] of Object.entries(wrong.invoked)) expect(outcome).toContain('its settings are wrong');
  });
});

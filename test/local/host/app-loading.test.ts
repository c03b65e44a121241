import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterEach, describe, expect, it } from 'vitest';
import { repeated } from '../../run/exhaustive.ts';
import { type HostProcess, newFolder, startHostProcess } from './host-process.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const HOST_JSON = { version: '2.0', extensions: { http: { routePrefix: '' } } };
const GREET = `
  df.app.activity('say', { handler: (name) => 'Hello ' + name });
  df.app.orchestration('greet', function* (context) { return yield context.df.callActivity('say', 'you'); });
  app.http('ping', { methods: ['GET'], authLevel: 'anonymous', handler: async () => ({ body: 'pong' }) });`;
const IMPORTS = `import { app } from '@azure/functions'; import * as df from 'durable-functions';`;
const REQUIRES = `const { app } = require('@azure/functions'); const df = require('durable-functions');`;

let host: HostProcess | undefined;
const folders: string[] = [];
afterEach(async () => {
  await host?.kill();
  host = undefined;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** An app in a folder of its own, below this repository so that it finds the packages. */
function writeApp(files: Record<string, string>, manifest: object, hostJson: object = HOST_JSON): string {
  const folder = path.join(ROOT, '.local', path.basename(newFolder()));
  mkdirSync(folder, { recursive: true });
  folders.push(folder);
  const all = { ...files, 'package.json': JSON.stringify(manifest), 'host.json': JSON.stringify(hostJson) };
  for (const [name, text] of Object.entries(all)) writeFileSync(path.join(folder, name), text);
  return folder;
}

async function expectToGreet(app: string): Promise<void> {
  host = await startHostProcess({ app });
  expect((await host.get('/ping')).body).toBe('pong');
  expect((await host.durable('POST', '/orchestrators/greet?timeout=5&pollingInterval=1')).body).toBe('Hello you');
}

const refusalOf = (app: string): Promise<string> =>
  startHostProcess({ app }).then(
    (started) => {
      host = started;
      return 'the host started';
    },
    (error: Error) => error.message,
  );

describe('an app is loaded as Azure loads it', () => {
  it('as an ES module', () =>
    expectToGreet(writeApp({ 'index.js': IMPORTS + GREET }, { type: 'module', main: 'index.js' })));

  repeated('as CommonJS', () => expectToGreet(writeApp({ 'index.js': REQUIRES + GREET }, { main: 'index.js' })));

  repeated('as TypeScript', () =>
    expectToGreet(writeApp({ 'index.ts': IMPORTS + GREET }, { type: 'module', main: 'index.ts' })),
  );

  repeated('as an esbuild bundle of ES modules that leaves @azure/functions-core external', async () => {
    const app = writeApp(
      { 'source.js': `${IMPORTS}${GREET}\nawait import('./later.js');`, 'later.js': 'export const later = 1;' },
      { type: 'module', main: 'dist/source.js' },
    );
    await build({
      entryPoints: [path.join(app, 'source.js')],
      outdir: path.join(app, 'dist'),
      bundle: true,
      platform: 'node',
      format: 'esm',
      splitting: true,
      external: ['@azure/functions-core'],
      banner: { js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);` },
      logLevel: 'error',
    });
    await expectToGreet(app);
  });
});

describe('an app that cannot run here is refused at the start, with all reasons', () => {
  it('what is left out', async () => {
    const app = writeApp(
      {
        'index.js': `${IMPORTS}
          df.app.entity('counter', () => {});
          app.storageQueue('onMessage', { queueName: 'q', connection: 'c', handler: async () => {} });
          app.timer('sundays', { schedule: '0 0 0 * * 7', handler: async () => {} });`,
      },
      { type: 'module', main: 'index.js' },
    );
    const refusal = await refusalOf(app);
    expect(refusal).toContain("function 'counter': the trigger entityTrigger is not supported");
    expect(refusal).toContain("function 'onMessage': the trigger queueTrigger is not supported");
    expect(refusal).toContain("function 'sundays': The schedule expression '0 0 0 * * 7' was not recognized");
  });

  it('HTTP streaming', async () => {
    const source = `${IMPORTS}${GREET} app.setup({ enableHttpStream: true });`;
    const app = writeApp({ 'index.js': source }, { type: 'module', main: 'index.js' });
    expect(await refusalOf(app)).toContain('enableHttpStream: true }) is not supported');
  });

  repeated('code that can be loaded once only: the host gives up after three starts in a row', async () => {
    const source = `${IMPORTS}
      import { existsSync, writeFileSync } from 'node:fs';
      const mark = new URL('./loaded', import.meta.url);
      if (existsSync(mark)) process.exit(3);
      writeFileSync(mark, '');
      app.http('die', { authLevel: 'anonymous', handler: () => process.kill(process.pid, 'SIGKILL') });`;
    host = await startHostProcess({ app: writeApp({ 'index.js': source }, { type: 'module', main: 'index.js' }) });
    expect((await host.get('/die')).status).toBe(500);
    expect(await host.gone).toBe(1);
    expect(host.log()).toContain('the worker process ended while it loaded the app (3)');
  });

  it('a main that does not exist', async () => {
    const app = writeApp({}, { type: 'module', main: 'dist/index.js' });
    expect(await refusalOf(app)).toContain('no file matches "main": "dist/index.js". Has the app been built?');
  });
});

describe('an app that throws while it is loaded', () => {
  const THROWS = `throw new Error('bad configuration');`;

  it('is refused with what it threw, once it has registered a function', async () => {
    const app = writeApp(
      { 'index.js': `import './first.js'; ${THROWS}`, 'first.js': IMPORTS + GREET },
      { type: 'module', main: 'index.js' },
    );
    const refusal =
      'the app cannot be loaded: Worker was unable to load entry point "index.js": Error: bad configuration';
    expect(await refusalOf(app)).toContain(refusal);
  });

  it('starts without functions when it has registered none: of the reason only the worker’s stderr tells', async () => {
    host = await startHostProcess({ app: writeApp({ 'index.js': THROWS }, { type: 'module', main: 'index.js' }) });
    const functions = await host.get('/admin/functions', { 'x-functions-key': host.ready.masterKey });
    expect(functions.body).toEqual([]);
    const bySeverity = host.log().split('\n');
    expect(bySeverity.filter((line) => / error: /.test(line))).toEqual([]);
    expect(bySeverity.filter((line) => / warning: No job functions found\./.test(line))).toHaveLength(1);
    expect(host.log()).toContain('Worker was unable to load entry point "index.js": Error: bad configuration');
  });
});

describe('host.json', () => {
  it('settings without effect here are warned about', async () => {
    const hostJson = {
      ...HOST_JSON,
      functionTimeout: '00:01:00',
      healthMonitor: {},
      extensions: { queues: { batchSize: 1 } },
    };
    host = await startHostProcess({
      app: writeApp({ 'index.js': IMPORTS + GREET }, { type: 'module', main: 'index.js' }, hostJson),
    });
    expect(host.log()).toContain('host.json: healthMonitor has no effect in the local host');
    expect(host.log()).toContain('host.json: extensions.queues has no effect in the local host');
    expect(host.log()).not.toContain('functionTimeout');
  });

  it('a function timeout of a wrong form is refused', async () => {
    const hostJson = { version: '2.0', functionTimeout: '5 minutes' };
    const app = writeApp({ 'index.js': IMPORTS + GREET }, { type: 'module', main: 'index.js' }, hostJson);
    expect(await refusalOf(app)).toContain("functionTimeout is '5 minutes', and must be hh:mm:ss");
  });
});

describe('local.settings.json', () => {
  it('gives values to the app, and the environment wins', async () => {
    const source = `${IMPORTS} app.http('env', { authLevel: 'anonymous', handler: async () => ({ jsonBody: [process.env.A_ONE, process.env.A_TWO] }) });`;
    const settings = JSON.stringify({ IsEncrypted: false, Values: { A_ONE: 'file', A_TWO: 'file' } });
    const app = writeApp({ 'index.js': source, 'local.settings.json': settings }, { type: 'module', main: 'index.js' });
    host = await startHostProcess({ app, env: { A_TWO: 'environment' } });
    expect((await host.get('/env')).body).toEqual(['file', 'environment']);
  });
});

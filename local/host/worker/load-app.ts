import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Registry } from './functions-core.ts';
import { asError } from './worker-errors.ts';

/**
 * Loads the app as the Functions worker does: every file in `main` of its package.json (a path or a glob). An error of
 * a file does not make the load fail: it is kept as the registry's `startFailure`.
 * @throws Error if there is no such file, if a start hook throws, or if the app asks for HTTP streaming
 */
export async function loadApp(appFolder: string, registry: Registry): Promise<void> {
  registry.startFailure = await importAll(appFolder, entryPoints(appFolder));
  const hookContext = { functionAppDirectory: appFolder, hookData: {}, appHookData: {} };
  for (const hook of registry.hooks.get('appStart') ?? []) await hook(hookContext);
  // The real worker asks at this moment. The question also closes app.setup().
  const capabilities = await registry.model?.getCapabilities?.({});
  if (capabilities?.['HttpUri']) {
    throw new Error('app.setup({ enableHttpStream: true }) is not supported by the local host: remove it to run here');
  }
  registry.locked = true;
}

function entryPoints(appFolder: string): string[] {
  const manifest = path.join(appFolder, 'package.json');
  const { main } = JSON.parse(readFileSync(manifest, 'utf8')) as { main?: string };
  if (!main) throw new Error(`${manifest} has no "main": it must name the file that registers the functions`);
  const files = globSync(main, { cwd: appFolder, exclude: ['node_modules/**'] }).sort();
  if (files.length === 0) throw new Error(`${manifest}: no file matches "main": "${main}". Has the app been built?`);
  return files;
}

/** @returns the error of the first file that throws; no file after it is loaded */
async function importAll(appFolder: string, files: readonly string[]): Promise<string | undefined> {
  for (const file of files) {
    try {
      await import(pathToFileURL(path.join(appFolder, file)).href);
    } catch (thrown) {
      const { stack, message } = asError(thrown);
      return `Worker was unable to load entry point "${file}": ${stack ?? message}`;
    }
  }
  return undefined;
}

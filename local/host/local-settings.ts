import { existsSync, readFileSync } from 'node:fs';

/**
 * Sets the `Values` of a local.settings.json as environment variables. A variable that is already set keeps its value.
 * @throws Error if the file is not JSON, or its values are encrypted
 */
export function applyLocalSettings(file: string, env: NodeJS.ProcessEnv): void {
  if (!existsSync(file)) return;
  const { IsEncrypted, Values = {} } = parse(file);
  if (IsEncrypted) throw new Error(`${file} is encrypted: run "func settings decrypt" first`);
  for (const [name, value] of Object.entries(Values)) env[name] ??= String(value);
}

function parse(file: string): { IsEncrypted?: boolean; Values?: Record<string, unknown> } {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} is not valid JSON: ${error instanceof Error ? error.message : error}`);
  }
}

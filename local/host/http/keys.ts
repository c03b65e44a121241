import { randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The keys of a function app. Each system key belongs to one extension. */
export type Keys = {
  masterKey: string;
  /** Host keys: they open every function of level `function`. */
  functionKeys: Record<string, string>;
  systemKeys: { eventgrid_extension: string; durabletask_extension: string };
};

export type Requirement =
  | { level: 'anonymous' | 'function' | 'admin' }
  | { level: 'system'; key: keyof Keys['systemKeys'] };

/** Reads the keys, or creates them on first use. Only the file's owner can read it. */
export function loadKeys(file: string): Keys {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Keys;
  const keys: Keys = {
    masterKey: newKey(),
    functionKeys: { default: newKey() },
    systemKeys: { eventgrid_extension: newKey(), durabletask_extension: newKey() },
  };
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(keys, null, 2), { mode: 0o600 });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
  return keys;
}

const newKey = (): string => randomBytes(40).toString('base64url');

/** The level must match exactly; only the master key opens everything (AuthUtility of the Functions host). */
export function opens(keys: Keys, presented: string | null, required: Requirement): boolean {
  if (required.level === 'anonymous') return true;
  if (!presented) return false;
  if (same(presented, keys.masterKey)) return true;
  if (required.level === 'function') return Object.values(keys.functionKeys).some((key) => same(presented, key));
  return required.level === 'system' && same(presented, keys.systemKeys[required.key]);
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

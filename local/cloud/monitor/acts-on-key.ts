import { readFileSync } from 'node:fs';
import path from 'node:path';
import { guid } from '../draw.ts';
import type { World } from '../service.ts';
import { CLAIMS, claimsIn } from './audit-claims.ts';
import type { AuditRow } from './audit-log.ts';

/**
 * The parameters of the product's query to a workspace: the vault of the keys, and the object id of the product, whose acts are
 * left out.
 */
type Asked = { vault: string; product: string };

const TEMPLATE = readFileSync(path.join(import.meta.dirname, 'acts-on-key.kql'), 'utf8');
const KEYS = /@"\^https:\/\/([a-z0-9-]+)\\\.vault\\\.azure\\\.net\(:443\)\?\/\(deleted\)\?keys\/"/;
const PRODUCT = /"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"/i;

const bare = (text: string): string => text.replaceAll(/\s+/g, '');

/** The parameters of the product's query for the acts on the keys of a vault, in any layout; `undefined` for any other query. */
export const actsAskedIn = (query: string): Asked | undefined => {
  const [[, vault] = [], [, product] = []] = [KEYS.exec(query) ?? [], PRODUCT.exec(query) ?? []];
  const open = query.replace(KEYS, '@"KEYS"').replace(PRODUCT, '"PRODUCT"');
  if (vault === undefined || product === undefined || bare(open) !== bare(TEMPLATE)) return undefined;
  return { vault, product: product.toLowerCase() };
};

const ACTS = new Set(['KeyDelete', 'KeyPurge', 'KeyUpdate']);
const MOST = 500;

const COLUMNS = ['At', 'Op', 'Code', 'Uri', 'Oid', 'Upn', 'AppId', 'Correlation'];
const TYPES: Record<string, string> = { At: 'datetime', Code: 'int' };

const cellsOf = (world: World, row: AuditRow, { vault }: Asked): unknown[] => {
  const claims = claimsIn(world, row.callerId);
  const { key = '' } = row;
  const uri = `https://${vault}.vault.azure.net/keys/${key}`;
  const correlation = guid('audit', row.vaultId, key, row.operation, row.at);
  const { objectId, upn, appId } = CLAIMS;
  const who = [claims[objectId] ?? '', claims[upn] ?? '', claims[appId] ?? ''];
  return [new Date(row.at).toISOString(), row.operation, row.status, uri, ...who, correlation];
};

const finds = ({ vault, product }: Asked, row: AuditRow): boolean =>
  ACTS.has(row.operation) &&
  row.status < 300 &&
  row.key !== undefined &&
  row.vaultId.toLowerCase().endsWith(`/vaults/${vault}`) &&
  row.callerId.toLowerCase() !== product;

/** The answer of Log Analytics: the newest row first. `rows` are the rows of the workspace that queries see by now. */
export const actsTable = (world: World, asked: Asked, rows: AuditRow[]) => ({
  tables: [
    {
      name: 'PrimaryResult',
      columns: COLUMNS.map((name) => ({ name, type: TYPES[name] ?? 'string' })),
      rows: rows
        .filter((row) => finds(asked, row))
        .toSorted((a, b) => b.at - a.at)
        .slice(0, MOST)
        .map((row) => cellsOf(world, row, asked)),
    },
  ],
});

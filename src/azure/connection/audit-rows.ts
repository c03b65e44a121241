import type { Activity } from './activity-log.ts';
import { MOST_ROWS } from './audit-query.ts';

type Column = { readonly name?: unknown };
type Table = { readonly name?: unknown; readonly columns?: readonly Column[]; readonly rows?: readonly unknown[] };

/** A name is text that somebody chose: it is kept on one line, with a limited length. */
const oneLine = (text: string): string => text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ').slice(0, 100);

const callerOf = (upn: string, objectId: string, appId: string): string => {
  if (upn !== '') return upn;
  if (objectId === '') return appId === '' ? 'somebody' : `application ${appId}`;
  return appId === '' ? objectId : `${objectId} of application ${appId}`;
};

const tableIn = (body: unknown): Table | undefined => {
  const { tables } = (body ?? {}) as { readonly tables?: unknown };
  if (!Array.isArray(tables)) return undefined;
  const [first, ...others] = tables as readonly (Table | null)[];
  return [first, ...others].find((table) => table?.name === 'PrimaryResult') ?? undefined;
};

const isTime = (text: string): boolean => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) && !Number.isNaN(Date.parse(text));

/** The key, without its version, in a URI of the data plane, deleted or not; `undefined` where the URI names no key. */
const keyIdIn = (uri: string): string | undefined => {
  if (!URL.canParse(uri)) return undefined;
  const { hostname, pathname } = new URL(uri.toLowerCase());
  const [, keys, name] = pathname.split('/');
  return name && (keys === 'keys' || keys === 'deletedkeys') ? `https://${hostname}/keys/${name}` : undefined;
};

/**
 * The acts in an answer of Log Analytics (`{tables: [{name: 'PrimaryResult', columns, rows}]}`), oldest first;
 * `undefined` where the answer has another shape. Rows without a time, an operation or a key are left out, and so are
 * rows beyond the limit.
 */
export const auditRows = (body: unknown): readonly Activity[] | undefined => {
  const { columns, rows } = tableIn(body) ?? {};
  if (!Array.isArray(columns) || !Array.isArray(rows)) return undefined;
  const names = (columns as readonly (Column | null)[]).map((column) => column?.name);
  const acts = (rows as readonly unknown[]).slice(0, MOST_ROWS).flatMap((row): readonly Activity[] => {
    if (!Array.isArray(row)) return [];
    const text = (name: string): string => {
      const value: unknown = row[names.indexOf(name)];
      return typeof value === 'string' ? value : '';
    };
    const cell = (name: string): string => oneLine(text(name));
    const [at, operation] = [cell('At'), cell('Op')];
    const resourceId = keyIdIn(text('Uri'));
    if (!isTime(at) || !/^\w{1,40}$/.test(operation) || resourceId === undefined) return [];
    const caller = callerOf(cell('Upn'), cell('Oid'), cell('AppId'));
    return [{ at, operation, caller, resourceId, correlationId: cell('Correlation') }];
  });
  return acts.toSorted((a, b) => a.at.localeCompare(b.at));
};

import type { GraphRow, GraphTables, World } from '../service.ts';

type TableName = keyof GraphTables;

/** The index of Resource Graph. */
export type GraphIndex = { rows(table: TableName): GraphRow[] };

type Pending = { due: number; id: string; row: GraphRow | undefined };

/**
 * The rows of every service: the present ones, or with the delay of the switch. With a delay, the index has the rows of the new
 * world, and each reported change reaches it after the delay.
 */
export const createGraphIndex = (world: World, tables: GraphTables[]): GraphIndex => {
  const live = (table: TableName, id?: string) => tables.flatMap((each) => each[table]?.(id) ?? []);
  const lag = () => (world.switches.resourceGraphStaleSeconds ?? 0) * 1000;
  const known = new Map<TableName, Map<string, GraphRow>>();
  const pending = new Map<TableName, Pending[]>();

  const baseOf = (table: TableName): Map<string, GraphRow> => {
    const base = known.get(table) ?? new Map(live(table).map((row) => [row.id.toLowerCase(), structuredClone(row)]));
    known.set(table, base);
    return base;
  };
  const begin = () => {
    for (const table of ['resources', 'authorizationresources'] as const) baseOf(table);
  };
  if (lag() > 0) world.clock.setTimeout(begin, 0);
  world.onChange(({ resourceId }) => {
    if (lag() === 0) return void known.clear();
    for (const table of ['resources', 'authorizationresources'] as const) {
      if (!known.has(table)) continue;
      const [row] = live(table, resourceId);
      const seen = { due: world.clock.now() + lag(), id: resourceId.toLowerCase(), row: row && structuredClone(row) };
      pending.set(table, [...(pending.get(table) ?? []), seen]);
    }
  });
  /** Applies the changes whose delay is over. */
  const settle = (table: TableName): Map<string, GraphRow> => {
    const base = baseOf(table);
    const waiting = pending.get(table) ?? [];
    for (const { due, id, row } of waiting) {
      if (due > world.clock.now()) continue;
      if (row) base.set(id, row);
      else base.delete(id);
    }
    pending.set(
      table,
      waiting.filter(({ due }) => due > world.clock.now()),
    );
    return base;
  };
  return { rows: (table) => (lag() === 0 ? live(table) : [...settle(table).values()]) };
};

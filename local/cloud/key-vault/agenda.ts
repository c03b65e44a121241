import type { World } from '../service.ts';

type Entry = { at: number; run(): void };

/** Actions at instants of the clock, by owner; a new `set` of an owner replaces the owner's earlier actions. */
export type Agenda = { set(owner: string, entries: Entry[]): void };

/** One timer of the clock for all owners, since the clock searches its timers one by one. */
export const createAgenda = (clock: World['clock']): Agenda => {
  const pending = new Map<string, Entry[]>();
  let timer: ReturnType<typeof clock.setTimeout> | undefined;
  let next = Number.POSITIVE_INFINITY;

  const wakeAt = (at: number): void => {
    if (at >= next) return;
    if (timer) clock.clearTimeout(timer);
    next = at;
    timer = clock.setTimeout(ring, at - clock.now());
  };
  const ring = (): void => {
    next = Number.POSITIVE_INFINITY;
    timer = undefined;
    const now = clock.now();
    const due = [...pending.values()].flat().filter(({ at }) => at <= now);
    for (const [owner, entries] of pending) {
      const later = entries.filter(({ at }) => at > now);
      if (later.length > 0) pending.set(owner, later);
      else pending.delete(owner);
      for (const { at } of later) wakeAt(at);
    }
    for (const { run } of due) run();
  };
  return {
    set: (owner, entries) => {
      pending.set(owner, entries);
      for (const { at } of entries) wakeAt(at);
    },
  };
};

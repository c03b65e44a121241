import { setImmediate } from 'node:timers/promises';
import type { Answering } from './answering.ts';
import type { Children } from './children.ts';
import type { OpenRequests } from './open-requests.ts';
import type { Signal } from './signal.ts';
import { type Patience, watch } from './watchdog.ts';

type Parts = { children: Children; open: OpenRequests; answering: Answering; held: () => number; signal: Signal };

export type World = {
  /** Resolves when every process is idle at this instant. */
  quiet(): Promise<void>;
  /** Sends the time to every process; each process reports anew. */
  tell(now: number): void;
  /** Earliest due timer of the processes; Infinity if none. */
  due(): number;
};

/** Everything that lives on the clock, as seen by its authority. */
export function createWorld(parts: Parts, now: () => number, patience: Patience): World {
  const { children, signal } = parts;
  let proven = 0;
  const tell = (at: number): void => children.tell(at);
  const ended = (): number => children.reports().reduce((sum, report) => sum + report.ended, parts.open.ended());

  /** Two turns of the event loop without work: the promises of this process have run as well. */
  const twoQuietTurns = async (): Promise<void> => {
    for (let turns = 0; turns < 2; turns++) {
      await setImmediate();
      if (atWork(parts).length === 0) continue;
      turns = -1;
      await watch(signal.next(), patience, () => {
        children.ask();
        return atWork(parts);
      });
    }
  };
  return {
    tell,
    due: () => Math.min(...children.reports().map((report) => report.due ?? Number.POSITIVE_INFINITY)),
    quiet: async () => {
      await twoQuietTurns();
      // A process that answered a request may have reported before the request came, and may still be at work. So each end of a
      // request asks every process again.
      while (ended() !== proven) {
        proven = ended();
        tell(now());
        await twoQuietTurns();
      }
    },
  };
}

/** Names of the busy processes, for people; empty if every process is idle. */
function atWork({ children, open, answering, held }: Parts): string[] {
  const busy = children.busy().map((child) => `process ${child.pid} is at work`);
  const reports = children.reports();
  const waiting = new Set([...answering.parked(), ...reports.flatMap((report) => report.serving)]);
  const sent = [...open.ids(), ...reports.flatMap((report) => report.open)].filter((id) => !waiting.has(id));
  return [
    ...busy,
    ...(held() > 0 ? [`${held()} pieces of work are held`] : []),
    ...sent.map((id) => `request ${id} is under way`),
    ...answering.atWork().map((request) => `${request} is being answered`),
  ];
}

/**
 * The messages on the IPC channels between a process and its children. Node hands messages whose `cmd` begins with `NODE_` to
 * listeners of 'internalMessage' and never to those of 'message', so programs on the clock see only their own messages
 * (https://nodejs.org/api/child_process.html#subprocesssendmessage-sendhandle-options-callback).
 */
export const CMD = 'NODE_CLOCK';

/** From parent to child: the time; the child answers with a report as soon as it is idle. */
export type Now = { cmd: typeof CMD; now: number; seq: number };

/** From parent to child: the request to print on stderr the requests that the child waits for, and where it is busy its work. */
export type Why = { cmd: typeof CMD; why: 'busy' | 'waiting' };

/** From child to parent: this process and its children are idle. */
export type Report = {
  cmd: typeof CMD;
  /** Number of the last `Now` received: only the answer to the last one sent counts, as nothing else is on its way. */
  seq: number;
  /** Earliest due timer, virtual ms since epoch; missing if there is none. */
  due?: number;
  /** Ids of requests sent and not answered yet. */
  open: string[];
  /** Ids of requests received and not answered yet. */
  serving: string[];
  /** The number of sent requests that have ended since the start. */
  ended: number;
};

/** Header that carries a request's id from its sender to its receiver. */
export const HEADER = 'x-clock';

export const isClockMessage = (message: unknown): message is { cmd: typeof CMD } =>
  typeof message === 'object' && message !== null && 'cmd' in message && message.cmd === CMD;

export const isNow = (message: unknown): message is Now => isClockMessage(message) && 'now' in message;
export const isWhy = (message: unknown): message is Why => isClockMessage(message) && 'why' in message;
export const isReport = (message: unknown): message is Report => isClockMessage(message) && 'open' in message;

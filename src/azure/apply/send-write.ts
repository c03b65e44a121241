import type { Connection } from '../connection/connection.ts';
import type { ArmWrite } from '../http/arm-client.ts';
import { sendOnce, sentOf } from './send-once.ts';
import type { Sent } from './target.ts';

/** Sends one write to ARM, once. `what` begins a sentence: `the revalidation of …`; `scope`: the id of the resource. */
export const sendWrite =
  ({ arm }: Pick<Connection, 'arm'>, write: ArmWrite, subject: { readonly what: string; readonly scope: string }) =>
  (signal: AbortSignal): Promise<Sent> =>
    sendOnce(subject, async () => sentOf(await (await arm()).write(write, signal), subject));

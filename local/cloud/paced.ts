import type { IncomingMessage } from 'node:http';
import { HEADER } from '../clock/protocol.ts';
import type { Answer } from './service.ts';

/**
 * An answer as it is for whoever asks. Time may pass faster than the wall's: who lives by the wall, as OpenTofu does, is told to wait
 * as long as that takes there, in whole seconds. Who lives on the clock is told the seconds of the clock.
 */
export const paced = (answer: Answer, { headers }: Pick<IncomingMessage, 'headers'>, pace: number): Answer => {
  const seconds = Number(answer.headers?.['retry-after']);
  if (headers[HEADER] !== undefined || !(seconds > 0)) return answer;
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(Math.ceil(seconds / pace)) } };
};

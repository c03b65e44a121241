import type { IncomingMessage } from 'node:http';
import { HEADER } from '../clock/protocol.ts';
import type { Answer } from './service.ts';

/**
 * Converts the wait that an answer asks for to the time of the client. Virtual time may pass faster than real time. A client on
 * the wall clock, such as OpenTofu, gets the real seconds that the wait takes, rounded to whole seconds. A client on the virtual
 * clock gets the virtual seconds.
 */
export const paced = (answer: Answer, { headers }: Pick<IncomingMessage, 'headers'>, pace: number): Answer => {
  const seconds = Number(answer.headers?.['retry-after']);
  if (headers[HEADER] !== undefined || !(seconds > 0)) return answer;
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(Math.ceil(seconds / pace)) } };
};

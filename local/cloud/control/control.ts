import type http from 'node:http';
import { z } from 'zod';
import type { Clock } from '../../clock/clock.ts';
import { AzureError } from '../arm/error.ts';
import type { FullWorld } from '../create-world.ts';
import type { Faults } from '../faults.ts';
import { readIncoming } from '../incoming.ts';
import type { RequestLog } from '../request-log.ts';
import type { Room } from '../room.ts';
import { createRouter } from '../router.ts';
import { isLoopback } from './is-loopback.ts';
import { InputError, refuseUnknown } from './refuse-unknown.ts';
import { type ControlInput, controlVerbs, listVerbs } from './verbs.ts';

/** What the control surface works on. */
export type Controlled = {
  clock: Clock;
  requests: RequestLog;
  faults: Faults;
  load(world: string, input?: Record<string, unknown>): FullWorld;
  world(): FullWorld;
  rooms(): Room[];
};

/** `/_sim`: plain HTTP for people and scripts, on the loopback only; JSON in, JSON out, 400 with every fault named. */
export const createControl = (controlled: Controlled): http.RequestListener => {
  const respond = async (request: http.IncomingMessage): Promise<Reply> => {
    if (!isLoopback(request)) return { status: 403, body: { error: 'The control surface is for this machine only.' } };
    const incoming = await readIncoming(request);
    const verbs = controlVerbs(controlled);
    if (incoming.path === '/_sim' || incoming.path === '/_sim/') {
      return { status: 200, body: listVerbs(verbs, `http://${request.headers.host}`) };
    }
    const matches = createRouter(verbs)(incoming.path);
    const found = matches.find(({ route }) => route.method === incoming.method);
    if (!found) {
      const error = `There is no ${incoming.method} ${incoming.path}; GET /_sim lists what there is.`;
      return { status: matches.length > 0 ? 405 : 404, body: { error } };
    }
    const given = JSON.parse(incoming.text || '{}');
    const input: ControlInput = {
      ...Object.fromEntries(incoming.query),
      ...z.looseObject({}).parse(given),
    };
    refuseUnknown(found.route, input);
    return { status: 200, body: (await found.route.run(input)) ?? { done: true } };
  };
  return async (request, response) => {
    const { status, body } = await respond(request).catch(refusal);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(`${JSON.stringify(body, null, 2)}\n`);
  };
};

type Reply = { status: number; body: unknown };

const refusal = (error: unknown): Reply => {
  if (error instanceof z.ZodError) {
    const faults = error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
    return { status: 400, body: { error: 'The input is wrong.', faults } };
  }
  if (error instanceof InputError) return { status: 400, body: { error: error.message, faults: error.faults } };
  if (error instanceof SyntaxError)
    return { status: 400, body: { error: 'The body is not JSON.', faults: [error.message] } };
  if (error instanceof AzureError)
    return { status: 400, body: { error: error.message, code: error.inner ?? error.code } };
  return { status: 400, body: { error: error instanceof Error ? error.message : String(error) } };
};

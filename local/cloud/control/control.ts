import type http from 'node:http';
import { z } from 'zod';
import { type Incoming, readIncoming } from '../incoming.ts';
import { createRouter } from '../router.ts';
import { type ControlInput, type Controlled, type ControlVerb, InputError } from './controlled.ts';
import { type Reply, refusal } from './reply.ts';
import { controlVerbs, listVerbs } from './verbs.ts';

/** `/_sim`: plain HTTP for people and scripts, on the loopback only; JSON in, JSON out, 400 with every fault named. */
export const createControl =
  (controlled: Controlled): http.RequestListener =>
  async (request, response) => {
    const { status, body } = await respond(controlled, request).catch(refusal);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(`${JSON.stringify(body, null, 2)}\n`);
  };

const respond = async (controlled: Controlled, request: http.IncomingMessage): Promise<Reply> => {
  if (!isLoopback(request)) return { status: 403, body: { error: 'The control surface is for this machine only.' } };
  const incoming = await readIncoming(request);
  const verbs = controlVerbs(controlled);
  if (/^\/_sim\/?$/.test(incoming.path))
    return { status: 200, body: listVerbs(verbs, `http://${request.headers.host}`) };
  const matches = createRouter(verbs)(incoming.path);
  const found = matches.find(({ route }) => route.method === incoming.method);
  if (!found) {
    const error = `There is no ${incoming.method} ${incoming.path}; GET /_sim lists what there is.`;
    return { status: matches.length > 0 ? 405 : 404, body: { error } };
  }
  const input = inputOf(incoming);
  refuseUnknown(found.route, input);
  return { status: 200, body: (await found.route.run(input)) ?? { done: true } };
};

const inputOf = ({ text, query }: Incoming): ControlInput => ({
  ...Object.fromEntries(query),
  ...z.looseObject({}).parse(JSON.parse(text || '{}')),
});

const OWN_ADDRESSES = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const OWN_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Whether a request comes from this machine and was meant for it: a web page that rebinds its DNS name sends another Host header.
 */
const isLoopback = ({ socket, headers }: http.IncomingMessage): boolean =>
  OWN_ADDRESSES.has(socket.remoteAddress ?? '') && OWN_NAMES.has((headers.host ?? '').replace(/:\d+$/, ''));

/** A misspelt parameter must not pass for one that was left out. */
const refuseUnknown = ({ parameters }: ControlVerb, input: ControlInput): void => {
  const known = Object.keys(parameters).map((name) => name.replace(/\?$/, ''));
  const faults = Object.keys(input)
    .filter((name) => !known.includes(name))
    .map((name) => `${name}: there is no such parameter; there are: ${known.join(', ') || 'none'}`);
  if (faults.length > 0) throw new InputError(faults);
};

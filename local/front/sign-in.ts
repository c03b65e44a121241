import type { Cloud } from '../cloud/cloud.ts';
import type { Principal } from '../cloud/entra/entra.ts';
import type { Incoming } from '../cloud/incoming.ts';
import type { Answer } from '../cloud/service.ts';
import { choicePage } from './choice-page.ts';
import { peopleOf } from './people.ts';

/** The path where a person chooses an account, and where the page asks for the token of that person. */
export const SIGN_IN = '/local/sign-in';
export const TOKEN = `${SIGN_IN}/token`;

const COOKIE = 'local-person';
const ATTRIBUTES = 'Path=/; HttpOnly; SameSite=Strict';
const PAGE = '/api/ui';

export type Vouching = { readonly cloud: Cloud; readonly audience: string };

/** A path of this origin, and no address of another one (`//host`, `/\host`). */
const wayBack = (asked: string | null): string => (asked !== null && /^\/[\w-]/.test(asked) ? asked : PAGE);

const personIn = ({ cloud }: Vouching, { headers }: Incoming): Principal | undefined => {
  const pairs = (headers['cookie'] ?? '').split(';').map((pair) => pair.trim().split('=', 2));
  const id = pairs.find(([name]) => name === COOKIE)?.[1];
  return peopleOf(cloud).find(({ objectId }) => objectId === id);
};

const ask = ({ cloud }: Vouching, { query }: Incoming): Answer => {
  const choices = peopleOf(cloud).map(({ objectId: id, name, roles }) => ({ id, name, roles }));
  return choicePage(SIGN_IN, choices, wayBack(query.get('back')));
};

const choose = ({ cloud }: Vouching, { text }: Incoming): Answer => {
  const form = new URLSearchParams(text);
  const person = peopleOf(cloud).find(({ objectId }) => objectId === form.get('person'));
  if (!person) return { status: 400, body: { error: 'There is nobody with that id in this world: choose again.' } };
  const location = wayBack(form.get('back'));
  return { status: 303, headers: { location, 'set-cookie': `${COOKIE}=${person.objectId}; ${ATTRIBUTES}` } };
};

/**
 * Hands over a token as Entra gives it, valid for an hour of the world. Each request asks for a new one, so that it has the
 * present roles of the person.
 */
const handOver = async ({ cloud, audience }: Vouching, incoming: Incoming): Promise<Answer> => {
  const principal = personIn({ cloud, audience }, incoming);
  if (!principal) return { status: 401, body: { error: `Nobody is signed in: choose at ${SIGN_IN}.` } };
  const token = await cloud.world.entra.issue({ principal, audience, version: '2.0' });
  const { name, roles } = principal;
  return { status: 200, headers: { 'cache-control': 'no-store' }, body: { token, name, roles } };
};

const leave = (): Answer => ({ status: 204, headers: { 'set-cookie': `${COOKIE}=; Max-Age=0; ${ATTRIBUTES}` } });

type Handle = (vouching: Vouching, incoming: Incoming) => Answer | Promise<Answer>;

const HANDLES: Readonly<Record<string, Handle>> = {
  [`GET ${SIGN_IN}`]: ask,
  [`POST ${SIGN_IN}`]: choose,
  [`GET ${TOKEN}`]: handOver,
  [`DELETE ${TOKEN}`]: leave,
};

/**
 * The sign-in for a person whose browser uses no proxy and so cannot reach the local Entra; undefined for requests to other
 * paths.
 */
export const signIn = async (vouching: Vouching, incoming: Incoming): Promise<Answer | undefined> =>
  HANDLES[`${incoming.method} ${incoming.path}`]?.(vouching, incoming);

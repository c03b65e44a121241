import { ROUTES, twinOf, type Way } from '../surface.ts';
import type { DoorAnswer } from './door.ts';

const NAMED = /\b(GET|POST|PUT|DELETE) \/api\/([a-z-]+)/g;

/** Replaces the routes in a sentence by their twins below `/api/keyed`, where a function key opens them. In linear time. */
const byKeyIn = (sentence: string): string =>
  sentence.replaceAll(NAMED, (whole, method: string, first: string) => {
    const one = ROUTES.find(({ route, ...other }) => other.method === method && route.split('/', 1)[0] === first);
    return one === undefined || one.keyed.level === 'none' ? whole : `${method} /api/${twinOf({ route: first })}`;
  });

type Refused = { readonly detail?: unknown; readonly error?: { readonly message?: unknown } };

/** A refusal whose sentences name routes that its reader can use: for a caller with a function key those below /api/keyed. */
export const followable = (answer: DoorAnswer, way: Way): DoorAnswer => {
  const { detail, error } = (answer.body ?? {}) as Refused;
  if (way !== 'key' || answer.status < 400 || typeof detail !== 'string') return answer;
  const said = byKeyIn(detail);
  return {
    ...answer,
    body: { ...(answer.body as object), detail: said, ...(error && { error: { ...error, message: said } }) },
  };
};

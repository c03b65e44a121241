import { ROUTES, type Route, twinOf } from '../surface.ts';
import { type DoorAnswer, refusal } from './door.ts';

const pathsOf = (one: Route): readonly string[] =>
  one.keyed.level === 'none' ? [one.route] : [one.route, twinOf(one)];

const isPath = (route: string, path: string): boolean => {
  const [named, asked] = [route, path].map((text) => text.toLowerCase().split('/').filter(Boolean));
  return (
    named?.length === asked?.length && named?.every((part, at) => part.startsWith('{') || part === asked?.[at]) === true
  );
};

const ofKeys = /^keyed\//i;

/** A sentence with the path of a route that has no twin below `/api/keyed`. */
const withoutTwin = (path: string): string =>
  ofKeys.test(path) && ROUTES.some(({ route }) => isPath(route, path.replace(ofKeys, '')))
    ? ` No key opens it: it is /api/${path.replace(ofKeys, '')}.`
    : '';

/**
 * The answer to a path below /api that is no route: 405 where another method is meant, else 404. The host would answer an empty
 * 404.
 */
export const answerUnknown = (method: string, path: string): DoorAnswer => {
  const methods = ROUTES.filter((one) => pathsOf(one).some((route) => isPath(route, path))).map((one) => one.method);
  const shown = path.replaceAll(/[^\x20-\x7e]/g, ' ').slice(0, 200);
  // A route exists that takes this method: the host has not found it because of a superfluous slash.
  if (methods.length === 0 || methods.some((one) => one === method))
    return refusal(
      404,
      'NoSuchRoute',
      `There is no /api/${shown}.${withoutTwin(shown)} docs/http.md has what there is; what a key opens is below /api/keyed.`,
    );
  const Allow = [...new Set(methods)].join(', ');
  const answer = refusal(405, 'WrongMethod', `/api/${shown} takes ${Allow} and not ${method.slice(0, 20)}.`);
  return { ...answer, headers: { ...answer.headers, Allow } };
};

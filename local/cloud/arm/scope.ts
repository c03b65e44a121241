/** A scope in one spelling: lower case, one leading slash, none at the end. The root scope is ''. */
export const normalScope = (scope: string): string => {
  const bare = scope.toLowerCase().replace(/^\/+|\/+$/g, '');
  return bare === '' ? '' : `/${bare}`;
};

/** Whether a normal scope is another one or lies below it. */
export const within = (scope: string, ancestor: string): boolean =>
  scope === ancestor || scope.startsWith(`${ancestor}/`);

/**
 * The scope at which the operation on a path is authorised: the resource itself, for a collection or a POST action
 * what it belongs to.
 */
export const scopeOf = (path: string): string => {
  const segments = path.split('/').filter(Boolean);
  const last = segments.findLastIndex((segment) => segment.toLowerCase() === 'providers');
  const head = last < 0 ? segments : segments.slice(0, last);
  const tail = last < 0 ? [] : segments.slice(last);
  if (tail.length === 0) return joined(evenPart(head));
  const names = Math.floor((tail.length - 2) / 2) * 2;
  return joined(names === 0 ? head : [...head, ...tail.slice(0, 2 + names)]);
};

const evenPart = (segments: string[]): string[] => segments.slice(0, Math.floor(segments.length / 2) * 2);

const joined = (segments: string[]): string => `/${segments.join('/')}`;

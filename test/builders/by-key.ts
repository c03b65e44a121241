import type { HostCall } from '../../local/call-host.ts';
import { ROUTES, twinOf } from '../../src/surface.ts';

const patternOf = (route: string): RegExp => new RegExp(`^/api/${route.replaceAll(/\{\w+\}/g, '[^/?]+')}(?=[?]|$)`);

const TWINS = ROUTES.filter(({ keyed }) => keyed.level !== 'none').map((one) => ({
  method: one.method,
  pattern: patternOf(one.route),
}));

const showsNoKey = (headers: HostCall['headers']): boolean => headers?.['x-functions-key'] === '';

/** The same call with a function key: below /api/keyed, where the call has no token and the route has a twin. */
export const byKey = (call: HostCall): HostCall => {
  const { method, path, headers } = call;
  const hasTwin = TWINS.some((one) => one.method === method && one.pattern.test(path));
  if (!hasTwin || headers?.['authorization'] !== undefined || showsNoKey(headers)) return call;
  return { ...call, path: path.replace(/^\/api\//, `/api/${twinOf({ route: '' })}`) };
};

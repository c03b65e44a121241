import { resourceId } from '../arm/resource-id.ts';
import type { Call } from '../service.ts';

const GROUP = '/subscriptions/{subscription}/resourceGroups/{group}/providers';
const SUBSCRIPTION = '/subscriptions/{subscription}/providers';

const segmentsOf = (type: string): [string, string[]] => {
  const [namespace = '', ...types] = type.split('/');
  return [namespace, types];
};

/** The templates of the paths of a type: one resource, and its lists. Names are `name0`, `name1` and so on from the outside in. */
export const storedPaths = (type: string): { one: string; lists: string[] } => {
  const [namespace, types] = segmentsOf(type);
  const parents = types.slice(0, -1).map((each, i) => `${each}/{name${i}}`);
  const list = [namespace, ...parents, types.at(-1)].join('/');
  return {
    one: `${GROUP}/${list}/{name${types.length - 1}}`,
    lists: types.length > 1 ? [`${GROUP}/${list}`] : [`${SUBSCRIPTION}/${list}`, `${GROUP}/${list}`],
  };
};

/** The id of the resource that a call names; `depth` cuts it off at a parent. */
export const storedId = (type: string, { params }: Call, depth = type.split('/').length - 1): string => {
  const [namespace, types] = segmentsOf(type);
  const { subscription = '', group = '' } = params;
  const names = types.slice(0, depth).map((_, i) => params[`name${i}`] ?? '');
  return resourceId({
    subscription,
    group,
    type: [namespace, ...types.slice(0, depth)].join('/'),
    name: names.join('/'),
  });
};

import { page } from '../arm/page.ts';
import type { Call, Route } from '../service.ts';
import type { ById } from './by-id.ts';
import type { ComputeResource } from './compute-resource.ts';
import { isListedBy, resourceIn } from './find-resource.ts';

export const ALL = '/subscriptions/{subscription}/providers';
export const GROUP = '/subscriptions/{subscription}/resourceGroups/{group}/providers';

export type Readable<T> = {
  type: string;
  apiVersions: string[];
  resources: ById<T>;
  json(resource: T, call: Call): unknown;
};

/** Read one, list by resource group and by subscription: the reads that every type of compute has. */
export const readRoutes = <T extends ComputeResource>({ type, apiVersions, resources, json }: Readable<T>): Route[] => {
  const get = (path: string, handle: Route['handle']): Route => ({
    plane: 'arm',
    method: 'GET',
    path,
    apiVersions,
    action: `${type}/read`,
    handle,
  });
  const list = (call: Call) => {
    const listed = resources.all().filter(isListedBy(call));
    return page(
      call,
      listed.map((each) => json(each, call)),
    );
  };
  return [
    get(`${ALL}/${type}`, list),
    get(`${GROUP}/${type}`, list),
    get(`${GROUP}/${type}/{name}`, (call) => ({ status: 200, body: json(resourceIn(resources, type, call), call) })),
  ];
};

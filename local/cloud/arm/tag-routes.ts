import { z } from 'zod';
import type { Answer, Call, ResourceSummary, Route, World } from '../service.ts';
import { AzureError } from './error.ts';
import { readBody, TAGS } from './read-body.ts';
import { sameId } from './resource-id.ts';

const TAGS_TYPE = 'Microsoft.Resources/tags';

const PATCH = z.object({
  operation: z.enum(['Merge', 'Replace', 'Delete']),
  properties: z.object({ tags: TAGS.default({}) }),
});

type Tags = Record<string, string>;

const without = (tags: Tags, names: readonly string[]): Tags =>
  Object.fromEntries(Object.entries(tags).filter(([name]) => !names.some((one) => sameId(one, name))));

/** `Delete` takes a tag away only where it has the value that is named; an empty one stands for any. */
const lessening = (tags: Tags, given: Tags): Tags =>
  Object.fromEntries(
    Object.entries(tags).filter(([name, value]) => {
      const [, asked] = Object.entries(given).find(([one]) => sameId(one, name)) ?? [];
      return asked === undefined || (asked !== '' && asked !== value);
    }),
  );

/** The tags after an operation. Names compare without case. */
const changed = (tags: Tags, { operation, properties: { tags: given } }: z.infer<typeof PATCH>): Tags => {
  if (operation === 'Replace') return given;
  if (operation === 'Delete') return lessening(tags, given);
  return { ...without(tags, Object.keys(given)), ...given };
};

const MOST = 50;

/** The tags of any resource, by themselves: `az tag update` ("Tags", Resource Manager REST API). Groups and subscriptions are left out. */
export const tagRoutes = (world: World, apiVersions: string[], resources: () => ResourceSummary[]): Route[] => {
  const found = ({ params }: Call): ResourceSummary => {
    const id = `/${params['scope'] ?? ''}`;
    const resource = resources().find((one) => sameId(one.id, id));
    if (resource) return resource;
    throw new AzureError(404, 'ResourceNotFound', `The resource '${id}' was not found, or its tags are not simulated.`);
  };
  const route = (method: string, verb: string, handle: (resource: ResourceSummary, call: Call) => Answer): Route => ({
    plane: 'arm',
    method,
    path: `/{scope*}/providers/${TAGS_TYPE}/default`,
    apiVersions,
    action: `${TAGS_TYPE}/${verb}`,
    handle: (call) => handle(found(call), call),
  });
  return [
    route('GET', 'read', (resource) => ({ status: 200, body: tagsJson(resource) })),
    route('PATCH', 'write', (resource, call) => {
      const tags = changed(resource.tags ?? {}, readBody(PATCH, call.body));
      if (Object.keys(tags).length > MOST)
        throw new AzureError(400, 'TooManyTags', `A resource has at most ${MOST} tags.`);
      write(world, resource, tags);
      return { status: 200, body: tagsJson(resource) };
    }),
  ];
};

/** A summary has the tags of its resource themselves, and no copy: they are changed in place. */
const write = (world: World, { id, tags = {} }: ResourceSummary, wanted: Tags): void => {
  for (const name of Object.keys(tags)) delete tags[name];
  Object.assign(tags, wanted);
  world.changed({ kind: 'resourceWritten', resourceId: id, at: world.clock.now() });
};

const tagsJson = ({ id, tags = {} }: ResourceSummary) => ({
  id: `${id}/providers/${TAGS_TYPE}/default`,
  name: 'default',
  type: TAGS_TYPE,
  properties: { tags: { ...tags } },
});

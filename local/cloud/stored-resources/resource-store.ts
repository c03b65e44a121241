import type { StoredResource } from './stored-resource.ts';

/** Resources by id, without regard to case. `tell` is called with every resource that is written or deleted. */
export type ResourceStore = {
  all(): StoredResource[];
  get(id: string | undefined): StoredResource | undefined;
  /** In the order in which they were made. */
  ofType(type: string): StoredResource[];
  /** The resources of a type below an id: children, or the resources in a group or a subscription. */
  below(id: string, type: string): StoredResource[];
  put(resource: StoredResource): StoredResource;
  /** Removes the resource with all resources below it. */
  remove(id: string): void;
};

export type TellStored = (kind: 'resourceWritten' | 'resourceDeleted', id: string) => void;

export const createResourceStore = (tell: TellStored): ResourceStore => {
  const resources = new Map<string, StoredResource>();
  const all = () => [...resources.values()];
  const isBelow = (id: string) => {
    const prefix = `${id.replace(/\/$/, '')}/`.toLowerCase();
    return (one: StoredResource) => one.id.toLowerCase().startsWith(prefix);
  };
  const ofType = (type: string) => all().filter((one) => one.type.toLowerCase() === type.toLowerCase());
  return {
    all,
    ofType,
    get: (id = '') => resources.get(id.toLowerCase()),
    below: (id, type) => ofType(type).filter(isBelow(id)),
    put: (resource) => {
      resources.set(resource.id.toLowerCase(), resource);
      tell('resourceWritten', resource.id);
      return resource;
    },
    remove: (id) => {
      const gone = all().filter((one) => one.id.toLowerCase() === id.toLowerCase() || isBelow(id)(one));
      for (const one of gone) {
        resources.delete(one.id.toLowerCase());
        tell('resourceDeleted', one.id);
      }
    },
  };
};

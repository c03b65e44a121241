import type { Site } from './site.ts';

/** Sites by resource id without regard to case, and by name, which is unique in Azure. */
export type Sites = {
  all(): Site[];
  get(id: string): Site | undefined;
  named(name: string): Site | undefined;
  put(site: Site): void;
  remove(id: string): void;
};

export const createSites = (): Sites => {
  const sites = new Map<string, Site>();
  return {
    all: () => [...sites.values()],
    get: (id) => sites.get(id.toLowerCase()),
    named: (name) => [...sites.values()].find((site) => site.name.toLowerCase() === name.toLowerCase()),
    put: (site) => void sites.set(site.id.toLowerCase(), site),
    remove: (id) => void sites.delete(id.toLowerCase()),
  };
};

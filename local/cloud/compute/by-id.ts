/** Resources by id, without regard to case. */
export type ById<T> = {
  all(): T[];
  get(id: string | undefined): T | undefined;
  put(resource: T): T;
  remove(id: string): void;
};

export const createById = <T extends { id: string }>(): ById<T> => {
  const resources = new Map<string, T>();
  return {
    all: () => [...resources.values()],
    get: (id = '') => resources.get(id.toLowerCase()),
    put: (resource) => {
      resources.set(resource.id.toLowerCase(), resource);
      return resource;
    },
    remove: (id) => {
      resources.delete(id.toLowerCase());
    },
  };
};

/** Name of a resource: the last segment of its ARM id. */
export const nameOf = (id: string): string => id.split('/').at(-1) ?? id;

const after = (id: string, segment: string): string | undefined => {
  const segments = id.split('/');
  const at = segments.findIndex((one) => one.toLowerCase() === segment);
  return at < 0 ? undefined : segments[at + 1];
};

export const groupOf = (id: string): string => after(id, 'resourcegroups') ?? '';
export const subscriptionOf = (id: string): string => after(id, 'subscriptions') ?? '';

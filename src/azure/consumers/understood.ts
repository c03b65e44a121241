import { AzureUnavailable } from '../failure/azure-unavailable.ts';
import type { ConsumerReading } from './consumer-type.ts';

/** Tags in a comparable form: Azure shows `null` where there are none, and for a tag without a value. */
export const tagsOf = (tags: unknown): Readonly<Record<string, string>> =>
  typeof tags === 'object' && tags !== null
    ? Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, value === null ? '' : String(value)]))
    : {};

/**
 * A member that Azure shows as `null` means the same as a member that it leaves out. Only the resource's own members
 * are changed, not those below.
 */
const withoutNulls = (resource: object): object =>
  Object.fromEntries(Object.entries(resource).filter(([, value]) => value !== null));

const idOf = (resource: unknown): string => {
  const { id } = (resource ?? {}) as { readonly id?: unknown };
  return typeof id === 'string' ? id : 'a resource without an id';
};

const notUnderstood = (resource: unknown, error: unknown): ConsumerReading => ({
  kind: 'unknown',
  id: idOf(resource),
  reason: `what Azure shows of it could not be understood (${String(error).split('\n')[0]})`,
});

/** Parses one resource of a list. A resource that cannot be parsed is reported as unreadable, and the others stay. */
export const understood = <Resource extends object>(
  resource: unknown,
  reading: (resource: Resource) => ConsumerReading,
): ConsumerReading => {
  try {
    const { tags, ...shown } = withoutNulls(resource as Resource) as Resource & { readonly tags?: unknown };
    return reading({ ...shown, ...(tags !== undefined && { tags: tagsOf(tags) }) } as unknown as Resource);
  } catch (error) {
    return notUnderstood(resource, error);
  }
};

/** Like `understood`, where reading takes calls of its own. An error because Azure does not answer now is thrown on. */
export const understoodLater = async (
  resource: unknown,
  reading: () => Promise<ConsumerReading>,
): Promise<ConsumerReading> => {
  try {
    return await reading();
  } catch (error) {
    if (error instanceof AzureUnavailable) throw error;
    return notUnderstood(resource, error);
  }
};

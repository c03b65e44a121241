import { AzureUnavailable } from '../failure/azure-unavailable.ts';
import type { ConsumerReading } from './consumer-type.ts';

/** Tags as they are compared: Azure shows `null` where there are none, and a tag without a value. */
export const tagsOf = (tags: unknown): Readonly<Record<string, string>> =>
  typeof tags === 'object' && tags !== null
    ? Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, value === null ? '' : String(value)]))
    : {};

/** What Azure leaves out and what it shows as `null` is the same: nothing. Of the resource itself; its parts stay as they are. */
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

/** One resource of a list. What cannot be understood of it harms nothing but itself: it is told as unreadable. */
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

/** The same where reading takes calls of its own. What Azure does not answer for now is thrown on. */
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

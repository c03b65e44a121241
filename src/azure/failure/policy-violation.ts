/** The most entries that are read of each list: an answer may be of any length. */
const MOST = 20;
const LONGEST_ID = 2048;

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;

const listOf = (value: unknown, name: string): readonly unknown[] => {
  const list = memberOf(value, name);
  return Array.isArray(list) ? list.slice(0, MOST) : [];
};

const namedIn = (error: unknown): readonly string[] =>
  listOf(error, 'additionalInfo')
    .map((one) => memberOf(memberOf(one, 'info'), 'policyAssignmentId'))
    .filter((id): id is string => typeof id === 'string' && id.startsWith('/') && id.length <= LONGEST_ID);

/**
 * ARM ids of the policy assignments in an error of Resource Manager. Each violated assignment has an entry in
 * `additionalInfo`. For a deployment, or a resource that is created together with others, the entries are in
 * `additionalInfo` of the `details`.
 */
export const policyAssignmentsIn = (error: unknown): readonly string[] => [
  ...new Set([...namedIn(error), ...listOf(error, 'details').flatMap(namedIn)]),
];

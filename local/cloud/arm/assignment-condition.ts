/** The attributes of a role assignment that a condition may ask about (Learn, "Authorization actions and attributes"). */
export type AttributeName = 'RoleDefinitionId' | 'PrincipalId' | 'PrincipalType';

/** The operators of a condition. The grammar has two ways to say that a value is in a list, and two to say that it is not. */
export type Operator =
  | 'GuidEquals'
  | 'GuidNotEquals'
  | 'ForAnyOfAnyValues:GuidEquals'
  | 'ForAnyOfAllValues:GuidNotEquals'
  | 'StringEqualsIgnoreCase'
  | 'StringNotEqualsIgnoreCase'
  | 'ForAnyOfAnyValues:StringEqualsIgnoreCase'
  | 'ForAnyOfAllValues:StringNotEqualsIgnoreCase';

/**
 * A condition on a role assignment, version 2.0. `of` has two parts or more, and no part joins its own parts by the same
 * operator.
 */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'action'; readonly pattern: string }
  | {
      readonly kind: 'compare';
      readonly source: 'Request' | 'Resource';
      readonly attribute: AttributeName;
      readonly operator: Operator;
      readonly values: readonly string[];
    };

/** The role, the principal and the type of principal of an assignment. */
export type Assigning = Readonly<Record<AttributeName, string>>;

/**
 * An attempted action. A write has the assignment in its request, a delete has it in its resource; no other action has an
 * assignment.
 */
export type Attempted = { readonly action: string } & Partial<Readonly<Record<'Request' | 'Resource', Assigning>>>;

const covers = (pattern: string, action: string): boolean => {
  const literals = pattern.split('*').map((part) => part.replace(/[.+?^$()|[\]\\{}]/g, '\\$&'));
  return new RegExp(`^${literals.join('.*')}$`, 'i').test(action);
};

/** A comparison with an absent attribute is false, with every operator. */
const compares = (
  { source, attribute, operator, values }: Extract<Condition, { kind: 'compare' }>,
  tried: Attempted,
): boolean => {
  const value = tried[source]?.[attribute].toLowerCase();
  if (value === undefined) return false;
  const isListed = values.some((one) => one.toLowerCase() === value);
  return operator.includes('Not') ? !isListed : isListed;
};

/** Whether a condition lets this be done. */
export const holds = (condition: Condition, tried: Attempted): boolean => {
  switch (condition.kind) {
    case 'and':
      return condition.of.every((one) => holds(one, tried));
    case 'or':
      return condition.of.some((one) => holds(one, tried));
    case 'not':
      return !holds(condition.of, tried);
    case 'action':
      return covers(condition.pattern, tried.action);
    case 'compare':
      return compares(condition, tried);
  }
};

/** The attributes of a role assignment that a condition may ask about (Learn, "Authorization actions and attributes"). */
export type AttributeName = 'RoleDefinitionId' | 'PrincipalId' | 'PrincipalType';

/** Of one value there are two ways to say that it is one of a list, or none of it. */
export type Operator =
  | 'GuidEquals'
  | 'GuidNotEquals'
  | 'ForAnyOfAnyValues:GuidEquals'
  | 'ForAnyOfAllValues:GuidNotEquals'
  | 'StringEqualsIgnoreCase'
  | 'StringNotEqualsIgnoreCase'
  | 'ForAnyOfAnyValues:StringEqualsIgnoreCase'
  | 'ForAnyOfAllValues:StringNotEqualsIgnoreCase';

/** A condition on a role assignment, version 2.0. `of` has two parts or more, none of which joins by the same word. */
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

/** What a role assignment would give, or gives, and to whom. */
export type Assigning = Readonly<Record<AttributeName, string>>;

/** What is being done. A write has the assignment in its request, a delete in its resource; nothing else has one. */
export type Attempted = { readonly action: string } & Partial<Readonly<Record<'Request' | 'Resource', Assigning>>>;

const covers = (pattern: string, action: string): boolean => {
  const literals = pattern.split('*').map((part) => part.replace(/[.+?^$()|[\]\\{}]/g, '\\$&'));
  return new RegExp(`^${literals.join('.*')}$`, 'i').test(action);
};

/** A comparison with an attribute that is not there is false, whatever it asks. */
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

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Attempted,
  type AttributeName,
  type Condition,
  holds,
  type Operator,
} from '../../../../local/cloud/arm/assignment-condition.ts';
import { ConditionError, parseCondition } from '../../../../local/cloud/arm/parse-condition.ts';

const ATTRIBUTES: readonly AttributeName[] = ['RoleDefinitionId', 'PrincipalId', 'PrincipalType'];
const GUIDS = ['a', 'b', 'c'].map((digit) => `${digit.repeat(8)}-0000-4000-8000-000000000000`);
const TYPES = ['User', 'Group', 'ServicePrincipal'];
const ACTIONS = ['write', 'delete'].map((verb) => `Microsoft.Authorization/roleAssignments/${verb}`);
const isMany = (operator: Operator): boolean => operator.includes(':');

/** A condition as a person might write it: with all parentheses, and with either spelling of each operator. */
const print = (condition: Condition, words: 'words' | 'signs'): string => {
  const [and, or, not] = words === 'words' ? ['AND', 'OR', 'NOT '] : ['&&', '||', '!'];
  switch (condition.kind) {
    case 'and':
    case 'or':
      return `(${condition.of.map((one) => print(one, words)).join(condition.kind === 'and' ? `\n${and} ` : ` ${or} `)})`;
    case 'not':
      return `${not}(${print(condition.of, words)})`;
    case 'action':
      return `ActionMatches{'${condition.pattern}'}`;
    case 'compare': {
      const { source, attribute, operator, values } = condition;
      const written = values.map((one) => (attribute === 'PrincipalType' ? `'${one}'` : one)).join(', ');
      const value = isMany(operator) ? `{${written}}` : written;
      return `@${source}[Microsoft.Authorization/roleAssignments:${attribute}] ${operator} ${value}`;
    }
  }
};

const operatorsOf = (attribute: AttributeName): readonly Operator[] =>
  attribute === 'PrincipalType'
    ? [
        'StringEqualsIgnoreCase',
        'StringNotEqualsIgnoreCase',
        'ForAnyOfAnyValues:StringEqualsIgnoreCase',
        'ForAnyOfAllValues:StringNotEqualsIgnoreCase',
      ]
    : ['GuidEquals', 'GuidNotEquals', 'ForAnyOfAnyValues:GuidEquals', 'ForAnyOfAllValues:GuidNotEquals'];

const valuesFor = (attribute: AttributeName) => fc.constantFrom(...(attribute === 'PrincipalType' ? TYPES : GUIDS));

const comparison: fc.Arbitrary<Condition> = fc.constantFrom(...ATTRIBUTES).chain((attribute) =>
  fc.constantFrom(...operatorsOf(attribute)).chain((operator) =>
    fc.record({
      kind: fc.constant('compare' as const),
      source: fc.constantFrom('Request' as const, 'Resource' as const),
      attribute: fc.constant(attribute),
      operator: fc.constant(operator),
      values: fc.array(valuesFor(attribute), { minLength: 1, maxLength: isMany(operator) ? 3 : 1 }),
    }),
  ),
);

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    comparison,
    fc.constantFrom(...ACTIONS, 'Microsoft.Authorization/*').map((pattern) => ({ kind: 'action' as const, pattern })),
    tie('condition').map((of) => ({ kind: 'not' as const, of })),
    fc
      .constantFrom('and' as const, 'or' as const)
      .chain((kind) =>
        fc
          .array(tie('condition'), { minLength: 2, maxLength: 3 })
          .map((parts) => ({ kind, of: parts.flatMap((one) => (one.kind === kind ? one.of : [one])) })),
      ),
  ),
}));

const assigning = fc.record({
  RoleDefinitionId: fc.constantFrom(...GUIDS),
  PrincipalId: fc.constantFrom(...GUIDS),
  PrincipalType: fc.constantFrom(...TYPES),
});

const attempted: fc.Arbitrary<Attempted> = fc.oneof(
  assigning.map((Request) => ({ action: ACTIONS[0] ?? '', Request })),
  assigning.map((Resource) => ({ action: ACTIONS[1] ?? '', Resource })),
  fc.constant({ action: 'Microsoft.KeyVault/vaults/write' }),
);

/** The meaning of each part by Microsoft's documents, written independently of the code. */
const truth = (one: Condition, tried: Attempted): boolean => {
  switch (one.kind) {
    case 'and':
      return !one.of.some((part) => !truth(part, tried));
    case 'or':
      return !one.of.every((part) => !truth(part, tried));
    case 'not':
      return truth(one.of, tried) === false;
    case 'action':
      return one.pattern.endsWith('*')
        ? tried.action.startsWith(one.pattern.slice(0, -1))
        : tried.action === one.pattern;
    case 'compare': {
      const value = tried[one.source]?.[one.attribute];
      return value !== undefined && one.values.includes(value) !== /Not/.test(one.operator);
    }
  }
};

describe('the grammar of conditions on role assignments', () => {
  it('reads every condition that can be written, in either spelling, as what was meant', () => {
    fc.assert(
      fc.property(condition, fc.constantFrom('words' as const, 'signs' as const), (meant, words) => {
        expect(parseCondition(print(meant, words))).toEqual(meant);
      }),
    );
  });

  it('decides as the documents say, of a condition that was read', () => {
    fc.assert(
      fc.property(condition, attempted, (meant, tried) => {
        expect(holds(parseCondition(print(meant, 'words')), tried)).toBe(truth(meant, tried));
      }),
    );
  });

  it('reads no text in which a token was lost, doubled or exchanged as anything else than it says', () => {
    const tokens = (text: string) => text.match(/@\w+\[[^\]]*\]|'[^']*'|[\w:-]+|&&|\|\||[^\s]/g) ?? [];
    fc.assert(
      fc.property(condition, fc.nat(), fc.constantFrom('lost', 'doubled'), (meant, at, how) => {
        const all = tokens(print(meant, 'words'));
        const index = at % all.length;
        const changed = all.toSpliced(index, 1, ...(how === 'lost' ? [] : [all[index] ?? '', all[index] ?? '']));
        let read: Condition | undefined;
        try {
          read = parseCondition(changed.join(' '));
        } catch (error) {
          expect(error).toBeInstanceOf(ConditionError);
        }
        // A text that can still be read is a valid condition: writing it and reading it again gives the same condition.
        if (read !== undefined) expect(parseCondition(print(read, 'words'))).toEqual(read);
      }),
    );
  });

  const type = '@Request[Microsoft.Authorization/roleAssignments:PrincipalType]';
  const principal = '@Request[Microsoft.Authorization/roleAssignments:PrincipalId]';
  const isUser = `${type} StringEqualsIgnoreCase 'User'`;
  it.each([
    ['nothing at all', ''],
    ['blanks alone', '  '],
    ['an attribute of something else', "@Request[Microsoft.Storage/storageAccounts:name] StringEquals 'x'"],
    [
      'an attribute that assignments have not',
      '@Request[Microsoft.Authorization/roleAssignments:Condition] GuidEquals a',
    ],
    [
      'a source that tells nothing of assignments',
      `@Principal[Microsoft.Authorization/roleAssignments:PrincipalType] GuidEquals ${GUIDS[0]}`,
    ],
    ['an operator that the attribute does not take', `${type} StringLike 'U*'`],
    ['a comparison of GUIDs with a type', `${type} GuidEquals ${GUIDS[0]}`],
    ['a placeholder instead of a GUID', `${principal} ForAnyOfAllValues:GuidNotEquals {<principal id>}`],
    ['a GUID in quotes', `${principal} GuidEquals '${GUIDS[0]}'`],
    ['a list where one value is taken', `${principal} GuidEquals {${GUIDS[0]}}`],
    ['one value where a list is taken', `${principal} ForAnyOfAnyValues:GuidEquals ${GUIDS[0]}`],
    ['an empty list', `${principal} ForAnyOfAnyValues:GuidEquals {}`],
    ['both words at one level', `${isUser} AND ${isUser} OR ${isUser}`],
    ['a parenthesis that does not close', `(${isUser}`],
    ['a parenthesis that does not open', `${isUser})`],
    ['two expressions side by side', `${isUser} ${isUser}`],
    ['an action without quotes', 'ActionMatches{Microsoft.Authorization/roleAssignments/write}'],
    ['a suboperation', "SubOperationMatches{'Blob.List'}"],
    ['a comment', `${isUser} /* always */`],
    ['words in small letters', `${isUser} or ${isUser}`],
    ['more than anybody writes', `${'!'.repeat(40)}${isUser}`],
    ['more than Azure takes', `(${' '.repeat(9_000)}${isUser})`],
  ])('refuses %s', (_, text) => {
    expect(() => parseCondition(text)).toThrow(ConditionError);
  });
});

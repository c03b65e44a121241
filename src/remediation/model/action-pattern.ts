/** Whether one of these patterns covers an operation of Azure: `*` stands for any text, slashes too; case carries no meaning (Learn: "Understand Azure role definitions"). */
export const covers = (patterns: readonly string[], operation: string): boolean =>
  patterns.some((pattern) => {
    const literals = pattern.split('*').map((part) => part.replace(/[.+?^$()|[\]\\{}]/g, '\\$&'));
    return new RegExp(`^${literals.join('.*')}$`, 'i').test(operation);
  });

import { groupOf, nameOf, subscriptionOf } from './resource-id.ts';
import { azValue } from './shell-word.ts';

export type Options = Readonly<Record<string, string | readonly string[] | true>>;

/**
 * A command for a human in back-quotes, every value one word of a POSIX shell that `az` takes for a value: `az keyvault recover` with `{ name: 'kv' }`
 * is `az keyvault recover --name kv`. `true` is an option that takes none; one whose value is empty is left out.
 */
export const command = (words: string, options: Options = {}): string => {
  const given = Object.entries(options).flatMap(([option, value]) => {
    if (value === true) return [`--${option}`];
    const values = (typeof value === 'string' ? [value] : value).filter((one) => one !== '');
    return values.length === 0 ? [] : [`--${option}`, ...values.map(azValue)];
  });
  return `\`${[words, ...given].join(' ')}\``;
};

/** How the commands of a resource's own type name it. */
export const byName = (id: string, name = 'name'): Options => ({
  [name]: nameOf(id),
  'resource-group': groupOf(id),
  subscription: subscriptionOf(id),
});

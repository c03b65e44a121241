import { groupOf, nameOf, subscriptionOf } from './resource-id.ts';
import { azValue } from './shell-word.ts';

export type Options = Readonly<Record<string, string | readonly string[] | true>>;

/**
 * A command for a person, in back-quotes. Every value is quoted as one word of a POSIX shell, which `az` takes for a value: `az
 * keyvault recover` with `{ name: 'kv' }` gives `az keyvault recover --name kv`. `true` is an option without a value. An option
 * whose value is empty is left out.
 */
export const command = (words: string, options: Options = {}): string => {
  const given = Object.entries(options).flatMap(([option, value]) => {
    if (value === true) return [`--${option}`];
    const values = (typeof value === 'string' ? [value] : value).filter((one) => one !== '');
    return values.length === 0 ? [] : [`--${option}`, ...values.map(azValue)];
  });
  return `\`${[words, ...given].join(' ')}\``;
};

/** The options with which a command of a resource type names the resource. */
export const byName = (id: string, name = 'name'): Options => ({
  [name]: nameOf(id),
  'resource-group': groupOf(id),
  subscription: subscriptionOf(id),
});

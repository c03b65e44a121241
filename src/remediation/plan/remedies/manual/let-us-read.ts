import { command } from '../../../model/command.ts';
import type { Finding } from '../../../model/findings.ts';
import { PROFILES } from '../../../model/profiles.ts';
import { nameOf } from '../../../model/resource-id.ts';
import { instruct, type Remedy } from '../../remedy.ts';

/** Doubts that more rights to read would not end are left to a person, who can look at the consumer itself. */
export const letUsRead: Remedy = ({ evidence, sentence, target }) => {
  const { reach, ...unread } = evidence;
  if ('gone' in unread)
    return instruct(`${sentence} ${command('az resource show', { ids: target })} tells whether it is there.`);
  const look = `Look at ${nameOf(target)} itself, in the portal or its logs, whether it can use its key.`;
  const read = `let the product read it. ${firstAid(unread)}`;
  if (reach === undefined) return instruct(`${sentence} Nothing that rests on it is done; ${read}`);
  return instruct(
    Object.keys(unread).length === 0
      ? `${sentence} Nothing that rests on it is done. ${look}`
      : `${sentence} ${look} Nothing that rests on what could not be read is done; ${read}`,
  );
};

const providerOf = (action: string): string => action.split('/', 1)[0] ?? '';

/** The actions of one provider as one text: the name of the provider once, then the rest of each action. */
const listed = ([first = '', ...more]: readonly string[]): string => {
  const all = [first, ...more.map((action) => action.slice(providerOf(action).length + 1))];
  return all.length < 2 ? first : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
};

/** The actions that read every kind of consumer, grouped by provider. */
const readActions = (): readonly string[] =>
  [
    ...Map.groupBy(
      Object.values(PROFILES).flatMap(({ actions }) => actions.read),
      providerOf,
    ).values(),
  ].map(listed);

const firstAid = (evidence: Finding['evidence']): string => {
  if ('version' in evidence || 'vault' in evidence)
    return 'It needs keys/get in the vault and a network path to it, or Microsoft.KeyVault/vaults/read and keys/read on its control plane.';
  const [first, ...others] = [...readActions(), 'and Microsoft.Authorization/roleAssignments/read'];
  return `It needs ${first} in its scope, ${others.join(', ')}.`;
};

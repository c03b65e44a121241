import { Field, Radio, RadioGroup } from '@fluentui/react-components';
import type { Line } from '../model/line.ts';
import { keyLabel } from '../model/names.ts';
import type { Say } from '../words/say.ts';
import { useWords } from '../words/words-context.tsx';

/** The target of an override: its name for people, and its value for the API. Everything is ''. */
export type Scope = { readonly name: string; readonly value: string };

const EVERYTHING = '';

const ofConsumer = (say: Say, { consumer }: Line): readonly Scope[] =>
  consumer ? [{ name: say('sheet.scope.consumer', { name: consumer.name }), value: consumer.id }] : [];

const ofVault = (say: Say, { vault }: Line): Scope => ({
  name: say('sheet.scope.vault', { name: vault }),
  value: vault,
});

/** The scopes that a person may mean with a pause at a line. A single key or consumer can be forbidden instead. */
export const scopesOfPause = (say: Say, line: Line | undefined): readonly Scope[] => [
  ...(line ? [ofVault(say, line)] : []),
  { name: say('sheet.scope.all'), value: EVERYTHING },
];

/** The scopes that a person may mean when forbidding a repair, the narrowest first. */
export const scopesOfDoNotHeal = (say: Say, line: Line): readonly Scope[] => [
  ...ofConsumer(say, line),
  { name: say('sheet.scope.key', { name: keyLabel(line.key) }), value: line.key },
  ofVault(say, line),
];

export const ScopeField = (props: {
  readonly scopes: readonly Scope[];
  readonly scope: string;
  readonly onScope: (scope: string) => void;
}) => {
  const { scopes, scope, onScope } = props;
  const { say } = useWords();
  return (
    <Field label={say('sheet.scope')}>
      <RadioGroup value={scope} onChange={(_event, { value }) => onScope(value)}>
        {scopes.map(({ name, value }) => (
          <Radio key={value} value={value} label={name} />
        ))}
      </RadioGroup>
    </Field>
  );
};

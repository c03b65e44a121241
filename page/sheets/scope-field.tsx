import { Field, Radio, RadioGroup } from '@fluentui/react-components';
import type { Line } from '../model/line.ts';
import { keyLabel } from '../model/names.ts';
import type { Say } from '../words/say.ts';
import { useWords } from '../words/words-context.tsx';

/** What an override is about: its name for people, and as the API takes it. Everything is ''. */
export type Scope = { readonly name: string; readonly value: string };

const EVERYTHING = '';

const ofConsumer = (say: Say, { consumer }: Line): readonly Scope[] =>
  consumer ? [{ name: say('sheet.scope.consumer', { name: consumer.name }), value: consumer.id }] : [];

const ofVault = (say: Say, { vault }: Line): Scope => ({
  name: say('sheet.scope.vault', { name: vault }),
  value: vault,
});

/** What somebody may have in mind who pauses at a line. One key or consumer alone is forbidden instead. */
export const scopesOfPause = (say: Say, line: Line | undefined): readonly Scope[] => [
  ...(line ? [ofVault(say, line)] : []),
  { name: say('sheet.scope.all'), value: EVERYTHING },
];

/** What somebody may have in mind who forbids a repair, the narrowest first. */
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

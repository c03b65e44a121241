import { Button, Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import { getSummary } from '../../client/api.ts';
import { useWords } from '../words/words-context.tsx';
import { byKey } from './by-key.ts';
import type { SignedIn } from './signed-in.ts';

/** Tries the key before it shows the views: an error with a wrong key shows here once, and not in six views. */
const tried = async (key: string): Promise<SignedIn> => {
  const signedIn = byKey(key.trim());
  await getSummary({ guardian: signedIn.guardian });
  return signedIn;
};

/** The form for a function key. */
export const KeyForm = ({ onOpen }: { readonly onOpen: (signedIn: SignedIn) => void }) => {
  const { say } = useWords();
  const [key, setKey] = useState('');
  const [fault, setFault] = useState<string>();
  const [isTrying, setTrying] = useState(false);
  const open = async (): Promise<void> => {
    setTrying(true);
    setFault(undefined);
    await tried(key)
      .then(onOpen, (error: Error) => setFault(error.message))
      .finally(() => setTrying(false));
  };
  return (
    <form
      className="gate-form"
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <p className="quiet">{say('signIn.key.why')}</p>
      <Field
        label={say('signIn.key')}
        hint={say('signIn.key.where')}
        {...(fault !== undefined && { validationMessage: fault, validationState: 'error' as const })}
      >
        <Input
          type="password"
          autoComplete="off"
          spellCheck={false}
          value={key}
          onChange={(_event, { value }) => setKey(value)}
        />
      </Field>
      <Button appearance="primary" type="submit" disabled={key.trim() === '' || isTrying}>
        {say('signIn.key.open')}
      </Button>
    </form>
  );
};

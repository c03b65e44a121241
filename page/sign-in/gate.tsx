import { Button, Spinner } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { getClientSettings } from '../../client/api.ts';
import { Trouble } from '../parts/trouble.tsx';
import { useWords } from '../words/words-context.tsx';
import { KeyForm } from './key-form.tsx';
import type { SignedIn, Way } from './signed-in.ts';
import { wayFor } from './ways.ts';

type Found =
  | { readonly kind: 'looking' }
  | { readonly kind: 'failed'; readonly error: Error }
  | { readonly kind: 'asking'; readonly way: Way | undefined };

/** A person who is signed in already sees the views at once. */
const lookForWay = async (onOpen: (signedIn: SignedIn) => void): Promise<Found> => {
  const way = await wayFor(await getClientSettings());
  const restored = await way?.restore();
  if (restored) onOpen(restored);
  return { kind: 'asking', way };
};

const ByPerson = ({ way, onOpen }: { readonly way: Way; readonly onOpen: (signedIn: SignedIn) => void }) => {
  const { say } = useWords();
  const [error, setError] = useState<Error>();
  const [isByKey, setByKey] = useState(false);
  if (isByKey) return <KeyForm onOpen={onOpen} />;
  const begin = () => way.begin().then((signedIn) => signedIn && onOpen(signedIn), setError);
  return (
    <div className="gate-form">
      {error && <Trouble error={error} />}
      <Button appearance="primary" size="large" onClick={() => void begin()}>
        {say('signIn.title')}
      </Button>
      <Button appearance="subtle" onClick={() => setByKey(true)}>
        {say('signIn.key.instead')}
      </Button>
    </div>
  );
};

/** The sign-in that is shown in place of the views until the person is known. */
export const Gate = ({ onOpen }: { readonly onOpen: (signedIn: SignedIn) => void }) => {
  const { say } = useWords();
  const [found, setFound] = useState<Found>({ kind: 'looking' });
  const look = () => {
    setFound({ kind: 'looking' });
    lookForWay(onOpen).then(setFound, (error: Error) => setFound({ kind: 'failed', error }));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the way is looked for once, when the page opens
  useEffect(look, []);
  return (
    <main className="gate">
      <h1 className="title">CMK Guardian</h1>
      {found.kind === 'looking' && <Spinner label={say('load.loading')} />}
      {found.kind === 'failed' && <Trouble error={found.error} onAgain={look} />}
      {found.kind === 'asking' &&
        (found.way ? <ByPerson way={found.way} onOpen={onOpen} /> : <KeyForm onOpen={onOpen} />)}
    </main>
  );
};

import type { ReactNode } from 'react';
import type { Loaded } from '../api/use-loaded.ts';
import { relativeTo } from '../model/relative.ts';
import { SignInFailed } from '../sign-in/failed.ts';
import { isEnded } from '../sign-in/is-ended.ts';
import { useWords } from '../words/words-context.tsx';
import { Trouble } from './trouble.tsx';
import { Waiting } from './waiting.tsx';

/** A person who has to sign in again sees only that. Every other trouble is shown beside the former content. */
const Stale = ({ at, error }: { readonly at: number; readonly error: Error }) => {
  const { say } = useWords();
  if (error instanceof SignInFailed || isEnded(error)) return <Trouble error={error} />;
  const { unit, count } = relativeTo(Date.now(), at);
  const ago = unit === 'now' ? say('ago.now') : say(`ago.${unit}`, { n: count });
  return (
    <p className="stale" role="status">
      {say('load.stale', { ago, why: error.message })}
    </p>
  );
};

/** What was loaded; its shape until then, why not where it failed, and its age where a later look did. */
export const Shown = <Value,>(props: {
  readonly loaded: Loaded<Value>;
  readonly rows?: number;
  readonly height?: number;
  readonly children: (value: Value) => ReactNode;
}) => {
  const { loaded, rows = 4, height = 72, children } = props;
  const { value, at, error, again } = loaded;
  // A list that has not been made yet is read as undefined: it is there all the same.
  if (at === undefined)
    return error ? <Trouble error={error} onAgain={again} /> : <Waiting rows={rows} height={height} />;
  return (
    <>
      {error && <Stale at={at} error={error} />}
      {children(value as Value)}
    </>
  );
};

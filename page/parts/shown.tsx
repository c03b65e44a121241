import type { ReactNode } from 'react';
import type { Loaded } from '../api/use-loaded.ts';
import { relativeTo } from '../model/relative.ts';
import { SignInFailed } from '../sign-in/failed.ts';
import { isEnded } from '../sign-in/is-ended.ts';
import { useWords } from '../words/words-context.tsx';
import { Trouble } from './trouble.tsx';
import { Waiting } from './waiting.tsx';

/** Where the person has to sign in again, only that is shown. Every other error is shown beside the former content. */
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

/**
 * Shows a loaded value; before that a placeholder of its shape, the reason where loading failed, and its age where a later load
 * failed.
 */
export const Shown = <Value,>(props: {
  readonly loaded: Loaded<Value>;
  readonly rows?: number;
  readonly height?: number;
  readonly children: (value: Value) => ReactNode;
}) => {
  const { loaded, rows = 4, height = 72, children } = props;
  const { value, at, error, again } = loaded;
  // A report that has not been made yet is loaded as undefined: loading has ended all the same.
  if (at === undefined)
    return error ? <Trouble error={error} onAgain={again} /> : <Waiting rows={rows} height={height} />;
  return (
    <>
      {error && <Stale at={at} error={error} />}
      {children(value as Value)}
    </>
  );
};

import { useWords } from '../words/words-context.tsx';

/** That a list goes on beyond what was read of it: nobody should take a part for the whole. */
export const Cut = ({ n, isCut }: { readonly n: number; readonly isCut: boolean }) => {
  const { say } = useWords();
  return isCut ? (
    <p className="stale" role="status">
      {say('load.cut', { n })}
    </p>
  ) : null;
};

/** The same of an answer as it was read. */
export const CutOf = ({
  list,
}: {
  readonly list: { readonly value: readonly unknown[]; readonly nextLink?: string };
}) => <Cut n={list.value.length} isCut={list.nextLink !== undefined} />;

import { estimate } from '../../../client/cost/estimate.ts';
import { readSummary } from '../../api/readers.ts';
import { useRead } from '../../api/use-read.ts';
import { Shown } from '../../parts/shown.tsx';
import { useWords } from '../../words/words-context.tsx';

const Sum = ({ keys }: { readonly keys: number }) => {
  const { say } = useWords();
  const lines = estimate(keys);
  const dollars = lines.reduce((sum, one) => sum + one.dollars, 0);
  return <p>{say('trust.cost.sum', { n: keys, dollars })}</p>;
};

/** The cost of guarding the present number of keys. */
export const Cost = () => {
  const { say } = useWords();
  const summary = useRead(readSummary);
  return (
    <section className="part">
      <h2 className="heading">{say('trust.cost')}</h2>
      <Shown loaded={summary} rows={1} height={20}>
        {({ keys }) => <Sum keys={keys} />}
      </Shown>
    </section>
  );
};

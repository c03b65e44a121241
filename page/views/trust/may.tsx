import { readSettings, readSummary } from '../../api/readers.ts';
import { useRead } from '../../api/use-read.ts';
import { Shown } from '../../parts/shown.tsx';
import { useWords } from '../../words/words-context.tsx';

const Scopes = () => {
  const { say } = useWords();
  const settings = useRead(readSettings);
  const scopes = settings.value?.value.find(({ name }) => name === 'GUARDIAN_SCOPE')?.value;
  return scopes === undefined ? null : <p className="address">{say('trust.scopes', { scopes })}</p>;
};

/** What it may do here, as sentences of its mode and its scope. */
export const May = () => {
  const { say } = useWords();
  const summary = useRead(readSummary, 60);
  return (
    <section className="part">
      <h2 className="heading">{say('trust.may')}</h2>
      <Shown loaded={summary} rows={1} height={40}>
        {({ mode }) => (
          <p>
            <span className="strong">{say(`mode.${mode}`)}.</span> {say(`mode.${mode}.says`)}
          </p>
        )}
      </Shown>
      <Scopes />
    </section>
  );
};

import { readGaps, readSettings, readSummary } from '../../api/readers.ts';
import { useRead } from '../../api/use-read.ts';
import { titleOf } from '../../model/acts.ts';
import { type May as MayDo, mayDo, type Way } from '../../model/may.ts';
import { nameOf } from '../../model/names.ts';
import { Shown } from '../../parts/shown.tsx';
import { useWords } from '../../words/words-context.tsx';

const Step = ({ one: { kind, scopes, lackingAt } }: { readonly one: MayDo }) => {
  const { say } = useWords();
  return (
    <li>
      {titleOf(say, kind)}
      {scopes.length > 0 && (
        <span title={scopes.join(', ')}> {say('trust.may.only', { scopes: scopes.map(nameOf).join(', ') })}</span>
      )}
      {lackingAt > 0 && <span className="quiet"> {say('trust.may.lacks', { n: lackingAt })}</span>}
    </li>
  );
};

const StepsBy = ({ way, all }: { readonly way: Way; readonly all: readonly MayDo[] }) => {
  const { say } = useWords();
  const steps = all.filter((one) => one.way === way);
  if (steps.length === 0) return null;
  return (
    <section>
      <h3 className="heading">{say(`trust.may.${way}`)}</h3>
      <ul className="plain">
        {steps.map((one) => (
          <Step key={one.kind} one={one} />
        ))}
      </ul>
    </section>
  );
};

const useSetting = (name: string): string | undefined => {
  const settings = useRead(readSettings);
  return settings.value?.value.find((one) => one.name === name)?.value;
};

const Steps = ({ mode }: { readonly mode: 'observe' | 'approve' | 'auto' }) => {
  const gaps = useRead(readGaps);
  const autoReverse = useSetting('GUARDIAN_AUTO_REVERSE') ?? 'none';
  const all = mayDo({ mode, autoReverse, gaps: gaps.value?.value ?? [] });
  return (
    <div className="may">
      <StepsBy way="byItself" all={all} />
      <StepsBy way="asks" all={all} />
      <StepsBy way="never" all={all} />
    </div>
  );
};

/** The rights of the product here, as sentences about its mode, its settings, its permissions and its scope. */
export const May = () => {
  const { say } = useWords();
  const summary = useRead(readSummary, 60);
  const scopes = useSetting('GUARDIAN_SCOPE');
  return (
    <section className="part">
      <h2 className="heading">{say('trust.may')}</h2>
      <Shown loaded={summary} rows={1} height={40}>
        {({ mode }) => (
          <div className="may">
            <p>
              <span className="strong">{say(`mode.${mode}`)}.</span> {say(`mode.${mode}.says`)}
            </p>
            <Steps mode={mode} />
            <p>{say('trust.neverDoes')}</p>
          </div>
        )}
      </Shown>
      {scopes !== undefined && <p className="address">{say('trust.scopes', { scopes })}</p>}
    </section>
  );
};

import { Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import type { GetHistory200 } from '../../../client/api.ts';
import { minutesAverted } from '../../model/averted.ts';
import { useWords } from '../../words/words-context.tsx';

/** Minutes of a manual repair, until the reader enters another number. */
const MANUAL_MINUTES = 60;

/** Minutes of outage that did not happen, and the rule by which they are counted. */
export const Averted = ({ value }: Pick<GetHistory200, 'value'>) => {
  const { say, language } = useWords();
  const [minutes, setMinutes] = useState(MANUAL_MINUTES);
  const averted = Math.round(minutesAverted(value, minutes));
  return (
    <section className="averted">
      <p>
        <span className="count-number">{new Intl.NumberFormat(language).format(averted)}</span> {say('history.averted')}
      </p>
      <p className="quiet">{say('history.averted.rule', { n: value.length, minutes })}</p>
      <Field label={say('history.manual')} className="manual-minutes no-print">
        <Input
          type="number"
          min={1}
          max={1_440}
          value={String(minutes)}
          onChange={(_event, { value }) => setMinutes(Math.min(1_440, Math.max(1, Number(value) || 1)))}
        />
      </Field>
    </section>
  );
};

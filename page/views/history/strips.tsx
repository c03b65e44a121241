import type { Measured } from '../../model/measured.ts';
import { spanOf } from '../../model/span.ts';
import { spanText } from '../../parts/count.tsx';
import { type Say, sayNamed } from '../../words/say.ts';
import { useWords } from '../../words/words-context.tsx';

const WIDTH = 240;
const ROW = 28;
const TEN_MINUTES = 600;

/** The horizontal position on a logarithmic axis: seconds and hours fit on the same axis. */
const xOf = (seconds: number, most: number): number => (Math.log1p(seconds) / Math.log1p(most)) * (WIDTH - 12) + 6;

const Strip = ({
  figures,
  most,
  label,
}: {
  readonly figures: Measured;
  readonly most: number;
  readonly label: string;
}) => (
  <svg viewBox={`0 0 ${WIDTH} ${ROW}`} role="img" aria-label={label} className="strip">
    <line className="grid-line" x1={6} x2={WIDTH - 6} y1={ROW / 2} y2={ROW / 2} />
    <line className="ten-minutes" x1={xOf(TEN_MINUTES, most)} x2={xOf(TEN_MINUTES, most)} y1={3} y2={ROW - 3} />
    {figures.each.map((seconds, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a point is nothing but its place
      <circle key={at} className="dot" cx={xOf(seconds, most)} cy={ROW / 2} r={3} />
    ))}
    <line className="p50" x1={xOf(figures.p50, most)} x2={xOf(figures.p50, most)} y1={5} y2={ROW - 5} />
    <line className="p95" x1={xOf(figures.p95, most)} x2={xOf(figures.p95, most)} y1={5} y2={ROW - 5} />
  </svg>
);

const said = (say: Say, { cause, count, p50, p95 }: Measured): string =>
  `${sayNamed(say, 'fault', cause)}: ${count}, p50 ${spanText(say, spanOf(p50))}, p95 ${spanText(say, spanOf(p95))}`;

const Row = ({ figures, most }: { readonly figures: Measured; readonly most: number }) => {
  const { say } = useWords();
  return (
    <tr>
      <td>{sayNamed(say, 'fault', figures.cause)}</td>
      <td className="numbers end" data-label={say('history.count')}>
        {figures.count}
      </td>
      <td className="numbers end" data-label={say('history.p50')}>
        {spanText(say, spanOf(figures.p50))}
      </td>
      <td className="numbers end" data-label={say('history.p95')}>
        {spanText(say, spanOf(figures.p95))}
      </td>
      <td className="strip-cell">
        <Strip figures={figures} most={most} label={said(say, figures)} />
      </td>
    </tr>
  );
};

const StripTable = ({ measured }: { readonly measured: readonly Measured[] }) => {
  const { say } = useWords();
  const most = Math.max(2 * TEN_MINUTES, ...measured.flatMap(({ each, p95 }) => [...each, p95]));
  return (
    <table className="table tight">
      <thead>
        <tr>
          <th scope="col">{say('history.cause')}</th>
          <th scope="col" className="end">
            {say('history.count')}
          </th>
          <th scope="col" className="end">
            {say('history.p50')}
          </th>
          <th scope="col" className="end">
            {say('history.p95')}
          </th>
          <th scope="col">
            <span className="quiet">{say('incident.tenMinutes')} ┆</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {measured.map((figures) => (
          <Row key={figures.cause} figures={figures} most={most} />
        ))}
      </tbody>
    </table>
  );
};

/** For each cause its incidents as points, with the middle and the slow end marked, all on one axis with the ten-minute line. */
export const Strips = ({ title, measured }: { readonly title: string; readonly measured: readonly Measured[] }) => {
  const { say } = useWords();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than its place is scrolled by the keyboard as well
    <section className="part wide" tabIndex={0} aria-label={title}>
      <h2 className="heading">{title}</h2>
      {measured.length === 0 ? <p className="quiet">{say('history.notYet')}</p> : <StripTable measured={measured} />}
    </section>
  );
};

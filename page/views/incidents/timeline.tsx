import { type Bar, barsOf, type Moment, placeAt, type Stretch, stretchesOf } from '../../model/incident-layout.ts';
import { clockOf } from '../../model/incident-text.ts';
import { keyLabel } from '../../model/names.ts';
import { type Say, sayNamed } from '../../words/say.ts';
import { useWords } from '../../words/words-context.tsx';

const WIDTH = 1_000;
const LEFT = 16;
const MARKS = 64;
const LANE = 30;
const TEN_MINUTES = 600;

/** Moments that are points on the axis; steps are bars. */
const POINTS: ReadonlySet<string> = new Set([
  'lost',
  'detected',
  'decided',
  'asked',
  'approved',
  'rejected',
  'revalidated',
  'down',
  'serves',
  'healthy',
  'letGo',
]);

const xOf = (stretches: readonly Stretch[], second: number): number =>
  LEFT + placeAt(stretches, second) * (WIDTH - 2 * LEFT);

type Point = { readonly what: string; readonly seconds: number; readonly x: number; readonly row: number };

/** A label that would overlap another goes to the next of three rows. */
const pointsOf = (moments: readonly Moment[], stretches: readonly Stretch[]): readonly Point[] => {
  const ends = [-1_000, -1_000, -1_000];
  const told = moments.filter(
    ({ what }, at) => POINTS.has(what) && moments.findIndex((one) => one.what === what) === at,
  );
  return told.map(({ what, seconds }) => {
    const x = xOf(stretches, seconds);
    const row = Math.max(
      0,
      ends.findIndex((end) => x - end > 96),
    );
    ends[row] = x;
    return { what, seconds, x, row };
  });
};

const PointLine = ({ point: { what, x, row }, height }: { readonly point: Point; readonly height: number }) => (
  <line className={`point is-${what}`} x1={x} x2={x} y1={18 + row * 16} y2={height - 20} />
);

const PointLabel = ({ point: { what, seconds, x, row }, say }: { readonly point: Point; readonly say: Say }) => (
  <text
    className={`point is-${what}`}
    x={x}
    y={13 + row * 16}
    textAnchor={x > WIDTH - 90 ? 'end' : x < 90 ? 'start' : 'middle'}
  >
    {sayNamed(say, 'moment', what)} {clockOf(seconds)}
  </text>
);

const BarMark = ({
  bar,
  lane,
  stretches,
  say,
}: {
  readonly bar: Bar;
  readonly lane: number;
  readonly stretches: readonly Stretch[];
  readonly say: Say;
}) => {
  const [x, end] = [xOf(stretches, bar.from), xOf(stretches, bar.to)];
  const y = MARKS + lane * LANE;
  const width = Math.max(4, end - x);
  const isRight = x > WIDTH * 0.6;
  return (
    <g className={`bar-step is-${bar.outcome ?? 'running'}`}>
      <rect x={x} y={y} width={width} height={10} rx={3} />
      <text x={isRight ? end : x} y={y + 23} textAnchor={isRight ? 'end' : 'start'}>
        {sayNamed(say, 'step', bar.step, { name: keyLabel(bar.target) })} · {clockOf(bar.to - bar.from)}
      </text>
    </g>
  );
};

const TenMinutes = ({ x, height, label }: { readonly x: number; readonly height: number; readonly label: string }) => (
  <g>
    <line className="ten-minutes" x1={x} x2={x} y1={MARKS - 10} y2={height - 20} />
    <text className="ten-minutes" x={x - 6} y={height - 6} textAnchor="end">
      {label}
    </text>
  </g>
);

/**
 * The picture of an incident: to scale from the loss, but for long waits, which are cut. The list below has the same content for
 * a reader who does not see it.
 */
export const Timeline = ({ moments, until }: { readonly moments: readonly Moment[]; readonly until: number }) => {
  const { say } = useWords();
  const stretches = stretchesOf([0, TEN_MINUTES, until, ...moments.map(({ seconds }) => seconds)]);
  const points = pointsOf(moments, stretches);
  const bars = barsOf(moments, until);
  const height = MARKS + Math.max(1, bars.length) * LANE + 34;
  return (
    <figure className="timeline">
      <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={say('incident.picture')}>
        <line className="axis" x1={LEFT} x2={WIDTH - LEFT} y1={height - 20} y2={height - 20} />
        {stretches
          .filter(({ isCut }) => isCut)
          .map(({ begin, end, from }) => (
            <text
              key={from}
              className="cut"
              x={LEFT + ((begin + end) / 2) * (WIDTH - 2 * LEFT)}
              y={height - 24}
              textAnchor="middle"
            >
              {say('incident.cut')}
            </text>
          ))}
        <TenMinutes x={xOf(stretches, TEN_MINUTES)} height={height} label={say('incident.tenMinutes')} />
        {points.map((point) => (
          <PointLine key={point.what} point={point} height={height} />
        ))}
        {bars.map((bar, lane) => (
          <BarMark key={`${bar.step}${bar.target}${bar.from}`} bar={bar} lane={lane} stretches={stretches} say={say} />
        ))}
        {points.map((point) => (
          <PointLabel key={point.what} point={point} say={say} />
        ))}
      </svg>
    </figure>
  );
};

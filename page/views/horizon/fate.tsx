import type { Fate } from '../../model/horizon-layout.ts';

const R = 5;

/**
 * Filled: the product extends it by itself. Hollow: the product will ask. Crossed: it stays and expires. Faint: no consumer needs
 * it then.
 */
export const FateMark = ({ fate, x, y }: { readonly fate: Fate; readonly x: number; readonly y: number }) => (
  <g className={`fate is-${fate}`}>
    <circle cx={x} cy={y} r={R} />
    {fate === 'stays' && <path d={`M${x - 3} ${y - 3}l6 6m0-6l-6 6`} />}
  </g>
);

/** The sign of a fate, for a place beside text that names the fate already. */
export const FateSign = ({ fate }: { readonly fate: Fate }) => (
  <svg className="sign" viewBox="0 0 16 16" aria-hidden="true">
    <FateMark fate={fate} x={8} y={8} />
  </svg>
);

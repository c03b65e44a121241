import { facts, section, table } from './document.ts';
import { type Html, html } from './html.ts';

/** The head of a chain of the ledger, as the app has verified it. */
export type Head = {
  readonly chain: string;
  readonly verification:
    | { readonly kind: 'intact'; readonly head: { readonly seq: number; readonly hash: string } }
    | { readonly kind: 'broken'; readonly seq: number; readonly fault: string };
};

const row = ({ chain, verification }: Head): readonly (Html | string | number)[] =>
  verification.kind === 'intact'
    ? [
        chain,
        html`<span class="mark good">✓ intact</span>`,
        verification.head.seq,
        html`<code>${verification.head.hash}</code>`,
      ]
    : [chain, html`<span class="mark bad">✗ broken</span>`, verification.seq, verification.fault];

/** What proves a report: a person who has the ledger can compute the same hashes. */
export const proof = (heads: readonly Head[]): Html =>
  section(
    'What proves it',
    html`<p>Every entry of the ledger names the hash of the one before it. A head that is the same later proves that nothing before it was changed.</p>${
      heads.length === 0
        ? facts([['Ledger', 'No chain was asked for.']])
        : table(
            'Heads of the ledger',
            [{ name: 'Chain' }, { name: 'State' }, { name: 'Row', is: 'n' }, { name: 'SHA-256' }],
            heads.map(row),
          )
    }`,
  );

/** The members of a line that the table shows. */
type Told = {
  readonly consumer?: { readonly name: string; readonly kind: string; readonly id: string };
  readonly key: string;
  readonly vault: string;
  readonly verdict?: string | undefined;
  readonly fault?: string;
  readonly impact: { readonly kind: string };
  readonly since?: string;
  readonly deadline?: string;
  readonly owner?: string;
  readonly sentence: string;
  readonly nextAction: { readonly sentence: string };
  readonly plan?: { readonly id: string };
  readonly incident?: string;
};

/** The columns of a table of lines, for a spreadsheet: of the API and of the command line. */
export const COLUMNS = {
  consumer: ({ consumer }) => consumer?.name,
  kind: ({ consumer }) => consumer?.kind,
  key: ({ key }) => key,
  vault: ({ vault }) => vault,
  verdict: ({ verdict }) => verdict,
  fault: ({ fault }) => fault,
  impact: ({ impact }) => impact.kind,
  since: ({ since }) => since,
  deadline: ({ deadline }) => deadline,
  owner: ({ owner }) => owner,
  sentence: ({ sentence }) => sentence,
  nextAction: ({ nextAction }) => nextAction.sentence,
  plan: ({ plan }) => plan?.id,
  incident: ({ incident }) => incident,
  consumerId: ({ consumer }) => consumer?.id,
  // The earlier name of `impact`: the next version leaves it out.
  harm: ({ impact }) => impact.kind,
} as const satisfies Readonly<Record<string, (line: Told) => string | undefined>>;

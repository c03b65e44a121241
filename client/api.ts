// Written by `npm run client` from the document of OpenAPI.
// biome-ignore-all lint: it is generated
import { send } from './send.ts';
export type ProblemError = {
  code: string;
  message: string;
};

export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  error: ProblemError;
  [key: string]: unknown;
};

export type StepParameters = { [key: string]: unknown };

export type StepRisk = 'restore' | 'reversal' | 'irreversible';
export type Step = {
  kind: string;
  target: string;
  parameters: StepParameters;
  /** @pattern ^[0-9a-f]{64}$ */
  stepId: string;
  risk: StepRisk;
  actions: string[];
  undo: string;
  sentence: string;
  touches: string[];
  serves: string[];
  dependsOn: string[];
  [key: string]: unknown;
};

export type StepVerdictVerdict = 'run' | 'ask' | 'report';
export type StepVerdictAuthority = { [key: string]: unknown };

export type StepVerdict = {
  verdict: StepVerdictVerdict;
  step: Step;
  why?: string;
  authority?: StepVerdictAuthority;
  again?: string;
  givenUp?: true;
};

export type Plan = {
  /** @pattern ^[0-9a-f]{64}$ */
  planId: string;
  steps: Step[];
  instructions: string[];
};

export type FindingEvidence = { [key: string]: string | number | boolean };

export type FindingImpactItemConsumerKind = 'mysqlSingleServer' | 'mysqlFlexibleServer' | 'diskEncryptionSet';
export type FindingImpactItemLevel = 'active' | 'latent' | 'none';
export type FindingImpactItem = {
  consumerId: string;
  consumerKind: FindingImpactItemConsumerKind;
  level: FindingImpactItemLevel;
  deadline?: string;
  weakens?: true;
  sentence: string;
};

export type FindingHarmItemConsumerKind = 'mysqlSingleServer' | 'mysqlFlexibleServer' | 'diskEncryptionSet';
export type FindingHarmItemLevel = 'active' | 'latent' | 'none';
export type FindingHarmItem = {
  consumerId: string;
  consumerKind: FindingHarmItemConsumerKind;
  level: FindingHarmItemLevel;
  deadline?: string;
  weakens?: true;
  sentence: string;
};

export type Finding = {
  kind: string;
  target: string;
  evidence: FindingEvidence;
  impact: FindingImpactItem[];
  harm: FindingHarmItem[];
  rows: string[];
  sentence: string;
  explainedBy?: string;
  runbook: string;
};

export type DecisionKind = 'healthy' | 'unseen' | 'report' | 'ask' | 'run';
export type Decision = {
  kind: DecisionKind;
  findings: Finding[];
  plan: Plan;
  verdicts: StepVerdict[];
  notes: string[];
  lookAgainAt?: string;
};

export type AskedPlan = {
  /** @pattern ^[0-9a-f]{64}$ */
  planId: string;
  incident: string;
  at: string;
  /** @items.pattern ^[0-9a-f]{64}$ */
  stepIds: string[];
  steps: Step[];
};

export type StartReconciliation200Mode = 'observe' | 'approve' | 'auto';
export type StartReconciliation200Verdict = 'healthy' | 'unseen' | 'report' | 'ask' | 'run';
export type StartReconciliation200StepsItemVerdict = 'run' | 'ask' | 'report';
export type StartReconciliation200StepsItemRisk = 'restore' | 'reversal' | 'irreversible';
export type StartReconciliation200StepsItemObstaclesItem = {
  why: string;
  commands: string[];
};

export type StartReconciliation200StepsItemAlsoUses = {
  keys: string[];
  consumers: string[];
};

export type StartReconciliation200StepsItem = {
  /** @pattern ^[0-9a-f]{64}$ */
  stepId: string;
  kind: string;
  target: string;
  sentence: string;
  verdict: StartReconciliation200StepsItemVerdict;
  why?: string;
  risk: StartReconciliation200StepsItemRisk;
  undo: string;
  needs: string[];
  /** @nullable */
  may: boolean | null;
  obstacles: StartReconciliation200StepsItemObstaclesItem[];
  alsoUses: StartReconciliation200StepsItemAlsoUses;
};

export type StartReconciliation200Refusal = {
  /** @minimum 0 */
  status: number;
  code: string;
  detail: string;
};

export type StartReconciliation200 = {
  dryRun: true;
  key: string;
  mode: StartReconciliation200Mode;
  verdict: StartReconciliation200Verdict;
  findings: Finding[];
  notes: string[];
  /** @pattern ^[0-9a-f]{64}$ */
  planId: string;
  steps: StartReconciliation200StepsItem[];
  refusal?: StartReconciliation200Refusal;
};

export type StartReconciliation202 = {
  id: string;
  status: string;
};

export type ListReconciliations200ValueItemConsumer = {
  id: string;
  name: string;
  kind: string;
};

export type ListReconciliations200ValueItemVerdict = 'healthy' | 'unseen' | 'report' | 'ask' | 'run';
export type ListReconciliations200ValueItemImpact =
  | {
      kind: 'down';
      since: string;
    }
  | {
      kind: 'losesKey';
      by: string;
    }
  | {
      kind: 'weakened' | 'unclear' | 'posture' | 'none';
    };

export type ListReconciliations200ValueItemHarm =
  | {
      kind: 'down';
      since: string;
    }
  | {
      kind: 'losesKey';
      by: string;
    }
  | {
      kind: 'weakened' | 'unclear' | 'posture' | 'none';
    };

export type ListReconciliations200ValueItemPlanStepsItem = {
  kind: string;
  target: string;
  verdict: string;
};

export type ListReconciliations200ValueItemPlan = {
  /** @pattern ^[0-9a-f]{64}$ */
  id: string;
  steps: ListReconciliations200ValueItemPlanStepsItem[];
};

export type ListReconciliations200ValueItemNextActionKind =
  | 'repairs'
  | 'asks'
  | 'held'
  | 'looksAgain'
  | 'person'
  | 'cannotSee'
  | 'none';
export type ListReconciliations200ValueItemNextAction = {
  kind: ListReconciliations200ValueItemNextActionKind;
  sentence: string;
};

export type ListReconciliations200ValueItemNotAssessed = {
  since: string;
  at: string;
  /** @minimum 0 */
  times: number;
  why: string;
};

export type ListReconciliations200ValueItem = {
  id: string;
  key: string;
  vault: string;
  consumer?: ListReconciliations200ValueItemConsumer;
  verdict?: ListReconciliations200ValueItemVerdict;
  fault?: string;
  otherFaults: string[];
  sentence: string;
  impact: ListReconciliations200ValueItemImpact;
  harm: ListReconciliations200ValueItemHarm;
  since?: string;
  deadline?: string;
  owner?: string;
  plan?: ListReconciliations200ValueItemPlan;
  nextAction: ListReconciliations200ValueItemNextAction;
  incident?: string;
  notes: string[];
  notAssessed?: ListReconciliations200ValueItemNotAssessed;
  changedAt: string | '';
};

export type ListReconciliations200 = {
  now: string;
  value: ListReconciliations200ValueItem[];
  nextLink?: string;
};

export type ListExpiry200ValueItemConsumersItem = {
  id: string;
  name: string;
  kind: string;
};

export type ListExpiry200ValueItemOutlookKind = 'extends' | 'asks' | 'held' | 'person' | 'none';
export type ListExpiry200ValueItemOutlook = {
  kind: ListExpiry200ValueItemOutlookKind;
  at: string;
  until?: string;
  sentence: string;
};

export type ListExpiry200ValueItem = {
  key: string;
  version: string;
  vault: string;
  expiresOn: string;
  daysLeft: number;
  enabled: boolean;
  consumers: ListExpiry200ValueItemConsumersItem[];
  /** @minimum 0 */
  moreConsumers?: number;
  outlook: ListExpiry200ValueItemOutlook;
};

export type ListExpiry200 = {
  now: string;
  until: string;
  value: ListExpiry200ValueItem[];
  nextLink?: string;
};

export type GetSummary200Mode = 'observe' | 'approve' | 'auto';
export type GetSummary200ConsumersByKind = { [key: string]: number };

export type GetSummary200Verdicts = {
  /** @minimum 0 */
  healthy: number;
  /** @minimum 0 */
  repairing: number;
  /** @minimum 0 */
  asked: number;
  /** @minimum 0 */
  reported: number;
  /** @minimum 0 */
  unseen: number;
  /** @minimum 0 */
  notYetAssessed: number;
};

export type GetSummary200SweepBegan = {
  at: string;
  ageSeconds: number;
};

export type GetSummary200SweepListed = {
  at: string;
  ageSeconds: number;
};

export type GetSummary200SweepEnded = {
  at: string;
  ageSeconds: number;
};

export type GetSummary200SweepTimer = {
  at: string;
  ageSeconds: number;
};

export type GetSummary200Sweep = {
  began?: GetSummary200SweepBegan;
  listed?: GetSummary200SweepListed;
  ended?: GetSummary200SweepEnded;
  timer?: GetSummary200SweepTimer;
};

export type GetSummary200ProbeBegan = {
  at: string;
  ageSeconds: number;
};

export type GetSummary200ProbeTimer = {
  at: string;
  ageSeconds: number;
};

export type GetSummary200Probe = {
  began?: GetSummary200ProbeBegan;
  timer?: GetSummary200ProbeTimer;
};

export type GetSummary200PostureBegan = {
  at: string;
  ageSeconds: number;
};

export type GetSummary200PostureEnded = {
  at: string;
  ageSeconds: number;
};

export type GetSummary200PostureTimer = {
  at: string;
  ageSeconds: number;
};

export type GetSummary200Posture = {
  began?: GetSummary200PostureBegan;
  ended?: GetSummary200PostureEnded;
  timer?: GetSummary200PostureTimer;
};

export type GetSummary200 = {
  now: string;
  version: string;
  mode: GetSummary200Mode;
  /** @minimum 0 */
  consumers: number;
  consumersByKind: GetSummary200ConsumersByKind;
  /** @minimum 0 */
  keys: number;
  /** @minimum 0 */
  vaults: number;
  /** @minimum 0 */
  subscriptions: number;
  verdicts: GetSummary200Verdicts;
  sweep: GetSummary200Sweep;
  probe: GetSummary200Probe;
  posture: GetSummary200Posture;
};

export type GetReconciliation200Verdict = 'healthy' | 'unseen' | 'report' | 'ask' | 'run';
export type GetReconciliation200NotAssessed = {
  since: string;
  at: string;
  /** @minimum 0 */
  times: number;
  why: string;
};

export type GetReconciliation200ApprovalsItem = {
  incident: string;
  /** @pattern ^[0-9a-f]{64}$ */
  planId: string;
  /** @items.pattern ^[0-9a-f]{64}$ */
  stepIds: string[];
  by: string;
  at: string;
  expires: string;
  name?: string;
  comment?: string;
  ticket?: string;
  used: string[];
};

export type GetReconciliation200RejectionsItem = {
  incident: string;
  /** @pattern ^[0-9a-f]{64}$ */
  planId: string;
  /** @items.pattern ^[0-9a-f]{64}$ */
  stepIds: string[];
  by: string;
  name: string;
  why: string;
  at: string;
  down: string[];
};

export type GetReconciliation200RequestsItemParameters = {
  newKid?: string;
  identity?: string;
};

export type GetReconciliation200RequestsItem = {
  step: string;
  target: string;
  by: string;
  at: string;
  parameters?: GetReconciliation200RequestsItemParameters;
};

export type GetReconciliation200ConsumersConsumersItemPinned = { [key: string]: unknown };

export type GetReconciliation200ConsumersConsumersItem = {
  id: string;
  kind: string;
  name: string;
  pinned: GetReconciliation200ConsumersConsumersItemPinned;
  [key: string]: unknown;
};

export type GetReconciliation200Consumers = {
  at: string;
  consumers: GetReconciliation200ConsumersConsumersItem[];
  [key: string]: unknown;
};

export type GetReconciliation200LinesItemConsumer = {
  id: string;
  name: string;
  kind: string;
};

export type GetReconciliation200LinesItemVerdict = 'healthy' | 'unseen' | 'report' | 'ask' | 'run';
export type GetReconciliation200LinesItemImpact =
  | {
      kind: 'down';
      since: string;
    }
  | {
      kind: 'losesKey';
      by: string;
    }
  | {
      kind: 'weakened' | 'unclear' | 'posture' | 'none';
    };

export type GetReconciliation200LinesItemHarm =
  | {
      kind: 'down';
      since: string;
    }
  | {
      kind: 'losesKey';
      by: string;
    }
  | {
      kind: 'weakened' | 'unclear' | 'posture' | 'none';
    };

export type GetReconciliation200LinesItemPlanStepsItem = {
  kind: string;
  target: string;
  verdict: string;
};

export type GetReconciliation200LinesItemPlan = {
  /** @pattern ^[0-9a-f]{64}$ */
  id: string;
  steps: GetReconciliation200LinesItemPlanStepsItem[];
};

export type GetReconciliation200LinesItemNextActionKind =
  | 'repairs'
  | 'asks'
  | 'held'
  | 'looksAgain'
  | 'person'
  | 'cannotSee'
  | 'none';
export type GetReconciliation200LinesItemNextAction = {
  kind: GetReconciliation200LinesItemNextActionKind;
  sentence: string;
};

export type GetReconciliation200LinesItemNotAssessed = {
  since: string;
  at: string;
  /** @minimum 0 */
  times: number;
  why: string;
};

export type GetReconciliation200LinesItem = {
  id: string;
  key: string;
  vault: string;
  consumer?: GetReconciliation200LinesItemConsumer;
  verdict?: GetReconciliation200LinesItemVerdict;
  fault?: string;
  otherFaults: string[];
  sentence: string;
  impact: GetReconciliation200LinesItemImpact;
  harm: GetReconciliation200LinesItemHarm;
  since?: string;
  deadline?: string;
  owner?: string;
  plan?: GetReconciliation200LinesItemPlan;
  nextAction: GetReconciliation200LinesItemNextAction;
  incident?: string;
  notes: string[];
  notAssessed?: GetReconciliation200LinesItemNotAssessed;
  changedAt: string | '';
};

export type GetReconciliation200 = {
  id: string;
  key: string;
  /** @minimum 0 */
  wanted: number;
  /** @minimum 0 */
  assessed: number;
  verdict?: GetReconciliation200Verdict;
  notes?: string[];
  since?: string;
  incident?: string;
  notAssessed?: GetReconciliation200NotAssessed;
  runtimeStatus?: string;
  decision?: Decision;
  asked: AskedPlan[];
  approvals: GetReconciliation200ApprovalsItem[];
  rejections: GetReconciliation200RejectionsItem[];
  requests: GetReconciliation200RequestsItem[];
  consumers?: GetReconciliation200Consumers;
  now: string;
  lines: GetReconciliation200LinesItem[];
};

export type StartRepair200 =
  | StartReconciliation200
  | {
      plan: Plan;
      verdicts: StepVerdict[];
      notes: string[];
    };

export type StartRepair202 = {
  id: string;
  status: string;
  plan: Plan;
  verdicts: StepVerdict[];
};

export type StartSweep200 = {
  dryRun: true;
  /** @minimum 0 */
  keys: number;
  sweptAt?: string;
};

export type StartSweep202 = {
  sweep: 'started';
};

export type GetPlan200ApprovalsItem = {
  incident: string;
  /** @pattern ^[0-9a-f]{64}$ */
  planId: string;
  /** @items.pattern ^[0-9a-f]{64}$ */
  stepIds: string[];
  by: string;
  at: string;
  expires: string;
  name?: string;
  comment?: string;
  ticket?: string;
  used: string[];
};

export type GetPlan200RejectionsItem = {
  incident: string;
  /** @pattern ^[0-9a-f]{64}$ */
  planId: string;
  /** @items.pattern ^[0-9a-f]{64}$ */
  stepIds: string[];
  by: string;
  name: string;
  why: string;
  at: string;
  down: string[];
};

export type GetPlan200 = {
  /** @pattern ^[0-9a-f]{64}$ */
  planId: string;
  incident: string;
  at: string;
  /** @items.pattern ^[0-9a-f]{64}$ */
  stepIds: string[];
  steps: Step[];
  key: string;
  number: string;
  held?: string[];
  approvals: GetPlan200ApprovalsItem[];
  rejections: GetPlan200RejectionsItem[];
};

export type ApprovePlan202 = {
  incident: string;
  /** @pattern ^[0-9a-f]{64}$ */
  planId: string;
  /** @items.pattern ^[0-9a-f]{64}$ */
  stepIds: string[];
  by: string;
  at: string;
  expires: string;
  name?: string;
  comment?: string;
  ticket?: string;
  key: string;
  held?: string[];
};

export type ApprovePlans207ValueItemAnswer = { [key: string]: unknown };

export type ApprovePlans207ValueItem = {
  planId: string;
  /** @minimum 0 */
  status: number;
  answer: ApprovePlans207ValueItemAnswer;
};

export type ApprovePlans207 = {
  value: ApprovePlans207ValueItem[];
};

export type RejectPlan202 = {
  incident: string;
  /** @pattern ^[0-9a-f]{64}$ */
  planId: string;
  /** @items.pattern ^[0-9a-f]{64}$ */
  stepIds: string[];
  by: string;
  name: string;
  why: string;
  at: string;
  down: string[];
  key: string;
};

export type AcceptVaultMove202 = {
  from: string;
  to: string;
  birth: string;
  by: string;
  at: string;
  why: string;
  keys: string[];
};

export type ListSubscriptions200ValueItemMissingAnswerAnswer = 'letGo' | 'keep';
export type ListSubscriptions200ValueItemMissingAnswer = {
  answer: ListSubscriptions200ValueItemMissingAnswerAnswer;
  by: string;
  at: string;
  why: string;
};

export type ListSubscriptions200ValueItemMissing = {
  since: string;
  last: string;
  asked: boolean;
  answer?: ListSubscriptions200ValueItemMissingAnswer;
};

export type ListSubscriptions200ValueItem = {
  id: string;
  name?: string;
  managementGroups: string[];
  foundAt: string;
  seenAt: string;
  missing?: ListSubscriptions200ValueItemMissing;
};

export type ListSubscriptions200UnreadItem = {
  id: string;
  reason: string;
};

export type ListSubscriptions200 = {
  value: ListSubscriptions200ValueItem[];
  unread: ListSubscriptions200UnreadItem[];
};

export type ReleaseSubscriptions202Answer = 'letGo' | 'keep';
export type ReleaseSubscriptions202SubscriptionsItem = {
  id: string;
  since: string;
};

export type ReleaseSubscriptions202 = {
  answer: ReleaseSubscriptions202Answer;
  by: string;
  at: string;
  why: string;
  subscriptions: ReleaseSubscriptions202SubscriptionsItem[];
};

export type GetOverrides200Paused = {
  by: string;
  why: string;
  until?: string;
  scope?: string;
} | null;

export type GetOverrides200PausesItem = {
  by: string;
  why: string;
  until?: string;
  scope?: string;
};

export type GetOverrides200DoNotHealItem = {
  by: string;
  why: string;
  until?: string;
  target: string;
};

export type GetOverrides200 = {
  paused: GetOverrides200Paused;
  pauses: GetOverrides200PausesItem[];
  doNotHeal: GetOverrides200DoNotHealItem[];
};

export type Pause200Covers = {
  keys: string[];
  consumers: string[];
  /** @minimum 0 */
  keyCount: number;
  /** @minimum 0 */
  consumerCount: number;
};

export type Pause200 = {
  by: string;
  why: string;
  until?: string;
  scope?: string;
  covers?: Pause200Covers;
  warning?: string;
};

export type ForbidHealing200Covers = {
  keys: string[];
  consumers: string[];
  /** @minimum 0 */
  keyCount: number;
  /** @minimum 0 */
  consumerCount: number;
};

export type ForbidHealing200 = {
  by: string;
  why: string;
  until?: string;
  target: string;
  covers: ForbidHealing200Covers;
  warning?: string;
};

export type GetLedger200Verification =
  | {
      kind: 'intact';
      head: {
        /** @minimum 0 */
        seq: number;
        hash: string;
      };
    }
  | {
      kind: 'broken';
      /** @minimum 0 */
      seq: number;
      fault: string;
    };

export type GetLedger200EntriesItemOutcome = 'done' | 'waiting' | 'blocked' | 'failed' | 'cancelled' | 'unknown';
export type GetLedger200EntriesItem = {
  id: string;
  at: string;
  kind: string;
  incident?: string;
  step?: string;
  stepId?: string;
  target?: string;
  outcome?: GetLedger200EntriesItemOutcome;
  intent?: string;
  detail: unknown;
  correlationIds: string[];
  /** @pattern ^[0-9a-f]{64}$ */
  evidence?: string;
  chain: string;
  /** @minimum 0 */
  seq: number;
  prev: string;
  /** @pattern ^[0-9a-f]{64}$ */
  hash: string;
};

export type GetLedger200 = {
  chain: string;
  verification: GetLedger200Verification;
  anchors: string;
  entries: GetLedger200EntriesItem[];
};

export type GetEvidence200 = unknown;

export type ListIncidents200ValueItem = {
  id: string;
  keyId: string;
  openedAt: string;
  closedAt?: string;
  /** @minimum 0 */
  minutesOpen: number;
};

export type ListIncidents200 = {
  value: ListIncidents200ValueItem[];
  nextLink?: string;
};

export type GetHistory200Incidents = {
  /** @minimum 0 */
  opened: number;
  /** @minimum 0 */
  open: number;
  /** @minimum 0 */
  measured: number;
};

export type GetHistory200WeeksItem = {
  /** @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))$ */
  monday: string;
  /** @minimum 0 */
  opened: number;
};

export type GetHistory200CausesItemToDetect = {
  /** @minimum 0 */
  count: number;
  p50: number;
  p95: number;
};

export type GetHistory200CausesItemToHeal = {
  /** @minimum 0 */
  count: number;
  p50: number;
  p95: number;
};

export type GetHistory200CausesItem = {
  cause: string;
  /** @minimum 0 */
  incidents: number;
  toDetect?: GetHistory200CausesItemToDetect;
  toHeal?: GetHistory200CausesItemToHeal;
};

export type GetHistory200ValueItemSeconds = {
  toDetect?: number;
  toHeal?: number;
};

export type GetHistory200ValueItem = {
  id: string;
  key: string;
  openedAt: string;
  closedAt?: string;
  cause?: string;
  seconds: GetHistory200ValueItemSeconds;
  /** @items.minimum 0 */
  minutesDown: number[];
  isRepaired: boolean;
};

export type GetHistory200 = {
  now: string;
  from: string;
  to: string;
  incidents: GetHistory200Incidents;
  weeks: GetHistory200WeeksItem[];
  causes: GetHistory200CausesItem[];
  value: GetHistory200ValueItem[];
};

export type GetIncident200Seconds = {
  toDetect?: number;
  toDecide?: number;
  toHeal?: number;
};

export type GetIncident200TimelineItem = {
  what: string;
  at: string;
  /** @minimum 0 */
  seconds: number;
  /** @minimum 0 */
  seq?: number;
  by?: string;
  step?: string;
  target?: string;
  outcome?: string;
  says?: string;
};

export type GetIncident200ConsumersItem = {
  consumerId: string;
  /** @minimum 0 */
  minutesDown: number;
  /** @minimum 0 */
  atMostMinutes: number;
  isDownNow: boolean;
};

export type GetIncident200CauseFaultsItem = {
  kind: string;
  target: string;
  sentence: string;
  runbook?: string;
};

export type GetIncident200CauseRootsItem = {
  kind: string;
  target: string;
  sentence: string;
  runbook?: string;
};

export type GetIncident200Cause = {
  faults: GetIncident200CauseFaultsItem[];
  roots: GetIncident200CauseRootsItem[];
};

export type GetIncident200WhoActsItemSource = 'activityLog' | 'auditLog';
export type GetIncident200WhoActsItem = {
  at: string;
  operation: string;
  by: string;
  on: string;
  source: GetIncident200WhoActsItemSource;
};

export type GetIncident200Who = {
  askedAt: string;
  acts: GetIncident200WhoActsItem[];
  says: string[];
};

export type GetIncident200PeopleItem = {
  what: string;
  at: string;
  by: string;
  name?: string;
  ticket?: string;
  comment?: string;
  why?: string;
  planId?: string;
  /** @minimum 0 */
  seq: number;
};

export type GetIncident200WritesItem = {
  step: string;
  target: string;
  begunAt: string;
  endedAt?: string;
  /** @minimum 0 */
  seconds?: number;
  outcome?: string;
  why?: string;
  authority?: string;
  undo?: string;
  correlationIds: string[];
  /** @items.minimum 0 */
  rows: number[];
};

export type GetIncident200LedgerVerification =
  | {
      kind: 'intact';
      head: {
        /** @minimum 0 */
        seq: number;
        hash: string;
      };
    }
  | {
      kind: 'broken';
      /** @minimum 0 */
      seq: number;
      fault: string;
    };

export type GetIncident200LedgerVerified = {
  by: string;
  at: string;
  /** @minimum 0 */
  anchors: number;
};

export type GetIncident200LedgerAnchored = {
  /** @minimum 0 */
  seq: number;
  at: string;
};

export type GetIncident200LedgerRowsItem = {
  /** @minimum 0 */
  seq: number;
  kind: string;
  at: string;
  hash: string | '';
};

export type GetIncident200Ledger = {
  chain: string;
  verification: GetIncident200LedgerVerification;
  verified: GetIncident200LedgerVerified;
  anchored?: GetIncident200LedgerAnchored;
  rows: GetIncident200LedgerRowsItem[];
};

export type GetIncident200 = {
  id: string;
  key: string;
  openedAt: string;
  closedAt?: string;
  isOpen: boolean;
  now: string;
  lostAt?: string;
  seconds: GetIncident200Seconds;
  timeline: GetIncident200TimelineItem[];
  consumers: GetIncident200ConsumersItem[];
  cause: GetIncident200Cause;
  who: GetIncident200Who;
  people: GetIncident200PeopleItem[];
  writes: GetIncident200WritesItem[];
  evidence: string[];
  ledger: GetIncident200Ledger;
};

export type GetWouldHave200Mode = 'observe' | 'approve' | 'auto';
export type GetWouldHave200ValueItemEntriesItemMode = 'observe' | 'approve' | 'auto';
export type GetWouldHave200ValueItemEntriesItemStepsItemVerdict = 'run' | 'ask' | 'report';
export type GetWouldHave200ValueItemEntriesItemStepsItem = {
  stepId: string;
  step: string;
  target: string;
  sentence: string;
  verdict: GetWouldHave200ValueItemEntriesItemStepsItemVerdict;
  why?: string;
};

export type GetWouldHave200ValueItemEntriesItemImpactItemLevel = 'active' | 'latent' | 'none';
export type GetWouldHave200ValueItemEntriesItemImpactItem = {
  consumerId: string;
  level: GetWouldHave200ValueItemEntriesItemImpactItemLevel;
  deadline?: string;
};

export type GetWouldHave200ValueItemEntriesItemHarmItemLevel = 'active' | 'latent' | 'none';
export type GetWouldHave200ValueItemEntriesItemHarmItem = {
  consumerId: string;
  level: GetWouldHave200ValueItemEntriesItemHarmItemLevel;
  deadline?: string;
};

export type GetWouldHave200ValueItemEntriesItemFollowedItem = {
  consumerId: string;
  /** @minimum 0 */
  minutesDown: number;
  isDownNow: boolean;
};

export type GetWouldHave200ValueItemEntriesItemLedger = {
  /** @minimum 0 */
  seq: number;
  /** @pattern ^[0-9a-f]{64}$ */
  hash: string;
};

export type GetWouldHave200ValueItemEntriesItem = {
  key: string;
  at: string;
  mode: GetWouldHave200ValueItemEntriesItemMode;
  decided: string;
  incident?: string;
  steps: GetWouldHave200ValueItemEntriesItemStepsItem[];
  impact: GetWouldHave200ValueItemEntriesItemImpactItem[];
  harm: GetWouldHave200ValueItemEntriesItemHarmItem[];
  followed: GetWouldHave200ValueItemEntriesItemFollowedItem[];
  healthyAt?: string;
  done: string[];
  ledger: GetWouldHave200ValueItemEntriesItemLedger;
};

export type GetWouldHave200ValueItem = {
  /** @pattern ^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))$ */
  day: string;
  /** @minimum 0 */
  wouldHaveRun: number;
  /** @minimum 0 */
  wouldHaveAsked: number;
  /** @minimum 0 */
  minutesDownAfter: number;
  entries: GetWouldHave200ValueItemEntriesItem[];
};

export type GetWouldHave200 = {
  from: string;
  to: string;
  mode: GetWouldHave200Mode;
  value: GetWouldHave200ValueItem[];
  missingInLedger?: string[];
  nextLink?: string;
};

export type GetPosture200RowsItem = {
  id: string;
  level: string;
  check: string;
  statement: string;
  /** @minimum 0 */
  pass?: number;
  /** @minimum 0 */
  fail?: number;
  /** @minimum 0 */
  unknown?: number;
  /** @minimum 0 */
  notApplicable?: number;
};

export type GetPosture200LinesItemVerdict = 'pass' | 'fail' | 'unknown' | 'notApplicable';
export type GetPosture200LinesItem = {
  row: string;
  statement: string;
  check: string;
  subject: string;
  kind: string;
  use?: string;
  verdict: GetPosture200LinesItemVerdict;
  evidence: string;
  plan?: string[];
  runbook?: string;
};

export type GetPosture200CoverageItem = {
  vault: string;
  step: string;
  /** @nullable */
  canSee: boolean | null;
  /** @nullable */
  canRepair: boolean | null;
  why: string[];
  commands: string[];
};

export type GetPosture200 = {
  startedAt: string;
  finishedAt: string;
  ageSeconds: number;
  isComplete: boolean;
  unreadable: string[];
  rows: GetPosture200RowsItem[];
  lines: GetPosture200LinesItem[];
  coverage: GetPosture200CoverageItem[];
  nextLink?: string;
};

export type GetPosture202 = {
  status: string;
};

export type LookAtPosture202 = {
  status: string;
};

export type GetCoverage200ValueItem = {
  vault: string;
  step: string;
  /** @nullable */
  canSee: boolean | null;
  /** @nullable */
  canRepair: boolean | null;
  why: string[];
  commands: string[];
};

export type GetCoverage200 = {
  observedAt: string;
  value: GetCoverage200ValueItem[];
  nextLink?: string;
};

export type ReceiveAlert202Heard = 'named' | 'held' | 'ignored';
export type ReceiveAlert202 = {
  heard: ReceiveAlert202Heard;
  why: string;
  help?: string;
};

export type ListQuarantine200ValueItem = {
  id: string;
  at: string;
  why: string;
  schema: string;
  state: string;
  rule?: string;
  isTest?: true;
  cut?: true;
  /** @minimum 0 */
  characters: number;
  begins: string;
};

export type ListQuarantine200 = {
  value: ListQuarantine200ValueItem[];
};

export type GetQuarantined200 = {
  id: string;
  at: string;
  why: string;
  schema: string;
  state: string;
  rule?: string;
  isTest?: true;
  cut?: true;
  text: string;
};

export type GetHealth200Status = 'well' | 'timersStand' | 'blind' | 'noStorage';
export type GetHealth200OverdueTimersItem = {
  timer: string;
  last?: string;
  dueSince: string;
};

export type GetHealth200SweepBegan = {
  at: string;
  ageSeconds: number;
};

export type GetHealth200SweepListed = {
  at: string;
  ageSeconds: number;
};

export type GetHealth200SweepEnded = {
  at: string;
  ageSeconds: number;
};

export type GetHealth200SweepTimer = {
  at: string;
  ageSeconds: number;
};

export type GetHealth200Sweep = {
  began?: GetHealth200SweepBegan;
  listed?: GetHealth200SweepListed;
  ended?: GetHealth200SweepEnded;
  timer?: GetHealth200SweepTimer;
};

export type GetHealth200ProbeBegan = {
  at: string;
  ageSeconds: number;
};

export type GetHealth200ProbeTimer = {
  at: string;
  ageSeconds: number;
};

export type GetHealth200Probe = {
  began?: GetHealth200ProbeBegan;
  timer?: GetHealth200ProbeTimer;
};

export type GetHealth200PostureBegan = {
  at: string;
  ageSeconds: number;
};

export type GetHealth200PostureEnded = {
  at: string;
  ageSeconds: number;
};

export type GetHealth200PostureTimer = {
  at: string;
  ageSeconds: number;
};

export type GetHealth200Posture = {
  began?: GetHealth200PostureBegan;
  ended?: GetHealth200PostureEnded;
  timer?: GetHealth200PostureTimer;
};

export type GetHealth200Events = {
  [key: string]: {
    at: string;
    ageSeconds: number;
  };
};

export type GetHealth200PurgeEnded = {
  at: string;
  ageSeconds: number;
};

export type GetHealth200Purge = {
  ended?: GetHealth200PurgeEnded;
};

export type GetHealth200ReplacedInstancesItem = { [key: string]: unknown };

export type GetHealth200KeysNotAssessedKeysItem = {
  since: string;
  at: string;
  /** @minimum 0 */
  times: number;
  why: string;
  keyId: string;
};

export type GetHealth200KeysNotAssessed = {
  /** @minimum 0 */
  count: number;
  keys: GetHealth200KeysNotAssessedKeysItem[];
};

export type GetHealth200AnchorsHeadsAnchored = {
  at: string;
  ageSeconds: number;
};

export type GetHealth200Anchors = {
  begun: boolean;
  protection: string;
  headsAnchored?: GetHealth200AnchorsHeadsAnchored;
};

export type GetHealth200AlertsWithoutCommonSchema =
  | {
      actionGroup: string;
      command: string;
    }[]
  | {
      unknown: string;
    };

export type GetHealth200Alerts = {
  /** @minimum 0 */
  notUnderstood: number;
  withoutCommonSchema?: GetHealth200AlertsWithoutCommonSchema;
  [key: string]: unknown;
};

export type GetHealth200 = {
  status: GetHealth200Status;
  why?: string;
  version: string;
  now: string;
  overdueTimers: GetHealth200OverdueTimersItem[];
  sweep?: GetHealth200Sweep;
  probe?: GetHealth200Probe;
  posture?: GetHealth200Posture;
  events?: GetHealth200Events;
  purge?: GetHealth200Purge;
  replacedInstances?: GetHealth200ReplacedInstancesItem[];
  keysNotAssessed?: GetHealth200KeysNotAssessed;
  waitingNotices?: unknown;
  waitingEvents?: unknown;
  anchors?: GetHealth200Anchors;
  alerts?: GetHealth200Alerts;
};

export type GetOpenapi200Paths = { [key: string]: unknown };

export type GetOpenapi200 = {
  openapi: '3.1.0';
  paths: GetOpenapi200Paths;
  [key: string]: unknown;
};

export type GetClientSettings200SignIn = {
  tenantId: string;
  authority: string;
  audience: string;
  scope: string;
  clientId?: string;
};

export type GetClientSettings200 = {
  version: string;
  signIn?: GetClientSettings200SignIn;
};

export type GetProblem200 = {
  code: string;
  status: number;
  title: string;
  meaning: string;
  fix: string;
};

export type GetSettings200ValueItemIs = 'set' | 'default' | 'absent';
export type GetSettings200ValueItem = {
  name: string;
  purpose: string;
  is: GetSettings200ValueItemIs;
  value?: string;
};

export type GetSettings200 = {
  value: GetSettings200ValueItem[];
};

export type StartReconciliationParams = {
  dryRun?: boolean;
};

export type StartReconciliationBody = {
  /**
   * @minLength 1
   * @maxLength 2000
   */
  key?: string;
  /**
   * @minLength 1
   * @maxLength 2000
   */
  resource?: string;
  /**
   * @minLength 1
   * @maxLength 2000
   */
  consumer?: string;
  /**
   * @minLength 1
   * @maxLength 2000
   */
  vault?: string;
};

export type ListReconciliationsParams = {
  verdict?: ListReconciliationsVerdict;
  /**
   * @minLength 1
   * @maxLength 2000
   */
  consumer?: string;
  /**
   * @minLength 1
   * @maxLength 2000
   */
  vault?: string;
  fault?: ListReconciliationsFault;
  /**
   * @minLength 1
   * @maxLength 2000
   */
  owner?: string;
  format?: ListReconciliationsFormat;
  /**
   * @pattern ^(?:[1-9]\d{0,2}|1000)$
   */
  limit?: string;
  /**
   * @minLength 1
   * @maxLength 8000
   */
  after?: string;
};

export type ListReconciliationsVerdict = 'wrong' | 'all' | 'healthy' | 'run' | 'ask' | 'report' | 'unseen';
export type ListReconciliationsFault =
  | 'observationIncomplete'
  | 'vaultForeign'
  | 'vaultDeleted'
  | 'vaultPurged'
  | 'vaultUnreachable'
  | 'keyInManagedHsm'
  | 'vaultFirewallBlocks'
  | 'permissionModelChanged'
  | 'tenantMismatch'
  | 'keyForeign'
  | 'keyMissing'
  | 'keyDeleted'
  | 'keyPurged'
  | 'keyVersionMissing'
  | 'keyDisabled'
  | 'keyNotYetActive'
  | 'keyExpired'
  | 'keyNearExpiry'
  | 'keyCannotUnwrap'
  | 'keyCannotWrap'
  | 'identityMissing'
  | 'copyAwaitingAccess'
  | 'accessMissing'
  | 'readerMissing'
  | 'autoKeyRotationFailed'
  | 'accessUnproven'
  | 'consumerInaccessible'
  | 'machinesShutDown'
  | 'vaultNotRebuilt'
  | 'keyTypeUnsupported'
  | 'keyExportable'
  | 'consumerPinnedToOldVersion'
  | 'migratedWithoutKey'
  | 'regionMismatch'
  | 'recoveryLevelInsufficient'
  | 'softDeleteOff'
  | 'retentionShort'
  | 'purgeProtectionOff'
  | 'notAssessed';
export type ListReconciliationsFormat = 'json' | 'csv';
export type ListExpiryParams = {
  /**
   * @maxLength 20
   */
  within?: string;
  /**
   * @minLength 1
   * @maxLength 2000
   */
  consumer?: string;
  /**
   * @minLength 1
   * @maxLength 2000
   */
  vault?: string;
  format?: ListExpiryFormat;
  /**
   * @pattern ^(?:[1-9]\d{0,2}|1000)$
   */
  limit?: string;
  /**
   * @minLength 1
   * @maxLength 8000
   */
  after?: string;
};

export type ListExpiryFormat = 'json' | 'csv';
export type StartRepairParams = {
  dryRun?: boolean;
};

export type StartRepairBody = {
  /**
   * @minLength 1
   * @maxLength 2000
   */
  key?: string;
  /**
   * @minLength 1
   * @maxLength 2000
   */
  resource?: string;
  /**
   * @minLength 1
   * @maxLength 2000
   */
  consumer?: string;
  /**
   * @minLength 1
   * @maxLength 2000
   */
  vault?: string;
  /**
   * @minLength 1
   * @maxLength 2000
   */
  newKey?: string;
  /**
   * @minLength 1
   * @maxLength 2000
   */
  identity?: string;
};

export type StartSweepParams = {
  dryRun?: boolean;
};

export type ApprovePlanBody = {
  expires?: string;
  /**
   * @minLength 1
   * @maxLength 500
   */
  comment?: string;
  /**
   * @minLength 1
   * @maxLength 100
   */
  ticket?: string;
};

export type ApprovePlansBodyItem = {
  /** @pattern ^[0-9a-f]{64}$ */
  planId: string;
  expires?: string;
  /**
   * @minLength 1
   * @maxLength 500
   */
  comment?: string;
  /**
   * @minLength 1
   * @maxLength 100
   */
  ticket?: string;
};

export type RejectPlanBody = {
  /**
   * @minLength 1
   * @maxLength 500
   */
  why: string;
};

export type AcceptVaultMoveBody = {
  /** @maxLength 100 */
  host?: string;
  /**
   * @minLength 1
   * @maxLength 1000
   */
  from: string;
  /**
   * @minLength 1
   * @maxLength 1000
   */
  to: string;
  /**
   * @minLength 1
   * @maxLength 500
   */
  why: string;
};

export type ListSubscriptionsParams = {
  missing?: boolean;
};

export type ReleaseSubscriptionsBodySubscriptionsItem = {
  /** @pattern ^\/subscriptions\/[0-9a-f-]{36}$ */
  id: string;
  since: string;
};

export type ReleaseSubscriptionsBody = {
  /**
   * @minItems 1
   * @maxItems 100
   */
  subscriptions: ReleaseSubscriptionsBodySubscriptionsItem[];
  /**
   * @minLength 1
   * @maxLength 500
   */
  why: string;
};

export type KeepSubscriptionsBodySubscriptionsItem = {
  /** @pattern ^\/subscriptions\/[0-9a-f-]{36}$ */
  id: string;
  since: string;
};

export type KeepSubscriptionsBody = {
  /**
   * @minItems 1
   * @maxItems 100
   */
  subscriptions: KeepSubscriptionsBodySubscriptionsItem[];
  /**
   * @minLength 1
   * @maxLength 500
   */
  why: string;
};

export type ListIncidentsParams = {
  /**
   * @maxLength 2000
   */
  key?: string;
  /**
   * @minLength 1
   * @maxLength 2000
   */
  resource?: string;
  open?: boolean;
  from?: string;
  to?: string;
  format?: ListIncidentsFormat;
  bom?: boolean;
  /**
   * @pattern ^\d{8}T\d{6}Z-[0-9a-f]{8}$
   */
  after?: string;
};

export type ListIncidentsFormat = 'json' | 'csv';
export type GetHistoryParams = {
  from?: string;
  to?: string;
};

export type GetWouldHaveParams = {
  from?: string;
  to?: string;
  format?: GetWouldHaveFormat;
  bom?: boolean;
  /**
   * @pattern ^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\.[0-9a-f]{16}$
   */
  after?: string;
};

export type GetWouldHaveFormat = 'json' | 'csv';
export type GetLedgerParams = {
  /**
   * @maxLength 2000
   */
  key: string;
};

export type GetPostureParams = {
  row?: GetPostureRow;
  verdict?: GetPostureVerdict;
  /**
   * @minLength 1
   * @maxLength 2000
   */
  subject?: string;
  format?: GetPostureFormat;
  bom?: boolean;
  /**
   * @pattern ^\d{1,6}$
   */
  part?: string;
  report?: string;
};

export type GetPostureRow =
  | 'S1.1'
  | 'S1.2'
  | 'S1.3'
  | 'S1.4'
  | 'S1.5'
  | 'S1.6'
  | 'S1.7'
  | 'S1.8'
  | 'S1.9'
  | 'S1.10'
  | 'S1.11'
  | 'S1.12'
  | 'S1.13'
  | 'S1.14'
  | 'S1.15'
  | 'S1.16'
  | 'S1.17'
  | 'S1.18'
  | 'S1.19'
  | 'S1.20'
  | 'S1.21'
  | 'S1.22'
  | 'S1.23'
  | 'S1.24'
  | 'S1.25'
  | 'S1.26'
  | 'S1.27'
  | 'S1.28'
  | 'S1.29'
  | 'S1.30'
  | 'S1.31'
  | 'S1.32'
  | 'S1.33'
  | 'S1.D1'
  | 'S1.D2'
  | 'S1.D3'
  | 'S1.D4'
  | 'S1.D5'
  | 'S2.1'
  | 'S2.2'
  | 'S2.3'
  | 'S2.4'
  | 'S2.5'
  | 'S2.6'
  | 'S2.7'
  | 'S2.8'
  | 'S2.9'
  | 'S2.10'
  | 'S2.11'
  | 'S2.12'
  | 'S2.13'
  | 'S2.14'
  | 'S2.15'
  | 'S2.16'
  | 'S2.17'
  | 'S2.18'
  | 'S2.19'
  | 'S2.20'
  | 'S2.21'
  | 'S2.22'
  | 'S2.23'
  | 'S2.24'
  | 'S2.25'
  | 'S2.26'
  | 'S2.27'
  | 'S2.28'
  | 'S2.29'
  | 'S2.30'
  | 'S2.31'
  | 'S2.32'
  | 'S2.33'
  | 'S2.34'
  | 'S2.35'
  | 'S2.36'
  | 'S2.37'
  | 'S2.38'
  | 'S2.39'
  | 'S2.40'
  | 'S2.41'
  | 'S2.42'
  | 'S2.43'
  | 'S2.44'
  | 'S2.45'
  | 'S2.46'
  | 'S2.47'
  | 'S2.48'
  | 'S2.49'
  | 'S2.50'
  | 'S2.51'
  | 'S2.52'
  | 'S2.53'
  | 'S2.54'
  | 'S2.55'
  | 'S2.56'
  | 'S2.57'
  | 'S2.58'
  | 'S2.59'
  | 'S2.60'
  | 'S2.61'
  | 'S2.62'
  | 'S2.63'
  | 'S2.64'
  | 'S2.65'
  | 'S2.66'
  | 'S2.67'
  | 'S2.68'
  | 'S2.69'
  | 'coverage'
  | 'rights';
export type GetPostureVerdict = 'pass' | 'fail' | 'unknown' | 'notApplicable';
export type GetPostureFormat = 'json' | 'csv';
export type GetCoverageParams = {
  gaps?: boolean;
  /**
   * @pattern ^\d{1,6}$
   */
  part?: string;
  report?: string;
};

export type PauseBody = {
  /**
   * @minLength 1
   * @maxLength 500
   */
  why: string;
  until?: string;
  /**
   * @minLength 1
   * @maxLength 2000
   */
  scope?: string;
};

export type ResumeParams = {
  /**
   * @minLength 1
   * @maxLength 500
   */
  why?: string;
  /**
   * @minLength 1
   * @maxLength 2000
   */
  scope?: string;
};

export type ResumeBody = {
  /**
   * @minLength 1
   * @maxLength 500
   */
  why: string;
};

export type ForbidHealingBody = {
  /**
   * @minLength 1
   * @maxLength 2000
   */
  target: string;
  /**
   * @minLength 1
   * @maxLength 500
   */
  why: string;
  until?: string;
};

export type AllowHealingParams = {
  /**
   * @minLength 1
   * @maxLength 2000
   */
  target: string;
  /**
   * @minLength 1
   * @maxLength 500
   */
  why?: string;
};

export type AllowHealingBody = {
  /**
   * @minLength 1
   * @maxLength 500
   */
  why: string;
};

export type GetPageParams = {
  /**
   * @maxLength 4000
   */
  state?: string;
};

export const getStartReconciliationUrl = (params?: StartReconciliationParams) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : String(value));
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/api/reconciliations?${stringifiedParams}` : `/api/reconciliations`;
};

/**
 * @summary Looks at a key now, named by its id, by a resource that uses it, or by its vault.
 */
export const startReconciliation = async (
  startReconciliationBody?: StartReconciliationBody,
  params?: StartReconciliationParams,
  options?: Parameters<typeof send>[1],
): Promise<StartReconciliation200 | StartReconciliation202> => {
  const getHeaders = (h?: NonNullable<RequestInit['headers']>): Record<string, string | readonly string[]> => {
    if (!h) return {};
    if (h instanceof Headers) return Object.fromEntries(h.entries());
    if (Symbol.iterator in h) {
      return Object.fromEntries(
        Array.from(h as Iterable<Iterable<string>>, (entry) => Array.from(entry) as [string, string]),
      );
    }
    const headers: Record<string, string | readonly string[]> = {};
    for (const [name, value] of Object.entries<string | readonly string[] | undefined>(h)) {
      if (value !== undefined) headers[name] = value;
    }
    return headers;
  };
  return send<StartReconciliation200 | StartReconciliation202>(getStartReconciliationUrl(params), {
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...getHeaders(options?.headers) },
    body: JSON.stringify(startReconciliationBody),
  });
};

export const getListReconciliationsUrl = (params?: ListReconciliationsParams) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : String(value));
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/api/reconciliations?${stringifiedParams}` : `/api/reconciliations`;
};

/**
 * @summary What is wrong now, for each consumer of each key, the greatest impact first; or everything, by its verdict.
 */
export const listReconciliations = async (
  params?: ListReconciliationsParams,
  options?: Parameters<typeof send>[1],
): Promise<ListReconciliations200> => {
  return send<ListReconciliations200>(getListReconciliationsUrl(params), {
    ...options,
    method: 'GET',
  });
};

export const getGetReconciliationUrl = (id: string) => {
  return `/api/reconciliations/${encodeURIComponent(String(id))}`;
};

/**
 * @summary One key with its findings, its plan, and whether somebody is at work.
 */
export const getReconciliation = async (
  id: string,
  options?: Parameters<typeof send>[1],
): Promise<GetReconciliation200> => {
  return send<GetReconciliation200>(getGetReconciliationUrl(id), {
    ...options,
    method: 'GET',
  });
};

export const getListExpiryUrl = (params?: ListExpiryParams) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : String(value));
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/api/expiry?${stringifiedParams}` : `/api/expiry`;
};

/**
 * @summary Every key version in use that expires, by date, with who uses it and what happens by itself.
 */
export const listExpiry = async (
  params?: ListExpiryParams,
  options?: Parameters<typeof send>[1],
): Promise<ListExpiry200> => {
  return send<ListExpiry200>(getListExpiryUrl(params), {
    ...options,
    method: 'GET',
  });
};

export const getGetSummaryUrl = () => {
  return `/api/summary`;
};

/**
 * @summary What is guarded, how it does, and whether somebody looks; at most a minute old.
 */
export const getSummary = async (options?: Parameters<typeof send>[1]): Promise<GetSummary200> => {
  return send<GetSummary200>(getGetSummaryUrl(), {
    ...options,
    method: 'GET',
  });
};

export const getStartRepairUrl = (name: string, params?: StartRepairParams) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : String(value));
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0
    ? `/api/orchestrators/${encodeURIComponent(String(name))}?${stringifiedParams}`
    : `/api/orchestrators/${encodeURIComponent(String(name))}`;
};

/**
 * @summary Starts one repair of a key or resource. A request is no approval.
 */
export const startRepair = async (
  name: string,
  startRepairBody?: StartRepairBody,
  params?: StartRepairParams,
  options?: Parameters<typeof send>[1],
): Promise<StartRepair200 | StartRepair202> => {
  const getHeaders = (h?: NonNullable<RequestInit['headers']>): Record<string, string | readonly string[]> => {
    if (!h) return {};
    if (h instanceof Headers) return Object.fromEntries(h.entries());
    if (Symbol.iterator in h) {
      return Object.fromEntries(
        Array.from(h as Iterable<Iterable<string>>, (entry) => Array.from(entry) as [string, string]),
      );
    }
    const headers: Record<string, string | readonly string[]> = {};
    for (const [name, value] of Object.entries<string | readonly string[] | undefined>(h)) {
      if (value !== undefined) headers[name] = value;
    }
    return headers;
  };
  return send<StartRepair200 | StartRepair202>(getStartRepairUrl(name, params), {
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...getHeaders(options?.headers) },
    body: JSON.stringify(startRepairBody),
  });
};

export const getStartSweepUrl = (params?: StartSweepParams) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : String(value));
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/api/sweeps?${stringifiedParams}` : `/api/sweeps`;
};

/**
 * @summary Begins a sweep now, whatever the timers do.
 */
export const startSweep = async (
  params?: StartSweepParams,
  options?: Parameters<typeof send>[1],
): Promise<StartSweep200 | StartSweep202> => {
  return send<StartSweep200 | StartSweep202>(getStartSweepUrl(params), {
    ...options,
    method: 'POST',
  });
};

export const getGetPlanUrl = (planId: string) => {
  return `/api/plans/${encodeURIComponent(String(planId))}`;
};

/**
 * @summary A plan that is asked in an open incident.
 */
export const getPlan = async (planId: string, options?: Parameters<typeof send>[1]): Promise<GetPlan200> => {
  return send<GetPlan200>(getGetPlanUrl(planId), {
    ...options,
    method: 'GET',
  });
};

export const getApprovePlanUrl = (planId: string) => {
  return `/api/plans/${encodeURIComponent(String(planId))}/approval`;
};

/**
 * @summary Says yes to a plan that was asked. Nobody approves what they have requested.
 */
export const approvePlan = async (
  planId: string,
  approvePlanBody?: ApprovePlanBody,
  options?: Parameters<typeof send>[1],
): Promise<ApprovePlan202> => {
  const getHeaders = (h?: NonNullable<RequestInit['headers']>): Record<string, string | readonly string[]> => {
    if (!h) return {};
    if (h instanceof Headers) return Object.fromEntries(h.entries());
    if (Symbol.iterator in h) {
      return Object.fromEntries(
        Array.from(h as Iterable<Iterable<string>>, (entry) => Array.from(entry) as [string, string]),
      );
    }
    const headers: Record<string, string | readonly string[]> = {};
    for (const [name, value] of Object.entries<string | readonly string[] | undefined>(h)) {
      if (value !== undefined) headers[name] = value;
    }
    return headers;
  };
  return send<ApprovePlan202>(getApprovePlanUrl(planId), {
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...getHeaders(options?.headers) },
    body: JSON.stringify(approvePlanBody),
  });
};

export const getApprovePlansUrl = () => {
  return `/api/approvals`;
};

/**
 * @summary Says yes to several plans at once, each by its id. One that is refused takes none of the others with it.
 */
export const approvePlans = async (
  approvePlansBodyItem?: ApprovePlansBodyItem[],
  options?: Parameters<typeof send>[1],
): Promise<ApprovePlans207> => {
  const getHeaders = (h?: NonNullable<RequestInit['headers']>): Record<string, string | readonly string[]> => {
    if (!h) return {};
    if (h instanceof Headers) return Object.fromEntries(h.entries());
    if (Symbol.iterator in h) {
      return Object.fromEntries(
        Array.from(h as Iterable<Iterable<string>>, (entry) => Array.from(entry) as [string, string]),
      );
    }
    const headers: Record<string, string | readonly string[]> = {};
    for (const [name, value] of Object.entries<string | readonly string[] | undefined>(h)) {
      if (value !== undefined) headers[name] = value;
    }
    return headers;
  };
  return send<ApprovePlans207>(getApprovePlansUrl(), {
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...getHeaders(options?.headers) },
    body: JSON.stringify(approvePlansBodyItem),
  });
};

export const getRejectPlanUrl = (planId: string) => {
  return `/api/plans/${encodeURIComponent(String(planId))}/rejection`;
};

/**
 * @summary Says no to a plan that was asked, and why. Another approver may still approve it.
 */
export const rejectPlan = async (
  planId: string,
  rejectPlanBody?: RejectPlanBody,
  options?: Parameters<typeof send>[1],
): Promise<RejectPlan202> => {
  const getHeaders = (h?: NonNullable<RequestInit['headers']>): Record<string, string | readonly string[]> => {
    if (!h) return {};
    if (h instanceof Headers) return Object.fromEntries(h.entries());
    if (Symbol.iterator in h) {
      return Object.fromEntries(
        Array.from(h as Iterable<Iterable<string>>, (entry) => Array.from(entry) as [string, string]),
      );
    }
    const headers: Record<string, string | readonly string[]> = {};
    for (const [name, value] of Object.entries<string | readonly string[] | undefined>(h)) {
      if (value !== undefined) headers[name] = value;
    }
    return headers;
  };
  return send<RejectPlan202>(getRejectPlanUrl(planId), {
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...getHeaders(options?.headers) },
    body: JSON.stringify(rejectPlanBody),
  });
};

export const getAcceptVaultMoveUrl = () => {
  return `/api/vault-moves`;
};

/**
 * @summary Says that the vault which bears the name now is ours: it was moved, or made again on purpose.
 */
export const acceptVaultMove = async (
  acceptVaultMoveBody?: AcceptVaultMoveBody,
  options?: Parameters<typeof send>[1],
): Promise<AcceptVaultMove202> => {
  const getHeaders = (h?: NonNullable<RequestInit['headers']>): Record<string, string | readonly string[]> => {
    if (!h) return {};
    if (h instanceof Headers) return Object.fromEntries(h.entries());
    if (Symbol.iterator in h) {
      return Object.fromEntries(
        Array.from(h as Iterable<Iterable<string>>, (entry) => Array.from(entry) as [string, string]),
      );
    }
    const headers: Record<string, string | readonly string[]> = {};
    for (const [name, value] of Object.entries<string | readonly string[] | undefined>(h)) {
      if (value !== undefined) headers[name] = value;
    }
    return headers;
  };
  return send<AcceptVaultMove202>(getAcceptVaultMoveUrl(), {
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...getHeaders(options?.headers) },
    body: JSON.stringify(acceptVaultMoveBody),
  });
};

export const getListSubscriptionsUrl = (params?: ListSubscriptionsParams) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : String(value));
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/api/subscriptions?${stringifiedParams}` : `/api/subscriptions`;
};

/**
 * @summary The subscriptions below the management groups of `GUARDIAN_SCOPE`, and which of them are missing.
 */
export const listSubscriptions = async (
  params?: ListSubscriptionsParams,
  options?: Parameters<typeof send>[1],
): Promise<ListSubscriptions200> => {
  return send<ListSubscriptions200>(getListSubscriptionsUrl(params), {
    ...options,
    method: 'GET',
  });
};

export const getReleaseSubscriptionsUrl = () => {
  return `/api/subscriptions/release`;
};

/**
 * @summary Says that subscriptions may go that are missing: the next sweep lets them go, unless they are back.
 */
export const releaseSubscriptions = async (
  releaseSubscriptionsBody?: ReleaseSubscriptionsBody,
  options?: Parameters<typeof send>[1],
): Promise<ReleaseSubscriptions202> => {
  const getHeaders = (h?: NonNullable<RequestInit['headers']>): Record<string, string | readonly string[]> => {
    if (!h) return {};
    if (h instanceof Headers) return Object.fromEntries(h.entries());
    if (Symbol.iterator in h) {
      return Object.fromEntries(
        Array.from(h as Iterable<Iterable<string>>, (entry) => Array.from(entry) as [string, string]),
      );
    }
    const headers: Record<string, string | readonly string[]> = {};
    for (const [name, value] of Object.entries<string | readonly string[] | undefined>(h)) {
      if (value !== undefined) headers[name] = value;
    }
    return headers;
  };
  return send<ReleaseSubscriptions202>(getReleaseSubscriptionsUrl(), {
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...getHeaders(options?.headers) },
    body: JSON.stringify(releaseSubscriptionsBody),
  });
};

export const getKeepSubscriptionsUrl = () => {
  return `/api/subscriptions/keeping`;
};

/**
 * @summary Says that subscriptions may not go that are missing, whatever was said before.
 */
export const keepSubscriptions = async (
  keepSubscriptionsBody?: KeepSubscriptionsBody,
  options?: Parameters<typeof send>[1],
): Promise<ReleaseSubscriptions202> => {
  const getHeaders = (h?: NonNullable<RequestInit['headers']>): Record<string, string | readonly string[]> => {
    if (!h) return {};
    if (h instanceof Headers) return Object.fromEntries(h.entries());
    if (Symbol.iterator in h) {
      return Object.fromEntries(
        Array.from(h as Iterable<Iterable<string>>, (entry) => Array.from(entry) as [string, string]),
      );
    }
    const headers: Record<string, string | readonly string[]> = {};
    for (const [name, value] of Object.entries<string | readonly string[] | undefined>(h)) {
      if (value !== undefined) headers[name] = value;
    }
    return headers;
  };
  return send<ReleaseSubscriptions202>(getKeepSubscriptionsUrl(), {
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...getHeaders(options?.headers) },
    body: JSON.stringify(keepSubscriptionsBody),
  });
};

export const getListIncidentsUrl = (params?: ListIncidentsParams) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : String(value));
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/api/incidents?${stringifiedParams}` : `/api/incidents`;
};

/**
 * @summary Incidents of one key or of all, oldest first, in pages.
 */
export const listIncidents = async (
  params?: ListIncidentsParams,
  options?: Parameters<typeof send>[1],
): Promise<ListIncidents200> => {
  return send<ListIncidents200>(getListIncidentsUrl(params), {
    ...options,
    method: 'GET',
  });
};

export const getGetIncidentUrl = (id: string) => {
  return `/api/incidents/${encodeURIComponent(String(id))}`;
};

/**
 * @summary One incident whole: its timeline in seconds, minutes down for each consumer, why it was and who caused it, who approved, what was written, and what proves it.
 */
export const getIncident = async (id: string, options?: Parameters<typeof send>[1]): Promise<GetIncident200> => {
  return send<GetIncident200>(getGetIncidentUrl(id), {
    ...options,
    method: 'GET',
  });
};

export const getGetHistoryUrl = (params?: GetHistoryParams) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : String(value));
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/api/history?${stringifiedParams}` : `/api/history`;
};

/**
 * @summary How many incidents there were each week, and how fast they were seen and healed, by their cause.
 */
export const getHistory = async (
  params?: GetHistoryParams,
  options?: Parameters<typeof send>[1],
): Promise<GetHistory200> => {
  return send<GetHistory200>(getGetHistoryUrl(params), {
    ...options,
    method: 'GET',
  });
};

export const getGetWouldHaveUrl = (params?: GetWouldHaveParams) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : String(value));
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/api/would-have?${stringifiedParams}` : `/api/would-have`;
};

/**
 * @summary What mode auto would have done in a mode that does less, by day, and what followed.
 */
export const getWouldHave = async (
  params?: GetWouldHaveParams,
  options?: Parameters<typeof send>[1],
): Promise<GetWouldHave200> => {
  return send<GetWouldHave200>(getGetWouldHaveUrl(params), {
    ...options,
    method: 'GET',
  });
};

export const getGetLedgerUrl = (params: GetLedgerParams) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : String(value));
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/api/ledger?${stringifiedParams}` : `/api/ledger`;
};

/**
 * @summary The ledger of a key, or `product`, and whether its chain is intact.
 */
export const getLedger = async (
  params: GetLedgerParams,
  options?: Parameters<typeof send>[1],
): Promise<GetLedger200> => {
  return send<GetLedger200>(getGetLedgerUrl(params), {
    ...options,
    method: 'GET',
  });
};

export const getGetEvidenceUrl = (hash: string) => {
  return `/api/evidence/${encodeURIComponent(String(hash))}`;
};

/**
 * @summary What the ledger refers to.
 */
export const getEvidence = async (hash: string, options?: Parameters<typeof send>[1]): Promise<GetEvidence200> => {
  return send<GetEvidence200>(getGetEvidenceUrl(hash), {
    ...options,
    method: 'GET',
  });
};

export const getGetPostureUrl = (params?: GetPostureParams) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : String(value));
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/api/posture?${stringifiedParams}` : `/api/posture`;
};

/**
 * @summary The last posture report, a line for every row and consumer, in pages.
 */
export const getPosture = async (
  params?: GetPostureParams,
  options?: Parameters<typeof send>[1],
): Promise<GetPosture200 | GetPosture202> => {
  return send<GetPosture200 | GetPosture202>(getGetPostureUrl(params), {
    ...options,
    method: 'GET',
  });
};

export const getLookAtPostureUrl = () => {
  return `/api/posture`;
};

/**
 * @summary Has the posture report made anew.
 */
export const lookAtPosture = async (options?: Parameters<typeof send>[1]): Promise<LookAtPosture202> => {
  return send<LookAtPosture202>(getLookAtPostureUrl(), {
    ...options,
    method: 'POST',
  });
};

export const getGetCoverageUrl = (params?: GetCoverageParams) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : String(value));
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/api/coverage?${stringifiedParams}` : `/api/coverage`;
};

/**
 * @summary Per vault and step whether the product sees what it is about and could do it, and the command that changes it.
 */
export const getCoverage = async (
  params?: GetCoverageParams,
  options?: Parameters<typeof send>[1],
): Promise<GetCoverage200 | GetPosture202> => {
  return send<GetCoverage200 | GetPosture202>(getGetCoverageUrl(params), {
    ...options,
    method: 'GET',
  });
};

export const getGetOverridesUrl = () => {
  return `/api/overrides`;
};

/**
 * @summary The overrides that are in force: pauses and do-not-heal records.
 */
export const getOverrides = async (options?: Parameters<typeof send>[1]): Promise<GetOverrides200> => {
  return send<GetOverrides200>(getGetOverridesUrl(), {
    ...options,
    method: 'GET',
  });
};

export const getGetOrdersUrl = () => {
  return `/api/orders`;
};

/**
 * Use `GET /api/overrides`: the next version knows no other name.
 * @deprecated
 * @summary The same as `GET /api/overrides`, by its earlier name.
 */
export const getOrders = async (options?: Parameters<typeof send>[1]): Promise<GetOverrides200> => {
  return send<GetOverrides200>(getGetOrdersUrl(), {
    ...options,
    method: 'GET',
  });
};

export const getPauseUrl = () => {
  return `/api/pause`;
};

/**
 * @summary Stops every write from the next one on, or those in a scope, until it is lifted or its time has come.
 */
export const pause = async (pauseBody?: PauseBody, options?: Parameters<typeof send>[1]): Promise<Pause200> => {
  const getHeaders = (h?: NonNullable<RequestInit['headers']>): Record<string, string | readonly string[]> => {
    if (!h) return {};
    if (h instanceof Headers) return Object.fromEntries(h.entries());
    if (Symbol.iterator in h) {
      return Object.fromEntries(
        Array.from(h as Iterable<Iterable<string>>, (entry) => Array.from(entry) as [string, string]),
      );
    }
    const headers: Record<string, string | readonly string[]> = {};
    for (const [name, value] of Object.entries<string | readonly string[] | undefined>(h)) {
      if (value !== undefined) headers[name] = value;
    }
    return headers;
  };
  return send<Pause200>(getPauseUrl(), {
    ...options,
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', ...getHeaders(options?.headers) },
    body: JSON.stringify(pauseBody),
  });
};

export const getResumeUrl = (params?: ResumeParams) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : String(value));
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/api/pause?${stringifiedParams}` : `/api/pause`;
};

/**
 * @summary Lifts every pause of everything, and the rest after a silence; or those of one scope.
 */
export const resume = async (
  resumeBody?: ResumeBody,
  params?: ResumeParams,
  options?: Parameters<typeof send>[1],
): Promise<void> => {
  const getHeaders = (h?: NonNullable<RequestInit['headers']>): Record<string, string | readonly string[]> => {
    if (!h) return {};
    if (h instanceof Headers) return Object.fromEntries(h.entries());
    if (Symbol.iterator in h) {
      return Object.fromEntries(
        Array.from(h as Iterable<Iterable<string>>, (entry) => Array.from(entry) as [string, string]),
      );
    }
    const headers: Record<string, string | readonly string[]> = {};
    for (const [name, value] of Object.entries<string | readonly string[] | undefined>(h)) {
      if (value !== undefined) headers[name] = value;
    }
    return headers;
  };
  return send<void>(getResumeUrl(params), {
    ...options,
    method: 'DELETE',
    headers: { 'Content-Type': 'application/json', ...getHeaders(options?.headers) },
    body: JSON.stringify(resumeBody),
  });
};

export const getForbidHealingUrl = () => {
  return `/api/do-not-heal`;
};

/**
 * @summary Forbids every repair of a key, vault, consumer or scope: a deliberate revocation.
 */
export const forbidHealing = async (
  forbidHealingBody?: ForbidHealingBody,
  options?: Parameters<typeof send>[1],
): Promise<ForbidHealing200> => {
  const getHeaders = (h?: NonNullable<RequestInit['headers']>): Record<string, string | readonly string[]> => {
    if (!h) return {};
    if (h instanceof Headers) return Object.fromEntries(h.entries());
    if (Symbol.iterator in h) {
      return Object.fromEntries(
        Array.from(h as Iterable<Iterable<string>>, (entry) => Array.from(entry) as [string, string]),
      );
    }
    const headers: Record<string, string | readonly string[]> = {};
    for (const [name, value] of Object.entries<string | readonly string[] | undefined>(h)) {
      if (value !== undefined) headers[name] = value;
    }
    return headers;
  };
  return send<ForbidHealing200>(getForbidHealingUrl(), {
    ...options,
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', ...getHeaders(options?.headers) },
    body: JSON.stringify(forbidHealingBody),
  });
};

export const getAllowHealingUrl = (params: AllowHealingParams) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : String(value));
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/api/do-not-heal?${stringifiedParams}` : `/api/do-not-heal`;
};

/**
 * @summary Lifts every do-not-heal record for a target.
 */
export const allowHealing = async (
  params: AllowHealingParams,
  allowHealingBody?: AllowHealingBody,
  options?: Parameters<typeof send>[1],
): Promise<void> => {
  const getHeaders = (h?: NonNullable<RequestInit['headers']>): Record<string, string | readonly string[]> => {
    if (!h) return {};
    if (h instanceof Headers) return Object.fromEntries(h.entries());
    if (Symbol.iterator in h) {
      return Object.fromEntries(
        Array.from(h as Iterable<Iterable<string>>, (entry) => Array.from(entry) as [string, string]),
      );
    }
    const headers: Record<string, string | readonly string[]> = {};
    for (const [name, value] of Object.entries<string | readonly string[] | undefined>(h)) {
      if (value !== undefined) headers[name] = value;
    }
    return headers;
  };
  return send<void>(getAllowHealingUrl(params), {
    ...options,
    method: 'DELETE',
    headers: { 'Content-Type': 'application/json', ...getHeaders(options?.headers) },
    body: JSON.stringify(allowHealingBody),
  });
};

export const getGetHealthUrl = () => {
  return `/api/health`;
};

/**
 * @summary Whether the product can look and can store; to who signs in, in detail.
 */
export const getHealth = async (options?: Parameters<typeof send>[1]): Promise<GetHealth200> => {
  return send<GetHealth200>(getGetHealthUrl(), {
    ...options,
    method: 'GET',
  });
};

export const getGetOpenapiUrl = () => {
  return `/api/openapi.json`;
};

/**
 * @summary This document.
 */
export const getOpenapi = async (options?: Parameters<typeof send>[1]): Promise<GetOpenapi200> => {
  return send<GetOpenapi200>(getGetOpenapiUrl(), {
    ...options,
    method: 'GET',
  });
};

export const getGetClientSettingsUrl = () => {
  return `/api/client-settings`;
};

/**
 * @summary What the page and other clients have to know before anybody signs in.
 */
export const getClientSettings = async (options?: Parameters<typeof send>[1]): Promise<GetClientSettings200> => {
  return send<GetClientSettings200>(getGetClientSettingsUrl(), {
    ...options,
    method: 'GET',
  });
};

export const getGetPageUrl = (params?: GetPageParams) => {
  const normalizedParams = new URLSearchParams();

  Object.entries(params || {}).forEach(([key, value]) => {
    if (value !== undefined) {
      normalizedParams.append(key, value === null ? 'null' : String(value));
    }
  });

  const stringifiedParams = normalizedParams.toString();

  return stringifiedParams.length > 0 ? `/api/ui?${stringifiedParams}` : `/api/ui`;
};

/**
 * @summary The page, for people in a browser.
 */
export const getPage = async (params?: GetPageParams, options?: Parameters<typeof send>[1]): Promise<void> => {
  return send<void>(getGetPageUrl(params), {
    ...options,
    method: 'GET',
  });
};

export const getGetPageFileUrl = (file: string) => {
  return `/api/ui/${encodeURIComponent(String(file))}`;
};

/**
 * @summary What the page is made of.
 */
export const getPageFile = async (file: string, options?: Parameters<typeof send>[1]): Promise<void> => {
  return send<void>(getGetPageFileUrl(file), {
    ...options,
    method: 'GET',
  });
};

export const getGetProblemUrl = (code: string) => {
  return `/api/problems/${encodeURIComponent(String(code))}`;
};

/**
 * @summary What a code of a problem means, and what to do about it.
 */
export const getProblem = async (code: string, options?: Parameters<typeof send>[1]): Promise<GetProblem200> => {
  return send<GetProblem200>(getGetProblemUrl(code), {
    ...options,
    method: 'GET',
  });
};

export const getGetHealthDetailsUrl = () => {
  return `/api/health/details`;
};

/**
 * @summary The same in detail.
 */
export const getHealthDetails = async (options?: Parameters<typeof send>[1]): Promise<GetHealth200> => {
  return send<GetHealth200>(getGetHealthDetailsUrl(), {
    ...options,
    method: 'GET',
  });
};

export const getGetSettingsUrl = () => {
  return `/api/settings`;
};

/**
 * @summary The settings as they count now; of what is secret, only whether it is set.
 */
export const getSettings = async (options?: Parameters<typeof send>[1]): Promise<GetSettings200> => {
  return send<GetSettings200>(getGetSettingsUrl(), {
    ...options,
    method: 'GET',
  });
};

export const getReceiveAlertUrl = () => {
  return `/api/alerts`;
};

/**
 * @summary Takes an alert of an action group of Azure Monitor, which names what is looked at.
 */
export const receiveAlert = async (
  receiveAlertBody?: unknown,
  options?: Parameters<typeof send>[1],
): Promise<ReceiveAlert202> => {
  const getHeaders = (h?: NonNullable<RequestInit['headers']>): Record<string, string | readonly string[]> => {
    if (!h) return {};
    if (h instanceof Headers) return Object.fromEntries(h.entries());
    if (Symbol.iterator in h) {
      return Object.fromEntries(
        Array.from(h as Iterable<Iterable<string>>, (entry) => Array.from(entry) as [string, string]),
      );
    }
    const headers: Record<string, string | readonly string[]> = {};
    for (const [name, value] of Object.entries<string | readonly string[] | undefined>(h)) {
      if (value !== undefined) headers[name] = value;
    }
    return headers;
  };
  return send<ReceiveAlert202>(getReceiveAlertUrl(), {
    ...options,
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...getHeaders(options?.headers) },
    body: JSON.stringify(receiveAlertBody),
  });
};

export const getListQuarantineUrl = () => {
  return `/api/quarantine`;
};

/**
 * @summary The alerts that were not understood, newest first.
 */
export const listQuarantine = async (options?: Parameters<typeof send>[1]): Promise<ListQuarantine200> => {
  return send<ListQuarantine200>(getListQuarantineUrl(), {
    ...options,
    method: 'GET',
  });
};

export const getGetQuarantinedUrl = (id: string) => {
  return `/api/quarantine/${encodeURIComponent(String(id))}`;
};

/**
 * @summary One of them, with all of its text.
 */
export const getQuarantined = async (id: string, options?: Parameters<typeof send>[1]): Promise<GetQuarantined200> => {
  return send<GetQuarantined200>(getGetQuarantinedUrl(id), {
    ...options,
    method: 'GET',
  });
};

export const getReplayQuarantinedUrl = (id: string) => {
  return `/api/quarantine/${encodeURIComponent(String(id))}/replay`;
};

/**
 * @summary Reads one again, as alerts are read today.
 */
export const replayQuarantined = async (id: string, options?: Parameters<typeof send>[1]): Promise<ReceiveAlert202> => {
  return send<ReceiveAlert202>(getReplayQuarantinedUrl(id), {
    ...options,
    method: 'POST',
  });
};

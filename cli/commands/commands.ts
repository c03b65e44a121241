import type { AddCommand } from '../acting.ts';
import { addAcceptVault } from './accept-vault.ts';
import { addAlerts } from './alerts.ts';
import { addApprove } from './approve.ts';
import { addCost } from './cost.ts';
import { addCoverage } from './coverage.ts';
import { addDoNotHeal } from './do-not-heal.ts';
import { addDoctor } from './doctor.ts';
import { addExpiry } from './expiry.ts';
import { addExplain } from './explain.ts';
import { addExport } from './export.ts';
import { addHistory } from './history.ts';
import { addIncident } from './incident.ts';
import { addKeep, addLetGo } from './let-go.ts';
import { addOverrides } from './overrides.ts';
import { addPause } from './pause.ts';
import { addPlan } from './plan.ts';
import { addPosture } from './posture.ts';
import { addReject } from './reject.ts';
import { addResume } from './resume.ts';
import { addStart } from './start.ts';
import { addStatus } from './status.ts';
import { addSubscriptions } from './subscriptions.ts';
import { addSummary } from './summary.ts';
import { addVerify } from './verify.ts';
import { addVerifyAzure } from './verify-azure.ts';
import { addWatch } from './watch.ts';
import { addWouldHave } from './would-have.ts';

/** In the order in which the help lists them. */
export const COMMANDS: readonly AddCommand[] = [
  addStatus,
  addSummary,
  addExplain,
  addIncident,
  addHistory,
  addExpiry,
  addPlan,
  addApprove,
  addReject,
  addStart,
  addPause,
  addResume,
  addDoNotHeal,
  addOverrides,
  addSubscriptions,
  addLetGo,
  addKeep,
  addAcceptVault,
  addAlerts,
  addPosture,
  addCoverage,
  addWouldHave,
  addDoctor,
  addVerify,
  addExport,
  addWatch,
  addVerifyAzure,
  addCost,
];

import { claimedDeletion } from './0/claimed-deletion.ts';
import { keyMadeAgain } from './1/key-made-again.ts';
import { moveByFunctionKey } from './1/move-by-function-key.ts';
import { swappedBackup } from './1/swapped-backup.ts';
import { vaultMadeAgain } from './1/vault-made-again.ts';
import { vaultMadeElsewhere } from './1/vault-made-elsewhere.ts';
import { accessTakenAbove } from './2a/access-taken-above.ts';
import { takenAfterTheRecovery } from './2b/taken-after-the-recovery.ts';
import { settingTakenBeforeTheVault } from './2c/setting-taken-before-the-vault.ts';
import { expirySetToEnd } from './2d/expiry-set-to-end.ts';
import { approvalByFunctionKey } from './3/approval-by-function-key.ts';
import { liftedByFunctionKey } from './3/lifted-by-function-key.ts';
import { liftedWhereNobodyApproves } from './3/lifted-where-nobody-approves.ts';
import { markedAndGone } from './4/marked-and-gone.ts';
import { speltOtherwise } from './4/spelt-otherwise.ts';
import { boundToOurKey } from './5/bound-to-our-key.ts';
import { marksOfStrangers } from './5/marks-of-strangers.ts';
import { chosenUnasked } from './6a/chosen-unasked.ts';
import { madeAgainUnderAKnownName } from './6b/made-again-under-a-known-name.ts';
import { actingAsProduct } from './7/acting-as-product.ts';
import { grantingItself } from './7/granting-itself.ts';
import { copiedChain } from './8/copied-chain.ts';
import { deletedChain } from './8/deleted-chain.ts';
import { forgedApproval } from './8/forged-approval.ts';
import { forgedAttempt } from './8/forged-attempt.ts';
import { forgedBaseline } from './8/forged-baseline.ts';
import { forgedPlan } from './8/forged-plan.ts';
import { forgedRejection } from './8/forged-rejection.ts';
import { rewrittenChain } from './8/rewritten-chain.ts';
import { truncatedChain } from './8/truncated-chain.ts';
import { lookingForSecrets } from './9a/looking-for-secrets.ts';
import { reasonThatIsAFile } from './9b/reason-that-is-a-file.ts';
import { emptiedSetting } from './10/emptied-setting.ts';
import type { Attack } from './attack.ts';
import { bodyBeforeTheToken } from './b1/body-before-the-token.ts';
import { churningSets } from './b2/churning-sets.ts';
import { threeHundredSets } from './b2/three-hundred-sets.ts';
import { setsThatPinNothing } from './b3/sets-that-pin-nothing.ts';
import { noTurnAnyMore } from './b4/no-turn-any-more.ts';
import { hiddenAndShown } from './b5/hidden-and-shown.ts';
import { answeredNotFound } from './b6/answered-not-found.ts';
import { behindAGroup } from './b7/behind-a-group.ts';
import { recoveryThatAPolicyDenies } from './b8/recovery-that-a-policy-denies.ts';
import { undoneAgain } from './b9/undone-again.ts';
import { keyInAManagedHsm } from './b10/key-in-a-managed-hsm.ts';
import { operationTakenAway } from './b10/operation-taken-away.ts';
import { rightToReadTaken } from './b11/right-to-read-taken.ts';
import { hangingWebhook } from './b12/hanging-webhook.ts';
import { floodOfHealth } from './b13/flood-of-health.ts';
import { madeByOneScript } from './b14/made-by-one-script.ts';
import { setsThatKeepTrialsUnproven } from './b14/sets-that-keep-trials-unproven.ts';
import { givenBackLate } from './b15/given-back-late.ts';
import { oneYesForARestoredServer } from './b16/one-yes-for-a-restored-server.ts';
import { nameThatAShellRuns } from './b17/name-that-a-shell-runs.ts';
import { alertOfNoActionGroup } from './d1/alert-of-no-action-group.ts';
import { alertThatLies } from './d1/alert-that-lies.ts';
import { floodOfAlerts } from './d1/flood-of-alerts.ts';
import { ownWords } from './d1/own-words.ts';
import { ledElsewhere } from './d2/led-elsewhere.ts';
import { somebodyByAHeader } from './d2/somebody-by-a-header.ts';
import { dryRunThatWrites } from './d3/dry-run-that-writes.ts';
import { formulaInATag } from './d3/formula-in-a-tag.ts';
import { madeUpPage } from './d3/made-up-page.ts';
import { nameOfOurs } from './d3/name-of-ours.ts';
import { pauseOfAScope } from './d3/pause-of-a-scope.ts';
import { traceOfTenKilobytes } from './d4/trace-of-ten-kilobytes.ts';

/** Every attack, in the order of the issue. `npm run attacks` plays them all. */
export const ATTACKS: readonly Attack[] = [
  claimedDeletion,
  vaultMadeElsewhere,
  vaultMadeAgain,
  keyMadeAgain,
  moveByFunctionKey,
  swappedBackup,
  accessTakenAbove,
  takenAfterTheRecovery,
  settingTakenBeforeTheVault,
  expirySetToEnd,
  approvalByFunctionKey,
  liftedByFunctionKey,
  liftedWhereNobodyApproves,
  speltOtherwise,
  markedAndGone,
  boundToOurKey,
  marksOfStrangers,
  chosenUnasked,
  madeAgainUnderAKnownName,
  grantingItself,
  actingAsProduct,
  deletedChain,
  truncatedChain,
  rewrittenChain,
  copiedChain,
  forgedApproval,
  forgedAttempt,
  forgedBaseline,
  forgedPlan,
  forgedRejection,
  lookingForSecrets,
  reasonThatIsAFile,
  emptiedSetting,
  bodyBeforeTheToken,
  threeHundredSets,
  churningSets,
  setsThatPinNothing,
  noTurnAnyMore,
  hiddenAndShown,
  answeredNotFound,
  behindAGroup,
  recoveryThatAPolicyDenies,
  undoneAgain,
  operationTakenAway,
  keyInAManagedHsm,
  rightToReadTaken,
  hangingWebhook,
  floodOfHealth,
  madeByOneScript,
  setsThatKeepTrialsUnproven,
  givenBackLate,
  oneYesForARestoredServer,
  nameThatAShellRuns,
  alertOfNoActionGroup,
  alertThatLies,
  floodOfAlerts,
  ownWords,
  ledElsewhere,
  somebodyByAHeader,
  dryRunThatWrites,
  formulaInATag,
  madeUpPage,
  nameOfOurs,
  pauseOfAScope,
  traceOfTenKilobytes,
];

/** The few attacks that `npm test` plays as well: quick ones, which share their apps. */
export const SAMPLE: readonly Attack[] = [claimedDeletion, approvalByFunctionKey];

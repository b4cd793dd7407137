import { CommandId } from '@chargebus/domain';
import type { Approval } from '@chargebus/persistence/iam';
import { uuidOf } from '@chargebus/security';

/** Of the order that an approval stands for: however often it is given, it is one order. */
export const commandIdOf = ({ approvalId }: Pick<Approval, 'approvalId'>): CommandId =>
  CommandId.parse(uuidOf(`approval\n${approvalId}`));

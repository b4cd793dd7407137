import type { Bus } from '@chargebus/messaging';
import {
  AbortRollout,
  GetRollout,
  ListRollouts,
  ResumeRollout,
  RollBackRollout,
  StartRollout,
} from '@chargebus/requests';
import type { RolloutService } from './rollout.service';

/** What other apps may ask about rollouts. */
export function answerRollouts(bus: Bus, rollouts: RolloutService): void {
  bus.answer(StartRollout, (request) => rollouts.begin(request));
  bus.answer(ListRollouts, (request) => rollouts.list(request));
  bus.answer(GetRollout, (request) => rollouts.get(request));
  bus.answer(ResumeRollout, (request) => rollouts.resume(request));
  bus.answer(AbortRollout, (request) => rollouts.abort(request));
  bus.answer(RollBackRollout, (request) => rollouts.rollBack(request));
}

import { ap3000Load } from '@chargebus/protocol-ap3000/bench';
import { bkvLoad } from '@chargebus/protocol-bkv/bench';
import { measureCodec as measure } from '@chargebus/protocol-core/bench';
import type { CodecSubject } from '@chargebus/protocol-core/bench';
import { ocpp16Load } from '@chargebus/protocol-ocpp/bench';
import { ykcLoad } from '@chargebus/protocol-ykc/bench';
import type { Figure } from '../report';

const SECONDS = 5;
const WARM_UP_SECONDS = 2; // until the compiler has seen it all
const SUBJECTS: readonly (readonly [name: string, subject: CodecSubject, atLeast: number])[] = [
  ['AP3000', ap3000Load, 400_000],
  ['BKV', bkvLoad, 300_000],
  ['YKC', ykcLoad, 300_000],
  ['OCPP 1.6, validated MeterValues', ocpp16Load, 60_000],
];

/** Pure code on one core, for every protocol that has a driver. */
export function measureCodec(): Figure[] {
  const now = (): number => performance.now();
  return SUBJECTS.map(([name, subject, atLeast]) => {
    measure(subject, { now, seconds: WARM_UP_SECONDS });
    return {
      measure: `${name}: bytes → typed frame → event, one core`,
      unit: 'frames/s',
      value: measure(subject, { now, seconds: SECONDS }).framesPerSecond,
      must: { atLeast },
      ceiling: null,
    };
  });
}

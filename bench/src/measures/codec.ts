import { measureCodec as measureAp3000 } from '@chargebus/protocol-ap3000/bench';
import type { Figure } from '../report';

const SECONDS = 5;

/** Pure code on one core, for every protocol that has a driver. */
export function measureCodec(): Figure[] {
  const now = (): number => performance.now();
  measureAp3000({ now, seconds: 2 }); // until the compiler has seen it all
  return [
    {
      measure: 'AP3000: bytes → typed frame → event, one core',
      unit: 'frames/s',
      value: measureAp3000({ now, seconds: SECONDS }).framesPerSecond,
      must: { atLeast: 400_000 },
      ceiling: null,
    },
  ];
}

import type { SessionState } from '@chargebus/requests';
import { aSession } from '../../test/fixtures';
import { chargeStatusView, kwh } from './charge.view';

const asked = { phyId: '78329659', portNo: 1, includeRealtime: true };

describe('the status of a charge', () => {
  it.each<[SessionState, string]>([
    ['pending', 'idle'],
    ['starting', 'idle'],
    ['charging', 'charging'],
    ['stopping', 'stopping'],
    ['settled', 'completed'],
    ['failed', 'fault'],
    ['interrupted', 'fault'],
  ])('E25 shows the state %s as %s, with the state as detail', (state, status) => {
    const view = chargeStatusView({ session: aSession({ state }), portState: 'charging', online: true }, asked);
    expect(view).toMatchObject({ status, detail_status: state, phy_id: '04AB373B' });
  });
  it.each([
    ['fault', 'fault', 'fault'],
    ['plugged', 'idle', 'plugged'],
    [null, 'idle', 'unknown'],
  ] as const)('E25 shows a port in state %s that never charged as %s', (portState, status, detail) => {
    const view = chargeStatusView({ session: null, portState, online: false }, asked);
    expect(view).toMatchObject({
      status,
      detail_status: detail,
      session_id: null,
      realtime_data: null,
      phy_id: '78329659',
    });
  });
  it('E26 turns Wh into kWh without a tail', () => {
    expect([kwh(3600), kwh(0.1), kwh(1234.567)]).toEqual([3.6, 0.0001, 1.234567]);
  });
});

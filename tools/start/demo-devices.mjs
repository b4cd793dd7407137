// The virtual devices of npm start: a mixed street where people come and go ten times as fast as in life, and one device
// whose port 1 always has a vehicle for the screen's curl line.

const SPEED = 10;
const STREET_NO = 0xab0011;
const WAITING_NO = 0xab0001;
/** The first charge of every fleet is paid with this card, which the demo tenant knows; stations ask about it. */
export const CARD = '04D3A0C5';
/** Known beforehand: who asks about a card before it is known is refused. Everybody else is adopted. */
export const STATIONS = ['CS16', 'CS201'].map((kind) => ({ phy_id: `${kind}-${STREET_NO}`, type: 'AC' }));
const OCPP = { firstDeviceNo: STREET_NO, reportIntervalS: 10 * SPEED };

/** Fleets of the street; `simulator` is the package @chargebus/simulator. `door`: where they dial. */
export const street = ({ ap3000, bkv, ocpp, ykc }) => [
  {
    protocol: ap3000({ firstDeviceNo: STREET_NO, heartbeatIntervalS: 30, reportIntervalS: 10 * SPEED }),
    devices: 4,
    speed: SPEED,
    seed: 1,
  },
  { protocol: bkv({ firstDeviceNo: STREET_NO, reportIntervalS: 10 * SPEED }), devices: 2, speed: SPEED, seed: 2 },
  { protocol: ykc({ firstDeviceNo: STREET_NO, reportIntervalS: 10 * SPEED }), devices: 2, speed: SPEED, seed: 3 },
  { protocol: ocpp('ocpp1.6', OCPP), devices: 1, speed: SPEED, seed: 4, door: 'stations' },
  { protocol: ocpp('ocpp2.0.1', OCPP), devices: 1, speed: SPEED, seed: 5, door: 'stations' },
];
export const waiting = ({ ap3000 }) => ({
  protocol: ap3000({ firstDeviceNo: WAITING_NO, heartbeatIntervalS: 30, reportIntervalS: 10 }),
  devices: 1,
});

/** An AP3000 device number as the id that the platform uses: `04` is a double socket. */
const deviceId = (number) => `04${number.toString(16).toUpperCase().padStart(6, '0')}`;
export const waitingPort = { deviceId: deviceId(WAITING_NO), portNo: 1 };

// The virtual devices of npm start: which they are, and on which port a vehicle waits for the screen's curl line.

export const STREET = { firstDeviceNo: 0xab0011, devices: 6, speed: 10 }; // people come and go, ten times as fast as in life
export const WAITING = { firstDeviceNo: 0xab0001, devices: 1, speed: 1 };

/** An AP3000 device number as the id that the platform uses: `04` is a double socket. */
const deviceId = (number) => `04${number.toString(16).toUpperCase().padStart(6, '0')}`;
export const waitingPort = { deviceId: deviceId(WAITING.firstDeviceNo), portNo: 1 };

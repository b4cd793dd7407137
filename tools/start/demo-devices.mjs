// The virtual devices of npm start.
export function demoFleet({ devicePort }) {
  return { args: ['--target', `127.0.0.1:${devicePort}`], waiting: { deviceId: '04AB0001', portNo: 1 } };
}

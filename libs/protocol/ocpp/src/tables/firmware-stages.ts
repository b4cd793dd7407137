/** Page §6.2: where a firmware job stands. `percent` null: it failed. */
export interface FirmwareStage {
  readonly stage: 'scheduled' | 'downloading' | 'downloaded' | 'waiting' | 'installing' | 'installed' | 'failed';
  readonly percent: number | null;
  readonly phase: 'requested' | 'sending' | 'verifying' | 'done' | 'failed';
}
const scheduled: FirmwareStage = { stage: 'scheduled', percent: 0, phase: 'requested' };
const downloading: FirmwareStage = { stage: 'downloading', percent: 10, phase: 'sending' };
const downloaded: FirmwareStage = { stage: 'downloaded', percent: 50, phase: 'verifying' };
const waiting: FirmwareStage = { stage: 'waiting', percent: 55, phase: 'verifying' };
const installing: FirmwareStage = { stage: 'installing', percent: 75, phase: 'verifying' };
const installed: FirmwareStage = { stage: 'installed', percent: 100, phase: 'done' };
const failed: FirmwareStage = { stage: 'failed', percent: null, phase: 'failed' };

const STAGES: Readonly<Record<string, FirmwareStage>> = {
  DownloadScheduled: scheduled,
  Downloading: downloading,
  DownloadPaused: downloading,
  Downloaded: downloaded,
  SignatureVerified: downloaded,
  InstallScheduled: waiting,
  Installing: installing,
  InstallRebooting: installing,
  Installed: installed,
  DownloadFailed: failed,
  InstallationFailed: failed,
  InvalidSignature: failed,
  InstallVerificationFailed: failed,
};
/** Null: `Idle`, the answer to a trigger, and what no document names. */
export const firmwareStageOf = (status: string): FirmwareStage | null => STAGES[status] ?? null;

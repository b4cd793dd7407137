import type { DeviceId, TenantId } from '@chargebus/domain';
import type { Transaction } from '../../database';
import { page } from '../../paging';
import type { PageRequest, PageResult } from '../../paging';
import type { Actor } from '../params/param.record';

export type TestItem = 'connectivity' | 'ports' | 'sensors' | 'memory';
export interface TestResult {
  readonly item: TestItem;
  readonly status: 'passed' | 'failed' | 'not_supported';
  readonly reason: string | null;
  readonly evidence: Readonly<Record<string, unknown>>;
}
export interface NewDiagnosis {
  readonly diagnosisId: string;
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId;
  readonly items: readonly TestItem[];
  readonly actor: Actor;
}
export interface DiagnosisRecord extends NewDiagnosis {
  readonly results: readonly TestResult[] | null; // null: not over
  readonly report: Readonly<Record<string, unknown>> | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

interface DiagnosisRow {
  readonly diagnosis_id: string;
  readonly tenant_id: TenantId;
  readonly device_id: DeviceId;
  readonly items: readonly TestItem[];
  readonly actor: Actor;
  readonly results: readonly TestResult[] | null;
  readonly report: Readonly<Record<string, unknown>> | null;
  readonly created_at: Date;
  readonly finished_at: Date | null;
}
const COLUMNS = `d.diagnosis_id, d.tenant_id, d.device_id, d.items, d.actor, d.results, d.report, d.created_at, d.finished_at`;

/** `fleet.diagnoses`, written by the app `fleet` alone. */
export class DiagnosisRepository {
  async insert(tx: Transaction, diagnosis: NewDiagnosis): Promise<void> {
    await tx.query(
      `INSERT INTO fleet.diagnoses (diagnosis_id, tenant_id, device_id, items, actor) VALUES ($1, $2, $3, $4, $5)`,
      [
        diagnosis.diagnosisId,
        diagnosis.tenantId,
        diagnosis.deviceId,
        JSON.stringify(diagnosis.items),
        JSON.stringify(diagnosis.actor),
      ],
    );
  }

  async find(tx: Transaction, diagnosisId: string): Promise<DiagnosisRecord | null> {
    const { rows } = await tx.query<DiagnosisRow>(
      `SELECT ${COLUMNS} FROM fleet.diagnoses d WHERE d.diagnosis_id = $1`,
      [diagnosisId],
    );
    return rows[0] === undefined ? null : toDiagnosis(rows[0]);
  }

  list(tx: Transaction, deviceId: DeviceId, request: PageRequest): Promise<PageResult<DiagnosisRecord>> {
    return page(tx, {
      request,
      from: 'fleet.diagnoses d',
      select: COLUMNS,
      conditions: ['d.device_id = $1'],
      params: [deviceId],
      sorts: { created_at: 'd.created_at' },
      defaultSort: 'd.created_at',
      tieBreak: 'd.diagnosis_id',
      read: toDiagnosis,
    });
  }

  /** Takes due ones for `leaseMs`; `diagnosisId`: this one, if it can be taken now. */
  async claim(
    tx: Transaction,
    leaseMs: number,
    limit: number,
    diagnosisId: string | null = null,
  ): Promise<DiagnosisRecord[]> {
    const { rows } = await tx.query<DiagnosisRow>(
      `UPDATE fleet.diagnoses d SET leased_until = now() + $1 * interval '1 millisecond'
       WHERE d.diagnosis_id IN (
         SELECT diagnosis_id FROM fleet.diagnoses
         WHERE finished_at IS NULL AND due_at <= now() AND (leased_until IS NULL OR leased_until < now())
           AND ($3::text IS NULL OR diagnosis_id = $3)
         ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING ${COLUMNS}`,
      [leaseMs, limit, diagnosisId],
    );
    return rows.map(toDiagnosis);
  }

  async release(tx: Transaction, diagnosisId: string, inMs: number): Promise<void> {
    await tx.query(
      `UPDATE fleet.diagnoses SET leased_until = NULL, due_at = now() + $2 * interval '1 millisecond'
       WHERE diagnosis_id = $1 AND finished_at IS NULL`,
      [diagnosisId, inMs],
    );
  }

  async finish(
    tx: Transaction,
    diagnosisId: string,
    results: readonly TestResult[],
    report: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await tx.query(
      `UPDATE fleet.diagnoses SET results = $2, report = $3, finished_at = now(), leased_until = NULL
       WHERE diagnosis_id = $1 AND finished_at IS NULL`,
      [diagnosisId, JSON.stringify(results), JSON.stringify(report)],
    );
  }
}

const toDiagnosis = (row: DiagnosisRow): DiagnosisRecord => ({
  diagnosisId: row.diagnosis_id,
  tenantId: row.tenant_id,
  deviceId: row.device_id,
  items: row.items,
  actor: row.actor,
  results: row.results,
  report: row.report,
  createdAt: row.created_at,
  finishedAt: row.finished_at,
});

import type { DeviceId, TemplateValues, TemplateVariable, TenantId } from '@chargebus/domain';
import type { Transaction } from '../../database';
import { page } from '../../paging';
import type { PageRequest, PageResult } from '../../paging';
import type { Actor, KnownValue } from './param.record';

export interface TemplateContent {
  readonly values: TemplateValues;
  readonly variables: readonly TemplateVariable[];
  readonly actor: Actor;
  readonly note: string | null;
}
export interface TemplateRecord extends TemplateContent {
  readonly templateId: string;
  readonly name: string;
  readonly groups: readonly string[];
  readonly version: number;
  readonly createdAt: Date; // of the version
}
/** Of templates, a caller with a data scope sees those that name a group of `reached`, or no other groups than `owned`. */
export interface TemplateVisibility {
  readonly reached: readonly string[];
  readonly owned: readonly string[];
}
/** What is known of the parameters of a device, by name. */
export type KnownValues = ReadonlyMap<string, Omit<KnownValue, 'name'>>;
interface TemplateRow {
  readonly template_id: string;
  readonly name: string;
  readonly groups: readonly string[];
  readonly version: number;
  readonly values: TemplateValues;
  readonly variables: readonly TemplateVariable[];
  readonly actor: Actor;
  readonly note: string | null;
  readonly created_at: Date;
}
const FROM = 'fleet.param_templates t JOIN fleet.param_template_versions v USING (template_id)';
const COLUMNS = 't.template_id, t.name, t.groups, v.version, v.values, v.variables, v.actor, v.note, v.created_at';

/** `fleet.param_templates` and their versions, written by the app `fleet` alone. */
export class TemplateRepository {
  /** False: the tenant has one of this name. */
  async add(
    tx: Transaction,
    template: TemplateContent & { readonly templateId: string; readonly tenantId: TenantId; readonly name: string },
    groups: readonly string[],
  ): Promise<boolean> {
    const { templateId, tenantId, name } = template;
    const { count } = await tx.query(
      `INSERT INTO fleet.param_templates (template_id, tenant_id, name, groups) VALUES ($1, $2, $3, $4)
       ON CONFLICT (tenant_id, name) DO NOTHING`,
      [templateId, tenantId, name, JSON.stringify(groups)],
    );
    if (count === 0) return false;
    await this.addVersion(tx, templateId, tenantId, 1, template);
    return true;
  }

  /** The number of the new version; null: there is no such template. */
  async revise(
    tx: Transaction,
    templateId: string,
    tenantId: TenantId,
    content: TemplateContent,
  ): Promise<number | null> {
    const { rows } = await tx.query<{ version: number }>(
      'UPDATE fleet.param_templates SET version = version + 1 WHERE template_id = $1 RETURNING version',
      [templateId],
    );
    const version = rows[0]?.version;
    if (version === undefined) return null;
    await this.addVersion(tx, templateId, tenantId, version, content);
    return version;
  }

  private async addVersion(
    tx: Transaction,
    templateId: string,
    tenantId: TenantId,
    version: number,
    { values, variables, actor, note }: TemplateContent,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO fleet.param_template_versions (template_id, tenant_id, version, values, variables, actor, note)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [templateId, tenantId, version, JSON.stringify(values), JSON.stringify(variables), JSON.stringify(actor), note],
    );
  }

  async assign(tx: Transaction, templateId: string, groups: readonly string[]): Promise<boolean> {
    const { count } = await tx.query('UPDATE fleet.param_templates SET groups = $2 WHERE template_id = $1', [
      templateId,
      JSON.stringify(groups),
    ]);
    return count === 1;
  }

  async remove(tx: Transaction, templateId: string): Promise<boolean> {
    const { count } = await tx.query('DELETE FROM fleet.param_templates WHERE template_id = $1', [templateId]);
    return count === 1;
  }

  /** Its latest version, or this one; null: there is none. */
  async find(tx: Transaction, templateId: string, version: number | null = null): Promise<TemplateRecord | null> {
    const { rows } = await tx.query<TemplateRow>(
      `SELECT ${COLUMNS} FROM ${FROM} WHERE t.template_id = $1 AND v.version = coalesce($2, t.version)`,
      [templateId, version],
    );
    return rows[0] === undefined ? null : toTemplate(rows[0]);
  }

  /** `visibility` null: all of them. */
  list(
    tx: Transaction,
    visibility: TemplateVisibility | null,
    request: PageRequest,
  ): Promise<PageResult<TemplateRecord>> {
    return page(tx, {
      request,
      from: FROM,
      select: COLUMNS,
      conditions: [
        'v.version = t.version',
        '($1::text[] IS NULL OR t.groups ?| $1 OR t.groups <@ to_jsonb($2::text[]))',
      ],
      params: [visibility?.reached ?? null, visibility?.owned ?? null],
      sorts: { name: 't.name', created_at: 'v.created_at' },
      defaultSort: 't.name',
      tieBreak: 't.template_id',
      read: toTemplate,
    });
  }

  /** Every group that a template of the tenant names. */
  async groups(tx: Transaction): Promise<readonly string[]> {
    const { rows } = await tx.query<{ code: string }>(
      'SELECT DISTINCT jsonb_array_elements_text(groups) AS code FROM fleet.param_templates ORDER BY 1',
    );
    return rows.map(({ code }) => code);
  }

  /** Those that name one of these groups, by name. */
  async ofGroups(tx: Transaction, groups: readonly string[]): Promise<readonly TemplateRecord[]> {
    const { rows } = await tx.query<TemplateRow>(
      `SELECT ${COLUMNS} FROM ${FROM} WHERE v.version = t.version AND t.groups ?| $1 ORDER BY t.name`,
      [groups],
    );
    return rows.map(toTemplate);
  }

  versions(tx: Transaction, templateId: string, request: PageRequest): Promise<PageResult<TemplateRecord>> {
    return page(tx, {
      request,
      from: FROM,
      select: COLUMNS,
      conditions: ['t.template_id = $1'],
      params: [templateId],
      sorts: { version: 'v.version' },
      defaultSort: 'v.version',
      tieBreak: 't.template_id',
      read: toTemplate,
    });
  }

  /** What is known of the parameters of these devices. */
  async knownOf(tx: Transaction, deviceIds: readonly DeviceId[]): Promise<ReadonlyMap<DeviceId, KnownValues>> {
    const { rows } = await tx.query<Omit<KnownValue, 'knownAt'> & { device_id: DeviceId; known_at: Date }>(
      'SELECT device_id, name, value, source, known_at FROM fleet.param_values WHERE device_id = ANY ($1)',
      [deviceIds],
    );
    const known = new Map<DeviceId, Map<string, Omit<KnownValue, 'name'>>>();
    for (const { device_id: deviceId, name, value, source, known_at: knownAt } of rows) {
      const ofDevice = known.get(deviceId) ?? new Map<string, Omit<KnownValue, 'name'>>();
      known.set(deviceId, ofDevice.set(name, { value, source, knownAt }));
    }
    return known;
  }
}

const toTemplate = (row: TemplateRow): TemplateRecord => ({
  templateId: row.template_id,
  name: row.name,
  groups: row.groups,
  version: row.version,
  values: row.values,
  variables: row.variables,
  actor: row.actor,
  note: row.note,
  createdAt: row.created_at,
});

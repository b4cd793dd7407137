import { AuditEntry, exportAudit, listAudit, timeRangeOf, verifyAllAudits, verifyAudit } from '@chargebus/api-contract';
import type { ChainReport as ChainReportBody, ResultOf } from '@chargebus/api-contract';
import type { TenantId } from '@chargebus/domain';
import { AuditRepository } from '@chargebus/persistence/iam';
import type { ChainedEntry, ChainReport } from '@chargebus/persistence/iam';
import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { mapPage } from '../http/map-page';

/** Who did what: read, taken away, and proved to be what was written (D15, R04). */
@Controller()
export class AuditController {
  constructor(private readonly audit: AuditRepository) {}

  @Endpoint(listAudit)
  async list(@Call() { caller, query, page }: CallOf<typeof listAudit>): Promise<ResultOf<typeof listAudit>> {
    const range = timeRangeOf(query, Date.now());
    const filter = {
      action: query.action ?? null,
      actorId: query.actor_id ?? null,
      phyId: query.phy_id ?? null,
      requestId: query.request_id ?? null,
      result: query.result ?? null,
      from: range.from,
      until: range.to,
    };
    return mapPage(await this.audit.list(caller.tenantId, filter, page), entryView);
  }

  @Endpoint(exportAudit)
  export(@Call() { caller }: CallOf<typeof exportAudit>): Promise<ResultOf<typeof exportAudit>> {
    return Promise.resolve(this.lines(caller.tenantId));
  }

  @Endpoint(verifyAudit)
  async verify(@Call() { caller }: CallOf<typeof verifyAudit>): Promise<ResultOf<typeof verifyAudit>> {
    return reportView(await this.audit.verify(caller.tenantId));
  }

  @Endpoint(verifyAllAudits)
  async verifyAll(@Call() { query }: CallOf<typeof verifyAllAudits>): Promise<ResultOf<typeof verifyAllAudits>> {
    const tenants = query.tenant_id === undefined ? await this.audit.tenants() : [query.tenant_id];
    const chains: ChainReport[] = [];
    for (const tenantId of tenants) chains.push(await this.audit.verify(tenantId));
    return { intact: chains.every(({ intact }) => intact), chains: chains.map(reportView) };
  }

  private async *lines(tenantId: TenantId): AsyncGenerator<string> {
    for await (const entries of this.audit.chain(tenantId))
      yield entries.map((entry) => `${JSON.stringify(lineView(entry))}\n`).join('');
  }
}

const Content = AuditEntry.omit({ sequence: true, at: true, previous_hash: true, hash: true });

function entryView(entry: ChainedEntry): AuditEntry {
  const content = JSON.parse(entry.content) as { readonly at_ms: number };
  return {
    ...Content.parse(content),
    sequence: entry.sequence,
    at: new Date(content.at_ms).toISOString(),
    previous_hash: entry.previousHash,
    hash: entry.hash,
  };
}
const lineView = ({ tenantId, sequence, content, previousHash, hash }: ChainedEntry) => ({
  tenant_id: tenantId,
  sequence,
  content,
  previous_hash: previousHash,
  hash,
});
const reportView = (report: ChainReport): z.infer<typeof ChainReportBody> => ({
  tenant_id: report.tenantId as TenantId,
  intact: report.intact,
  entries: report.entries,
  head_hash: report.headHash,
  first_broken: report.firstBroken,
});

import { getArchive, getRetention, listArchives, putRetention, timeRangeOf } from '@chargebus/api-contract';
import type { Archive, ResultOf } from '@chargebus/api-contract';
import { ArchiveNotFound, PermissionDenied } from '@chargebus/errors';
import { Bus } from '@chargebus/messaging';
import { GetArchive, GetRetention, ListArchives, PutRetention } from '@chargebus/requests';
import type { ArchiveView, ReplyOf, RequestOf } from '@chargebus/requests';
import { SignedLink } from '@chargebus/security';
import { Controller } from '@nestjs/common';
import type { Caller } from '../auth/caller';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { mapPage } from '../http/map-page';

const LINK_MS = 3_600_000;

/** How long history stays at hand, and the archives of what did not (Q09). */
@Controller()
export class RetentionController {
  constructor(
    private readonly bus: Bus,
    private readonly links: SignedLink,
  ) {}

  @Endpoint(getRetention)
  async get(@Call() { caller, context }: CallOf<typeof getRetention>): Promise<ResultOf<typeof getRetention>> {
    return policyView(await this.bus.ask(GetRetention, { tenantId: caller.tenantId }, { context }));
  }

  @Endpoint(putRetention)
  async put(
    @Call() { caller, body, context, note }: CallOf<typeof putRetention>,
  ): Promise<ResultOf<typeof putRetention>> {
    const { tenantId } = caller;
    const before = await this.bus.ask(GetRetention, { tenantId }, { context });
    const after = await this.bus.ask(PutRetention, { tenantId, days: daysOf(body) }, { context });
    note({ before: policyView(before), after: policyView(after) });
    return policyView(after);
  }

  @Endpoint(listArchives)
  async list(
    @Call() { caller, query, page, context }: CallOf<typeof listArchives>,
  ): Promise<ResultOf<typeof listArchives>> {
    refusePart(caller, 'history:read');
    const { from, to } = timeRangeOf(query, Date.now());
    const asked = { tenantId: caller.tenantId, kind: query.kind ?? null, from, until: to, page };
    return mapPage(await this.bus.ask(ListArchives, asked, { context }), (archive) => this.view(archive));
  }

  @Endpoint(getArchive)
  async find(@Call() { caller, params, context }: CallOf<typeof getArchive>): Promise<ResultOf<typeof getArchive>> {
    if (caller.within != null) throw new ArchiveNotFound({ archiveId: params.archiveId });
    const asked = { tenantId: caller.tenantId, archiveId: params.archiveId };
    return this.view(await this.bus.ask(GetArchive, asked, { context }));
  }

  private view(archive: ArchiveView): Archive {
    return {
      id: archive.archiveId,
      kind: archive.kind,
      from: archive.from,
      to: archive.until,
      part: archive.part,
      rows: archive.rows,
      size: archive.sizeBytes,
      sha256: archive.sha256,
      created_at: archive.createdAt,
      download_url: this.links.urlOf(archive, new Date(Date.now() + LINK_MS)),
    };
  }
}

const daysOf = (body: CallOf<typeof putRetention>['body']): RequestOf<typeof PutRetention>['days'] => ({
  samples: body.samples_days,
  sessions: body.sessions_days,
  logs: body.logs_days,
  commands: body.commands_days,
  requests: body.requests_days,
  deliveries: body.deliveries_days,
  deviceLogs: body.device_logs_days,
  archives: body.archives_days,
});
const policyView = ({ days, own }: ReplyOf<typeof GetRetention>): ResultOf<typeof getRetention> => ({
  samples_days: days.samples,
  sessions_days: days.sessions,
  logs_days: days.logs,
  commands_days: days.commands,
  requests_days: days.requests,
  deliveries_days: days.deliveries,
  device_logs_days: days.deviceLogs,
  archives_days: days.archives,
  own,
});

/** An archive holds devices of the whole tenant: who sees a part of it sees none. */
function refusePart(caller: Caller, scope: string): void {
  if (caller.within != null) throw new PermissionDenied({ scope: `${scope} for the whole tenant` });
}

import { queryUsers } from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { ClientRepository, RoleRepository, TenantRepository } from '@chargebus/persistence/iam';
import { Controller } from '@nestjs/common';
import { scopeOf } from '../clients/client.service';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { runQuery } from './run-query';
import { UserQuery } from './user-query';
import { USER_SCHEMA } from './user-schema';

/** Users, roles and tenants in the shape that the caller asks for (D14); what changes them are REST resources. */
@Controller()
export class UserQueryController {
  constructor(
    private readonly clients: ClientRepository,
    private readonly roles: RoleRepository,
    private readonly tenants: TenantRepository,
  ) {}

  @Endpoint(queryUsers)
  query(@Call() { caller, body }: CallOf<typeof queryUsers>): Promise<ResultOf<typeof queryUsers>> {
    const { clients, roles, tenants } = this;
    return runQuery(USER_SCHEMA, new UserQuery({ clients, roles, tenants }, scopeOf(caller)), body);
  }
}

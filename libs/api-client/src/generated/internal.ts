// Made by `npm run gen`; do not edit.

export interface paths {
    "/api/internal/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List tenants
         * @description Scope: `internal`.
         */
        get: operations["listTenants"];
        put?: never;
        /**
         * Add a tenant
         * @description Scope: `internal`.
         */
        post: operations["createTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/internal/clients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List clients and people
         * @description Scope: `internal`.
         */
        get: operations["listClients"];
        put?: never;
        /**
         * Add a client of a tenant
         * @description The secret is in this answer only.
         *
         *     Scope: `internal`.
         */
        post: operations["createClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/internal/clients/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One client
         * @description Scope: `internal`.
         */
        get: operations["getClient"];
        put?: never;
        post?: never;
        /**
         * Revoke a client for ever
         * @description It stays in the list, for the audit log names it; revoking twice is revoking once. Webhook endpoints that it made are disabled (`maker_gone`): rotate a key whose endpoints are to go on.
         *
         *     Scope: `internal`.
         */
        delete: operations["revokeClient"];
        options?: never;
        head?: never;
        /**
         * Change or disable a client
         * @description Scope: `internal`.
         */
        patch: operations["updateClient"];
        trace?: never;
    };
    "/api/internal/clients/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a client a new key and secret
         * @description The old ones stop working at once, unless an overlap is asked for.
         *
         *     Scope: `internal`.
         */
        post: operations["rotateClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/internal/principals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a person in who comes with a token
         * @description The token says who somebody is, this says what they may do. Issuers are those of the configuration; `chargebus` is the installation itself.
         *
         *     Scope: `internal`.
         */
        post: operations["createPrincipal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/internal/principals/{id}/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign a token of a person of this installation
         * @description It is sent as `Authorization: Bearer …`. Disabling the person ends it at once.
         *
         *     Scope: `internal`.
         */
        post: operations["issueToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/internal/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Roles of a tenant
         * @description Scope: `internal`.
         */
        get: operations["listRoles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/internal/roles/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Make or replace a role
         * @description Whoever has `role:<name>` has its scopes from now on.
         *
         *     Scope: `internal`.
         */
        put: operations["putRole"];
        post?: never;
        /**
         * Remove a role
         * @description Scope: `internal`.
         */
        delete: operations["deleteRole"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/internal/graphql": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for users, roles and tenants by GraphQL
         * @description Queries only; the schema tells itself by introspection. `users` come page by page with their tenant and roles. A query has at most 1,000 tokens, 10 fields at its root and 200 altogether.
         *
         *     Scope: `internal`.
         */
        post: operations["queryUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/internal/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What operators can change at run time
         * @description - `rate_limit.key_per_min`: Requests a minute of one principal that has no limit of its own.
         *     - `rate_limit.tenant_per_min`: Requests a minute of all principals of a tenant.
         *     - `rate_limit.device_orders_per_min`: Orders a minute to one device.
         *     - `rate_limit.class.order_per_min`: Orders a minute to all devices of a tenant.
         *     - `rate_limit.class.write_per_min`: Other changes a minute of a tenant.
         *     - `rate_limit.class.bulk_per_min`: Requests a minute of a tenant that each concern many devices: batches, imports, exports.
         *     - `request_log.retention_days`: Days for which calls of the API are kept.
         *     - `approvals.lifetime_minutes`: Minutes within which a dangerous order must be approved.
         *     - `keys.rotation_overlap_minutes`: Minutes for which a rotated key stays good beside the new one, where the rotation does not say.
         *     - `keys.max_lifetime_days`: Days after which a new key expires at the latest; not set: keys may live for ever.
         *     - `tokens.lifetime_minutes`: Minutes for which a token of a person is good.
         *     - `charging.notify_interval_min_s`: Shortest spacing of progress pushes in seconds; a start that asks for less gets this.
         *
         *     Scope: `config:manage`.
         */
        get: operations["listSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/internal/config/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One setting
         * @description Scope: `config:manage`.
         */
        get: operations["getSetting"];
        /**
         * Change a setting
         * @description Counts on every replica within moments. `null` goes back to the default.
         *
         *     Scope: `config:manage`.
         */
        put: operations["putSetting"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/internal/config/{key}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who changed a setting, when and to what
         * @description Scope: `config:manage`.
         */
        get: operations["settingHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/internal/config/{key}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a setting to what an earlier version had
         * @description That is a new version.
         *
         *     Scope: `config:manage`.
         */
        post: operations["restoreSetting"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/internal/logs/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Calls of the API
         * @description Of the last day unless told, newest first. `total` counts to 10,000 and no further; the cursor goes on.
         *
         *     Scope: `internal`.
         */
        get: operations["listRequestLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/internal/logs/requests/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Calls of the API as a file
         * @description What the list means, the oldest first, as CSV, JSON lines or XLSX, written while it is read.
         *
         *     Scope: `internal`.
         */
        get: operations["exportRequestLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/internal/logs/requests/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Calls of the API by method, route and status
         * @description Scope: `internal`.
         */
        get: operations["summariseRequestLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/internal/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the audit logs of all tenants are what was written
         * @description Scope: `internal`.
         */
        get: operations["verifyAllAudits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/internal/maintenance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell tenants of work on the installation
         * @description Publishes system.maintenance to every active tenant, or to the one that is named. The same status of the same maintenance_id is told once.
         *
         *     Scope: `internal`.
         */
        post: operations["announceMaintenance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/internal/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register a device
         * @description Scope: `internal`.
         */
        post: operations["registerDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/internal/devices/quarantined": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List devices that connect and belong to nobody
         * @description Scope: `internal`.
         */
        get: operations["listQuarantined"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/internal/devices/{phyId}/adopt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move a quarantined device into a tenant
         * @description Scope: `internal`.
         */
        post: operations["adoptDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/internal/parked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Messages that no retry could get handled
         * @description The newest first. Dead commands are at GET /api/third/commands?status=dead.
         *
         *     Scope: `internal`.
         */
        get: operations["listParkedMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/internal/parked/{sequence}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a parked message to where it came from
         * @description Scope: `internal`.
         */
        post: operations["replayParkedMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process runs */
        get: operations["live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether what it needs is there */
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Prometheus metrics */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alias of /api/metrics */
        get: operations["metricsAlias"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/actuator/prometheus": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alias of /api/metrics */
        get: operations["metricsActuatorAlias"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/downloads/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a signed link leads to */
        get: operations["download"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /** Size and type of what a signed link leads to */
        head: operations["downloadHead"];
        patch?: never;
        trace?: never;
    };
    "/api/uploads/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Bring the file that a device was asked for */
        put: operations["putUpload"];
        /** Bring the file that a device was asked for */
        post: operations["postUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/uploads/{token}/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Bring the file that a device was asked for */
        put: operations["putNamedUpload"];
        /** Bring the file that a device was asked for */
        post: operations["postNamedUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Tenant: {
            /** Format: uuid */
            tenant_id: string;
            name: string;
            /** @enum {string} */
            status: "active" | "suspended";
            /** Format: date-time */
            created_at: string;
        };
        NewTenant: {
            /**
             * Format: uuid
             * @description Made when it is left out.
             */
            tenant_id?: string;
            name: string;
        };
        /** @description Where this page stands in the list. */
        Pagination: {
            page: number | null;
            size: number;
            total: number;
            limit: number;
            offset: number | null;
            next_cursor: string | null;
        };
        ClientWithCredentials: {
            /** Format: uuid */
            client_id: string;
            /** Format: uuid */
            tenant_id: string;
            /** @enum {string} */
            kind: "key" | "person";
            name: string;
            /** @description Of a person: who signs their tokens. */
            issuer: string | null;
            /** @description Of a person: how the issuer names them. */
            subject: string | null;
            /** @description First characters of the key. */
            api_key_hint: string | null;
            scopes: string[];
            /** @description The part of the tenant that it may touch: all devices of these regions, stations and groups, and these devices; null: the whole tenant. */
            data_scope: components["schemas"]["DataScope"] | null;
            /** @description The key alone is enough, over TLS only. */
            allow_unsigned: boolean;
            /** @description Addresses and ranges (CIDR, IPv4 and IPv6) that it may call from; empty: from anywhere. */
            allowed_ips: string[];
            /** @description Requests a minute; null: the default. */
            rate_limit: number | null;
            /** @enum {string} */
            status: "active" | "disabled" | "revoked";
            expires_at: string | null;
            /** @description Until when the key before the last rotation is good, too. */
            previous_key_until: string | null;
            /** @description null: at installation. */
            created_by: string | null;
            /** @description The person who made or rotated the key; approvals count both as one. null: made by a key, by an operator, or a person. */
            owner_id: string | null;
            /** Format: date-time */
            created_at: string;
            /** @description To the minute. */
            last_used_at: string | null;
            last_used_ip: string | null;
            api_key: string;
            /** @description Shown this once. */
            api_secret: string;
        };
        DataScope: {
            /** @default [] */
            regions?: string[];
            /** @default [] */
            stations?: string[];
            /** @default [] */
            groups?: string[];
            /** @default [] */
            devices?: string[];
        };
        NewClient: {
            /** Format: uuid */
            tenant_id: string;
            name: string;
            /** @description Scopes; `third` for all that an integrator needs; `role:<name>` for a role of the tenant. */
            scopes: (("devices:read" | "devices:write" | "devices:maintain" | "devices:dangerous" | "charge:read" | "charge:control" | "commands:read" | "commands:write" | "params:write" | "firmware:manage" | "batch:control" | "jobs:read" | "history:read" | "exports:create" | "events:read" | "webhooks:read" | "webhooks:manage" | "tokens:read" | "tokens:manage" | "simulate" | "trace:read" | "approvals:decide" | "keys:manage" | "audit:read" | "config:manage" | "internal" | "third" | "charge:write" | "webhooks:write" | "tokens:write") | string)[];
            /**
             * @description The part of the tenant that it may touch: all devices of these regions, stations and groups, and these devices; null: the whole tenant.
             * @default null
             */
            data_scope?: components["schemas"]["DataScope"] | null;
            /**
             * @description Addresses and ranges (CIDR, IPv4 and IPv6) that it may call from; empty: from anywhere.
             * @default []
             */
            allowed_ips?: string[];
            /**
             * @description Requests a minute; null: the default.
             * @default null
             */
            rate_limit?: number | null;
            /**
             * @description null: never, as far as the tenant’s rules allow that.
             * @default null
             */
            expires_at?: string | null;
            /**
             * @description The key alone is enough, over TLS only.
             * @default false
             */
            allow_unsigned?: boolean;
        };
        Client: {
            /** Format: uuid */
            client_id: string;
            /** Format: uuid */
            tenant_id: string;
            /** @enum {string} */
            kind: "key" | "person";
            name: string;
            /** @description Of a person: who signs their tokens. */
            issuer: string | null;
            /** @description Of a person: how the issuer names them. */
            subject: string | null;
            /** @description First characters of the key. */
            api_key_hint: string | null;
            scopes: string[];
            /** @description The part of the tenant that it may touch: all devices of these regions, stations and groups, and these devices; null: the whole tenant. */
            data_scope: components["schemas"]["DataScope"] | null;
            /** @description The key alone is enough, over TLS only. */
            allow_unsigned: boolean;
            /** @description Addresses and ranges (CIDR, IPv4 and IPv6) that it may call from; empty: from anywhere. */
            allowed_ips: string[];
            /** @description Requests a minute; null: the default. */
            rate_limit: number | null;
            /** @enum {string} */
            status: "active" | "disabled" | "revoked";
            expires_at: string | null;
            /** @description Until when the key before the last rotation is good, too. */
            previous_key_until: string | null;
            /** @description null: at installation. */
            created_by: string | null;
            /** @description The person who made or rotated the key; approvals count both as one. null: made by a key, by an operator, or a person. */
            owner_id: string | null;
            /** Format: date-time */
            created_at: string;
            /** @description To the minute. */
            last_used_at: string | null;
            last_used_ip: string | null;
        };
        ClientChanges: {
            /** @description Scopes; `third` for all that an integrator needs; `role:<name>` for a role of the tenant. */
            scopes?: (("devices:read" | "devices:write" | "devices:maintain" | "devices:dangerous" | "charge:read" | "charge:control" | "commands:read" | "commands:write" | "params:write" | "firmware:manage" | "batch:control" | "jobs:read" | "history:read" | "exports:create" | "events:read" | "webhooks:read" | "webhooks:manage" | "tokens:read" | "tokens:manage" | "simulate" | "trace:read" | "approvals:decide" | "keys:manage" | "audit:read" | "config:manage" | "internal" | "third" | "charge:write" | "webhooks:write" | "tokens:write") | string)[];
            /** @description The part of the tenant that it may touch: all devices of these regions, stations and groups, and these devices; null: the whole tenant. */
            data_scope?: components["schemas"]["DataScope"] | null;
            /** @description Addresses and ranges (CIDR, IPv4 and IPv6) that it may call from; empty: from anywhere. */
            allowed_ips?: string[];
            /** @description Requests a minute; null: the default. */
            rate_limit?: number | null;
            /** @description null: never, as far as the tenant’s rules allow that. */
            expires_at?: string | null;
            /** @description The key alone is enough, over TLS only. */
            allow_unsigned?: boolean;
            /** @enum {string} */
            status?: "active" | "disabled";
        };
        /** @default {} */
        KeyRotation: {
            /** @description For so long the old key and secret stay good, too. Left out: as the tenant’s setting says, usually 0. */
            overlap_minutes?: number;
        };
        NewPrincipal: {
            /** Format: uuid */
            tenant_id: string;
            name: string;
            /** @default chargebus */
            issuer?: string;
            subject: string;
            /** @description Scopes; `third` for all that an integrator needs; `role:<name>` for a role of the tenant. */
            scopes: (("devices:read" | "devices:write" | "devices:maintain" | "devices:dangerous" | "charge:read" | "charge:control" | "commands:read" | "commands:write" | "params:write" | "firmware:manage" | "batch:control" | "jobs:read" | "history:read" | "exports:create" | "events:read" | "webhooks:read" | "webhooks:manage" | "tokens:read" | "tokens:manage" | "simulate" | "trace:read" | "approvals:decide" | "keys:manage" | "audit:read" | "config:manage" | "internal" | "third" | "charge:write" | "webhooks:write" | "tokens:write") | string)[];
            /**
             * @description The part of the tenant that it may touch: all devices of these regions, stations and groups, and these devices; null: the whole tenant.
             * @default null
             */
            data_scope?: components["schemas"]["DataScope"] | null;
            /**
             * @description Addresses and ranges (CIDR, IPv4 and IPv6) that it may call from; empty: from anywhere.
             * @default []
             */
            allowed_ips?: string[];
            /**
             * @description Requests a minute; null: the default.
             * @default null
             */
            rate_limit?: number | null;
            /**
             * @description null: never, as far as the tenant’s rules allow that.
             * @default null
             */
            expires_at?: string | null;
        };
        BearerToken: {
            token: string;
            /** @constant */
            token_type: "Bearer";
            /** Format: date-time */
            expires_at: string;
        };
        /** @default {} */
        NewToken: {
            /** @description At most what the setting tokens.lifetime_minutes says. */
            lifetime_minutes?: number;
        };
        Role: {
            /** Format: uuid */
            tenant_id: string;
            name: string;
            description: string | null;
            scopes: string[];
            /** Format: date-time */
            updated_at: string;
        };
        NewRole: {
            /** Format: uuid */
            tenant_id: string;
            description?: string | null;
            /** @description Scopes; `third` for all that an integrator needs; `role:<name>` for a role of the tenant. */
            scopes: (("devices:read" | "devices:write" | "devices:maintain" | "devices:dangerous" | "charge:read" | "charge:control" | "commands:read" | "commands:write" | "params:write" | "firmware:manage" | "batch:control" | "jobs:read" | "history:read" | "exports:create" | "events:read" | "webhooks:read" | "webhooks:manage" | "tokens:read" | "tokens:manage" | "simulate" | "trace:read" | "approvals:decide" | "keys:manage" | "audit:read" | "config:manage" | "internal" | "third" | "charge:write" | "webhooks:write" | "tokens:write") | string)[];
        };
        Deleted: {
            /** @constant */
            deleted: true;
        };
        GraphqlResult: {
            [key: string]: unknown;
        };
        GraphqlRequest: {
            query: string;
            variables?: {
                [key: string]: unknown;
            } | null;
            /** @description Which one, where the query has several. */
            operationName?: string | null;
        };
        Setting: {
            key: string;
            description: string;
            /** @description null: of the installation. */
            tenant_id: string | null;
            /** @description Whether a tenant may have a value of its own. */
            per_tenant: boolean;
            default: number | string | boolean | null;
            /** @description What counts now. */
            value: number | string | boolean | null;
            /**
             * @description Where the value comes from.
             * @enum {string}
             */
            source: "tenant" | "installation" | "default";
            /** @description 0: never changed here. */
            version: number;
            changed_by: {
                client_id: string;
                name: string;
            } | null;
            changed_at: string | null;
        };
        SettingChange: {
            value: number | string | boolean | null;
            /** @description Left out: for the installation. */
            tenant_id?: string | null;
            reason?: string | null;
            /** @description Refused when somebody else has changed it since. */
            expected_version?: number;
        };
        SettingVersion: {
            version: number;
            /** @description null: back to the default. */
            value: number | string | boolean | null;
            changed_by: {
                client_id: string;
                name: string;
            };
            /** Format: date-time */
            changed_at: string;
            reason: string | null;
        };
        SettingRestore: {
            /** @description 0: the default. */
            version: number;
            /** @description Left out: for the installation. */
            tenant_id?: string | null;
            reason?: string | null;
            /** @description Refused when somebody else has changed it since. */
            expected_version?: number;
        };
        RequestLogEntry: {
            request_id: string;
            /** @description null: refused before the caller was known. */
            tenant_id: string | null;
            client_id: string | null;
            method: string;
            endpoint: string;
            query: unknown;
            device_phy_id: string | null;
            third_party_order_no: string | null;
            /** @description Secrets, phone, identity and card numbers starred out. */
            request_body: unknown;
            /** @description As `request_body`. Of long bodies only the length: above 8,192 characters of text, 2,048 in answers to GET. */
            response_body: unknown;
            status_code: number;
            duration_ms: number;
            client_ip: string | null;
            user_agent: string | null;
            /** Format: date-time */
            created_at: string;
        };
        RequestLogSummary: {
            method: string;
            /** @description Ids of devices are written as {phyId}, other ids as {id}. */
            endpoint: string;
            status_code: number;
            requests: number;
            avg_duration_ms: number;
            p95_duration_ms: number;
            max_duration_ms: number;
        };
        AuditReport: {
            intact: boolean;
            chains: components["schemas"]["AuditChainReport"][];
        };
        AuditChainReport: {
            /** Format: uuid */
            tenant_id: string;
            intact: boolean;
            /** @description Looked at, from the beginning. */
            entries: number;
            /** @description Of the last entry that fits. Written down elsewhere, it proves what came before. */
            head_hash: string;
            first_broken: {
                sequence: number;
                /** @description missing, content_changed, chain_changed, end_missing, end_changed */
                reason: string;
            } | null;
        };
        MaintenanceAnnouncement: {
            /** @description The same through all states of one piece of work. */
            maintenance_id: string;
            /** @enum {string} */
            status: "scheduled" | "started" | "finished" | "cancelled";
            message: string;
            /** Format: date-time */
            start_time: string;
            /**
             * @description null: not known.
             * @default null
             */
            end_time?: string | null;
            /**
             * @description What may be slower or away: charging, api, webhooks, history …
             * @default []
             */
            affects?: string[];
            /** @description Only this one. */
            tenant_id?: string | null;
        };
        Device: {
            phy_id: string;
            /** @description Number printed on the device. */
            device_no: string | null;
            name: string | null;
            /** @description null: registered, never seen. */
            protocol: string | null;
            /** @enum {string} */
            type: "AC" | "DC";
            /** @description Code; that of the station, where it has one. */
            region: string | null;
            /** @description Code. */
            station: string | null;
            tags: string[];
            model: string | null;
            firmware_version: string | null;
            iccid: string | null;
            imei: string | null;
            port_count: number;
            /**
             * @description The first of these that is true of it.
             * @enum {string}
             */
            status: "offline" | "maintenance" | "fault" | "charging" | "idle";
            maintenance: boolean;
            online: boolean;
            /** @description 0 to 1; online from 0.5. */
            online_score: number;
            last_seen: string | null;
            /** @description s */
            heartbeat_interval: number;
            /** @description s */
            offline_timeout: number;
            open_faults: number;
            /** @description What else the device tells, and what its owner added. */
            attributes: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            created_at: string;
        };
        NewDevice: {
            /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
            phy_id: string;
            /**
             * Format: uuid
             * @description The caller's own tenant when it is left out.
             */
            tenant_id?: string;
            name?: string | null;
            protocol?: string | null;
            /**
             * @default AC
             * @enum {string}
             */
            type?: "AC" | "DC";
            region?: string | null;
            /**
             * @description 0: until the device tells.
             * @default 0
             */
            port_count?: number;
            /** @description s; by the protocol when it is left out. */
            heartbeat_interval?: number | null;
            /** @description s; by the protocol when it is left out. */
            offline_timeout?: number | null;
        };
        QuarantinedDevice: {
            phy_id: string;
            protocol: string;
            remote_address: string | null;
            /** Format: date-time */
            first_seen: string;
            /** Format: date-time */
            last_seen: string;
            /** @description Messages kept; handled once it is adopted. */
            kept_facts: number;
            /** @description unregistered, duplicate_factory_id */
            reason: string;
        };
        ParkedMessage: {
            sequence: number;
            /** @description Who gave it up. */
            consumer: string;
            subject: string;
            reason: string;
            parked_at: string;
            /** @description As it was on the bus. */
            payload: string;
        };
        /** @description A refused or failed call. */
        Failure: {
            /** @description Numeric code of the error, scoped to this surface. */
            code: number;
            data: null;
            /** @description For people, in the language of Accept-Language (zh or en). */
            message: string;
            /** @description Unique name of the error: what programs look at. */
            error: string;
            /** @description X-Request-Id of this call. */
            request_id: string;
            /** @description More, for example one entry per invalid field: field, message. */
            details?: unknown;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description As sent, or made. */
        "X-Request-Id": string;
        /** @description Requests a minute. */
        "RateLimit-Limit": number;
        /** @description Requests that are left now. */
        "RateLimit-Remaining": number;
        /** @description The limit that these are of: key, tenant, write, order, bulk or device. */
        "RateLimit-Policy": string;
        /** @description Seconds until the whole limit is there again. */
        "RateLimit-Reset": number;
        /** @description `true`: the answer that was given before. */
        "Idempotency-Replayed": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listTenants: {
        parameters: {
            query?: {
                /** @description Page, counted from 1; with size. */
                page?: number;
                /** @description Items on a page, 20 unless told. */
                size?: number;
                /** @description At most so many items, 20 unless told; with offset. */
                limit?: number;
                /** @description Items to leave out. */
                offset?: number;
                /** @description next_cursor of the page before; for deep paging. */
                cursor?: string;
                /** @description Field to sort by. */
                sort?: "created_at" | "name";
                /** @description desc unless told. */
                order?: "asc" | "desc";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: {
                            items: components["schemas"]["Tenant"][];
                            pagination: components["schemas"]["Pagination"];
                        };
                        pagination: components["schemas"]["Pagination"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    createTenant: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTenant"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: components["schemas"]["Tenant"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    listClients: {
        parameters: {
            query?: {
                /** @description Only of this tenant. */
                tenant_id?: string;
                /** @description Only of this kind. */
                kind?: "key" | "person";
                /** @description Page, counted from 1; with size. */
                page?: number;
                /** @description Items on a page, 20 unless told. */
                size?: number;
                /** @description At most so many items, 20 unless told; with offset. */
                limit?: number;
                /** @description Items to leave out. */
                offset?: number;
                /** @description next_cursor of the page before; for deep paging. */
                cursor?: string;
                /** @description Field to sort by. */
                sort?: "created_at" | "name" | "last_used_at";
                /** @description desc unless told. */
                order?: "asc" | "desc";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: {
                            items: components["schemas"]["Client"][];
                            pagination: components["schemas"]["Pagination"];
                        };
                        pagination: components["schemas"]["Pagination"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    createClient: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewClient"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: components["schemas"]["ClientWithCredentials"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    getClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As its list shows it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: components["schemas"]["Client"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    revokeClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As its list shows it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: components["schemas"]["Client"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    updateClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As its list shows it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClientChanges"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: components["schemas"]["Client"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    rotateClient: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description As its list shows it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["KeyRotation"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: components["schemas"]["ClientWithCredentials"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    createPrincipal: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPrincipal"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: components["schemas"]["Client"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    issueToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description As its list shows it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["NewToken"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: components["schemas"]["BearerToken"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    listRoles: {
        parameters: {
            query: {
                /** @description Only of this tenant. */
                tenant_id: string;
                /** @description Page, counted from 1; with size. */
                page?: number;
                /** @description Items on a page, 20 unless told. */
                size?: number;
                /** @description At most so many items, 20 unless told; with offset. */
                limit?: number;
                /** @description Items to leave out. */
                offset?: number;
                /** @description next_cursor of the page before; for deep paging. */
                cursor?: string;
                /** @description Field to sort by. */
                sort?: "name";
                /** @description desc unless told. */
                order?: "asc" | "desc";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: {
                            items: components["schemas"]["Role"][];
                            pagination: components["schemas"]["Pagination"];
                        };
                        pagination: components["schemas"]["Pagination"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    putRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name. */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRole"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: components["schemas"]["Role"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    deleteRole: {
        parameters: {
            query: {
                /** @description Only of this tenant. */
                tenant_id: string;
            };
            header?: never;
            path: {
                /** @description Its name. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: components["schemas"]["Deleted"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    queryUsers: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GraphqlRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: components["schemas"]["GraphqlResult"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    listSettings: {
        parameters: {
            query?: {
                /** @description Left out: of the installation; for callers who are no operators of it, of their own tenant. */
                tenant_id?: string;
                /** @description Page, counted from 1; with size. */
                page?: number;
                /** @description Items on a page, 20 unless told. */
                size?: number;
                /** @description At most so many items, 20 unless told; with offset. */
                limit?: number;
                /** @description Items to leave out. */
                offset?: number;
                /** @description next_cursor of the page before; for deep paging. */
                cursor?: string;
                /** @description Field to sort by. */
                sort?: "key";
                /** @description desc unless told. */
                order?: "asc" | "desc";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: {
                            items: components["schemas"]["Setting"][];
                            pagination: components["schemas"]["Pagination"];
                        };
                        pagination: components["schemas"]["Pagination"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    getSetting: {
        parameters: {
            query?: {
                /** @description Left out: of the installation; for callers who are no operators of it, of their own tenant. */
                tenant_id?: string;
            };
            header?: never;
            path: {
                /** @description The setting. */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: components["schemas"]["Setting"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    putSetting: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The setting. */
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingChange"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: components["schemas"]["Setting"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    settingHistory: {
        parameters: {
            query?: {
                /** @description Left out: of the installation; for callers who are no operators of it, of their own tenant. */
                tenant_id?: string;
                /** @description Page, counted from 1; with size. */
                page?: number;
                /** @description Items on a page, 20 unless told. */
                size?: number;
                /** @description At most so many items, 20 unless told; with offset. */
                limit?: number;
                /** @description Items to leave out. */
                offset?: number;
                /** @description next_cursor of the page before; for deep paging. */
                cursor?: string;
                /** @description Field to sort by. */
                sort?: "version";
                /** @description desc unless told. */
                order?: "asc" | "desc";
            };
            header?: never;
            path: {
                /** @description The setting. */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: {
                            items: components["schemas"]["SettingVersion"][];
                            pagination: components["schemas"]["Pagination"];
                        };
                        pagination: components["schemas"]["Pagination"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    restoreSetting: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The setting. */
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingRestore"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: components["schemas"]["Setting"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    listRequestLogs: {
        parameters: {
            query?: {
                /** @description RFC 3339 (UTC), a day, or Unix seconds; included. */
                from?: string;
                /** @description The same; excluded. Now unless told. */
                to?: string;
                /** @description Another name of from. */
                start_time?: string;
                /** @description Another name of to. */
                end_time?: string;
                /** @description Instead of from: so long before to, as 30m, 24h or 7d. */
                time_range?: string;
                /** @description Only of this tenant. */
                tenant_id?: string;
                /** @description Only of this key or person. */
                client_id?: string;
                /** @description Only of this HTTP method. */
                method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
                /** @description The path, or its beginning when it ends with `*`. */
                endpoint?: string;
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                device_phy_id?: string;
                /** @description Only of this order number of the integrator. */
                third_party_order_no?: string;
                /** @description Only of the call with this X-Request-Id. */
                request_id?: string;
                /** @description Only with this HTTP status or a higher one. */
                min_status?: number;
                /** @description Only with this HTTP status or a lower one. */
                max_status?: number;
                /** @description Only those that took so long, in ms, or longer. */
                min_duration_ms?: number;
                /** @description Page, counted from 1; with size. */
                page?: number;
                /** @description Items on a page, 20 unless told. */
                size?: number;
                /** @description At most so many items, 20 unless told; with offset. */
                limit?: number;
                /** @description Items to leave out. */
                offset?: number;
                /** @description next_cursor of the page before; for deep paging. */
                cursor?: string;
                /** @description Field to sort by. */
                sort?: "created_at";
                /** @description desc unless told. */
                order?: "asc" | "desc";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: {
                            items: components["schemas"]["RequestLogEntry"][];
                            pagination: components["schemas"]["Pagination"];
                        };
                        pagination: components["schemas"]["Pagination"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    exportRequestLogs: {
        parameters: {
            query?: {
                /** @description RFC 3339 (UTC), a day, or Unix seconds; included. */
                from?: string;
                /** @description The same; excluded. Now unless told. */
                to?: string;
                /** @description Another name of from. */
                start_time?: string;
                /** @description Another name of to. */
                end_time?: string;
                /** @description Instead of from: so long before to, as 30m, 24h or 7d. */
                time_range?: string;
                /** @description Only of this tenant. */
                tenant_id?: string;
                /** @description Only of this key or person. */
                client_id?: string;
                /** @description Only of this HTTP method. */
                method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
                /** @description The path, or its beginning when it ends with `*`. */
                endpoint?: string;
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                device_phy_id?: string;
                /** @description Only of this order number of the integrator. */
                third_party_order_no?: string;
                /** @description Only of the call with this X-Request-Id. */
                request_id?: string;
                /** @description Only with this HTTP status or a higher one. */
                min_status?: number;
                /** @description Only with this HTTP status or a lower one. */
                max_status?: number;
                /** @description Only those that took so long, in ms, or longer. */
                min_duration_ms?: number;
                /** @description Form of the file. */
                format?: "csv" | "jsonl" | "xlsx";
                /** @description CSV with a byte order mark, for spreadsheets that would garble other than Latin text. */
                bom?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/x-ndjson": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    summariseRequestLogs: {
        parameters: {
            query?: {
                /** @description RFC 3339 (UTC), a day, or Unix seconds; included. */
                from?: string;
                /** @description The same; excluded. Now unless told. */
                to?: string;
                /** @description Another name of from. */
                start_time?: string;
                /** @description Another name of to. */
                end_time?: string;
                /** @description Instead of from: so long before to, as 30m, 24h or 7d. */
                time_range?: string;
                /** @description Only of this tenant. */
                tenant_id?: string;
                /** @description Only of this key or person. */
                client_id?: string;
                /** @description Only of this HTTP method. */
                method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
                /** @description The path, or its beginning when it ends with `*`. */
                endpoint?: string;
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                device_phy_id?: string;
                /** @description Only of this order number of the integrator. */
                third_party_order_no?: string;
                /** @description Only of the call with this X-Request-Id. */
                request_id?: string;
                /** @description Only with this HTTP status or a higher one. */
                min_status?: number;
                /** @description Only with this HTTP status or a lower one. */
                max_status?: number;
                /** @description Only those that took so long, in ms, or longer. */
                min_duration_ms?: number;
                /** @description Page, counted from 1; with size. */
                page?: number;
                /** @description Items on a page, 20 unless told. */
                size?: number;
                /** @description At most so many items, 20 unless told; with offset. */
                limit?: number;
                /** @description Items to leave out. */
                offset?: number;
                /** @description next_cursor of the page before; for deep paging. */
                cursor?: string;
                /** @description Field to sort by. */
                sort?: "requests";
                /** @description desc unless told. */
                order?: "asc" | "desc";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: {
                            items: components["schemas"]["RequestLogSummary"][];
                            pagination: components["schemas"]["Pagination"];
                        };
                        pagination: components["schemas"]["Pagination"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    verifyAllAudits: {
        parameters: {
            query?: {
                /** @description Left out: of all tenants. */
                tenant_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: components["schemas"]["AuditReport"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    announceMaintenance: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MaintenanceAnnouncement"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: {
                            /** @description The same through all states of one piece of work. */
                            maintenance_id: string;
                            /** @enum {string} */
                            status: "scheduled" | "started" | "finished" | "cancelled";
                            message: string;
                            /** Format: date-time */
                            start_time: string;
                            /** @description null: not known. */
                            end_time: string | null;
                            /** @description What may be slower or away: charging, api, webhooks, history … */
                            affects: string[];
                            /** @description How many were told. */
                            tenants: number;
                        };
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    registerDevice: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "phy_id": "04AB373B",
                 *       "name": "Gate 3",
                 *       "protocol": "ap3000",
                 *       "type": "AC",
                 *       "region": "beijing",
                 *       "port_count": 2
                 *     }
                 */
                "application/json": components["schemas"]["NewDevice"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: components["schemas"]["Device"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    listQuarantined: {
        parameters: {
            query?: {
                /** @description Page, counted from 1; with size. */
                page?: number;
                /** @description Items on a page, 20 unless told. */
                size?: number;
                /** @description At most so many items, 20 unless told; with offset. */
                limit?: number;
                /** @description Items to leave out. */
                offset?: number;
                /** @description next_cursor of the page before; for deep paging. */
                cursor?: string;
                /** @description Field to sort by. */
                sort?: "last_seen";
                /** @description desc unless told. */
                order?: "asc" | "desc";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: {
                            items: components["schemas"]["QuarantinedDevice"][];
                            pagination: components["schemas"]["Pagination"];
                        };
                        pagination: components["schemas"]["Pagination"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    adoptDevice: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * Format: uuid
                     * @description The caller's own tenant when it is left out.
                     */
                    tenant_id?: string;
                    name?: string | null;
                    protocol?: string | null;
                    /**
                     * @default AC
                     * @enum {string}
                     */
                    type?: "AC" | "DC";
                    region?: string | null;
                    /**
                     * @description 0: until the device tells.
                     * @default 0
                     */
                    port_count?: number;
                    /** @description s; by the protocol when it is left out. */
                    heartbeat_interval?: number | null;
                    /** @description s; by the protocol when it is left out. */
                    offline_timeout?: number | null;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: components["schemas"]["Device"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    listParkedMessages: {
        parameters: {
            query?: {
                /** @description Most items of the page. */
                limit?: number;
                /** @description Only sequences below it, for the next page. */
                before?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: {
                            items: components["schemas"]["ParkedMessage"][];
                        };
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    replayParkedMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Where it is parked. */
                sequence: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: {
                            sequence: number;
                            /** @constant */
                            replayed: true;
                        };
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It runs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
        };
    };
    ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    metricsAlias: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    metricsActuatorAlias: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    download: {
        parameters: {
            query: {
                /** @description Unix seconds. */
                expires: string;
                /** @description Of path and expiry; comes with the link. */
                signature: string;
            };
            header?: {
                /** @description One range of bytes. */
                Range?: string;
            };
            path: {
                /** @description Bucket and blob. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The range that was asked for. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    downloadHead: {
        parameters: {
            query: {
                /** @description Unix seconds. */
                expires: string;
                /** @description Of path and expiry; comes with the link. */
                signature: string;
            };
            header?: {
                /** @description One range of bytes. */
                Range?: string;
            };
            path: {
                /** @description Bucket and blob. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The range that was asked for. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    putUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Came with the address. */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of it was kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    postUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Came with the address. */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of it was kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    putNamedUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Came with the address. */
                token: string;
                /** @description Name of the file, as the device calls it. */
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of it was kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
    postNamedUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Came with the address. */
                token: string;
                /** @description Name of the file, as the device calls it. */
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of it was kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description A failure */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Failure"];
                };
            };
        };
    };
}

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
         * List clients
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
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
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
         * @description The old ones stop working at once.
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        NewTenant: {
            /**
             * Format: uuid
             * @description Made when it is left out.
             */
            tenant_id?: string;
            name: string;
        };
        Tenant: {
            /** Format: uuid */
            tenant_id: string;
            name: string;
            /** @enum {string} */
            status: "active" | "suspended";
            /** Format: date-time */
            created_at: string;
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
        NewClient: {
            /** Format: uuid */
            tenant_id: string;
            name: string;
            /** @description Scopes, or `third` for all that an integrator needs. */
            scopes: ("devices:read" | "devices:write" | "devices:maintain" | "devices:dangerous" | "charge:read" | "charge:control" | "commands:read" | "commands:write" | "params:write" | "firmware:manage" | "batch:control" | "jobs:read" | "history:read" | "exports:create" | "events:read" | "webhooks:read" | "webhooks:manage" | "tokens:read" | "tokens:manage" | "simulate" | "trace:read" | "approvals:decide" | "keys:manage" | "audit:read" | "config:manage" | "internal" | "third" | "charge:write" | "webhooks:write" | "tokens:write")[];
            /** @default false */
            allow_unsigned?: boolean;
            /** @default null */
            rate_limit?: number | null;
        };
        ClientWithCredentials: {
            /** Format: uuid */
            client_id: string;
            /** Format: uuid */
            tenant_id: string;
            name: string;
            /** @description First characters of the key. */
            api_key_hint: string;
            scopes: string[];
            /** @description The key alone is enough, over TLS only. */
            allow_unsigned: boolean;
            /** @description Requests a minute; null: the default of the installation. */
            rate_limit: number | null;
            /** @enum {string} */
            status: "active" | "disabled";
            /** Format: date-time */
            created_at: string;
            api_key: string;
            /** @description Shown this once. */
            api_secret: string;
        };
        Client: {
            /** Format: uuid */
            client_id: string;
            /** Format: uuid */
            tenant_id: string;
            name: string;
            /** @description First characters of the key. */
            api_key_hint: string;
            scopes: string[];
            /** @description The key alone is enough, over TLS only. */
            allow_unsigned: boolean;
            /** @description Requests a minute; null: the default of the installation. */
            rate_limit: number | null;
            /** @enum {string} */
            status: "active" | "disabled";
            /** Format: date-time */
            created_at: string;
        };
        ClientChanges: {
            /** @description Scopes, or `third` for all that an integrator needs. */
            scopes?: ("devices:read" | "devices:write" | "devices:maintain" | "devices:dangerous" | "charge:read" | "charge:control" | "commands:read" | "commands:write" | "params:write" | "firmware:manage" | "batch:control" | "jobs:read" | "history:read" | "exports:create" | "events:read" | "webhooks:read" | "webhooks:manage" | "tokens:read" | "tokens:manage" | "simulate" | "trace:read" | "approvals:decide" | "keys:manage" | "audit:read" | "config:manage" | "internal" | "third" | "charge:write" | "webhooks:write" | "tokens:write")[];
            allow_unsigned?: boolean;
            rate_limit?: number | null;
            /** @enum {string} */
            status?: "active" | "disabled";
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
    updateClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
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
                id: string;
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
}

// Made by `npm run gen`; do not edit.

export interface paths {
    "/api/third/devices/{phyId}/charge/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a charge
         * @description Opens a session and orders the start. The same order number (or Idempotency-Key) with the same body answers with the same session, with a different body it is a conflict. The event charging.started follows once the device has confirmed.
         *
         *     Scope: `charge:control`.
         */
        post: operations["startCharge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/charge/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a charge
         * @description Asks the device to end the charge; a start that has not left yet is withdrawn. charging.stopped follows when the device has confirmed, charging.completed with the settlement.
         *
         *     Scope: `charge:control`.
         */
        post: operations["stopCharge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/charge/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Status of a charge
         * @description The open session of the port, else its last one.
         *
         *     Scope: `charge:read`.
         */
        get: operations["chargeStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List devices
         * @description Scope: `devices:read`.
         */
        get: operations["listDevices"];
        put?: never;
        /**
         * Register a device
         * @description What it said while nobody owned it is handled now.
         *
         *     Scope: `devices:write`.
         */
        post: operations["createDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One device with its ports and what it can do
         * @description Scope: `devices:read`.
         */
        get: operations["getDevice"];
        put?: never;
        post?: never;
        /**
         * Delete a device that charges nothing
         * @description Its settled sessions stay. Should it connect again, it waits in quarantine.
         *
         *     Scope: `devices:write`.
         */
        delete: operations["deleteDevice"];
        options?: never;
        head?: never;
        /**
         * Change what is kept about a device
         * @description In maintenance nothing can be started on it; what charges goes on.
         *
         *     Scope: `devices:write`.
         */
        patch: operations["updateDevice"];
        trace?: never;
    };
    "/api/third/devices/{phyId}/ports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * States of the ports
         * @description Scope: `devices:read`.
         */
        get: operations["getPorts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/realtime": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Last measurements of the device and its ports
         * @description Scope: `devices:read`.
         */
        get: operations["getRealtime"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Measurements of a device over time
         * @description The last 24 hours unless told. Samples are gathered in at most `points` buckets of equal length, each with average, minimum and maximum per metric and the energy delivered in it, one item per port. Buckets of an hour and more, and ranges over eight days, come from rolled up hours, which are kept as long as sessions are. `raw=true` gives the samples themselves, by cursor.
         *
         *     Scope: `history:read`.
         */
        get: operations["getHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Charging sessions of a device
         * @description By the time of their order; the newest first.
         *
         *     Scope: `history:read`.
         */
        get: operations["getDeviceSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/alarms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Alarms of a device, active and past
         * @description Faults that the device reported and alarms of the installation about it.
         *
         *     Scope: `history:read`.
         */
        get: operations["getDeviceAlarms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Command log of a device
         * @description Every order that was given to the device with every attempt, the newest first.
         *
         *     Scope: `commands:read`.
         */
        get: operations["getDeviceLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Charging sessions
         * @description Of the devices that fit, by the time of their order; the newest first.
         *
         *     Scope: `history:read`.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/history/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How long history stays at hand
         * @description What is older has been moved into archives.
         *
         *     Scope: `history:read`.
         */
        get: operations["getRetention"];
        /**
         * Set how long history stays at hand
         * @description Within an hour, what is older is moved into archives; it does not come back when more days are set later. Days are counted from the end of a day for samples, orders and calls, and of a month for the rest. This is the whole policy: what is left out is kept as the installation keeps it.
         *
         *     Scope: `config:manage`.
         */
        put: operations["putRetention"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/history/archives": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Archives of history
         * @description Files with what has left the tables, the latest range first. For the whole tenant only.
         *
         *     Scope: `history:read`.
         */
        get: operations["listArchives"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/history/archives/{archiveId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One archive with its link
         * @description Scope: `history:read`.
         */
        get: operations["getArchive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/export/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export devices
         * @description All devices that the filters of their list mean, as a file that is written while it is read: the oldest first, as CSV with a header, JSON lines, or XLSX. Also needs the scope that reading them needs. Text in CSV that a spreadsheet would take for a formula begins with an apostrophe.
         *
         *     Scope: `exports:create`.
         */
        get: operations["exportDevices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/export/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export sessions
         * @description All sessions that the filters of their list mean, as a file that is written while it is read: the oldest first, as CSV with a header, JSON lines, or XLSX. Also needs the scope that reading them needs. Text in CSV that a spreadsheet would take for a formula begins with an apostrophe.
         *
         *     Scope: `exports:create`.
         */
        get: operations["exportSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/export/samples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export samples
         * @description All samples that the filters of their list mean, as a file that is written while it is read: the oldest first, as CSV with a header, JSON lines, or XLSX. Also needs the scope that reading them needs. Text in CSV that a spreadsheet would take for a formula begins with an apostrophe.
         *
         *     Scope: `exports:create`.
         */
        get: operations["exportSamples"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/export/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export commands
         * @description All commands that the filters of their list mean, as a file that is written while it is read: the oldest first, as CSV with a header, JSON lines, or XLSX. Also needs the scope that reading them needs. Text in CSV that a spreadsheet would take for a formula begins with an apostrophe.
         *
         *     Scope: `exports:create`.
         */
        get: operations["exportCommands"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/export/alarms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export alarms
         * @description All alarms that the filters of their list mean, as a file that is written while it is read: the oldest first, as CSV with a header, JSON lines, or XLSX. Also needs the scope that reading them needs. Text in CSV that a spreadsheet would take for a formula begins with an apostrophe.
         *
         *     Scope: `exports:create`.
         */
        get: operations["exportAlarms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Exports of the last days
         * @description Scope: `exports:create`.
         */
        get: operations["listExports"];
        put?: never;
        /**
         * Export in the background
         * @description For what takes longer than a connection should: made by any process that is free, begun anew when that one dies, kept for seven days. `filters` are those of the export of the same kind.
         *
         *     Scope: `exports:create`.
         */
        post: operations["createExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/exports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Progress of an export, and its link
         * @description Scope: `exports:create`.
         */
        get: operations["getExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/exports/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an export
         * @description Cancelling twice is cancelling once.
         *
         *     Scope: `exports:create`.
         */
        post: operations["cancelExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register and change devices by a file
         * @description Up to 10,000 devices: as CSV with a header, as JSON lines, or as a list; in the fields of a JSON body, as a JSON array, or as a file of type text/csv or application/x-ndjson with dry_run, mode and on_error in the query. Text is UTF-8 unless its charset says otherwise. CSV is separated by commas, semicolons or tabs: what its header has most of. All rows are looked at before one is written; the same file again changes nothing. Columns that are left out stay as they are. With dry_run nothing is written and every bad row is reported; with on_error=abort one bad row refuses the whole file.
         *
         *     Scope: `devices:write`.
         */
        post: operations["importDevices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Devices as a file that an import reads
         * @description All devices that the filter means, written while they are read: as CSV, as JSON lines, or as the JSON body of an import. Cells that a spreadsheet would take for a formula begin with an apostrophe, which the import takes away.
         *
         *     Scope: `devices:read`.
         */
        get: operations["exportRegister"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/batch/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Status of many devices at once
         * @description One entry per id, in the order asked, unknown ones too. Answered from memory: as fresh as one device alone.
         *
         *     Scope: `devices:read`.
         */
        post: operations["batchStatus"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/batch/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Totals of all devices, or of those that a filter means
         * @description Counted at one moment: states of ports add up to the ports, health to the devices, and no more sessions run than ports charge.
         *
         *     Scope: `devices:read`.
         */
        get: operations["batchSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/organization/tree": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The tree operator → region → station → device → port
         * @description Counts at every level. Devices are shown for up to 1,000 of them; narrow a larger fleet down.
         *
         *     Scope: `devices:read`.
         */
        get: operations["getOrganization"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/regions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List regions
         * @description Scope: `devices:read`.
         */
        get: operations["listRegions"];
        put?: never;
        /**
         * Create a region
         * @description Regions nest as deep as needed. One that a device names first is made at the top, under its code.
         *
         *     Scope: `devices:write`.
         */
        post: operations["createRegion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/regions/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One region
         * @description Scope: `devices:read`.
         */
        get: operations["getRegion"];
        put?: never;
        post?: never;
        /**
         * Delete a region that holds nothing
         * @description Scope: `devices:write`.
         */
        delete: operations["deleteRegion"];
        options?: never;
        head?: never;
        /**
         * Rename or move a region
         * @description What is below it moves along.
         *
         *     Scope: `devices:write`.
         */
        patch: operations["updateRegion"];
        trace?: never;
    };
    "/api/third/stations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List stations
         * @description Scope: `devices:read`.
         */
        get: operations["listStations"];
        put?: never;
        /**
         * Create a station
         * @description Scope: `devices:write`.
         */
        post: operations["createStation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/stations/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One station
         * @description Scope: `devices:read`.
         */
        get: operations["getStation"];
        put?: never;
        post?: never;
        /**
         * Delete a station without devices
         * @description Scope: `devices:write`.
         */
        delete: operations["deleteStation"];
        options?: never;
        head?: never;
        /**
         * Change a station, its state too
         * @description The state is for people and filters. What must not be charged at is put in maintenance: device by device, or all of a station by a batch.
         *
         *     Scope: `devices:write`.
         */
        patch: operations["updateStation"];
        trace?: never;
    };
    "/api/third/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List device groups
         * @description Scope: `devices:read`.
         */
        get: operations["listDeviceGroups"];
        put?: never;
        /**
         * Create a device group
         * @description Members are named one by one, found by a filter, or both.
         *
         *     Scope: `devices:write`.
         */
        post: operations["createDeviceGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/groups/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One device group
         * @description Scope: `devices:read`.
         */
        get: operations["getDeviceGroup"];
        put?: never;
        post?: never;
        /**
         * Delete a device group; its devices stay
         * @description Scope: `devices:write`.
         */
        delete: operations["deleteDeviceGroup"];
        options?: never;
        head?: never;
        /**
         * Change a device group
         * @description Scope: `devices:write`.
         */
        patch: operations["updateDeviceGroup"];
        trace?: never;
    };
    "/api/third/groups/{code}/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the members of a device group
         * @description Scope: `devices:read`.
         */
        get: operations["listGroupDevices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/groups/{code}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Name members of a group, or take their names away
         * @description Scope: `devices:write`.
         */
        post: operations["changeGroupMembers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/sockets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sockets of a radio network
         * @description The table of the platform is the only record: gateways do not tell theirs.
         *
         *     Scope: `devices:read`.
         */
        get: operations["getSockets"];
        /**
         * Set the sockets of a radio network
         * @description The whole list that is to be. The gateway is ordered to take it; the table follows when it has (webhook device.network_changed), and `command` tells how far it is. A socket that charges can neither go nor get another number.
         *
         *     Scope: `commands:write`.
         */
        put: operations["putSockets"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/upgrade": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upgrade the firmware of a device
         * @description With a stored image (`firmware_id`) or one that is fetched first (`firmware_url`, `version`, `checksum`). The device gets it once it is online and nobody charges; afterwards the version that it tells is compared. `upgrade_mode` scheduled waits for `scheduled_time`; a time that has passed means now. With `rollback_enabled` the image that was there before is brought back when the device runs something else than it should; with `notify_progress` every step is told as `device.upgrade_progress`.
         *
         *     Scope: `firmware:manage`.
         */
        post: operations["upgradeDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/upgrades": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Upgrades of a device
         * @description Scope: `devices:read`.
         */
        get: operations["listUpgrades"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/upgrades/{upgradeId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One upgrade of a device
         * @description Scope: `devices:read`.
         */
        get: operations["getUpgrade"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/upgrades/{upgradeId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back an upgrade that the device has not got yet
         * @description Scope: `firmware:manage`.
         */
        post: operations["cancelUpgrade"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/upgrades/{upgradeId}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Install again what a device had before an upgrade
         * @description A new upgrade with the image that was there before: the one that we installed last, or a stored one of the version that the device told.
         *
         *     Scope: `firmware:manage`.
         */
        post: operations["rollBackUpgrade"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/firmware": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List firmware images
         * @description Scope: `devices:read`.
         */
        get: operations["listFirmware"];
        put?: never;
        /**
         * Upload a firmware image
         * @description The body is the image itself, unchanged; what is to be known of it stands in the query. The same bytes for the same version and target are one image: the answer is the one that is there.
         *
         *     Scope: `firmware:manage`.
         */
        post: operations["uploadFirmware"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/firmware/fetch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fetch a firmware image from an address
         * @description It is fetched once, without following redirects, kept unchanged, and used only if its checksum is right. The answer comes at once; `status` tells when it is stored.
         *
         *     Scope: `firmware:manage`.
         */
        post: operations["fetchFirmware"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/firmware/{firmwareId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One firmware image
         * @description Scope: `devices:read`.
         */
        get: operations["getFirmware"];
        put?: never;
        post?: never;
        /**
         * Delete a firmware image
         * @description Not while an upgrade or a rollout needs it. What was installed with it stays in the upgrades of devices.
         *
         *     Scope: `firmware:manage`.
         */
        delete: operations["deleteFirmware"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/firmware/{firmwareId}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A link to download a firmware image
         * @description Whoever has it gets the bytes until it expires, after an hour.
         *
         *     Scope: `firmware:manage`.
         */
        get: operations["linkFirmware"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/firmware/{firmwareId}/rollouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give many devices a firmware, wave after wave
         * @description The devices that `device_ids` names, or that fit `device_filters`, are put into waves by a hash of their ids. After each wave the rollout rests; when more than `max_failure_rate` % of the devices that are over have failed it halts, until it is resumed or aborted. A device that the firmware does not fit, that has it already, or that cannot be reached is skipped and counts for nothing.
         *
         *     Scope: `firmware:manage`.
         */
        post: operations["startRollout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/rollouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List rollouts
         * @description Scope: `devices:read`.
         */
        get: operations["listRollouts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/rollouts/{rolloutId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One rollout
         * @description Scope: `devices:read`.
         */
        get: operations["getRollout"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/rollouts/{rolloutId}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go on with a rollout that has halted
         * @description What has failed until now does not count any more.
         *
         *     Scope: `firmware:manage`.
         */
        post: operations["resumeRollout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/rollouts/{rolloutId}/abort": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a rollout early
         * @description Devices that have not got the firmware do not get it; those under way come to their end.
         *
         *     Scope: `firmware:manage`.
         */
        post: operations["abortRollout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/rollouts/{rolloutId}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give every device of a rollout back what it had
         * @description A job of its own, over the devices that were upgraded and whose earlier image is stored.
         *
         *     Scope: `firmware:manage`.
         */
        post: operations["rollBackRollout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/logs/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a device bring its log
         * @description OCPP stations. The station gets an address of ours that takes one file; once it is there it can be downloaded.
         *
         *     Scope: `devices:maintain`.
         */
        post: operations["requestLogUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/logs/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Logs that a device was asked for
         * @description Scope: `devices:maintain`.
         */
        get: operations["listLogUploads"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/logs/uploads/{uploadId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One log that a device was asked for
         * @description Scope: `devices:maintain`.
         */
        get: operations["getLogUpload"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a device an order
         * @description Any order of the catalogue, checked to the last field. What the device cannot do is refused with CAPABILITY_NOT_SUPPORTED, at once where it is known and as the outcome of the command otherwise; GET /api/third/devices/{phyId} shows what it can. Charges are started and stopped with charge/start and charge/stop, and radio networks are kept with sockets: as raw orders they, and device.factory_reset, memory.read, memory.write, host.set_server, host.set_slaves, host.clear_slave_firmware, firmware.update, certificate.install, certificate.trust, certificate.remove, network_profile.set, firmware.publish, firmware.unpublish, also need the scope `devices:maintain`.
         *
         *     **Dangerous orders** (memory.read, memory.write, device.factory_reset, host.set_server, host.clear_slave_firmware, network_profile.set, cabinet.open) need the scope `devices:dangerous` and a `reason`, and are given only after a second person with `approvals:decide` has agreed: the answer is 202 with the approval to follow.
         *
         *     Scope: `commands:write`.
         */
        post: operations["orderDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/parameters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The parameter dictionary
         * @description Every parameter that devices can be given: unit, range, spellings, and what has it.
         *
         *     Scope: `devices:read`.
         */
        get: operations["listParameters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/params": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Parameters of a device
         * @description What is known, with where it comes from and how old it is. refresh=true asks the device first.
         *
         *     Scope: `devices:read`.
         */
        get: operations["getParameters"];
        put?: never;
        /**
         * Set parameters of a device
         * @description The device is asked what it has, given what differs, asked again, and compared. What it cannot have the platform keeps to where it can, which `support` of the parameter tells. Changes of one device are carried out one after the other, the latest of those that wait first; one for a device that is away waits for it for a day, and leaves out what later changes have set meanwhile. The end is told by the webhook device.param_result.
         *
         *     Scope: `params:write`.
         */
        post: operations["setParameters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/params/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Changes that were asked for
         * @description Scope: `devices:read`.
         */
        get: operations["listParameterChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/params/changes/{changeId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One change of parameters
         * @description Scope: `devices:read`.
         */
        get: operations["getParameterChange"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/params/changes/{changeId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back a change that was not begun
         * @description Scope: `params:write`.
         */
        post: operations["cancelParameterChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/params/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Versions of a device’s parameters
         * @description Every change: who, when, before, after.
         *
         *     Scope: `devices:read`.
         */
        get: operations["listParameterVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/params/versions/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring a version back
         * @description A new change with the values of that version; what it did not know stays as it is.
         *
         *     Scope: `params:write`.
         */
        post: operations["restoreParameterVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/param-templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Templates of parameters
         * @description With a data scope: those of groups in which a device of it is.
         *
         *     Scope: `devices:read`.
         */
        get: operations["listTemplates"];
        put?: never;
        /**
         * Make a template of parameters
         * @description Scope: `params:write`.
         */
        post: operations["createTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/param-templates/{templateId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One template
         * @description Scope: `devices:read`.
         */
        get: operations["getTemplate"];
        /**
         * Make a new version of a template
         * @description Devices keep what they have until it is pushed; until then they show as drifted. A key with a data scope needs all groups of the template in it.
         *
         *     Scope: `params:write`.
         */
        put: operations["reviseTemplate"];
        post?: never;
        /**
         * Remove a template with its versions
         * @description A key with a data scope needs all groups of the template in it.
         *
         *     Scope: `params:write`.
         */
        delete: operations["deleteTemplate"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/param-templates/{templateId}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Versions of a template
         * @description Scope: `devices:read`.
         */
        get: operations["listTemplateVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/param-templates/{templateId}/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say which device groups shall have a template
         * @description A key with a data scope needs all groups of the template in it.
         *
         *     Scope: `params:write`.
         */
        put: operations["assignTemplate"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/param-templates/{templateId}/drift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Devices that differ from a template
         * @description Every device of its groups, in the order of their ids, by what is known of it; GET …/params?refresh=true asks a device anew.
         *
         *     Scope: `devices:read`.
         */
        get: operations["templateDrift"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/params/drift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What of a device differs from the templates of its groups
         * @description By what is known of it, with where that comes from and how old it is; refresh=true asks the device first, which may take 20 s.
         *
         *     Scope: `devices:read`.
         */
        get: operations["deviceDrift"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/param-templates/{templateId}/push": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a template to the devices of its groups
         * @description A job: GET /api/third/jobs/{jobId} and its items show how far it is. Each device gets a change of its own.
         *
         *     Scope: `params:write`.
         */
        post: operations["pushTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/control": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restart a device, or take it out of service or back
         * @description reboot: a restart. reset: a restart that waits for nothing (OCPP: hard); nothing stored is lost. maintenance_mode, normal_mode: see maintenance. A device that charges is restarted only with `force`: without, a restart at once is refused, and one for later ends as refused if it charges then. Maintenance refuses new charges and lets the running ones go on.
         *
         *     Scope: `commands:write`.
         */
        post: operations["controlDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/reboot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restart a device
         * @description The same as control with the action reboot. A device that charges is restarted only with `force`: without, a restart at once is refused, and one for later ends as refused if it charges then. Maintenance refuses new charges and lets the running ones go on.
         *
         *     Scope: `commands:write`.
         */
        post: operations["rebootDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/controls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Actions on a device
         * @description Scope: `commands:read`.
         */
        get: operations["listControls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/controls/{controlId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One action on a device
         * @description Scope: `commands:read`.
         */
        get: operations["getControl"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/controls/{controlId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back an action that was not begun
         * @description Scope: `commands:write`.
         */
        post: operations["cancelControl"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/diagnose": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Examine a device
         * @description Every item is judged by what the device really answers: connectivity by presence and a status query, ports by what they report, sensors by what is measured and the limits that are set, memory by reading it or the configuration. What a protocol cannot show is not_supported. Answered with 202 when it takes longer than 20 s.
         *
         *     Scope: `commands:write`.
         */
        post: operations["diagnoseDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/diagnoses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Examinations of a device
         * @description Scope: `devices:read`.
         */
        get: operations["listDiagnoses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/diagnoses/{diagnosisId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One examination, with its report
         * @description Scope: `devices:read`.
         */
        get: operations["getDiagnosis"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How a device proves itself
         * @description Of devices that connect by WebSocket. Passwords are kept as hashes and never shown.
         *
         *     Scope: `devices:read`.
         */
        get: operations["getDeviceCredentials"];
        /**
         * Set how a device proves itself
         * @description What is left out stays as it is. A new password counts at once and alone: the device must have it by then. To give it one over its connection, deliver it.
         *
         *     Scope: `devices:write`.
         */
        put: operations["setDeviceCredentials"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/credentials/deliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a connected device other credentials
         * @description Makes a new password and hands it to the device by an order of its protocol, or tells it to raise its security profile, or both. Older and newer count until the device has used the newer; what it refuses changes nothing.
         *
         *     Scope: `devices:write`.
         */
        post: operations["deliverDeviceCredentials"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/frames/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Frames of a device as they come and go
         * @description Server-sent events: `event: frame` with a Frame as `data`. A comment every 15 s keeps the connection. A reader that is too slow misses frames, and a comment says how many.
         *
         *     Scope: `trace:read`.
         */
        get: operations["streamFrames"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/frames": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Frames of a device in the last hours
         * @description As far back as the memory for frames of all devices reaches; a server that starts anew has forgotten them.
         *
         *     Scope: `trace:read`.
         */
        get: operations["searchFrames"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/frames/capture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Frames of a device as a file
         * @description JSON lines, oldest first: a header with `format` chargebus-capture, then one frame a line. `npm run simulate -- replay` sends what the device sent to a test installation. See docs/workbench.md.
         *
         *     Scope: `trace:read`.
         */
        get: operations["captureFrames"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/{phyId}/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a device seem to say something
         * @description For those who build on the platform. It goes the way of what devices say: port states, sessions and webhooks follow, and each of these events is marked `simulated`. Refused in profile production.
         *
         *     Scope: `simulate`.
         */
        post: operations["simulateEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/protocol/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Frames and errors by protocol, model and firmware
         * @description Of the last day unless told; the hour in which it begins counts as a whole. Counted by the hour, a few seconds late, and kept for 31 days.
         *
         *     Scope: `trace:read`.
         */
        get: operations["protocolStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List commands
         * @description Of the devices that fit. status=dead lists the dead letters: commands that no retry could deliver.
         *
         *     Scope: `commands:read`.
         */
        get: operations["listCommands"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/commands/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One command with its attempts
         * @description Scope: `commands:read`.
         */
        get: operations["getCommand"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/commands/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back a command that was not sent yet
         * @description Scope: `commands:write`.
         */
        post: operations["cancelCommand"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/commands/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a dead command back to work
         * @description Scope: `commands:write`.
         */
        post: operations["replayCommand"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/batch/control": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start, stop, restart or maintain many devices
         * @description A batch is a job: it is accepted at once, survives a restart, and nothing of it is ordered twice. 200: it is over and results has what each device did. 202: it goes on, GET /api/third/jobs/{jobId} and the events job.progress and job.finished follow it. A device that is not connected fails at once with DEVICE_IS_OFFLINE; one that does not answer in time fails with ITEM_TIMEOUT and the order is taken back if it has not left. A stop stays ordered in either case.
         *
         *     Scope: `batch:control`.
         */
        post: operations["batchControl"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/devices/batch/params": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set parameters of many devices
         * @description A job over all devices that the filters find; a device gets the parameters as in the call for one device, with read-back and a version of its own. dry_run sets nothing and says of each device what would be set (result.would_set) and what it cannot have (result.refused). 200: it is over. 202: it goes on, as with batch control.
         *
         *     Scope: `params:write`.
         */
        post: operations["batchParams"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List jobs
         * @description What is done to many devices, newest first. A caller whose key reaches a part of the devices only sees the jobs that it made itself.
         *
         *     Scope: `jobs:read`.
         */
        get: operations["listJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/jobs/{jobId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One job with its progress
         * @description Scope: `jobs:read`.
         */
        get: operations["getJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/jobs/{jobId}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Results of a job, one per device
         * @description Scope: `jobs:read`.
         */
        get: operations["listJobItems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/jobs/{jobId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a job
         * @description Items that were not begun are left out. Orders that have not left are taken back; those that have are awaited, and the job is cancelled when they are over. Cancelling twice is cancelling once.
         *
         *     Scope: `batch:control`.
         */
        post: operations["cancelJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/jobs/{jobId}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Do again what failed
         * @description Makes a new job of the items that failed or were left out, with the same options.
         *
         *     Scope: `batch:control`.
         */
        post: operations["retryJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/tokens/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One token of the register
         * @description Scope: `tokens:read`.
         */
        get: operations["getToken"];
        /**
         * Say whether a card or other id token may charge
         * @description Replaces what was said before. A token that is in the register is decided by it alone, whatever protocol the device speaks; for one that is not, the token callbacks of the tenant are asked.
         *
         *     Scope: `tokens:manage`.
         */
        put: operations["putToken"];
        post?: never;
        /**
         * Take a token out of the register
         * @description Answers with what it was.
         *
         *     Scope: `tokens:manage`.
         */
        delete: operations["deleteToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the register of tokens
         * @description Scope: `tokens:read`.
         */
        get: operations["listTokens"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/token-callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where this client is asked about tokens
         * @description Scope: `tokens:read`.
         */
        get: operations["getTokenCallback"];
        /**
         * Be asked about tokens that are in no register
         * @description Of the calling client. While somebody waits at a device, `{"type":"token.authorise","asked_at","token","card_number","token_type","device_phy_id","port_no"}` is posted to the address, signed like a webhook; the answer is 200 with `{"status":"accepted|blocked|expired|no_credit|unknown","expiry","group","balance"}`, all but `status` optional. Without an answer in time `fallback` counts. Where several clients of a tenant are asked, one that accepts is enough. The secret is shown when the callback is new.
         *
         *     Scope: `tokens:manage`.
         */
        put: operations["putTokenCallback"];
        post?: never;
        /**
         * Do not ask this client about tokens any more
         * @description Scope: `tokens:manage`.
         */
        delete: operations["deleteTokenCallback"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/events/catalogue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every event, with schemas and examples
         * @description What webhooks and the live stream carry, in both payload versions. The same as an AsyncAPI 3.0 document: /api/docs/asyncapi.json.
         *
         *     Scope: `events:read`.
         */
        get: operations["eventCatalogue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events as they happen
         * @description Server-sent events. `id` is the position in the stream, `event` the name, `data` the body as a webhook would carry it. Send the last `id` as `Last-Event-ID` to go on where a connection broke: events are kept for seven days, and `stream.gap` says when some are missing. A comment comes every 15 seconds when nothing happens. `stream.overflow` ends the stream of a reader that stopped reading, `stream.closing` one that has to connect anew; both name the position to resume after. What a device filter means is noticed at most 30 seconds late.
         *
         *     Scope: `events:read`.
         */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/webhooks/endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List endpoints
         * @description Scope: `webhooks:read`.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Add an endpoint
         * @description The secret that signs its deliveries is in this answer only.
         *
         *     Scope: `webhooks:manage`.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/webhooks/endpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One endpoint
         * @description Scope: `webhooks:read`.
         */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /**
         * Remove an endpoint
         * @description Scope: `webhooks:manage`.
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /**
         * Change an endpoint
         * @description Only what is given changes. status enabled brings back an endpoint that was disabled.
         *
         *     Scope: `webhooks:manage`.
         */
        patch: operations["updateWebhook"];
        trace?: never;
    };
    "/api/third/webhooks/endpoints/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new secret
         * @description The old one signs beside it for 24 hours.
         *
         *     Scope: `webhooks:manage`.
         */
        post: operations["rotateWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/webhooks/endpoints/{id}/ping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test event now
         * @description Scope: `webhooks:manage`.
         */
        post: operations["pingWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/webhooks/endpoints/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Delivery log with attempts
         * @description Scope: `webhooks:read`.
         */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/webhooks/endpoints/{id}/deliveries/{deliveryId}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deliver one event again
         * @description With the same event id, whatever its state.
         *
         *     Scope: `webhooks:manage`.
         */
        post: operations["resendDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/webhooks/endpoints/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deliver again everything since a time
         * @description Scope: `webhooks:manage`.
         */
        post: operations["resendSince"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/webhooks/endpoints/{id}/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How well deliveries arrive
         * @description Of the newest 100,000 deliveries recorded within the window. success_rate is successful_webhooks / total_webhooks, of what is over.
         *
         *     Scope: `webhooks:read`.
         */
        get: operations["webhookStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/webhooks/endpoints/{id}/resends": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deliver again what fits a filter, in the background
         * @description With the same event ids, the oldest first; any number. Ask for the resend to see how far it is.
         *
         *     Scope: `webhooks:manage`.
         */
        post: operations["startResend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/webhooks/endpoints/{id}/resends/{resendId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far a resend is
         * @description Scope: `webhooks:read`.
         */
        get: operations["getResend"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the API keys of one’s own tenant
         * @description Scope: `keys:manage`.
         */
        get: operations["listKeys"];
        put?: never;
        /**
         * Make an API key of one’s own tenant
         * @description The secret is in this answer only. Nobody grants more than they have: scopes, data scope and lifetime are bounded by those of the caller.
         *
         *     Scope: `keys:manage`.
         */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One API key
         * @description Scope: `keys:manage`.
         */
        get: operations["getKey"];
        put?: never;
        post?: never;
        /**
         * Revoke an API key for ever
         * @description It stays in the list, for the audit log names it; revoking twice is revoking once. Webhook endpoints that it made are disabled (`maker_gone`): rotate a key whose endpoints are to go on.
         *
         *     Scope: `keys:manage`.
         */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        /**
         * Change or disable an API key
         * @description Nobody grants more than they have: scopes, data scope and lifetime are bounded by those of the caller.
         *
         *     Scope: `keys:manage`.
         */
        patch: operations["updateKey"];
        trace?: never;
    };
    "/api/third/keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give an API key’s client a new key and secret
         * @description Scope: `keys:manage`.
         */
        post: operations["rotateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Dangerous orders that wait for a second person, and what became of others
         * @description Scope: `approvals:decide`.
         */
        get: operations["listApprovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/approvals/{approvalId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One approval
         * @description Scope: `commands:read`.
         */
        get: operations["getApproval"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/approvals/{approvalId}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Agree to a dangerous order
         * @description The order is given at once, and once, whatever is repeated.
         *
         *     Scope: `approvals:decide`.
         */
        post: operations["approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/approvals/{approvalId}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refuse a dangerous order
         * @description Scope: `approvals:decide`.
         */
        post: operations["reject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who did what
         * @description Every call that changed or ordered something, or tried to, newest first.
         *
         *     Scope: `audit:read`.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The whole audit log
         * @description JSON lines, oldest first, with the contents as they were hashed, so that the chain can be checked without us: docs/security.md.
         *
         *     Scope: `audit:read`.
         */
        get: operations["exportAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/third/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the audit log is what was written
         * @description Computes every hash anew and names the first entry that is not as it was.
         *
         *     Scope: `audit:read`.
         */
        get: operations["verifyAudit"];
        put?: never;
        post?: never;
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
        ChargeStart: {
            /** @description Charging session. */
            session_id: string;
            internal_order_id: number;
            third_party_order_no: string | null;
            order_no: string | null;
            /** Format: date-time */
            estimated_start_time: string;
            /**
             * @description queued: waits for its turn or for the device. sent: on the wire. acked, rejected: the device answered. The rest is final.
             * @enum {string}
             */
            command_status: "queued" | "sent" | "acked" | "rejected" | "no_reply" | "expired" | "cancelled" | "withdrawn" | "dead";
            /**
             * Format: uuid
             * @description GET /api/third/commands/{id} follows it.
             */
            command_id: string;
            /** @description Why the device or the queue refused; null while it did not. */
            reason: string | null;
            /** @description s; how long a device may take to answer. */
            device_response_timeout: number;
            /** @description true: this order had been accepted before. */
            replayed: boolean;
        };
        StartCharge: {
            /** @description Port, counted from 1; null: the device chooses. */
            port_no: number | null;
            /**
             * @description Primary limit: 1 time, 2 energy, 3 power, 4 until full. Every other limit given is a cap.
             * @enum {number}
             */
            mode: 1 | 2 | 3 | 4;
            /** @description minutes; required for mode 1. */
            time_limit?: number | null;
            /** @description kWh; required for mode 2. */
            energy_limit?: number | null;
            /** @description W; required for mode 3. */
            power_limit?: number | null;
            third_party_order_no?: string | null;
            /** @description Another name of third_party_order_no. */
            order_no?: string | null;
            /** @description User of the integrator, echoed in events. */
            third_party_user_id?: string | null;
            /**
             * @description s; minimum spacing of charging.progress.
             * @default 30
             */
            notify_interval?: number;
            auto_stop_conditions?: components["schemas"]["AutoStopConditions"] | null;
        };
        AutoStopConditions: {
            /** @description W; stops when power stays below it. */
            low_power_threshold?: number | null;
            /** @description °C; stops above it. */
            max_temperature?: number | null;
            /** @description V, [low, high]; stops outside it. */
            voltage_range?: [
                number,
                number
            ] | null;
        };
        ChargeStop: {
            /** @description Charging session. */
            session_id: string;
            internal_order_id: number;
            third_party_order_no: string | null;
            order_no: string | null;
            /**
             * @description queued: waits for its turn or for the device. sent: on the wire. acked, rejected: the device answered. The rest is final.
             * @enum {string}
             */
            command_status: "queued" | "sent" | "acked" | "rejected" | "no_reply" | "expired" | "cancelled" | "withdrawn" | "dead";
            /** @description null: the start had not left yet and was withdrawn. */
            command_id: string | null;
            reason: string | null;
            device_response_timeout: number;
        };
        StopCharge: {
            /** @description Port; may be left out where an order number is given. */
            port_no?: number | null;
            /**
             * @default user_stop
             * @enum {string}
             */
            reason?: "user_stop" | "timeout" | "emergency" | "maintenance";
            third_party_order_no?: string | null;
            /** @description Another name of third_party_order_no. */
            order_no?: string | null;
            /**
             * @description Stop whatever runs on the port, whoever ordered it.
             * @default false
             */
            force_stop?: boolean;
        };
        ChargeStatus: {
            phy_id: string;
            /** @description Port of the device, counted from 1. */
            port_no: number;
            /** @description null: the port never charged. */
            session_id: string | null;
            internal_order_id: number | null;
            third_party_order_no: string | null;
            order_no: string | null;
            /** @enum {string} */
            status: "idle" | "charging" | "stopping" | "completed" | "fault";
            /** @description The state behind status: pending, starting, charging, stopping, settled, failed or interrupted; without a session the state of the port. */
            detail_status: string;
            /** @description Why it ended or failed. */
            reason: string | null;
            /** @description What the device reports of the port; null: nothing yet. */
            port_state: string | null;
            online: boolean;
            start_time: string | null;
            end_time: string | null;
            /** @description s */
            duration: number;
            /** @description kWh */
            energy_consumed: number;
            /** @description s; null: until full, or not known. */
            estimated_remaining: number | null;
            progress_percentage: number | null;
            /** @description Only with include_realtime=true; null: no sample yet. */
            realtime_data?: components["schemas"]["RealtimeData"] | null;
        };
        RealtimeData: {
            /** @description V */
            voltage: number | null;
            /** @description A */
            current: number | null;
            /** @description W */
            power: number | null;
            /** @description °C */
            temperature: number | null;
            /** @description Hz */
            frequency: number | null;
            /** Format: date-time */
            sampled_at: string;
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
        /** @description Where this page stands in the list. */
        Pagination: {
            page: number | null;
            size: number;
            total: number;
            limit: number;
            offset: number | null;
            next_cursor: string | null;
        };
        DeviceDetail: {
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
            ports: components["schemas"]["Port"][];
            /** @description Codes of the groups it is in, named or found. */
            groups: string[];
            health: components["schemas"]["DeviceHealth"];
            /** @description One entry per kind of order; null: not known, for a device that was never seen. */
            capabilities: {
                [key: string]: components["schemas"]["Capability"];
            } | null;
        };
        Port: {
            /** @description Port of the device, counted from 1. */
            port_no: number;
            /** @enum {string} */
            status: "idle" | "plugged" | "charging" | "suspended" | "finished" | "reserved" | "unavailable" | "fault" | "unknown";
            /** @description Fault that the device reports; null: none. */
            fault: string | null;
            /** @description It or its device is in maintenance: nothing can be started on it. */
            maintenance: boolean;
            /** @description null: never reported. */
            changed_at: string | null;
            /** @description Open session. */
            session_id: string | null;
            /** @description W */
            power: number | null;
        };
        DeviceHealth: {
            /**
             * @description healthy from 85, warning from 50.
             * @enum {string}
             */
            level: "healthy" | "warning" | "critical";
            /** @description 0 to 100; a critical fault keeps it below 50. */
            score: number;
            /** @description 0 to 1, weight 0.4: connected. */
            presence: number;
            /** @description 0 to 1, weight 0.4: by the worst open fault. */
            faults: number;
            /** @description 0 to 1, weight 0.2: share of the last 20 orders that it answered. */
            answers: number;
        };
        Capability: {
            /** @enum {string} */
            support: "native" | "emulated" | "none";
            /** @description What limits it, what does it instead, or why it cannot be done. */
            why: string | null;
        };
        NewOwnDevice: {
            /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
            phy_id: string;
            protocol?: string | null;
            name?: string | null;
            /**
             * @description AC unless told.
             * @enum {string}
             */
            type?: "AC" | "DC";
            /** @description Made with the device where nobody declared it. A station says its own. */
            region?: string | null;
            station?: string | null;
            /** @description Until the device tells its own. */
            model?: string | null;
            tags?: string[];
            /** @description Merged; null takes one away. */
            attributes?: {
                [key: string]: unknown;
            };
            /** @description 0: until the device tells. */
            port_count?: number;
            /** @description s; null: by the protocol. */
            heartbeat_interval?: number | null;
            /** @description s; null: by the protocol. */
            offline_timeout?: number | null;
        };
        DeviceChange: {
            name?: string | null;
            /**
             * @description AC unless told.
             * @enum {string}
             */
            type?: "AC" | "DC";
            /** @description Made with the device where nobody declared it. A station says its own. */
            region?: string | null;
            station?: string | null;
            /** @description Until the device tells its own. */
            model?: string | null;
            tags?: string[];
            /** @description Merged; null takes one away. */
            attributes?: {
                [key: string]: unknown;
            };
            /** @description 0: until the device tells. */
            port_count?: number;
            /** @description s; null: by the protocol. */
            heartbeat_interval?: number | null;
            /** @description s; null: by the protocol. */
            offline_timeout?: number | null;
            maintenance?: boolean;
        };
        RemovedDevice: {
            phy_id: string;
        };
        DevicePorts: {
            phy_id: string;
            online: boolean;
            ports: components["schemas"]["Port"][];
        };
        DeviceRealtime: {
            phy_id: string;
            online: boolean;
            last_seen: string | null;
            /** @description V */
            voltage: number | null;
            /** @description °C */
            temperature: number | null;
            signal: number | null;
            ports: components["schemas"]["RealtimePort"][];
        };
        RealtimePort: {
            /** @description Port of the device, counted from 1. */
            port_no: number;
            /** @enum {string} */
            status: "idle" | "plugged" | "charging" | "suspended" | "finished" | "reserved" | "unavailable" | "fault" | "unknown";
            /** @description Fault that the device reports; null: none. */
            fault: string | null;
            /** @description It or its device is in maintenance: nothing can be started on it. */
            maintenance: boolean;
            /** @description null: never reported. */
            changed_at: string | null;
            /** @description Open session. */
            session_id: string | null;
            /** @description W */
            power: number | null;
            /** @description s; of the running charge */
            duration: number | null;
            /** @description kWh; of the running charge */
            energy_consumed: number | null;
            /** @description null: no sample. */
            realtime_data: components["schemas"]["RealtimeData"] | null;
        };
        DeviceHistory: {
            phy_id: string;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            raw: boolean;
            /** @description s; length of a bucket. null: raw. */
            step: number | null;
            /**
             * @description hours: from hours that were rolled up.
             * @enum {string}
             */
            source: "samples" | "hours";
            units: {
                [key: string]: string;
            };
            /** @description Points, or samples when raw. */
            items: (components["schemas"]["HistorySample"] | components["schemas"]["HistoryPoint"])[];
            /** @description null: there is no more; only when raw. */
            next_cursor: string | null;
        };
        HistorySample: {
            /** Format: date-time */
            sampled_at: string;
            /** @description Charging session. */
            session_id: string;
            port_no: number | null;
            /** @description s; of the charge. */
            duration: number;
            /** @description kWh; of the charge so far. */
            energy_consumed: number;
            power?: number | null;
            voltage?: number | null;
            current?: number | null;
            frequency?: number | null;
            temperature?: number | null;
            soc?: number | null;
        };
        HistoryPoint: {
            /**
             * Format: date-time
             * @description Beginning of the bucket.
             */
            at: string;
            port_no: number | null;
            samples: number;
            /** @description kWh delivered in the bucket. */
            energy: number;
            power?: components["schemas"]["Spread"];
            voltage?: components["schemas"]["Spread"];
            current?: components["schemas"]["Spread"];
            frequency?: components["schemas"]["Spread"];
            temperature?: components["schemas"]["Spread"];
            soc?: components["schemas"]["Spread"];
        };
        /** @description null: not measured. */
        Spread: {
            avg: number;
            min: number;
            max: number;
        } | null;
        Session: {
            /** @description Charging session. */
            session_id: string;
            internal_order_id: number;
            phy_id: string;
            /** @description null: the device has not chosen yet. */
            port_no: number | null;
            third_party_order_no: string | null;
            /** @description Another name of third_party_order_no. */
            order_no: string | null;
            third_party_user_id: string | null;
            /** @enum {string} */
            status: "idle" | "charging" | "stopping" | "completed" | "fault";
            /** @enum {string} */
            detail_status: "pending" | "starting" | "charging" | "stopping" | "settled" | "failed" | "interrupted";
            /** @description Why it ended or failed, or what it waits for. */
            reason: string | null;
            /** @description As in charging.completed; null: it has not ended. */
            end_reason: string | null;
            /** Format: date-time */
            created_at: string;
            start_time: string | null;
            end_time: string | null;
            /** @description s */
            duration: number;
            /** @description kWh */
            energy_consumed: number;
            start_command_id: string | null;
            stop_command_id: string | null;
        };
        Alarm: {
            id: string;
            device_phy_id: string | null;
            port_no: number | null;
            /** @description What is wrong, as in device.fault and system.alarm. */
            type: string;
            /**
             * @description Reported by the device, or found out about it.
             * @enum {string}
             */
            source: "device" | "system";
            /** @enum {string} */
            level: "info" | "warning" | "critical";
            /**
             * @description The same as level.
             * @enum {string}
             */
            severity: "info" | "warning" | "critical";
            message: string;
            /** @enum {string} */
            status: "active" | "resolved";
            details: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            created_at: string;
            /** @description null: it goes on. Alarms of the system are over when they are raised. */
            resolved_at: string | null;
        };
        Command: {
            /** Format: uuid */
            command_id: string;
            phy_id: string;
            session_id: string | null;
            /** @description charge.start, charge.stop … */
            action: string;
            parameters: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            command_status: "queued" | "sent" | "acked" | "rejected" | "no_reply" | "expired" | "cancelled" | "withdrawn" | "dead";
            reason: string | null;
            /** @description What the device reported. */
            result: {
                [key: string]: unknown;
            } | null;
            attempts: number;
            /** Format: date-time */
            created_at: string;
            sent_at: string | null;
            finished_at: string | null;
            /** Format: date-time */
            expires_at: string;
            /** @description One entry per attempt; not with cancel and replay. */
            log?: components["schemas"]["CommandAttempt"][];
        };
        CommandAttempt: {
            attempt_no: number;
            /** Format: date-time */
            started_at: string;
            /** @description null: never reached the wire. */
            sent_at: string | null;
            finished_at: string | null;
            outcome: string | null;
            reason: string | null;
        };
        Retention: {
            /** @description Samples as they were measured. */
            samples_days: number;
            /** @description Sessions with their hourly values; not less than samples_days. */
            sessions_days: number;
            /** @description Alarms and faults that are over. */
            logs_days: number;
            /** @description Orders that are finished, with their attempts. */
            commands_days: number;
            /** @description Calls of the API. */
            requests_days: number;
            /** @description Log of webhook deliveries that are over; they are in no archive. */
            deliveries_days: number;
            /** @description Log files of devices; they are in no archive. */
            device_logs_days: number;
            /** @description Archives, from the end of what is in them; then it is gone for good. */
            archives_days: number;
            /** @description false: all as the installation keeps it. */
            own: boolean;
        };
        PutRetention: {
            /** @description Samples as they were measured. */
            samples_days?: number;
            /** @description Sessions with their hourly values; not less than samples_days. */
            sessions_days?: number;
            /** @description Alarms and faults that are over. */
            logs_days?: number;
            /** @description Orders that are finished, with their attempts. */
            commands_days?: number;
            /** @description Calls of the API. */
            requests_days?: number;
            /** @description Log of webhook deliveries that are over; they are in no archive. */
            deliveries_days?: number;
            /** @description Log files of devices; they are in no archive. */
            device_logs_days?: number;
            /** @description Archives, from the end of what is in them; then it is gone for good. */
            archives_days?: number;
        };
        Archive: {
            id: string;
            /** @enum {string} */
            kind: "samples" | "sessions" | "faults" | "alarms" | "commands" | "requests";
            /** Format: date-time */
            from: string;
            /**
             * Format: date-time
             * @description Excluded.
             */
            to: string;
            /** @description More than 1: rows that came when their time was archived already. */
            part: number;
            rows: number;
            /** @description Bytes of the file, JSON lines in gzip. */
            size: number;
            /** @description Of the file. */
            sha256: string;
            /** Format: date-time */
            created_at: string;
            /** @description Opens without credentials for an hour. */
            download_url: string;
        };
        ExportJob: {
            id: string;
            /** @enum {string} */
            kind: "devices" | "sessions" | "samples" | "commands" | "alarms";
            /** @enum {string} */
            format: "csv" | "jsonl" | "xlsx";
            filters: {
                [key: string]: string;
            };
            /** @enum {string} */
            status: "queued" | "running" | "done" | "failed" | "cancelled";
            /** @description Written so far; 0 again when it is begun anew. */
            rows: number;
            /** @description Counted when it began, samples of rolled up hours only; more may come. null: not begun, or not known. */
            total_rows: number | null;
            /** @description Percent; 100 only when it is done. null: as total_rows. */
            progress: number | null;
            /** @description Bytes; null: not done. */
            size: number | null;
            sha256: string | null;
            error: string | null;
            /** Format: date-time */
            created_at: string;
            started_at: string | null;
            finished_at: string | null;
            /** @description After this the file is gone. */
            expires_at: string | null;
            /** @description Opens without credentials for an hour; asking again gives a new one. */
            download_url: string | null;
        };
        CreateExport: {
            /** @enum {string} */
            kind: "devices" | "sessions" | "samples" | "commands" | "alarms";
            /**
             * @default csv
             * @enum {string}
             */
            format?: "csv" | "jsonl" | "xlsx";
            /**
             * @description CSV with a byte order mark, for spreadsheets that would garble other than Latin text.
             * @default false
             */
            bom?: boolean;
            /** @default {} */
            filters?: {
                [key: string]: string | number | boolean;
            };
        };
        DeviceImportReport: {
            rows: number;
            /** @description false: nothing was written. */
            applied: boolean;
            /** @description Or would be. */
            created: number;
            updated: number;
            unchanged: number;
            bad_rows: number;
            /** @description The first 1,000. Lines of a file count from 1, the header of CSV being the first; devices of a list, too. */
            problems: {
                line: number;
                field: string;
                reason: string;
            }[];
        };
        DeviceImport: {
            csv?: string;
            ndjson?: string;
            devices?: {
                [key: string]: unknown;
            }[];
            /** @default false */
            dry_run?: boolean;
            /**
             * @description create: what is there already is a bad row.
             * @default upsert
             * @enum {string}
             */
            mode?: "upsert" | "create";
            /**
             * @default abort
             * @enum {string}
             */
            on_error?: "abort" | "continue";
        };
        BatchStatus: {
            total: number;
            found: number;
            not_found: string[];
            devices: components["schemas"]["DeviceStatus"][];
            /** Format: date-time */
            timestamp: string;
        };
        DeviceStatus: {
            /** @description As it was asked for. */
            phy_id: string;
            found: boolean;
            /** @description DEVICE_NOT_FOUND, and then there is nothing else. */
            error: string | null;
            online?: boolean;
            /**
             * @description The first of these that is true of it.
             * @enum {string}
             */
            status?: "offline" | "maintenance" | "fault" | "charging" | "idle";
            maintenance?: boolean;
            open_faults?: number;
            port_count?: number;
            last_seen?: string | null;
            /** @description With include_ports. */
            ports?: components["schemas"]["Port"][];
            /** @description With include_realtime. */
            realtime?: {
                /** @description V */
                voltage: number | null;
                /** @description °C */
                temperature: number | null;
                signal: number | null;
                ports: {
                    port_no: number;
                    /** @description s; of the running charge */
                    duration: number | null;
                    /** @description kWh; of the running charge */
                    energy_consumed: number | null;
                    /** @description null: no sample. */
                    realtime_data: components["schemas"]["RealtimeData"] | null;
                }[];
            };
            /** @description With include_session: open ones. */
            sessions?: components["schemas"]["ChargeStatus"][];
        };
        BatchStatusRequest: {
            device_phy_ids: string[];
            /** @default false */
            include_ports?: boolean;
            /** @default false */
            include_realtime?: boolean;
            /** @default false */
            include_session?: boolean;
        };
        FleetSummary: {
            total_devices: number;
            online_devices: number;
            offline_devices: number;
            by_online: {
                online: number;
                offline: number;
            };
            by_type: {
                [key: string]: {
                    total: number;
                    online: number;
                    offline: number;
                };
            };
            by_region: {
                /** @description null: in none. */
                region: string | null;
                total: number;
                online: number;
                offline: number;
            }[];
            /** @description The first of these that is true of a device. */
            by_state: {
                [key: string]: number;
            };
            health: {
                healthy: number;
                warning: number;
                critical: number;
            };
            ports: {
                total: number;
                by_state: {
                    [key: string]: number;
                };
            };
            active_sessions: number;
            /** @description Of the device heard last. */
            last_seen: string | null;
            /** Format: date-time */
            timestamp: string;
        };
        Organization: {
            operator: {
                tenant_id: string;
                name: string;
            };
            counts: {
                regions: number;
                stations: number;
                devices: number;
                online_devices: number;
                ports: number;
            };
            regions: components["schemas"]["OrganizationRegion"][];
            stations: components["schemas"]["OrganizationStation"][];
            /** @description Those that are at no station. */
            devices: components["schemas"]["OrganizationDevice"][];
        };
        OrganizationRegion: {
            code: string;
            name: string;
            /** @description With everything below. */
            counts: {
                stations: number;
                devices: number;
                online_devices: number;
                ports: number;
            };
            regions: components["schemas"]["OrganizationRegion"][];
            stations: components["schemas"]["OrganizationStation"][];
            /** @description Those that are at no station. */
            devices: components["schemas"]["OrganizationDevice"][];
        };
        OrganizationStation: {
            code: string;
            name: string;
            /** @enum {string} */
            state: "planned" | "open" | "maintenance" | "closed";
            counts: {
                devices: number;
                online_devices: number;
                ports: number;
            };
            /** @description With depth=device or port. */
            devices: components["schemas"]["OrganizationDevice"][];
        };
        OrganizationDevice: {
            phy_id: string;
            name: string | null;
            /** @enum {string} */
            type: "AC" | "DC";
            online: boolean;
            /** @description With depth=port. */
            ports: {
                port_no: number;
                /** @enum {string} */
                status: "idle" | "plugged" | "charging" | "suspended" | "finished" | "reserved" | "unavailable" | "fault" | "unknown";
            }[];
        };
        Region: {
            code: string;
            name: string;
            /** @description null: right below the operator. */
            parent: string | null;
            /** @description Codes from the top down to itself. */
            path: string[];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        NewRegion: {
            /** @description Chosen by its owner; unique per tenant, never changed. */
            code: string;
            name?: string;
            parent?: string | null;
        };
        RegionChange: {
            name?: string;
            parent?: string | null;
        };
        RemovedCode: {
            code: string;
        };
        Station: {
            code: string;
            name: string;
            region: string | null;
            /** @enum {string} */
            state: "planned" | "open" | "maintenance" | "closed";
            address: string | null;
            /** @description Degrees, WGS 84. */
            longitude: number | null;
            /** @description Degrees, WGS 84. */
            latitude: number | null;
            contact: {
                name: string | null;
                phone: string | null;
                email: string | null;
            } | null;
            opening_hours: string | null;
            attributes: {
                [key: string]: unknown;
            };
            device_count: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        NewStation: {
            /** @description Chosen by its owner; unique per tenant, never changed. */
            code: string;
            name?: string;
            /** @description Its devices are in it too. */
            region?: string | null;
            /**
             * @description planned unless told.
             * @enum {string}
             */
            state?: "planned" | "open" | "maintenance" | "closed";
            address?: string | null;
            longitude?: number | null;
            latitude?: number | null;
            contact?: {
                name?: string | null;
                phone?: string | null;
                email?: string | null;
            } | null;
            opening_hours?: string | null;
            /** @description Merged; null takes one away. */
            attributes?: {
                [key: string]: unknown;
            };
        };
        StationChange: {
            name?: string;
            /** @description Its devices are in it too. */
            region?: string | null;
            /**
             * @description planned unless told.
             * @enum {string}
             */
            state?: "planned" | "open" | "maintenance" | "closed";
            address?: string | null;
            longitude?: number | null;
            latitude?: number | null;
            contact?: {
                name?: string | null;
                phone?: string | null;
                email?: string | null;
            } | null;
            opening_hours?: string | null;
            /** @description Merged; null takes one away. */
            attributes?: {
                [key: string]: unknown;
            };
        };
        DeviceGroup: {
            code: string;
            name: string;
            description: string | null;
            /** @description Finds further members; null: only those that are named. */
            filter: components["schemas"]["DeviceGroupFilter"] | null;
            named_members: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        DeviceGroupFilter: {
            online: boolean | null;
            type: ("AC" | "DC")[] | null;
            region: string[] | null;
            station: string[] | null;
            tag: string[] | null;
            model: string[] | null;
            protocol: string[] | null;
            maintenance: boolean | null;
            q: string | null;
        };
        NewDeviceGroup: {
            /** @description Chosen by its owner; unique per tenant, never changed. */
            code: string;
            name?: string;
            description?: string | null;
            filter?: components["schemas"]["NewDeviceGroupFilter"] | null;
        };
        NewDeviceGroupFilter: {
            online?: boolean | null;
            type?: ("AC" | "DC")[] | null;
            region?: string[] | null;
            station?: string[] | null;
            tag?: string[] | null;
            model?: string[] | null;
            protocol?: string[] | null;
            maintenance?: boolean | null;
            q?: string | null;
        };
        DeviceGroupChange: {
            name?: string;
            description?: string | null;
            filter?: components["schemas"]["NewDeviceGroupFilter"] | null;
        };
        GroupMembersChanged: {
            code: string;
            name: string;
            description: string | null;
            /** @description Finds further members; null: only those that are named. */
            filter: components["schemas"]["DeviceGroupFilter"] | null;
            named_members: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            added: number;
            removed: number;
            /** @description Of those to be added: no such device. */
            unknown: string[];
        };
        GroupMembersChange: {
            /** @default [] */
            add?: string[];
            /** @default [] */
            remove?: string[];
        };
        SocketNetwork: {
            phy_id: string;
            /** @description Radio channel; null: not known. */
            channel: number | null;
            sockets: components["schemas"]["Socket"][];
            /** @description Command whose list the gateway has not taken yet. */
            planned_by: string | null;
        };
        Socket: {
            socket_no: number;
            /** @description null: it told of itself and is in no list. */
            mac: string | null;
            uid: string | null;
            /**
             * @description pending: taken by the gateway, not heard of since. unlisted: heard of, and in no list.
             * @enum {string}
             */
            state: "pending" | "online" | "offline" | "unlisted";
            /** @description Ports that it told of. */
            port_nos: number[];
        };
        SocketNetworkOrdered: {
            phy_id: string;
            /** @description Radio channel; null: not known. */
            channel: number | null;
            sockets: components["schemas"]["Socket"][];
            /** @description Command whose list the gateway has not taken yet. */
            planned_by: string | null;
            command: components["schemas"]["Command"];
        };
        SocketList: {
            /** @description Radio channel; as it is when it is left out, 1 at first. */
            channel?: number | null;
            sockets: {
                /** @description Number that the platform gives the socket; unique per gateway. */
                socket_no: number;
                mac?: string | null;
                uid?: string | null;
            }[];
        };
        Upgrade: {
            upgrade_id: string;
            phy_id: string;
            firmware_id: string;
            rollout_id: string | null;
            /** @description The upgrade that this one undoes. */
            rolls_back: string | null;
            version: string;
            /** @enum {string} */
            target: "device" | "power_board" | "slaves" | "host";
            /** @description null: the device never told. */
            previous_version: string | null;
            /** @description What a rollback installs; null: no such image is stored. */
            previous_firmware_id: string | null;
            /** @description What the device told afterwards. */
            reported_version: string | null;
            /** @enum {string} */
            upgrade_mode: "immediate" | "scheduled";
            scheduled_time: string | null;
            rollback_enabled: boolean;
            notify_progress: boolean;
            /** @enum {string} */
            status: "scheduled" | "waiting" | "downloading" | "transferring" | "verifying" | "installing" | "rebooting" | "completed" | "failed" | "cancelled" | "rolled_back";
            /** @description % of the status; null: the protocol does not tell. */
            progress: number | null;
            packets_sent: number | null;
            packets_total: number | null;
            reason: string | null;
            message: string | null;
            attempts: number;
            /** @description Of the last attempt. */
            command_id: string | null;
            /** Format: date-time */
            created_at: string;
            /** @description First order given to the device. */
            started_at: string | null;
            finished_at: string | null;
        };
        UpgradeDevice: {
            /** Format: uri */
            firmware_url?: string;
            /** @description Firmware image. */
            firmware_id?: string;
            /** @description As the device tells it; a leading v does not count. */
            version?: string;
            /** @description `sha256:` and the digest of the image in hex. */
            checksum?: string;
            /**
             * @default immediate
             * @enum {string}
             */
            upgrade_mode?: "immediate" | "scheduled";
            /** @description Needed with scheduled, does not matter with immediate. */
            scheduled_time?: string | null;
            /** @default false */
            rollback_enabled?: boolean;
            /** @default false */
            notify_progress?: boolean;
        };
        Firmware: {
            firmware_id: string;
            version: string;
            checksum: string;
            /** @description null: not stored yet. */
            size_bytes: number | null;
            /**
             * @description fetching: it is still being brought from its address.
             * @enum {string}
             */
            status: "fetching" | "stored" | "failed";
            /** @description Why it could not be fetched. */
            failure: string | null;
            /** @description null: uploaded. */
            source_url: string | null;
            file_name: string | null;
            /** @enum {string} */
            target: "device" | "power_board" | "slaves" | "host";
            /** @description AP3000 type code; null: as the device says. */
            device_type: number | null;
            /** @description Empty: every one. */
            models: string[];
            /** @description Empty: every one. */
            hardware_versions: string[];
            /** @description Empty: every one. */
            protocols: string[];
            release_notes: string | null;
            signed: boolean;
            /** Format: date-time */
            created_at: string;
        };
        FetchFirmware: {
            /** Format: uri */
            firmware_url: string;
            /** @description As the device tells it; a leading v does not count. */
            version: string;
            /** @description `sha256:` and the digest of the image in hex. */
            checksum: string;
            file_name?: string;
            /**
             * @description What of the device it is for.
             * @default device
             * @enum {string}
             */
            target?: "device" | "power_board" | "slaves" | "host";
            device_type?: number;
            /** @default [] */
            models?: string[];
            /** @default [] */
            hardware_versions?: string[];
            /** @default [] */
            protocols?: string[];
            release_notes?: string;
            /** @description By its maker, for OCPP stations that check it. */
            signing?: {
                certificate_pem: string;
                signature_base64: string;
            };
        };
        Rollout: {
            /** @description GET /api/third/jobs/{jobId}/items tells of every device. */
            rollout_id: string;
            /** @description null: every device gets back what it had. */
            firmware_id: string | null;
            /** @description The rollout that this one undoes. */
            rolls_back: string | null;
            /**
             * @description halted: too many have failed, it goes on with resume or ends with abort. ending: no further device begins. completed, failed and aborted are final.
             * @enum {string}
             */
            status: "scheduled" | "running" | "halted" | "ending" | "completed" | "failed" | "aborted";
            reason: string | null;
            /** @description % of the devices that have it after each wave. */
            waves: number[];
            /** @description The one that runs, counted from 1. */
            wave: number;
            /** @description s; between waves. */
            wait_seconds: number;
            /** @description %; above it the rollout halts. */
            max_failure_rate: number;
            /** @description s; how long a device may be away or charge before it is left out. */
            device_wait_seconds: number;
            max_concurrent: number;
            rollback_enabled: boolean;
            notify_progress: boolean;
            scheduled_time: string | null;
            summary: components["schemas"]["JobSummary"];
            halted_at: string | null;
            /** Format: date-time */
            created_at: string;
            started_at: string | null;
            finished_at: string | null;
        };
        /** @description How the items stand; they add up to total. */
        JobSummary: {
            total: number;
            /** @description Not begun. */
            pending: number;
            running: number;
            succeeded: number;
            failed: number;
            /** @description Left out, because the job was cancelled or ended by a failure. */
            skipped: number;
        };
        StartRollout: {
            device_ids?: string[];
            device_filters?: {
                online_only?: boolean;
                device_types?: ("AC" | "DC")[];
                regions?: string[];
                stations?: string[];
                groups?: string[];
                tags?: string[];
                models?: string[];
                protocols?: string[];
            };
            /**
             * @default [
             *       5,
             *       20,
             *       50,
             *       100
             *     ]
             */
            waves?: number[];
            /** @default 3600 */
            wait_seconds?: number;
            /** @default 10 */
            max_failure_rate?: number;
            /** @default 3600 */
            device_wait_seconds?: number;
            /** @default 50 */
            max_concurrent?: number;
            /**
             * @default immediate
             * @enum {string}
             */
            upgrade_mode?: "immediate" | "scheduled";
            scheduled_time?: string | null;
            /** @default false */
            rollback_enabled?: boolean;
            /** @default false */
            notify_progress?: boolean;
        };
        LogUpload: {
            upload_id: string;
            phy_id: string;
            /** @enum {string} */
            log_type: "diagnostics" | "security";
            /** @enum {string} */
            status: "requested" | "receiving" | "received" | "failed";
            reason: string | null;
            command_id: string;
            /** @description As the device called it. */
            file_name: string | null;
            size_bytes: number | null;
            checksum: string | null;
            /** @description null: nothing was received. Good for an hour; ask again for another. */
            download_url: string | null;
            download_expires_at: string | null;
            /** Format: date-time */
            created_at: string;
            finished_at: string | null;
            /**
             * Format: date-time
             * @description Until when the device may bring it.
             */
            expires_at: string;
        };
        /** @default {} */
        RequestLogUpload: {
            /**
             * @default diagnostics
             * @enum {string}
             */
            log_type?: "diagnostics" | "security";
            /** @description Of the log; without: all that there is. */
            start_time?: string | null;
            end_time?: string | null;
        };
        DeviceOrder: {
            /** @constant */
            kind: "charge.start";
            /** @default null */
            port_no?: number | null;
            order_ref: string;
            /** @default null */
            duration_limit_s?: number | null;
            /** @default null */
            energy_limit_wh?: number | null;
            /** @default null */
            power_limit_w?: number | null;
            /** @enum {string} */
            primary_limit: "duration" | "energy" | "power" | "full";
            stop_when_full: boolean;
            /** @default null */
            max_duration_s?: number | null;
            /** @default null */
            balance_fen?: number | null;
            tariff?: {
                /** @constant */
                kind: "power_tiers";
                amount_fen: number;
                tiers: {
                    power_w: number;
                    price_fen: number;
                    minutes: number;
                }[];
            } | {
                /** @constant */
                kind: "service_fee";
                amount_fen: number;
                /** @enum {string} */
                service_fee_by: "time" | "energy";
                tiers: {
                    until: string;
                    electricity_fen_per_kwh: number;
                    service_fen_per_unit: number;
                }[];
            };
            reason?: string;
        } | {
            /** @constant */
            kind: "charge.stop";
            /** @default null */
            port_no?: number | null;
            order_ref: string;
            keep_locked: boolean;
            transaction_ref?: string | null;
            reason?: string;
        } | {
            /** @constant */
            kind: "charge.modify";
            port_no: number;
            order_ref: string;
            /** @default null */
            duration_limit_s?: number | null;
            /** @default null */
            energy_limit_wh?: number | null;
            power_limit_w?: number | null;
            stop_when_full: boolean;
            reason?: string;
        } | {
            /** @constant */
            kind: "status.query";
            port_no?: number;
            reason?: string;
        } | {
            /** @constant */
            kind: "params.get";
            group: string;
            reason?: string;
        } | {
            /** @constant */
            kind: "params.set";
            group: string;
            values: {
                [key: string]: number | string | boolean;
            };
            reason?: string;
        } | {
            /** @constant */
            kind: "device.reboot";
            /** @enum {string} */
            scope: "device" | "host" | "modem";
            force?: boolean;
            reason?: string;
        } | {
            /** @constant */
            kind: "device.factory_reset";
            reason?: string;
        } | {
            /** @constant */
            kind: "device.locate";
            duration_s: number;
            reason?: string;
        } | {
            /** @constant */
            kind: "cabinet.open";
            port_no: number;
            reason?: string;
        } | {
            /** @constant */
            kind: "voice.play";
            segments_hex: string;
            interrupt: boolean;
            reason?: string;
        } | {
            /** @constant */
            kind: "voice.set";
            /** @default null */
            port_no?: number | null;
            buzzer: boolean;
            voice: boolean;
            periods: {
                start: string;
                end: string;
            }[];
            reason?: string;
        } | {
            /** @constant */
            kind: "network.refresh";
            channel: number;
            nodes: {
                socket_no: number;
                mac: string;
            }[];
            joining?: number[];
            reason?: string;
        } | {
            /** @constant */
            kind: "network.add";
            socket_no: number;
            mac: string;
            reason?: string;
        } | {
            /** @constant */
            kind: "network.remove";
            socket_no: number;
            remaining?: {
                channel: number;
                nodes: {
                    socket_no: number;
                    mac: string;
                }[];
            };
            reason?: string;
        } | {
            /** @constant */
            kind: "display.set_qr";
            text: string;
            persistent: boolean;
            show_first: boolean;
            reason?: string;
        } | {
            /** @constant */
            kind: "memory.read";
            address: number;
            length_bytes: number;
            reason?: string;
        } | {
            /** @constant */
            kind: "memory.write";
            address: number;
            data_hex: string;
            reason?: string;
        } | {
            /** @constant */
            kind: "host.set_server";
            host: string;
            port: number;
            module_type: number;
            secondary: boolean;
            reason?: string;
        } | {
            /** @constant */
            kind: "host.set_slaves";
            frequency_mhz: number;
            slaves: string[];
            reason?: string;
        } | {
            /** @constant */
            kind: "host.clear_slave_firmware";
            reason?: string;
        } | {
            /** @constant */
            kind: "firmware.update";
            /** @enum {string} */
            target: "device" | "power_board" | "slaves" | "host" | "self";
            /** @default null */
            image_base64?: string | null;
            /** @default null */
            version?: string | null;
            /** @default null */
            device_type?: number | null;
            source?: {
                /** Format: uri */
                location: string;
                user?: string;
                password?: string;
                /** Format: date-time */
                retrieve_at?: string;
                /** Format: date-time */
                install_at?: string;
                when_idle?: boolean;
                timeout_min?: number;
                retries?: number;
                retry_interval_s?: number;
                rated_power_kw?: number;
                signing?: {
                    certificate_pem: string;
                    signature_base64: string;
                };
            };
            reason?: string;
        } | {
            /** @constant */
            kind: "charge.start_parallel";
            guns: {
                port_no: number;
                order_ref: string;
            }[];
            /** @default null */
            balance_fen?: number | null;
            reason?: string;
        } | {
            /** @constant */
            kind: "time.sync";
            reason?: string;
        } | {
            /** @constant */
            kind: "billing.set";
            model_no: string;
            rates: {
                energy_yuan: number;
                service_yuan: number;
            }[];
            slots: number[];
            reason?: string;
        } | {
            /** @constant */
            kind: "balance.update";
            port_no: number;
            /** @default null */
            card_id?: string | null;
            balance_fen: number;
            reason?: string;
        } | {
            /** @constant */
            kind: "cards.write";
            cards: {
                card_id: string;
                card_number: string;
            }[];
            reason?: string;
        } | {
            /** @constant */
            kind: "cards.remove";
            card_ids: string[];
            reason?: string;
        } | {
            /** @constant */
            kind: "cards.query";
            card_ids: string[];
            reason?: string;
        } | {
            /** @constant */
            kind: "certificate.install";
            chain_pem: string;
            /** @enum {string} */
            use: "station" | "v2g";
            reason?: string;
        } | {
            /** @constant */
            kind: "lock.move";
            port_no: number;
            raise: boolean;
            reason?: string;
        } | {
            /** @constant */
            kind: "diagnose";
            /** @enum {string} */
            log: "diagnostics" | "security";
            /** Format: uri */
            upload_to: string;
            /** @default null */
            from?: string | null;
            /** @default null */
            until?: string | null;
            /** @default null */
            retries?: number | null;
            /** @default null */
            retry_interval_s?: number | null;
            reason?: string;
        } | {
            /** @constant */
            kind: "reserve";
            /** @default null */
            port_no?: number | null;
            reservation_id: number;
            card_id: string;
            /** @default null */
            group_id?: string | null;
            /** Format: date-time */
            expires_at: string;
            reason?: string;
        } | {
            /** @constant */
            kind: "reserve.cancel";
            reservation_id: number;
            reason?: string;
        } | {
            /** @constant */
            kind: "port.unlock";
            port_no: number;
            reason?: string;
        } | {
            /** @constant */
            kind: "port.availability";
            /** @default null */
            port_no?: number | null;
            available: boolean;
            reason?: string;
        } | {
            /** @constant */
            kind: "charging_profile.set";
            /** @default null */
            port_no?: number | null;
            profile: {
                profile_id: number;
                /** @enum {string} */
                purpose: "device" | "port" | "charge";
                level: number;
                transaction_ref?: string | null;
                /** @default null */
                valid_from?: string | null;
                /** @default null */
                valid_until?: string | null;
                /** @default null */
                repeats?: ("daily" | "weekly") | null;
                /** @default null */
                starts_at?: string | null;
                /** @default null */
                duration_s?: number | null;
                /** @enum {string} */
                unit: "A" | "W";
                periods: {
                    from_s: number;
                    limit: number;
                    /** @default null */
                    phases?: number | null;
                }[];
            };
            reason?: string;
        } | {
            /** @constant */
            kind: "charging_profile.clear";
            /** @default null */
            profile_id?: number | null;
            /** @default null */
            port_no?: number | null;
            /** @default null */
            purpose?: ("device" | "port" | "charge") | null;
            /** @default null */
            level?: number | null;
            reason?: string;
        } | {
            /** @constant */
            kind: "charging_profile.composite";
            /** @default null */
            port_no?: number | null;
            duration_s: number;
            /** @default null */
            unit?: ("A" | "W") | null;
            reason?: string;
        } | {
            /** @constant */
            kind: "local_list.send";
            version: number;
            /** @enum {string} */
            mode: "full" | "differential";
            entries: {
                card_id: string;
                token_type?: string;
                /** @default null */
                decision?: ("accepted" | "blocked" | "expired" | "unknown_card") | null;
                /** @default null */
                expires_at?: string | null;
                /** @default null */
                group_id?: string | null;
            }[];
            reason?: string;
        } | {
            /** @constant */
            kind: "local_list.version";
            reason?: string;
        } | {
            /** @constant */
            kind: "cache.clear";
            reason?: string;
        } | {
            /** @constant */
            kind: "trigger";
            /** @enum {string} */
            topic: "boot" | "heartbeat" | "status" | "meter_values" | "transaction" | "diagnostics_status" | "firmware_status" | "certificate_request";
            /** @default null */
            port_no?: number | null;
            reason?: string;
        } | {
            /** @constant */
            kind: "data.transfer";
            vendor_id: string;
            /** @default null */
            message_id?: string | null;
            /** @default null */
            data?: (string | {
                [key: string]: unknown;
            }) | null;
            reason?: string;
        } | {
            /** @constant */
            kind: "certificate.trust";
            /** @enum {string} */
            use: "platform" | "manufacturer" | "v2g" | "mobility_operator";
            certificate_pem: string;
            reason?: string;
        } | {
            /** @constant */
            kind: "certificate.list";
            /** @default null */
            use?: ("platform" | "manufacturer" | "v2g" | "mobility_operator") | null;
            reason?: string;
        } | {
            /** @constant */
            kind: "certificate.remove";
            certificate: {
                /** @enum {string} */
                algorithm: "SHA256" | "SHA384" | "SHA512";
                issuer_name_hash: string;
                issuer_key_hash: string;
                serial_number: string;
            };
            reason?: string;
        } | {
            /** @constant */
            kind: "transaction.query";
            transaction_ref: string;
            reason?: string;
        } | {
            /** @constant */
            kind: "cost.show";
            transaction_ref: string;
            total_cost: number;
            reason?: string;
        } | {
            /** @constant */
            kind: "charging_profile.list";
            /** @default null */
            port_no?: number | null;
            reason?: string;
        } | {
            /** @constant */
            kind: "display.show";
            message_id: number;
            text: string;
            /** @default null */
            language?: string | null;
            /** @enum {string} */
            priority: "always_front" | "in_front" | "normal";
            /** @default null */
            during?: ("charging" | "fault" | "idle" | "unavailable") | null;
            /** @default null */
            from?: string | null;
            /** @default null */
            until?: string | null;
            /** @default null */
            transaction_ref?: string | null;
            reason?: string;
        } | {
            /** @constant */
            kind: "display.remove";
            message_id: number;
            reason?: string;
        } | {
            /** @constant */
            kind: "display.list";
            reason?: string;
        } | {
            /** @constant */
            kind: "customer.information";
            /** @default null */
            card_id?: string | null;
            /** @default null */
            customer?: string | null;
            report: boolean;
            clear: boolean;
            reason?: string;
        } | {
            /** @constant */
            kind: "monitor.set";
            monitors: {
                variable: string;
                /** @enum {string} */
                type: "above" | "below" | "change" | "periodic" | "periodic_aligned";
                value: number;
                severity: number;
            }[];
            reason?: string;
        } | {
            /** @constant */
            kind: "monitor.remove";
            ids: number[];
            reason?: string;
        } | {
            /** @constant */
            kind: "monitor.list";
            reason?: string;
        } | {
            /** @constant */
            kind: "monitor.base";
            /** @enum {string} */
            base: "all" | "factory_default" | "hard_wired";
            reason?: string;
        } | {
            /** @constant */
            kind: "monitor.level";
            severity: number;
            reason?: string;
        } | {
            /** @constant */
            kind: "firmware.publish";
            /** Format: uri */
            url: string;
            md5: string;
            /** @default null */
            retries?: number | null;
            /** @default null */
            retry_interval_s?: number | null;
            reason?: string;
        } | {
            /** @constant */
            kind: "firmware.unpublish";
            md5: string;
            reason?: string;
        } | {
            /** @constant */
            kind: "network_profile.set";
            slot: number;
            /** Format: uri */
            url: string;
            security_profile: number;
            /** @enum {string} */
            interface: "wired" | "wireless";
            message_timeout_s: number;
            reason?: string;
        };
        Approval: {
            /** Format: uuid */
            approval_id: string;
            /** @enum {string} */
            status: "pending" | "approved" | "rejected" | "expired";
            phy_id: string;
            action: string;
            parameters: {
                [key: string]: unknown;
            };
            reason: string;
            requested_by: {
                client_id: string;
                name: string;
            };
            /** Format: date-time */
            requested_at: string;
            /**
             * Format: date-time
             * @description A decision after that does not count.
             */
            expires_at: string;
            decided_by: {
                client_id: string;
                name: string;
            } | null;
            decided_at: string | null;
            comment: string | null;
            /** @description The order that was given; null: none yet. */
            command_id: string | null;
        };
        ParameterDictionary: {
            parameters: components["schemas"]["ParameterDefinition"][];
        };
        ParameterDefinition: {
            name: string;
            aliases: string[];
            unit: string;
            /** @enum {string} */
            type: "number" | "integer" | "range";
            min: number;
            max: number;
            title: components["schemas"]["ParameterTitle"];
            description: string;
            /** @description By protocol; with phy_id that of the device alone. */
            support: {
                [key: string]: components["schemas"]["ParameterSupport"];
            };
        };
        ParameterTitle: {
            en: string;
            zh: string;
        };
        ParameterSupport: {
            /**
             * @description native: the device has it. emulated: the platform keeps to it. none: CAPABILITY_NOT_SUPPORTED.
             * @enum {string}
             */
            support: "native" | "emulated" | "none";
            why: string | null;
        };
        ParameterChange: {
            change_id: string;
            phy_id: string;
            /**
             * @description held: until the device is idle. waiting: for the device, or for another change of it.
             * @enum {string}
             */
            status: "held" | "waiting" | "applying" | "done";
            /** @description null: not done yet. superseded: later changes of the device have set all of it. */
            outcome: ("applied" | "partial" | "rejected" | "mismatch" | "no_reply" | "expired" | "cancelled" | "superseded" | "failed") | null;
            reason: string | null;
            /** @description api, batch, template or restore. */
            source: string;
            requested_by: components["schemas"]["RequestedBy"];
            note: string | null;
            job_id: string | null;
            requested: {
                [key: string]: (number | [
                    number,
                    number
                ]) | null;
            };
            /** @description null: not done yet. */
            parameters: components["schemas"]["ParameterResult"][] | null;
            /** @description Version that it made; null: nothing changed. */
            version: number | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
            finished_at: string | null;
        };
        RequestedBy: {
            client_id: string | null;
            name: string | null;
        };
        ParameterResult: {
            name: string;
            requested: (number | [
                number,
                number
            ]) | null;
            /** @description null: not known, or not set. */
            before: (number | [
                number,
                number
            ]) | null;
            /** @description As the device has it now; null: it cannot tell. */
            actual: (number | [
                number,
                number
            ]) | null;
            /**
             * @description mismatch: the device took it and tells another value. unknown: the device did not answer. undone: written, and written back because the device refused another parameter of a strict change. not_tried: the change came to an end before. superseded: a later change has set it meanwhile.
             * @enum {string}
             */
            outcome: "applied" | "unchanged" | "rejected" | "mismatch" | "unsupported" | "unknown" | "undone" | "not_tried" | "superseded";
            reason: string | null;
        };
        ParameterChangeRequest: {
            /** @description Most current that a charge may draw, per port. 1…1000 A. */
            max_current?: number;
            /** @description Lowest and highest voltage while charging. A single number is the upper end; it is kept as [0, number], and a lower end of 0 is not watched. 0…1500 V. */
            voltage_threshold?: number | [
                number,
                number
            ];
            /** @description Highest temperature of a port while charging. 20…120 °C. */
            temperature_threshold?: number;
            /** @description Highest temperature of a port while charging. 20…120 °C. */
            temp_threshold?: number;
            /** @description Most power that a charge may draw, per port. 1…1000000 W. */
            power_limit?: number;
            /** @description A charge is stopped after so many minutes, whatever it was ordered for. 1…10080 min. */
            auto_stop_time?: number;
            /** @description How often the device says that it is there. 10…65535 s. */
            heartbeat_interval?: number;
            /** @description Silence after which the device counts as offline. 10…604800 s. */
            offline_timeout?: number;
            /** @description Power below which the device takes the plug for pulled. 0…100 W. */
            unplug_power?: number;
            /** @description How long power must stay below `unplug_power`. 1…3600 s. */
            unplug_time?: number;
            /** @description How long a device goes on after the battery is full. 0…36000 s. */
            trickle_time?: number;
            /** @description Most power of the pile, in percent of its rated power. 30…100 %. */
            max_power_percent?: number;
            /** @description How often a station reports its meter while it charges; 0: never. 0…86400 s. */
            sample_interval?: number;
            /**
             * @description strict: refused as a whole when the device cannot have one of the parameters or a value is out of range; what was written before the device refused another is written back. loose: those are left out and reported.
             * @default strict
             * @enum {string}
             */
            validation_mode?: "strict" | "loose";
            /**
             * @description false: held until nothing charges on the device, for at most a week.
             * @default true
             */
            apply_immediately?: boolean;
            /**
             * @description Read the whole configuration first and keep it as a version of its own.
             * @default false
             */
            backup_current?: boolean;
            /** @description Kept with the version. */
            reason?: string;
        };
        DeviceParameters: {
            phy_id: string;
            protocol: string | null;
            /** @description The latest; null: nothing was changed yet. */
            version: number | null;
            /** @description How far the device could be asked; null: it was not. */
            refreshed: ("complete" | "partial" | "offline" | "no_reply") | null;
            /** @description What is known, by name. */
            params: {
                [key: string]: (number | [
                    number,
                    number
                ]) | null;
            };
            parameters: components["schemas"]["DeviceParameter"][];
        };
        DeviceParameter: {
            name: string;
            value: (number | [
                number,
                number
            ]) | null;
            unit: string;
            /** @description device: as it told. platform: as the platform keeps to. written: taken, but never told. null: not known. */
            source: ("device" | "platform" | "written") | null;
            known_at: string | null;
            /** @description s since then. */
            age_s: number | null;
            /**
             * @description native: the device has it. emulated: the platform keeps to it. none: CAPABILITY_NOT_SUPPORTED.
             * @enum {string}
             */
            support: "native" | "emulated" | "none";
            why: string | null;
        };
        ParameterVersion: {
            phy_id: string;
            version: number;
            change_id: string;
            /** @description api, batch, template, restore; backup: what was before a change. */
            source: string;
            changed_by: components["schemas"]["RequestedBy"];
            note: string | null;
            job_id: string | null;
            changes: components["schemas"]["ParameterDifference"][];
            /** @description Everything that was known then. */
            params: {
                [key: string]: (number | [
                    number,
                    number
                ]) | null;
            };
            /** Format: date-time */
            created_at: string;
        };
        ParameterDifference: {
            name: string;
            before: (number | [
                number,
                number
            ]) | null;
            after: (number | [
                number,
                number
            ]) | null;
        };
        /** @default {} */
        ParameterRestoreRequest: {
            /**
             * @description strict: refused as a whole when the device cannot have one of the parameters or a value is out of range; what was written before the device refused another is written back. loose: those are left out and reported.
             * @default loose
             * @enum {string}
             */
            validation_mode?: "strict" | "loose";
            /**
             * @description false: held until nothing charges on the device, for at most a week.
             * @default true
             */
            apply_immediately?: boolean;
            /**
             * @description Read the whole configuration first and keep it as a version of its own.
             * @default false
             */
            backup_current?: boolean;
            /** @description Kept with the version. */
            reason?: string;
        };
        ParameterTemplate: {
            template_id: string;
            name: string;
            /** @description Codes of the device groups that shall have it. */
            groups: string[];
            version: number;
            params: {
                [key: string]: (number | string) | [
                    number | string,
                    number | string
                ];
            };
            variables: components["schemas"]["TemplateVariable"][];
            changed_by: components["schemas"]["RequestedBy"];
            note: string | null;
            /**
             * Format: date-time
             * @description Of the version.
             */
            created_at: string;
        };
        /** @description The most particular value counts: device, station, region, model, type, protocol. */
        TemplateVariable: {
            name: string;
            /** @description Of devices without one of their own; null: those cannot have the template. */
            default?: number | null;
            /** @description By phy_id. */
            device?: {
                [key: string]: number;
            };
            station?: {
                [key: string]: number;
            };
            region?: {
                [key: string]: number;
            };
            model?: {
                [key: string]: number;
            };
            /** @description By AC or DC. */
            type?: {
                [key: string]: number;
            };
            protocol?: {
                [key: string]: number;
            };
        };
        NewTemplate: {
            name: string;
            /**
             * @description Codes of the device groups that shall have it.
             * @default []
             */
            groups?: string[];
            /** @description By name: a number, a range, or {{variable}} in place of a number. */
            params: {
                [key: string]: (number | string) | [
                    number | string,
                    number | string
                ];
            };
            /** @default [] */
            variables?: components["schemas"]["TemplateVariable"][];
            note?: string;
        };
        TemplateRevision: {
            /** @description By name: a number, a range, or {{variable}} in place of a number. */
            params: {
                [key: string]: (number | string) | [
                    number | string,
                    number | string
                ];
            };
            /** @default [] */
            variables?: components["schemas"]["TemplateVariable"][];
            note?: string;
        };
        TemplateGroups: {
            /** @description Codes of the device groups that shall have it. */
            groups: string[];
        };
        TemplateDrift: {
            phy_id: string;
            /**
             * @description unknown: of a parameter nothing was told yet. unresolved: a variable has no value for it.
             * @enum {string}
             */
            status: "in_sync" | "drifted" | "unknown" | "unresolved";
            differences: components["schemas"]["TemplateDifference"][];
            /** @description Parameters of the template of which the device told nothing yet. */
            unknown: string[];
            problems: string[];
        };
        TemplateDifference: {
            name: string;
            expected: (number | [
                number,
                number
            ]) | null;
            /** @description As it is known; null: not set. */
            actual: (number | [
                number,
                number
            ]) | null;
            /** @description device: as it told. platform: as the platform keeps to. written: taken, but never told. null: not known. */
            source: ("device" | "platform" | "written") | null;
            known_at: string | null;
            /** @description s since then. */
            age_s: number | null;
        };
        DeviceDrift: {
            phy_id: string;
            /** @description The worst of all; null: no template is for it. */
            status: ("in_sync" | "drifted" | "unknown" | "unresolved") | null;
            /** @description How far the device could be asked; null: it was not. */
            refreshed: ("complete" | "partial" | "offline" | "no_reply") | null;
            templates: components["schemas"]["DeviceTemplateDrift"][];
        };
        DeviceTemplateDrift: {
            template_id: string;
            name: string;
            version: number;
            /**
             * @description unknown: of a parameter nothing was told yet. unresolved: a variable has no value for it.
             * @enum {string}
             */
            status: "in_sync" | "drifted" | "unknown" | "unresolved";
            differences: components["schemas"]["TemplateDifference"][];
            /** @description Parameters of the template of which the device told nothing yet. */
            unknown: string[];
            problems: string[];
        };
        Job: {
            /** @description GET /api/third/jobs/{jobId} follows it. */
            job_id: string;
            /** @description batch.control, params.push … */
            kind: string;
            /**
             * @description preparing: its items are being found. cancelling: no further item begins. completed: every item is over, whether it succeeded or not. failed: ended early by a failure. The last three are final.
             * @enum {string}
             */
            status: "preparing" | "running" | "cancelling" | "completed" | "failed" | "cancelled";
            /** @description Why it ended early. */
            reason: string | null;
            summary: components["schemas"]["JobSummary"];
            /** @description Share of the items that are over; 0 while they are being found. */
            progress_percentage: number;
            /** @description Items of later stages wait; 1 where there is one only. */
            stage: number;
            /** @enum {string} */
            execution_mode: "concurrent" | "sequential";
            max_concurrent: number;
            /** @description s; how long one item may take. */
            timeout_seconds: number;
            continue_on_error: boolean;
            /** Format: date-time */
            created_at: string;
            started_at: string | null;
            finished_at: string | null;
        };
        /** @default {} */
        TemplatePushRequest: {
            /**
             * @description strict: refused as a whole when the device cannot have one of the parameters or a value is out of range; what was written before the device refused another is written back. loose: those are left out and reported.
             * @default loose
             * @enum {string}
             */
            validation_mode?: "strict" | "loose";
            /**
             * @description false: held until nothing charges on the device, for at most a week.
             * @default true
             */
            apply_immediately?: boolean;
        };
        Control: {
            control_id: string;
            phy_id: string;
            /** @enum {string} */
            action: "reboot" | "reset" | "maintenance_mode" | "normal_mode";
            /** @enum {string} */
            status: "scheduled" | "running" | "done";
            /** @description null: not over. refused: the device charged when its time had come. */
            outcome: ("done" | "rejected" | "refused" | "no_reply" | "expired" | "cancelled" | "failed") | null;
            outcome_reason: string | null;
            /** @description As given. */
            reason: string | null;
            delay_seconds: number;
            notify_before: boolean;
            force: boolean;
            requested_by: components["schemas"]["RequestedBy"];
            /** @description Order to the device; null: none yet, or none needed. */
            command_id: string | null;
            /** @description Of that order; queued: the device is away or busy. */
            command_status: ("queued" | "sent" | "acked" | "rejected" | "no_reply" | "expired" | "cancelled" | "withdrawn" | "dead") | null;
            /** Format: date-time */
            created_at: string;
            /**
             * Format: date-time
             * @description When it is done.
             */
            scheduled_at: string;
            finished_at: string | null;
        };
        ControlRequest: {
            /** @enum {string} */
            action: "reboot" | "reset" | "maintenance_mode" | "normal_mode";
            /**
             * @description s; until then it can be cancelled. At most 30 days.
             * @default 0
             */
            delay_seconds?: number;
            reason?: string;
            /**
             * @description Send device.control_scheduled before it is done.
             * @default false
             */
            notify_before?: boolean;
            /**
             * @description Restart whoever charges.
             * @default false
             */
            force?: boolean;
        };
        /** @default {} */
        RebootRequest: {
            /**
             * @description s; until then it can be cancelled. At most 30 days.
             * @default 0
             */
            delay_seconds?: number;
            reason?: string;
            /**
             * @description Send device.control_scheduled before it is done.
             * @default false
             */
            notify_before?: boolean;
            /**
             * @description Restart whoever charges.
             * @default false
             */
            force?: boolean;
        };
        Diagnosis: {
            diagnosis_id: string;
            phy_id: string;
            /** @enum {string} */
            status: "running" | "done";
            /** @description No item failed; null: not over. */
            passed: boolean | null;
            test_items: ("connectivity" | "ports" | "sensors" | "memory")[];
            /** @description null: not over. */
            results: components["schemas"]["TestResult"][] | null;
            /** @description What was known of the device then; null: not over, or not asked for. */
            report: {
                [key: string]: unknown;
            } | null;
            requested_by: components["schemas"]["RequestedBy"];
            /** Format: date-time */
            created_at: string;
            finished_at: string | null;
        };
        TestResult: {
            /** @enum {string} */
            item: "connectivity" | "ports" | "sensors" | "memory";
            /** @enum {string} */
            status: "passed" | "failed" | "not_supported";
            reason: string | null;
            /** @description What the verdict rests on. */
            evidence: {
                [key: string]: unknown;
            };
        };
        /** @default {} */
        DiagnoseRequest: {
            /**
             * @default [
             *       "connectivity",
             *       "ports",
             *       "sensors",
             *       "memory"
             *     ]
             */
            test_items?: ("connectivity" | "ports" | "sensors" | "memory")[];
            /** @default false */
            include_report?: boolean;
        };
        DeviceCredentials: {
            phy_id: string;
            /** @description false: connections are refused, and one that is open is closed. */
            enabled: boolean;
            /** @description Versions of the protocol that it may speak; null: all. */
            versions: string[] | null;
            /** @description 0: nothing. 1: password. 2: password over TLS. 3: client certificate over TLS. */
            security_profile: number;
            /** @description Accepted besides, until the device has used it; null: no change is under way. */
            next_security_profile: number | null;
            has_password: boolean;
            /**
             * @description By the device; both passwords count until it has used the newer one, or for 10 min once it accepted.
             * @enum {string}
             */
            password_change: "none" | "offered" | "accepted";
            /** @description Common name that its certificate must bear; null: the phy_id. */
            certificate_cn: string | null;
            /** @description End of the newest certificate that was issued to it. */
            certificate_until: string | null;
            answers_pings: boolean;
        };
        DeviceCredentialsOnce: {
            phy_id: string;
            /** @description false: connections are refused, and one that is open is closed. */
            enabled: boolean;
            /** @description Versions of the protocol that it may speak; null: all. */
            versions: string[] | null;
            /** @description 0: nothing. 1: password. 2: password over TLS. 3: client certificate over TLS. */
            security_profile: number;
            /** @description Accepted besides, until the device has used it; null: no change is under way. */
            next_security_profile: number | null;
            has_password: boolean;
            /**
             * @description By the device; both passwords count until it has used the newer one, or for 10 min once it accepted.
             * @enum {string}
             */
            password_change: "none" | "offered" | "accepted";
            /** @description Common name that its certificate must bear; null: the phy_id. */
            certificate_cn: string | null;
            /** @description End of the newest certificate that was issued to it. */
            certificate_until: string | null;
            answers_pings: boolean;
            /** @description null: none was generated. */
            password: string | null;
        };
        SetDeviceCredentials: {
            enabled?: boolean;
            versions?: string[] | null;
            /** @description 0: nothing. 1: password. 2: password over TLS. 3: client certificate over TLS. */
            security_profile?: number;
            /** @description Accepted besides, until the device has used it: for devices that are raised by other orders. */
            next_security_profile?: number | null;
            /** @description Hexadecimal digits stand for bytes: the device may send either. */
            password?: string;
            /**
             * @description Instead of password; the answer shows it, this once.
             * @default false
             */
            generate_password?: boolean;
            certificate_cn?: string | null;
            /** @description false: only its messages prove that it lives. */
            answers_pings?: boolean;
        };
        DeliveredCredentials: {
            credentials: components["schemas"]["DeviceCredentials"];
            /**
             * @description unanswered: the device may have taken them, so both count.
             * @enum {string}
             */
            outcome: "accepted" | "refused" | "unanswered";
            /** @description Why it refused. */
            reason: string | null;
        };
        DeliverDeviceCredentials: {
            /** @default true */
            new_password?: boolean;
            /** @description Above the present one. */
            security_profile?: number;
        };
        Frame: {
            /** Format: date-time */
            at: string;
            phy_id: string;
            /**
             * @description up: from the device.
             * @enum {string}
             */
            direction: "up" | "down";
            protocol: string;
            connection_id: string;
            remote_address: string;
            /** @description As the protocol's page names it: 82, 0015/02, BootNotification; empty: unreadable. */
            message: string;
            /** @description The same in words. */
            name: string | null;
            /** @description An answer repeats it. */
            message_id: string | null;
            ok: boolean;
            /** @description Which check it failed. */
            error: string | null;
            /** @description On the wire. */
            bytes: number;
            /** @description What was sent, by protocols that are text. Passwords are ***. */
            text: string | null;
            /** @description What was sent, by all others. */
            hex: string | null;
            /** @description text or hex is not all of it. */
            cut: boolean;
            /** @description Decoded; null: it could not be. */
            fields: unknown;
        };
        SimulatedAnswer: {
            event: string;
            fact_ids: string[];
            /** Format: date-time */
            at: string;
            /** @constant */
            simulated: true;
        };
        SimulatedEvent: {
            /** @constant */
            event: "heartbeat";
            /** @description V */
            voltage?: number | null;
            /** @description °C */
            temperature?: number | null;
            signal?: number | null;
        } | {
            /** @constant */
            event: "status";
            /** @description Port of the device, counted from 1. */
            port_no: number;
            /** @enum {string} */
            status: "idle" | "plugged" | "charging" | "suspended" | "finished" | "reserved" | "unavailable" | "fault" | "unknown";
            /** @description Token; with status fault. */
            fault?: string | null;
        } | {
            /** @constant */
            event: "start";
            /** @description Port of the device, counted from 1. */
            port_no: number;
            /** @description Card that started it; none: what was ordered for the port begins, or somebody. */
            card?: string | null;
        } | {
            /** @constant */
            event: "stop";
            /** @description Port of the device, counted from 1. */
            port_no: number;
            /**
             * @description kWh
             * @default 0
             */
            energy?: number;
            /**
             * @description s
             * @default 0
             */
            duration?: number;
            /**
             * @description Token of the device's settlement.
             * @default remote
             */
            end_reason?: string;
            /** @default false */
            abnormal?: boolean;
        };
        ProtocolStatisticsList: {
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string;
            totals: {
                /** @description Whole frames, and those with a wrong checksum. */
                frames: number;
                rejected: number;
                /** @description They sum up to rejected. */
                rejected_by_reason: {
                    [key: string]: number;
                };
                /** @description rejected / frames, 0 to 1. */
                error_rate: number;
            };
            items: components["schemas"]["ProtocolStatistics"][];
        };
        ProtocolStatistics: {
            protocol: string;
            model: string | null;
            firmware_version: string | null;
            devices: number;
            /** @description Whole frames, and those with a wrong checksum. */
            frames: number;
            rejected: number;
            /** @description They sum up to rejected. */
            rejected_by_reason: {
                [key: string]: number;
            };
            /** @description rejected / frames, 0 to 1. */
            error_rate: number;
        };
        BatchReport: {
            /** @description GET /api/third/jobs/{jobId} follows it. */
            job_id: string;
            /** @enum {string} */
            status: "preparing" | "running" | "cancelling" | "completed" | "failed" | "cancelled";
            /** @description Why it ended early. */
            reason: string | null;
            summary: components["schemas"]["JobSummary"];
            /** @description One per device in the order given, once the batch is over and has no more than 1,000 devices. */
            results: components["schemas"]["JobItem"][];
            /** @description true: this Idempotency-Key had made the batch before. */
            replayed: boolean;
        };
        JobItem: {
            /** @description Counted from 1, the order in which items begin. */
            item_no: number;
            stage: number;
            /** @description The device; null where the item is about none. */
            phy_id: string | null;
            /** @description What was asked of it, where the items of a job differ. */
            action: string | null;
            port_no: number | null;
            /** @enum {string} */
            status: "pending" | "running" | "succeeded" | "failed" | "skipped";
            /** @description Name of the error that it failed with. */
            error: string | null;
            /** @description Why it failed or was left out. */
            message: string | null;
            result: {
                [key: string]: unknown;
            } | null;
            /** @description The order to the device; GET /api/third/commands/{id} follows it. */
            command_id: string | null;
            started_at: string | null;
            finished_at: string | null;
        };
        BatchControl: {
            devices: components["schemas"]["BatchOrder"][];
            /**
             * @description sequential: one device after the other, in the order given.
             * @default concurrent
             * @enum {string}
             */
            execution_mode?: "concurrent" | "sequential";
            /**
             * @description Devices under way at once, when concurrent.
             * @default 10
             */
            max_concurrent?: number;
            /**
             * @description s; how long one device may take.
             * @default 30
             */
            timeout_seconds?: number;
            /**
             * @description false: the first failure ends the batch.
             * @default true
             */
            continue_on_error?: boolean;
            /** @description s; how long this call waits for the end of the batch. Left out: as long as it takes, at most 30, for up to 100 devices, and not at all for more. */
            wait_seconds?: number | null;
        };
        /** @description What one device is asked to do; params as in the call for one device. */
        BatchOrder: {
            /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
            phy_id: string;
            /** @constant */
            action: "start_charging";
            params: components["schemas"]["StartCharge"];
        } | {
            /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
            phy_id: string;
            /** @constant */
            action: "stop_charging";
            params: components["schemas"]["StopCharge"];
        } | {
            /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
            phy_id: string;
            /** @enum {string} */
            action: "reboot" | "reset" | "maintenance_mode" | "normal_mode";
            params?: {
                /**
                 * @description Restart whoever charges.
                 * @default false
                 */
                force?: boolean;
            } | null;
        };
        BatchParams: {
            /** @description Without any part: all devices. */
            device_filters: components["schemas"]["BatchDeviceFilters"];
            params: {
                /** @description Most current that a charge may draw, per port. 1…1000 A. */
                max_current?: number;
                /** @description Lowest and highest voltage while charging. A single number is the upper end; it is kept as [0, number], and a lower end of 0 is not watched. 0…1500 V. */
                voltage_threshold?: number | [
                    number,
                    number
                ];
                /** @description Highest temperature of a port while charging. 20…120 °C. */
                temperature_threshold?: number;
                /** @description Highest temperature of a port while charging. 20…120 °C. */
                temp_threshold?: number;
                /** @description Most power that a charge may draw, per port. 1…1000000 W. */
                power_limit?: number;
                /** @description A charge is stopped after so many minutes, whatever it was ordered for. 1…10080 min. */
                auto_stop_time?: number;
                /** @description How often the device says that it is there. 10…65535 s. */
                heartbeat_interval?: number;
                /** @description Silence after which the device counts as offline. 10…604800 s. */
                offline_timeout?: number;
                /** @description Power below which the device takes the plug for pulled. 0…100 W. */
                unplug_power?: number;
                /** @description How long power must stay below `unplug_power`. 1…3600 s. */
                unplug_time?: number;
                /** @description How long a device goes on after the battery is full. 0…36000 s. */
                trickle_time?: number;
                /** @description Most power of the pile, in percent of its rated power. 30…100 %. */
                max_power_percent?: number;
                /** @description How often a station reports its meter while it charges; 0: never. 0…86400 s. */
                sample_interval?: number;
            };
            /**
             * @description true: a device that cannot have all of it is left as it is and fails. false: it gets what it can have.
             * @default true
             */
            validation_enabled?: boolean;
            /** @default false */
            dry_run?: boolean;
            /**
             * @description sequential: one device after the other, in the order given.
             * @default concurrent
             * @enum {string}
             */
            execution_mode?: "concurrent" | "sequential";
            /**
             * @description Devices under way at once, when concurrent.
             * @default 10
             */
            max_concurrent?: number;
            /**
             * @description s; how long one device may take.
             * @default 30
             */
            timeout_seconds?: number;
            /**
             * @description false: the first failure ends the batch.
             * @default true
             */
            continue_on_error?: boolean;
            /** @description s; how long this call waits for the end of the batch. Left out: as long as it takes, at most 30, for up to 100 devices, and not at all for more. */
            wait_seconds?: number | null;
        };
        BatchDeviceFilters: {
            /** @description true: devices that are connected when the batch begins. */
            online_only?: boolean | null;
            device_types?: ("AC" | "DC")[] | null;
            /** @description Codes; a region stands for all below it. */
            regions?: string[] | null;
            stations?: string[] | null;
            groups?: string[] | null;
            tags?: string[] | null;
            models?: string[] | null;
            protocols?: string[] | null;
            device_phy_ids?: string[] | null;
            /** @description Part of the id, the printed number or the name. */
            q?: string | null;
        };
        Token: {
            token: string;
            /** @description For people; it decides nothing. */
            type: string | null;
            /** @enum {string} */
            status: "accepted" | "blocked" | "expired" | "no_credit";
            expiry: string | null;
            group: string | null;
            /** @description fen */
            balance: number | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        /** @default {} */
        TokenSettings: {
            /**
             * @default accepted
             * @enum {string}
             */
            status?: "accepted" | "blocked" | "expired" | "no_credit";
            /** @description An accepted token is refused from then on; null: never. */
            expiry?: string | null;
            /** @description Tokens of one group may end each other’s charges. */
            group?: string | null;
            /** @description fen; null: nobody counts it. */
            balance?: number | null;
            /** @description For people: card, vin, app … */
            type?: string | null;
        };
        TokenCallbackWithSecret: {
            url: string;
            timeout_ms: number;
            /** @enum {string} */
            fallback: "accepted" | "blocked" | "expired" | "no_credit" | "unknown";
            /** @description Last characters of the secret. */
            secret_hint: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** @description null: as before; delete the callback to get another one. */
            secret: string | null;
        };
        TokenCallbackSettings: {
            /** Format: uri */
            url: string;
            /**
             * @description The device may leave less.
             * @default 3000
             */
            timeout_ms?: number;
            /**
             * @description What counts when no answer comes in time.
             * @default unknown
             * @enum {string}
             */
            fallback?: "accepted" | "blocked" | "expired" | "no_credit" | "unknown";
        };
        TokenCallback: {
            url: string;
            timeout_ms: number;
            /** @enum {string} */
            fallback: "accepted" | "blocked" | "expired" | "no_credit" | "unknown";
            /** @description Last characters of the secret. */
            secret_hint: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        CataloguedEvent: {
            event: string;
            title: string;
            /** @description Of the event; a new optional field does not change it. */
            version: number;
            /** @description Frequent: comes only to who names it, never by a wildcard. */
            named_only: boolean;
            schemas: {
                /** @description JSON Schema 2020-12 of a whole body. */
                v1: {
                    [key: string]: unknown;
                };
                /** @description JSON Schema 2020-12 of a whole body. */
                "v1-flat": {
                    [key: string]: unknown;
                };
            };
            examples: {
                v1: {
                    [key: string]: unknown;
                };
                "v1-flat": {
                    [key: string]: unknown;
                };
            };
        };
        WebhookEndpointWithSecret: {
            endpoint_id: string;
            url: string;
            events: string[];
            /** @enum {string} */
            payload_version: "v1" | "v1-flat";
            /** @enum {string} */
            signature: "standard" | "classic" | "both" | "ed25519" | "all";
            description: string | null;
            device_filter: components["schemas"]["WebhookDeviceFilter"] | null;
            rate_limit_per_min: number | null;
            /** @description Of its own headers. */
            header_names: string[];
            timeout: number | null;
            retry_count: number | null;
            /** @description ed25519, `whpk_…`; null: the endpoint never asked for one. */
            public_key: string | null;
            /** @enum {string} */
            status: "enabled" | "disabled";
            /** @description by_user, gone (it answered 410), failing, maker_gone (who made it may not call any more). */
            disabled_reason: string | null;
            /** @description Last characters of the secret. */
            secret_hint: string;
            /** @description Until then the secret before signs too. */
            previous_secret_until: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** @description Shown this once. */
            secret: string;
        };
        WebhookDeviceFilter: {
            device_types?: ("AC" | "DC")[];
            regions?: string[];
            stations?: string[];
            groups?: string[];
            tags?: string[];
            models?: string[];
            protocols?: string[];
            device_phy_ids?: string[];
        };
        NewWebhookEndpoint: {
            /**
             * Format: uri
             * @description Where events are posted. Private, loopback and link-local addresses are refused.
             */
            url?: string;
            /**
             * Format: uri
             * @description The same as url.
             */
            endpoint?: string;
            /** @description Event names or patterns: charging.*, * */
            events: string[];
            /**
             * @default v1
             * @enum {string}
             */
            payload_version?: "v1" | "v1-flat";
            /**
             * @default both
             * @enum {string}
             */
            signature?: "standard" | "classic" | "both" | "ed25519" | "all";
            description?: string | null;
            device_filter?: components["schemas"]["WebhookDeviceFilter"] | null;
            rate_limit_per_min?: number | null;
            headers?: {
                [key: string]: string;
            } | null;
            timeout?: number | null;
            retry_count?: number | null;
        };
        WebhookEndpoint: {
            endpoint_id: string;
            url: string;
            events: string[];
            /** @enum {string} */
            payload_version: "v1" | "v1-flat";
            /** @enum {string} */
            signature: "standard" | "classic" | "both" | "ed25519" | "all";
            description: string | null;
            device_filter: components["schemas"]["WebhookDeviceFilter"] | null;
            rate_limit_per_min: number | null;
            /** @description Of its own headers. */
            header_names: string[];
            timeout: number | null;
            retry_count: number | null;
            /** @description ed25519, `whpk_…`; null: the endpoint never asked for one. */
            public_key: string | null;
            /** @enum {string} */
            status: "enabled" | "disabled";
            /** @description by_user, gone (it answered 410), failing, maker_gone (who made it may not call any more). */
            disabled_reason: string | null;
            /** @description Last characters of the secret. */
            secret_hint: string;
            /** @description Until then the secret before signs too. */
            previous_secret_until: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        WebhookEndpointChanges: {
            /**
             * Format: uri
             * @description Where events are posted. Private, loopback and link-local addresses are refused.
             */
            url?: string;
            /** @description Event names or patterns: charging.*, * */
            events?: string[];
            /** @enum {string} */
            payload_version?: "v1" | "v1-flat";
            /** @enum {string} */
            signature?: "standard" | "classic" | "both" | "ed25519" | "all";
            description?: string | null;
            device_filter?: components["schemas"]["WebhookDeviceFilter"] | null;
            rate_limit_per_min?: number | null;
            headers?: {
                [key: string]: string;
            } | null;
            timeout?: number | null;
            retry_count?: number | null;
            /** @enum {string} */
            status?: "enabled" | "disabled";
        };
        WebhookAttempt: {
            attempt_no: number;
            /** Format: date-time */
            at: string;
            /** @description null: no answer. */
            status_code: number | null;
            error: string | null;
            duration_ms: number;
            response_excerpt: string | null;
        };
        WebhookDelivery: {
            delivery_id: string;
            endpoint_id: string;
            event_id: string;
            event: string;
            /**
             * @description superseded: the endpoint was behind, and a newer charging.progress of the same charge was enough.
             * @enum {string}
             */
            state: "pending" | "succeeded" | "dead" | "cancelled" | "superseded";
            attempts: components["schemas"]["WebhookAttempt"][];
            next_attempt_at: string | null;
            /** Format: date-time */
            created_at: string;
            finished_at: string | null;
        };
        ResendSince: {
            /** Format: date-time */
            since: string;
            /** @default true */
            failed_only?: boolean;
        };
        WebhookStats: {
            window_seconds: number;
            successful_webhooks: number;
            /** @description Successful and dead. */
            total_webhooks: number;
            /** @description null: nothing is over. */
            success_rate: number | null;
            succeeded_first_attempt: number;
            succeeded_after_retries: number;
            pending: number;
            dead: number;
            cancelled: number;
            superseded: number;
            /** @description From recording to success; null: nothing succeeded. */
            age_seconds: {
                p50: number | null;
                p95: number | null;
                p99: number | null;
            };
        };
        WebhookResend: {
            resend_id: string;
            endpoint_id: string;
            /** @enum {string} */
            status: "running" | "finished";
            /** @description Deliveries that fitted when it was asked for. */
            total: number;
            scheduled: number;
            /** Format: date-time */
            created_at: string;
            finished_at: string | null;
        };
        NewWebhookResend: {
            /** Format: date-time */
            since: string;
            /** @description Now, unless told. */
            until?: string | null;
            events?: string[] | null;
            device_phy_ids?: string[] | null;
            /**
             * @default [
             *       "dead",
             *       "cancelled"
             *     ]
             */
            status?: ("succeeded" | "dead" | "cancelled" | "superseded")[];
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
            regions: string[];
            /** @default [] */
            stations: string[];
            /** @default [] */
            groups: string[];
            /** @default [] */
            devices: string[];
        };
        NewKey: {
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
        /** @default {} */
        ApprovalDecision: {
            comment?: string | null;
        };
        AuditEntry: {
            /** @description From 1, without gaps. */
            sequence: number;
            /** Format: date-time */
            at: string;
            actor: {
                id: string;
                kind: string;
                name: string;
                tenant_id: string;
            };
            /** @description operationId of what was called. */
            action: string;
            method: string;
            target: string;
            phy_id: string | null;
            /** @description Body as sent, secrets starred out. */
            request: unknown;
            before?: unknown;
            after?: unknown;
            reason: string | null;
            request_id: string;
            address: string;
            result: {
                /** @enum {string} */
                outcome: "success" | "refused" | "failed";
                status: number;
                error: string | null;
            };
            previous_hash: string;
            /** @description sha256 of previous_hash, tenant, sequence and the content as stored, one per line. */
            hash: string;
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
    startCharge: {
        parameters: {
            query?: {
                /** @description none: answer at once. sent: until the order is on the wire or put off (the device is away), at most 1 s. ack: until the device has answered, at most twice device_response_timeout. */
                wait?: "none" | "sent" | "ack";
            };
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartCharge"];
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
                        data: components["schemas"]["ChargeStart"];
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
    stopCharge: {
        parameters: {
            query?: {
                /** @description none: answer at once. sent: until the order is on the wire or put off (the device is away), at most 1 s. ack: until the device has answered, at most twice device_response_timeout. */
                wait?: "none" | "sent" | "ack";
            };
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["StopCharge"];
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
                        data: components["schemas"]["ChargeStop"];
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
    chargeStatus: {
        parameters: {
            query: {
                /** @description Port of the device, counted from 1. */
                port_no: number;
                /** @description With the last sample. */
                include_realtime?: boolean;
            };
            header?: never;
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
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
                        data: components["schemas"]["ChargeStatus"];
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
    listDevices: {
        parameters: {
            query?: {
                /** @description Only devices that can be reached, or that cannot. */
                online?: boolean;
                /** @description AC or DC; several with commas between them, of which one must fit. */
                type?: ("AC" | "DC")[];
                /** @description Code of a region, which stands for all below it; several with commas between them, of which one must fit. */
                region?: string[];
                /** @description Code of a station; several with commas between them, of which one must fit. */
                station?: string[];
                /** @description Code of a device group; several with commas between them, of which one must fit. */
                group?: string[];
                /** @description Tag; several with commas between them, of which one must fit. */
                tag?: string[];
                /** @description Model; several with commas between them, of which one must fit. */
                model?: string[];
                /** @description Protocol; several with commas between them, of which one must fit. */
                protocol?: string[];
                /** @description Whether the whole device is in maintenance. */
                maintenance?: boolean;
                /** @description Part of the id, the printed number or the name. */
                q?: string;
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
                sort?: "created_at" | "phy_id" | "name" | "last_seen";
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
                            items: components["schemas"]["Device"][];
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
    createDevice: {
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
                 *       "type": "AC",
                 *       "station": "BJ-001",
                 *       "tags": [
                 *         "vip"
                 *       ],
                 *       "port_count": 2
                 *     }
                 */
                "application/json": components["schemas"]["NewOwnDevice"];
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
    getDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
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
                        data: components["schemas"]["DeviceDetail"];
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
    deleteDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
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
                        data: components["schemas"]["RemovedDevice"];
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
    updateDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeviceChange"];
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
    getPorts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
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
                        data: components["schemas"]["DevicePorts"];
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
    getRealtime: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
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
                        data: components["schemas"]["DeviceRealtime"];
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
    getHistory: {
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
                /** @description Port of the device, counted from 1. */
                port_no?: number;
                /** @description Only of this charging session. */
                session_id?: string;
                /** @description Comma separated; all unless told. */
                metrics?: ("power" | "voltage" | "current" | "frequency" | "temperature" | "soc" | "energy")[];
                /** @description At most so many buckets. */
                points?: number;
                /** @description Samples as they were reported, page by page, instead of points. */
                raw?: boolean;
                /** @description Samples on a page, 500 unless told; raw. */
                limit?: number;
                /** @description next_cursor of the page before; raw. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
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
                        data: components["schemas"]["DeviceHistory"];
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
    getDeviceSessions: {
        parameters: {
            query?: {
                /** @description Only in this state. */
                status?: "idle" | "charging" | "stopping" | "completed" | "fault";
                /** @description Only in this state, told finer than by `status`. */
                detail_status?: "pending" | "starting" | "charging" | "stopping" | "settled" | "failed" | "interrupted";
                /** @description Port of the device, counted from 1. */
                port_no?: number;
                /** @description Only of this order number of the integrator. */
                third_party_order_no?: string;
                /** @description Another name of third_party_order_no. */
                order_no?: string;
                /** @description Only of this user of the integrator. */
                third_party_user_id?: string;
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
                sort?: "created_at" | "start_time" | "end_time";
                /** @description desc unless told. */
                order?: "asc" | "desc";
            };
            header?: never;
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
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
                            items: components["schemas"]["Session"][];
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
    getDeviceAlarms: {
        parameters: {
            query?: {
                /** @description Only of this severity. */
                level?: "info" | "warning" | "critical";
                /** @description Another name of level. */
                severity?: "info" | "warning" | "critical";
                /** @description Only in this state. */
                status?: "active" | "resolved";
                /** @description Port of the device, counted from 1. */
                port_no?: number;
                /** @description Only of this type. */
                type?: string;
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
                sort?: "created_at" | "level" | "resolved_at";
                /** @description desc unless told. */
                order?: "asc" | "desc";
            };
            header?: never;
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
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
                            items: components["schemas"]["Alarm"][];
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
    getDeviceLogs: {
        parameters: {
            query?: {
                /** @description Only in this state. */
                status?: "queued" | "sent" | "acked" | "rejected" | "no_reply" | "expired" | "cancelled" | "withdrawn" | "dead";
                /** @description Kind of order, as charge.start; `charge.*` for all of its family. */
                action?: string;
                /** @description Only of this charging session. */
                session_id?: string;
                /** @description Part of the order, of what the device answered or of the reason. */
                q?: string;
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
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
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
                            items: components["schemas"]["Command"][];
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
    listSessions: {
        parameters: {
            query?: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phy_id?: string;
                /** @description Only devices that can be reached, or that cannot. */
                online?: boolean;
                /** @description AC or DC; several with commas between them, of which one must fit. */
                type?: ("AC" | "DC")[];
                /** @description Code of a region, which stands for all below it; several with commas between them, of which one must fit. */
                region?: string[];
                /** @description Code of a station; several with commas between them, of which one must fit. */
                station?: string[];
                /** @description Code of a device group; several with commas between them, of which one must fit. */
                group?: string[];
                /** @description Tag; several with commas between them, of which one must fit. */
                tag?: string[];
                /** @description Model; several with commas between them, of which one must fit. */
                model?: string[];
                /** @description Protocol; several with commas between them, of which one must fit. */
                protocol?: string[];
                /** @description Whether the whole device is in maintenance. */
                maintenance?: boolean;
                /** @description Part of the id, the printed number or the name. */
                q?: string;
                /** @description Only in this state. */
                status?: "idle" | "charging" | "stopping" | "completed" | "fault";
                /** @description Only in this state, told finer than by `status`. */
                detail_status?: "pending" | "starting" | "charging" | "stopping" | "settled" | "failed" | "interrupted";
                /** @description Port of the device, counted from 1. */
                port_no?: number;
                /** @description Only of this order number of the integrator. */
                third_party_order_no?: string;
                /** @description Another name of third_party_order_no. */
                order_no?: string;
                /** @description Only of this user of the integrator. */
                third_party_user_id?: string;
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
                sort?: "created_at" | "start_time" | "end_time";
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
                            items: components["schemas"]["Session"][];
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
    getRetention: {
        parameters: {
            query?: never;
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
                        data: components["schemas"]["Retention"];
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
    putRetention: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutRetention"];
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
                        data: components["schemas"]["Retention"];
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
    listArchives: {
        parameters: {
            query?: {
                /** @description Only of this kind. */
                kind?: "samples" | "sessions" | "faults" | "alarms" | "commands" | "requests";
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
                sort?: "from";
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
                            items: components["schemas"]["Archive"][];
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
    getArchive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The archive. */
                archiveId: string;
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
                        data: components["schemas"]["Archive"];
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
    exportDevices: {
        parameters: {
            query?: {
                /** @description Only devices that can be reached, or that cannot. */
                online?: boolean;
                /** @description AC or DC; several with commas between them, of which one must fit. */
                type?: ("AC" | "DC")[];
                /** @description Code of a region, which stands for all below it; several with commas between them, of which one must fit. */
                region?: string[];
                /** @description Code of a station; several with commas between them, of which one must fit. */
                station?: string[];
                /** @description Code of a device group; several with commas between them, of which one must fit. */
                group?: string[];
                /** @description Tag; several with commas between them, of which one must fit. */
                tag?: string[];
                /** @description Model; several with commas between them, of which one must fit. */
                model?: string[];
                /** @description Protocol; several with commas between them, of which one must fit. */
                protocol?: string[];
                /** @description Whether the whole device is in maintenance. */
                maintenance?: boolean;
                /** @description Part of the id, the printed number or the name. */
                q?: string;
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
    exportSessions: {
        parameters: {
            query?: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phy_id?: string;
                /** @description Only in this state. */
                status?: "idle" | "charging" | "stopping" | "completed" | "fault";
                /** @description Only in this state, told finer than by `status`. */
                detail_status?: "pending" | "starting" | "charging" | "stopping" | "settled" | "failed" | "interrupted";
                /** @description Port of the device, counted from 1. */
                port_no?: number;
                /** @description Only of this order number of the integrator. */
                third_party_order_no?: string;
                /** @description Another name of third_party_order_no. */
                order_no?: string;
                /** @description Only of this user of the integrator. */
                third_party_user_id?: string;
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
    exportSamples: {
        parameters: {
            query?: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phy_id?: string;
                /** @description Port of the device, counted from 1. */
                port_no?: number;
                /** @description Only of this charging session. */
                session_id?: string;
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
    exportCommands: {
        parameters: {
            query?: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phy_id?: string;
                /** @description Only in this state. */
                status?: "queued" | "sent" | "acked" | "rejected" | "no_reply" | "expired" | "cancelled" | "withdrawn" | "dead";
                /** @description Kind of order, as charge.start; `charge.*` for all of its family. */
                action?: string;
                /** @description Only of this charging session. */
                session_id?: string;
                /** @description Part of the order, of what the device answered or of the reason. */
                q?: string;
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
    exportAlarms: {
        parameters: {
            query?: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phy_id?: string;
                /** @description Only of this severity. */
                level?: "info" | "warning" | "critical";
                /** @description Another name of level. */
                severity?: "info" | "warning" | "critical";
                /** @description Only in this state. */
                status?: "active" | "resolved";
                /** @description Port of the device, counted from 1. */
                port_no?: number;
                /** @description Only of this type. */
                type?: string;
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
    listExports: {
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
                            items: components["schemas"]["ExportJob"][];
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
    createExport: {
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
                "application/json": components["schemas"]["CreateExport"];
            };
        };
        responses: {
            /** @description Success */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: components["schemas"]["ExportJob"];
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
    getExport: {
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
                        data: components["schemas"]["ExportJob"];
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
    cancelExport: {
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
                        data: components["schemas"]["ExportJob"];
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
    importDevices: {
        parameters: {
            query?: {
                /** @description Report what would be done, and write nothing. */
                dry_run?: boolean;
                /** @description What is done with devices that are there already. */
                mode?: "upsert" | "create";
                /** @description Whether one bad row refuses the file. */
                on_error?: "abort" | "continue";
            };
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeviceImport"];
                "text/csv": string;
                "application/x-ndjson": string;
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
                        data: components["schemas"]["DeviceImportReport"];
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
    exportRegister: {
        parameters: {
            query?: {
                /** @description Only devices that can be reached, or that cannot. */
                online?: boolean;
                /** @description AC or DC; several with commas between them, of which one must fit. */
                type?: ("AC" | "DC")[];
                /** @description Code of a region, which stands for all below it; several with commas between them, of which one must fit. */
                region?: string[];
                /** @description Code of a station; several with commas between them, of which one must fit. */
                station?: string[];
                /** @description Code of a device group; several with commas between them, of which one must fit. */
                group?: string[];
                /** @description Tag; several with commas between them, of which one must fit. */
                tag?: string[];
                /** @description Model; several with commas between them, of which one must fit. */
                model?: string[];
                /** @description Protocol; several with commas between them, of which one must fit. */
                protocol?: string[];
                /** @description Whether the whole device is in maintenance. */
                maintenance?: boolean;
                /** @description Part of the id, the printed number or the name. */
                q?: string;
                /** @description Form of the file. */
                format?: "csv" | "json" | "jsonl";
                /** @description CSV with a byte order mark, for spreadsheets. */
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
                    "application/json": string;
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
    batchStatus: {
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
                "application/json": components["schemas"]["BatchStatusRequest"];
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
                        data: components["schemas"]["BatchStatus"];
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
    batchSummary: {
        parameters: {
            query?: {
                /** @description Only devices that can be reached, or that cannot. */
                online?: boolean;
                /** @description AC or DC; several with commas between them, of which one must fit. */
                type?: ("AC" | "DC")[];
                /** @description Code of a region, which stands for all below it; several with commas between them, of which one must fit. */
                region?: string[];
                /** @description Code of a station; several with commas between them, of which one must fit. */
                station?: string[];
                /** @description Code of a device group; several with commas between them, of which one must fit. */
                group?: string[];
                /** @description Tag; several with commas between them, of which one must fit. */
                tag?: string[];
                /** @description Model; several with commas between them, of which one must fit. */
                model?: string[];
                /** @description Protocol; several with commas between them, of which one must fit. */
                protocol?: string[];
                /** @description Whether the whole device is in maintenance. */
                maintenance?: boolean;
                /** @description Part of the id, the printed number or the name. */
                q?: string;
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
                        data: components["schemas"]["FleetSummary"];
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
    getOrganization: {
        parameters: {
            query?: {
                /** @description How far down the tree goes. */
                depth?: "region" | "station" | "device" | "port";
                /** @description Only devices that can be reached, or that cannot. */
                online?: boolean;
                /** @description AC or DC; several with commas between them, of which one must fit. */
                type?: ("AC" | "DC")[];
                /** @description Code of a region, which stands for all below it; several with commas between them, of which one must fit. */
                region?: string[];
                /** @description Code of a station; several with commas between them, of which one must fit. */
                station?: string[];
                /** @description Code of a device group; several with commas between them, of which one must fit. */
                group?: string[];
                /** @description Tag; several with commas between them, of which one must fit. */
                tag?: string[];
                /** @description Model; several with commas between them, of which one must fit. */
                model?: string[];
                /** @description Protocol; several with commas between them, of which one must fit. */
                protocol?: string[];
                /** @description Whether the whole device is in maintenance. */
                maintenance?: boolean;
                /** @description Part of the id, the printed number or the name. */
                q?: string;
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
                        data: components["schemas"]["Organization"];
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
    listRegions: {
        parameters: {
            query?: {
                /** @description This region and everything below it. */
                below?: string;
                /** @description Part of the code or name. */
                q?: string;
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
                sort?: "code" | "name" | "created_at";
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
                            items: components["schemas"]["Region"][];
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
    createRegion: {
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
                "application/json": components["schemas"]["NewRegion"];
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
                        data: components["schemas"]["Region"];
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
    getRegion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Code that its owner chose. */
                code: string;
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
                        data: components["schemas"]["Region"];
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
    deleteRegion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Code that its owner chose. */
                code: string;
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
                        data: components["schemas"]["RemovedCode"];
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
    updateRegion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Code that its owner chose. */
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegionChange"];
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
                        data: components["schemas"]["Region"];
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
    listStations: {
        parameters: {
            query?: {
                /** @description Code of a region, which stands for all below it; several with commas between them, of which one must fit. */
                region?: string[];
                /** @description Only in this state. */
                state?: "planned" | "open" | "maintenance" | "closed";
                /** @description Part of the code, name or address. */
                q?: string;
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
                sort?: "code" | "name" | "state" | "region" | "created_at";
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
                            items: components["schemas"]["Station"][];
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
    createStation: {
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
                "application/json": components["schemas"]["NewStation"];
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
                        data: components["schemas"]["Station"];
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
    getStation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Code that its owner chose. */
                code: string;
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
                        data: components["schemas"]["Station"];
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
    deleteStation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Code that its owner chose. */
                code: string;
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
                        data: components["schemas"]["RemovedCode"];
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
    updateStation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Code that its owner chose. */
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StationChange"];
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
                        data: components["schemas"]["Station"];
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
    listDeviceGroups: {
        parameters: {
            query?: {
                /** @description Part of the code or name. */
                q?: string;
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
                sort?: "code" | "name" | "created_at";
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
                            items: components["schemas"]["DeviceGroup"][];
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
    createDeviceGroup: {
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
                "application/json": components["schemas"]["NewDeviceGroup"];
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
                        data: components["schemas"]["DeviceGroup"];
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
    getDeviceGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Code that its owner chose. */
                code: string;
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
                        data: components["schemas"]["DeviceGroup"];
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
    deleteDeviceGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Code that its owner chose. */
                code: string;
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
                        data: components["schemas"]["RemovedCode"];
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
    updateDeviceGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Code that its owner chose. */
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeviceGroupChange"];
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
                        data: components["schemas"]["DeviceGroup"];
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
    listGroupDevices: {
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
                sort?: "phy_id" | "created_at" | "name" | "last_seen";
                /** @description desc unless told. */
                order?: "asc" | "desc";
            };
            header?: never;
            path: {
                /** @description Code that its owner chose. */
                code: string;
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
                            items: components["schemas"]["Device"][];
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
    changeGroupMembers: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Code that its owner chose. */
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupMembersChange"];
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
                        data: components["schemas"]["GroupMembersChanged"];
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
    getSockets: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
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
                        data: components["schemas"]["SocketNetwork"];
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
    putSockets: {
        parameters: {
            query?: {
                /** @description none: answer at once. sent: until the order is on the wire or put off (the device is away), at most 1 s. ack: until the device has answered, at most twice device_response_timeout. */
                wait?: "none" | "sent" | "ack";
            };
            header?: never;
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SocketList"];
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
                        data: components["schemas"]["SocketNetworkOrdered"];
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
    upgradeDevice: {
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpgradeDevice"];
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
                        data: components["schemas"]["Upgrade"];
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
    listUpgrades: {
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
                sort?: "created_at";
                /** @description desc unless told. */
                order?: "asc" | "desc";
            };
            header?: never;
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
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
                            items: components["schemas"]["Upgrade"][];
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
    getUpgrade: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
                /** @description Upgrade of one device. */
                upgradeId: string;
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
                        data: components["schemas"]["Upgrade"];
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
    cancelUpgrade: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
                /** @description Upgrade of one device. */
                upgradeId: string;
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
                        data: components["schemas"]["Upgrade"];
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
    rollBackUpgrade: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
                /** @description Upgrade of one device. */
                upgradeId: string;
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
                        data: components["schemas"]["Upgrade"];
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
    listFirmware: {
        parameters: {
            query?: {
                /** @description As the device tells it; a leading v does not count. */
                version?: string;
                /** @description Those that fit this model. */
                model?: string;
                /** @description Only in this state. */
                status?: "fetching" | "stored" | "failed";
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
                            items: components["schemas"]["Firmware"][];
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
    uploadFirmware: {
        parameters: {
            query: {
                /** @description As the device tells it; a leading v does not count. */
                version: string;
                /** @description `sha256:` and the digest in hex: the upload is refused if it differs. */
                checksum?: unknown;
                /** @description Its name, for people. */
                file_name?: string;
                /** @description What of the device it is for. */
                target?: "device" | "power_board" | "slaves" | "host";
                /** @description Type of the devices that it is for. */
                device_type?: number;
                /** @description Models that it is for, with commas between them; without: every one. */
                models?: string[];
                /** @description Hardware versions that it is for, with commas between them; without: every one. */
                hardware_versions?: string[];
                /** @description Protocols that it is for, with commas between them; without: every one. */
                protocols?: string[];
                /** @description What is new in it. */
                release_notes?: string;
            };
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
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
                        data: components["schemas"]["Firmware"];
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
    fetchFirmware: {
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
                "application/json": components["schemas"]["FetchFirmware"];
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
                        data: components["schemas"]["Firmware"];
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
    getFirmware: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Firmware image. */
                firmwareId: string;
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
                        data: components["schemas"]["Firmware"];
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
    deleteFirmware: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Firmware image. */
                firmwareId: string;
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
                            /** @constant */
                            deleted: true;
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
    linkFirmware: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Firmware image. */
                firmwareId: string;
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
                            url: string;
                            /** Format: date-time */
                            expires_at: string;
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
    startRollout: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The firmware. */
                firmwareId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartRollout"];
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
                        data: components["schemas"]["Rollout"];
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
    listRollouts: {
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
                            items: components["schemas"]["Rollout"][];
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
    getRollout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Rollout; also the job that carries it out. */
                rolloutId: string;
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
                        data: components["schemas"]["Rollout"];
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
    resumeRollout: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Rollout; also the job that carries it out. */
                rolloutId: string;
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
                        data: components["schemas"]["Rollout"];
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
    abortRollout: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Rollout; also the job that carries it out. */
                rolloutId: string;
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
                        data: components["schemas"]["Rollout"];
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
    rollBackRollout: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Rollout; also the job that carries it out. */
                rolloutId: string;
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
                        data: components["schemas"]["Rollout"];
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
    requestLogUpload: {
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
                "application/json": components["schemas"]["RequestLogUpload"];
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
                        data: components["schemas"]["LogUpload"];
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
    listLogUploads: {
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
                sort?: "created_at";
                /** @description desc unless told. */
                order?: "asc" | "desc";
            };
            header?: never;
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
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
                            items: components["schemas"]["LogUpload"][];
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
    getLogUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
                /** @description The upload. */
                uploadId: string;
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
                        data: components["schemas"]["LogUpload"];
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
    orderDevice: {
        parameters: {
            query?: {
                /** @description none: answer at once. sent: until the order is on the wire or put off (the device is away), at most 1 s. ack: until the device has answered, at most twice device_response_timeout. */
                wait?: "none" | "sent" | "ack";
                /** @description s; after this it must not reach the device any more. */
                expires_in?: number;
            };
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeviceOrder"];
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
                        data: components["schemas"]["Command"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description Accepted; something else has to happen first */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: components["schemas"]["Approval"];
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
    listParameters: {
        parameters: {
            query?: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phy_id?: string;
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
                        data: components["schemas"]["ParameterDictionary"];
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
    getParameters: {
        parameters: {
            query?: {
                /** @description Ask the device first. */
                refresh?: boolean;
            };
            header?: never;
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
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
                        data: components["schemas"]["DeviceParameters"];
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
    setParameters: {
        parameters: {
            query?: {
                /** @description none: answer at once. ack: until it is done, at most 30 s. Left out: at most 2 s. */
                wait?: "none" | "ack";
            };
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["ParameterChangeRequest"];
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
                        data: components["schemas"]["ParameterChange"];
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
    listParameterChanges: {
        parameters: {
            query?: {
                /** @description held: until the device is idle. waiting: for the device, or for another change of it. */
                status?: "held" | "waiting" | "applying" | "done";
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
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
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
                            items: components["schemas"]["ParameterChange"][];
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
    getParameterChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
                /** @description The change of parameters. */
                changeId: string;
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
                        data: components["schemas"]["ParameterChange"];
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
    cancelParameterChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
                /** @description The change of parameters. */
                changeId: string;
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
                        data: components["schemas"]["ParameterChange"];
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
    listParameterVersions: {
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
                sort?: "version";
                /** @description desc unless told. */
                order?: "asc" | "desc";
            };
            header?: never;
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
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
                            items: components["schemas"]["ParameterVersion"][];
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
    restoreParameterVersion: {
        parameters: {
            query?: {
                /** @description none: answer at once. ack: until it is done, at most 30 s. Left out: at most 2 s. */
                wait?: "none" | "ack";
            };
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
                /** @description Number of the version. */
                version: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ParameterRestoreRequest"];
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
                        data: components["schemas"]["ParameterChange"];
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
    listTemplates: {
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
                sort?: "name" | "created_at";
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
                            items: components["schemas"]["ParameterTemplate"][];
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
    createTemplate: {
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
                "application/json": components["schemas"]["NewTemplate"];
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
                        data: components["schemas"]["ParameterTemplate"];
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
    getTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The template. */
                templateId: string;
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
                        data: components["schemas"]["ParameterTemplate"];
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
    reviseTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The template. */
                templateId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TemplateRevision"];
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
                        data: components["schemas"]["ParameterTemplate"];
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
    deleteTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The template. */
                templateId: string;
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
                        data: components["schemas"]["ParameterTemplate"];
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
    listTemplateVersions: {
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
                sort?: "version";
                /** @description desc unless told. */
                order?: "asc" | "desc";
            };
            header?: never;
            path: {
                /** @description The template. */
                templateId: string;
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
                            items: components["schemas"]["ParameterTemplate"][];
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
    assignTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The template. */
                templateId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TemplateGroups"];
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
                        data: components["schemas"]["ParameterTemplate"];
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
    templateDrift: {
        parameters: {
            query?: {
                /** @description This device alone. */
                phy_id?: string;
                /** @description Leave out those that are in sync; a page may then hold fewer, and `total` counts all devices of its groups. */
                drifted_only?: boolean;
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
                sort?: "phy_id";
                /** @description asc unless told. */
                order?: "asc" | "desc";
            };
            header?: never;
            path: {
                /** @description The template. */
                templateId: string;
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
                            items: components["schemas"]["TemplateDrift"][];
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
    deviceDrift: {
        parameters: {
            query?: {
                /** @description Ask the device first. */
                refresh?: boolean;
            };
            header?: never;
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
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
                        data: components["schemas"]["DeviceDrift"];
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
    pushTemplate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The template. */
                templateId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TemplatePushRequest"];
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
                        data: components["schemas"]["Job"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description Accepted: the work goes on. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: components["schemas"]["Job"];
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
    controlDevice: {
        parameters: {
            query?: {
                /** @description none: answer at once. ack: until it is over, at most 30 s. Left out: at most 2 s. */
                wait?: "none" | "ack";
            };
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["ControlRequest"];
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
                        data: components["schemas"]["Control"];
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
    rebootDevice: {
        parameters: {
            query?: {
                /** @description none: answer at once. ack: until it is over, at most 30 s. Left out: at most 2 s. */
                wait?: "none" | "ack";
            };
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
                "application/json": components["schemas"]["RebootRequest"];
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
                        data: components["schemas"]["Control"];
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
    listControls: {
        parameters: {
            query?: {
                /** @description Only in this state. */
                status?: "scheduled" | "running" | "done";
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
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
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
                            items: components["schemas"]["Control"][];
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
    getControl: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
                /** @description The control action. */
                controlId: string;
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
                        data: components["schemas"]["Control"];
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
    cancelControl: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
                /** @description The control action. */
                controlId: string;
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
                        data: components["schemas"]["Control"];
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
    diagnoseDevice: {
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
                "application/json": components["schemas"]["DiagnoseRequest"];
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
                        data: components["schemas"]["Diagnosis"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description Accepted; something else has to happen first */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: components["schemas"]["Diagnosis"];
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
    listDiagnoses: {
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
                sort?: "created_at";
                /** @description desc unless told. */
                order?: "asc" | "desc";
            };
            header?: never;
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
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
                            items: components["schemas"]["Diagnosis"][];
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
    getDiagnosis: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
                /** @description The diagnosis. */
                diagnosisId: string;
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
                        data: components["schemas"]["Diagnosis"];
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
    getDeviceCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
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
                        data: components["schemas"]["DeviceCredentials"];
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
    setDeviceCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetDeviceCredentials"];
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
                        data: components["schemas"]["DeviceCredentialsOnce"];
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
    deliverDeviceCredentials: {
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeliverDeviceCredentials"];
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
                        data: components["schemas"]["DeliveredCredentials"];
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
    streamFrames: {
        parameters: {
            query?: {
                /** @description up: from the device. */
                direction?: "up" | "down";
                /** @description Code or name of the message, in any case: 82, heartbeat, StartTransaction. */
                message?: string;
                /** @description Text or hex digits that stand somewhere in the frame or its decoding. */
                q?: string;
                /** @description true: only frames that failed a check. */
                errors?: boolean;
            };
            header?: never;
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
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
                    "text/event-stream": string;
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
    searchFrames: {
        parameters: {
            query?: {
                /** @description up: from the device. */
                direction?: "up" | "down";
                /** @description Code or name of the message, in any case: 82, heartbeat, StartTransaction. */
                message?: string;
                /** @description Text or hex digits that stand somewhere in the frame or its decoding. */
                q?: string;
                /** @description true: only frames that failed a check. */
                errors?: boolean;
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
                sort?: "at";
                /** @description desc unless told. */
                order?: "asc" | "desc";
            };
            header?: never;
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
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
                            items: components["schemas"]["Frame"][];
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
    captureFrames: {
        parameters: {
            query?: {
                /** @description up: from the device. */
                direction?: "up" | "down";
                /** @description Code or name of the message, in any case: 82, heartbeat, StartTransaction. */
                message?: string;
                /** @description Text or hex digits that stand somewhere in the frame or its decoding. */
                q?: string;
                /** @description true: only frames that failed a check. */
                errors?: boolean;
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
            };
            header?: never;
            path: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phyId: string;
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
                    "application/x-ndjson": string;
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
    simulateEvent: {
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["SimulatedEvent"];
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
                        data: components["schemas"]["SimulatedAnswer"];
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
    protocolStatistics: {
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
                /** @description Another name of from. */
                since?: string;
                /** @description Another name of to. */
                until?: string;
                /** @description Only of this protocol. */
                protocol?: string;
                /** @description Of one device only. */
                phy_id?: string;
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
                        data: components["schemas"]["ProtocolStatisticsList"];
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
    listCommands: {
        parameters: {
            query?: {
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phy_id?: string;
                /** @description Only devices that can be reached, or that cannot. */
                online?: boolean;
                /** @description AC or DC; several with commas between them, of which one must fit. */
                type?: ("AC" | "DC")[];
                /** @description Code of a region, which stands for all below it; several with commas between them, of which one must fit. */
                region?: string[];
                /** @description Code of a station; several with commas between them, of which one must fit. */
                station?: string[];
                /** @description Code of a device group; several with commas between them, of which one must fit. */
                group?: string[];
                /** @description Tag; several with commas between them, of which one must fit. */
                tag?: string[];
                /** @description Model; several with commas between them, of which one must fit. */
                model?: string[];
                /** @description Protocol; several with commas between them, of which one must fit. */
                protocol?: string[];
                /** @description Whether the whole device is in maintenance. */
                maintenance?: boolean;
                /** @description Part of the id, the printed number or the name. */
                q?: string;
                /** @description Only in this state. */
                status?: "queued" | "sent" | "acked" | "rejected" | "no_reply" | "expired" | "cancelled" | "withdrawn" | "dead";
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
                            items: components["schemas"]["Command"][];
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
    getCommand: {
        parameters: {
            query?: {
                /** @description none: answer at once. sent: until the order is on the wire or put off (the device is away), at most 1 s. ack: until the device has answered, at most twice device_response_timeout. */
                wait?: "none" | "sent" | "ack";
            };
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
                        data: components["schemas"]["Command"];
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
    cancelCommand: {
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
                        data: components["schemas"]["Command"];
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
    replayCommand: {
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
                "application/json": {
                    /**
                     * @description s; how long it may wait now.
                     * @default 300
                     */
                    expires_in?: number;
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
                        data: components["schemas"]["Command"];
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
    batchControl: {
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
                "application/json": components["schemas"]["BatchControl"];
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
                        data: components["schemas"]["BatchReport"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description Accepted: the work goes on. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: components["schemas"]["BatchReport"];
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
    batchParams: {
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
                "application/json": components["schemas"]["BatchParams"];
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
                        data: components["schemas"]["BatchReport"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description Accepted: the work goes on. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: components["schemas"]["BatchReport"];
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
    listJobs: {
        parameters: {
            query?: {
                /** @description Only of this kind. */
                kind?: string;
                /** @description Only in this state. */
                status?: "preparing" | "running" | "cancelling" | "completed" | "failed" | "cancelled";
                /** @description Made at this time or later. */
                created_from?: string;
                /** @description Made before this time. */
                created_to?: string;
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
                            items: components["schemas"]["Job"][];
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
    getJob: {
        parameters: {
            query?: {
                /** @description s; waits so long for its end. */
                wait_seconds?: number;
            };
            header?: never;
            path: {
                /** @description GET /api/third/jobs/{jobId} follows it. */
                jobId: string;
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
                        data: components["schemas"]["Job"];
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
    listJobItems: {
        parameters: {
            query?: {
                /** @description Only in this state. */
                status?: "pending" | "running" | "succeeded" | "failed" | "skipped";
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
                sort?: "item_no";
                /** @description asc unless told. */
                order?: "asc" | "desc";
            };
            header?: never;
            path: {
                /** @description GET /api/third/jobs/{jobId} follows it. */
                jobId: string;
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
                            items: components["schemas"]["JobItem"][];
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
    cancelJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description GET /api/third/jobs/{jobId} follows it. */
                jobId: string;
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
                        data: components["schemas"]["Job"];
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
    retryJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description GET /api/third/jobs/{jobId} follows it. */
                jobId: string;
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
                        data: components["schemas"]["Job"];
                        /** @constant */
                        message: "success";
                    };
                };
            };
            /** @description Accepted: the work goes on. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        code: 0;
                        data: components["schemas"]["Job"];
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
    getToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the card, VIN or other id token; compared without regard to case. */
                token: string;
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
                        data: components["schemas"]["Token"];
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
    putToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the card, VIN or other id token; compared without regard to case. */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "status": "accepted",
                 *       "expiry": "2027-01-01T08:00:00+08:00",
                 *       "group": "fleet-7",
                 *       "type": "card"
                 *     }
                 */
                "application/json": components["schemas"]["TokenSettings"];
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
                        data: components["schemas"]["Token"];
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
    deleteToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Number of the card, VIN or other id token; compared without regard to case. */
                token: string;
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
                        data: components["schemas"]["Token"];
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
    listTokens: {
        parameters: {
            query?: {
                /** @description Only in this state. */
                status?: "accepted" | "blocked" | "expired" | "no_credit";
                /** @description Only of this group. */
                group?: string;
                /** @description Part of the token. */
                q?: string;
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
                sort?: "created_at" | "updated_at" | "token";
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
                            items: components["schemas"]["Token"][];
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
    getTokenCallback: {
        parameters: {
            query?: never;
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
                        data: components["schemas"]["TokenCallback"];
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
    putTokenCallback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenCallbackSettings"];
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
                        data: components["schemas"]["TokenCallbackWithSecret"];
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
    deleteTokenCallback: {
        parameters: {
            query?: never;
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
                            /** @constant */
                            deleted: true;
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
    eventCatalogue: {
        parameters: {
            query?: {
                /** @description Only this one. */
                event?: string;
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
                            payload_versions: ("v1" | "v1-flat")[];
                            events: components["schemas"]["CataloguedEvent"][];
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
    streamEvents: {
        parameters: {
            query?: {
                /** @description Event names or patterns, with commas between them. */
                events?: string[];
                /** @description Physical ids of devices. */
                phy_id?: string[];
                /** @description Another name of phy_id. */
                device?: string[];
                /** @description AC or DC; several with commas between them, of which one must fit. */
                type?: ("AC" | "DC")[];
                /** @description Code of a region, which stands for all below it; several with commas between them, of which one must fit. */
                region?: string[];
                /** @description Code of a station; several with commas between them, of which one must fit. */
                station?: string[];
                /** @description Code of a device group; several with commas between them, of which one must fit. */
                group?: string[];
                /** @description Tag; several with commas between them, of which one must fit. */
                tag?: string[];
                /** @description Model; several with commas between them, of which one must fit. */
                model?: string[];
                /** @description Protocol; several with commas between them, of which one must fit. */
                protocol?: string[];
                /** @description Only what is about this port. */
                port_no?: number;
                /** @description Only what is about this charge. */
                session_id?: string;
                /** @description Form of the data: nested, or flat. */
                payload_version?: "v1" | "v1-flat";
                /** @description Where the header Last-Event-ID cannot be sent. */
                last_event_id?: unknown;
            };
            header?: {
                /** @description Position to go on after. */
                "Last-Event-Id"?: unknown;
            };
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
                    "text/event-stream": string;
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
    listWebhooks: {
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
                            items: components["schemas"]["WebhookEndpoint"][];
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
    createWebhook: {
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
                "application/json": components["schemas"]["NewWebhookEndpoint"];
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
                        data: components["schemas"]["WebhookEndpointWithSecret"];
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
    getWebhook: {
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
                        data: components["schemas"]["WebhookEndpoint"];
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
    deleteWebhook: {
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
                        data: {
                            /** @constant */
                            deleted: true;
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
    updateWebhook: {
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
                "application/json": components["schemas"]["WebhookEndpointChanges"];
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
                        data: components["schemas"]["WebhookEndpoint"];
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
    rotateWebhook: {
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
                        data: components["schemas"]["WebhookEndpointWithSecret"];
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
    pingWebhook: {
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
                        data: components["schemas"]["WebhookAttempt"];
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
    listDeliveries: {
        parameters: {
            query?: {
                /** @description superseded: the endpoint was behind, and a newer charging.progress of the same charge was enough. */
                state?: "pending" | "succeeded" | "dead" | "cancelled" | "superseded";
                /** @description Only of this event. */
                event?: string;
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
                        data: {
                            items: components["schemas"]["WebhookDelivery"][];
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
    resendDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description As its list shows it. */
                id: string;
                /** @description The delivery. */
                deliveryId: string;
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
                        data: components["schemas"]["WebhookDelivery"];
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
    resendSince: {
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResendSince"];
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
                            scheduled: number;
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
    webhookStats: {
        parameters: {
            query?: {
                /** @description Such as 30m, 24h, 7d. */
                time_range?: unknown;
            };
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
                        data: components["schemas"]["WebhookStats"];
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
    startResend: {
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWebhookResend"];
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
                        data: components["schemas"]["WebhookResend"];
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
    getResend: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As its list shows it. */
                id: string;
                /** @description The resend. */
                resendId: string;
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
                        data: components["schemas"]["WebhookResend"];
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
    listKeys: {
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
    createKey: {
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
                "application/json": components["schemas"]["NewKey"];
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
    getKey: {
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
    revokeKey: {
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
    updateKey: {
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
    rotateKey: {
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
    listApprovals: {
        parameters: {
            query?: {
                /** @description Only in this state. */
                status?: "pending" | "approved" | "rejected" | "expired";
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phy_id?: string;
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
                sort?: "requested_at";
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
                            items: components["schemas"]["Approval"][];
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
    getApproval: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The approval. */
                approvalId: string;
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
                        data: components["schemas"]["Approval"];
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
    approve: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The approval. */
                approvalId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ApprovalDecision"];
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
                        data: components["schemas"]["Approval"];
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
    reject: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the caller: the same request with the same key is done once, for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The approval. */
                approvalId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ApprovalDecision"];
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
                        data: components["schemas"]["Approval"];
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
    listAudit: {
        parameters: {
            query?: {
                /** @description Only of this action. */
                action?: string;
                /** @description Only of this key or person. */
                actor_id?: string;
                /** @description Physical id of the device (AP3000: 8 hex digits), or the number printed on it. */
                phy_id?: string;
                /** @description Only of the call with this X-Request-Id. */
                request_id?: string;
                /** @description Only with this result. */
                result?: "success" | "refused" | "failed";
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
                sort?: "sequence";
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
                            items: components["schemas"]["AuditEntry"][];
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
    exportAudit: {
        parameters: {
            query?: never;
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
                    "application/x-ndjson": string;
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
    verifyAudit: {
        parameters: {
            query?: never;
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
                        data: components["schemas"]["AuditChainReport"];
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
}

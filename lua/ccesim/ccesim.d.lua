---@meta ccesim

-- What a scenario may say. The editor reads this file; ccesim itself does not. A test compares it with the binding.
--
-- Not available in scenarios: os, io, debug, coroutine, load, math.random, the operator ^ and <close> variables.
-- `pairs` goes through integers, other numbers, texts and booleans, each in ascending order; other keys are an error.
-- `table.sort` is stable. A script has 50 million instructions and 256 MiB of memory.

---A text with units from large to small: "45m", "3m10s", "1h30m", "14d". Units: us, ms, s, m, h, d, w.
---@alias ccesim.duration string

---A name of the time zone database: "Europe/Amsterdam".
---@alias ccesim.zone string

---"mon 10:20" (the first one not before the start), "2019-11-18 10:20" – both on the clocks of the struck site – or "+3h"
---after the start of the run.
---@alias ccesim.moment string

---`ccesim metrics` lists them all.
---@alias ccesim.metric string

---@alias ccesim.version "1.3.8" | "1.4.1" | "1.4.2" | "2.0" | "2.0.1" | "2.1"

---What can break and can be injected; `ccesim faults` lists them all, `ccesim faults ID` tells what one takes with it.
---@alias ccesim.fault_name
---| "host-crash"
---| "vm-stopped"
---| "vm-saved"
---| "vm-off-corpnet"
---| "vm-off-internet"
---| "dc-down-latent"
---| "cms-master-down"
---| "cms-replica-down"
---| "med-rtcsrv-down"
---| "med-medsvc-down"
---| "med-replica-down"
---| "edge-rtcsrv-down"
---| "edge-replica-down"
---| "edge-rtcdataproxy-down"
---| "edge-rtcmrauth-down"
---| "edge-rtcmediarelay-down"
---| "fw-rule-edge-disabled"
---| "fw-rule-med-disabled"
---| "host-vm-link-lost"
---| "mgmt-service-stopped"
---| "mgmt-service-restart"
---| "nic-ip-missing-on-deploy"
---| "domain-join-failed"
---| "mgmt-switch-not-deletable"
---| "edge-chain-untrusted"
---| "host-reboot-by-windows-update"
---| "escalation-fails"
---| "wu-warning-on-ad-install"
---| "register-conflict"
---| "running-version-empty"
---| "switched-to-old-version"
---| "server-certs-expiring"
---| "server-certs-leaked"
---| "ca-expiring"
---| "ca-compromised"
---| "tenant-admin-cred-changed"
---| "host-password-changed"
---| "dotnet-too-old"
---| "ini-state-line-missing"
---| "dism-dismount-failed"
---| "first-appliance-deploy-failed"
---| "manual-updates-needed"
---| "cmdlets-stale-after-update"
---| "stop-cswindowsservice-unknown"
---| "cloudconnector-module-missing"
---| "av-exclusions-missing"
---| "firewall-port-closed"
---| "trunk-points-at-pool-fqdn"
---| "trunk-missing-for-appliance"
---| "trunk-priority-unequal"
---| "gateway-cross-site"
---| "cce-root-not-on-gateway"
---| "gateway-root-not-on-ms"
---| "gateway-cert-bad-name"
---| "edge-a-record-missing"
---| "edge-a-record-incomplete"
---| "srv-missing"
---| "peer-destination-unset"
---| "peer-destination-wrong"
---| "shared-sip-space-false"
---| "onprem-dialplan-true"
---| "user-not-voice-enabled"
---| "user-unassigned"
---| "user-wrong-site"
---| "intl-disallowed"
---| "hybrid-ms-object-missing"
---| "hybrid-ms-object-licensed"
---| "hybrid-ms-object-wrong-edge"
---| "edge-down-inbound-blackhole"
---| "site-share-unreachable"
---| "cceservice-password-mismatch"
---| "cabackup-password-mismatch"
---| "site-folder-shared-by-two-sites"
---| "proxy-per-user"
---| "winhttp-bypass-missing"
---| "mfa-on-tenant-admin"
---| "tenant-password-expired"
---| "edge-external-cert-expired"
---| "old-ini-reused"
---| "port-range-too-small"
---| "slow-setup-dropped"
---| "refer-unsupported"
---| "version-out-of-support"
---| "windows-unset"
---| "auto-update-off"
---| "overload"
---| "gateway-down"
---| "publish-forgotten"
---| "appliances-installed-in-parallel"
---| "host-uplink-lost"
---| "site-provider-lost"
---| "ad-services-down"
---| "carrier-lost"
---| "carrier-reroute"
---| "common-cause"

---@alias ccesim.number_class "local" | "international" | "emergency"

---@alias ccesim.machine "ad" | "cms" | "mediation" | "edge"

---Fields below "inside time" can be read by policies and runbooks only.
---@class (exact) ccesim.Site
---@field name string
---@field appliances ccesim.Appliance[]
---@field gateways ccesim.Gateway[]
---inside time:
---@field appliances_ready integer
---@field window_is_open boolean  Whether one of its windows for updates of Windows is open.
---@field bits_window_is_open boolean  Or one for bits.
---@field calls integer  In progress over its appliances.

---@class (exact) ccesim.Appliance
---@field name string
---@field site ccesim.Site
---inside time:
---@field status "Running" | "Maintenance" | "Error"  As the tenant was last told: a dead host may read Running.
---@field ready boolean  The truth: every machine and service started, both directions would pass.
---@field calls integer  In progress over it.
---@field in_maintenance boolean  Between Enter-CcUpdate and Exit-CcUpdate.
---@field host_is_up boolean
---@field version string  That runs: "2.1"; "2.1.1" is the first that came out in the run.
---@field backup_version string?  Of the set of machines that is switched off beside it.
---@field is_patched boolean  It has all patches of Windows that are out.
---@field is_current boolean  It runs the newest version that is out.

---@class (exact) ccesim.Gateway
---@field name string
---inside time:
---@field is_up boolean

---@class (exact) ccesim.CommonCause
---@field name string

---@class (exact) ccesim.Crew
---@field name string

---@class (exact) ccesim.Unassigned
---@class (exact) ccesim.Law
---@class (exact) ccesim.Window
---@class (exact) ccesim.Update
---@class (exact) ccesim.Recovery
---@class (exact) ccesim.Program
---@class (exact) ccesim.Action
---@class (exact) ccesim.Run

---The estate as its own files describe it. Before the first site, and once.
---@class (exact) ccesim.estate
---@field appliances string | string[]  One CloudConnector.ini an appliance.
---@field users? string  The user export, as Export-Csv leaves it.
---@field peer_destination? string  The site of users without a site. cce.tenant may say it instead.
---@field version? ccesim.version  Of all its appliances. Default: 2.1.

---The tenant's settings. What is not said is as it has to be for these appliances, and not as the cmdlets leave it: there
---SharedSipAddressSpace begins as false and UseOnPremDialPlan as true, and both are wrong. A wrong setting is in force from the
---first moment on: `ccesim faults shared-sip-space-false`, `ccesim faults onprem-dialplan-true`.
---@class (exact) ccesim.tenant
---@field peer_destination? string  The site of users without a site. Default: what cce.estate says, else none.
---@field shared_sip_address_space? boolean  Default: true.
---@field use_on_prem_dial_plan? boolean  Default: false.

---What the tenant's directory holds for a Mediation. Missing, licensed, and with the FQDN of another Edge: no escalation there.
---@alias ccesim.hybrid_object "present" | "missing" | "licensed" | "wrong-edge"

---@class (exact) ccesim.site
---@field zone? ccesim.zone  Default: UTC.
---@field channels? integer | table<string, integer>  Circuits of each gateway, or by gateway name.
---@field reroute_on_5xx? boolean | table<string, boolean>  Whether a gateway hunts on when a Mediation has no Edge. Default: the parameter.
---@field appliances? integer  Only where no file describes the site: how many, 1 to 16.
---@field size? "large" | "small"  500 or 50 calls an appliance. Default: large.
---@field gateways? integer  Default: 1.
---@field users? integer  Voice-enabled users of the site.
---@field edge? string  The external name of the Access Edge.
---@field version? ccesim.version  Of all its appliances. Default: 2.1.
---@field tls? boolean  Whether its gateways use TLS. Default: as its files say, else TCP.
---@field installed? string  The day its appliances were installed, such as "2017-03-06". Their server certificates end every two years
---from then, their CAs every five; ends before the run were renewed. Default: unsaid, and renewed in time.
---@field edge_certificate? string  The last day of its Edges' external certificate. Default: after any run.
---@field directory_on? string  The host that carries the Site Directory. Default: the site's first one.
---@field backup_version? ccesim.version  Of a second set of machines on each host, switched off. Default: there is none.
---@field hybrid_objects? ccesim.hybrid_object | table<string, ccesim.hybrid_object>  Of every appliance, or by its name. Default: present.
---@field a_record? string[]  Names of the appliances whose Edges the DNS A record of the site names. Default: all. { }: there is
---no record.
---@field srv_records? boolean  Whether the SRV records are there that its Edges look up. Default: true.
---@field routes? ccesim.number_class | ccesim.number_class[] | table<string, ccesim.number_class | ccesim.number_class[]>  Which
---numbers outbound calls may leave by, of each gateway or by gateway name. Default: all.

---@class (exact) ccesim.crew
---@field people integer  How many repairs it does at once. What failed first comes first.

---@class (exact) ccesim.trunk
---@field from ccesim.Gateway
---@field to? ccesim.Appliance  Whose Mediation Server it leads to.
---@field target? string  The same by name: the FQDN or IP address of a Mediation Server. The pool's name is a mistake that is played.
---@field priority? integer  1 to 100; inbound calls try lower ones first, equal ones in turn. Default: 1.
---@field trusted? boolean  With TLS: whether each side knows the other's root certificate. Default: true.

---@class (exact) ccesim.common_cause
---@field takes (ccesim.Appliance | ccesim.Gateway | ccesim.Site)[]  Two or more. A site: its Internet provider.
---@field kind? "power" | "carrier" | "network"  Power takes hosts and gateways; a carrier takes circuits and lines; a network, the
---lines of hosts and whole gateways. Default: power.

---@class (exact) ccesim.traffic
---@field at? ccesim.Site | ccesim.Unassigned | (ccesim.Site | ccesim.Unassigned)[]  Default: everyone.
---@field profile? string  A weekly profile in CSV. Default: the same all day and all week.
---@field erlangs_per_user? number  Offered in the busy hour, both directions.
---@field erlangs? number  The same for all users of each site together.
---@field length? ccesim.Law | ccesim.duration  Of a conversation.
---@field mean? ccesim.duration  Short for an exponential length.
---@field day_level_cv? number  How much whole days differ.
---@field outbound_share? number  The rest is inbound.
---@field external_share? number  Of clients outside the corporate network.
---@field international_share? number  Of outbound calls.
---@field emergency_share? number  Of outbound calls.
---@field escalation_share? number  Of calls that become a conference.
---@field night_floor? number  No slot carries less than this share of the busy hour.
---@field redial? ccesim.redial  Lost callers who try again. Default: none.

---@class (exact) ccesim.redial
---@field share number
---@field delay ccesim.duration  The mean wait.
---@field tries? integer  Default: 1.

---@class (exact) ccesim.lognormal
---@field mean ccesim.duration
---@field cv number  Standard deviation / mean.

---@class (exact) ccesim.exponential
---@field mean ccesim.duration

---@class (exact) ccesim.fixed
---@field mean ccesim.duration

---@class (exact) ccesim.weibull
---@field mean ccesim.duration
---@field shape number  Below 1: bursts. Above 1: wear.

---@class (exact) ccesim.hyperexponential
---@field mean ccesim.duration
---@field cv number  More than 1.

---Between 0 and twice the mean.
---@class (exact) ccesim.uniform
---@field mean ccesim.duration

---@class (exact) ccesim.update
---@field at ccesim.Site | ccesim.Site[]
---@field window ccesim.Window  May serve several sites; a tenant has at most 20.
---@field purpose? "os" | "bits"  Updates of Windows, or new versions of the appliance. Default: both.

---What the vendor publishes: patches of Windows, and bits, which are new versions of the appliance. Without patches every
---update of Windows finds something to install; without bits nothing new comes out. What is said of bad ones holds for all
---that the call names; patches and bits may be said in two calls.
---@class (exact) ccesim.releases
---@field patches? "patch tuesday" | string[]  The second Tuesday of each month, or dates; out at 10:00 in Redmond.
---@field bits? string[] | ccesim.Law | ccesim.duration  Dates, or the time from one to the next; a duration: exponential.
---@field bad_share? number  Of what comes out: hours later Mediation fails on who has it. Default: 0.
---@field bad_shows? ccesim.Law | ccesim.duration  After the work, on each appliance. Default: "6h", exponential.
---@field bad_lasts? ccesim.duration  Until somebody has mended it. Default: "8h".

---@class (exact) ccesim.one_at_a_time
---With `drain` it drains, whatever the parameter enter_update_mode says; without, that decides.
---@field drain? ccesim.duration  When calls that are left are cut. Default: never, a drain takes as long as its last call.

---@class (exact) ccesim.reboot_in_place
---@class (exact) ccesim.never
---@class (exact) ccesim.builtin_1_4_1
---@class (exact) ccesim.builtin_2_0
---@class (exact) ccesim.no_recovery

---@class (exact) ccesim.policy
---@field update? ccesim.Update | ccesim.Program  Default: one at a time.
---@field recovery? ccesim.Recovery | ccesim.Program | (ccesim.Recovery | ccesim.Program)[]  Programs recover beside what is
---built in. Default: that of version 2.0.

---@class (exact) ccesim.fault
---@field on? ccesim.Appliance | ccesim.Gateway | ccesim.Site | ccesim.Unassigned | ccesim.CommonCause  Where it strikes, as `ccesim faults` says. Nothing: the tenant.
---@field machine? ccesim.machine  Where the fault strikes a machine.
---@field to? ccesim.Appliance  Of a gateway's trunks the one to this appliance. Default: all.
---@field site? ccesim.Site  Where something leads to a wrong site: which.
---@field share? number  Of users, or of calls.
---@field ports? integer  port-range-too-small: how many there are; a call takes four.
---@field port? "5061" | "media"  firewall-port-closed: which. Default: 5061.
---@field lasts? ccesim.duration  Default: until somebody clears it.

---Parameters by the product's names: { on = a, Identity = "Seattle", EnableAutoUpdate = false }.
---@class ccesim.arguments
---@field on? ccesim.Appliance  At which host, or in whose machines, it is typed.
---@field mode? "drain" | "immediate"  Of Enter-CcUpdate. Default: "drain" with a limit, else the parameter enter_update_mode.
---@field limit? ccesim.duration  Of Enter-CcUpdate: how long to drain. Default: without limit.

---@class (exact) ccesim.failures
---@field fault ccesim.fault_name
---@field on? ccesim.Appliance | ccesim.Gateway | ccesim.Site | ccesim.Unassigned | ccesim.CommonCause | (ccesim.Appliance | ccesim.Gateway | ccesim.Site | ccesim.Unassigned | ccesim.CommonCause)[]
---@field machine? ccesim.machine
---@field to? ccesim.Appliance
---@field site? ccesim.Site
---@field share? number
---@field ports? integer
---@field port? "5061" | "media"
---@field between ccesim.Law | ccesim.duration  A duration is the mean of an exponential law.
---@field lasts? ccesim.Law | ccesim.duration  A duration is always the same. May be left out where a recovery attempt can clear
---the fault, as `ccesim faults` says: then it lasts until one does.
---@field repaired_by? ccesim.Crew  `lasts` begins when somebody of the crew is free. Default: at once.

---@class (exact) ccesim.expect
---@field site? ccesim.Site | string  "(no site)": the calls that reached none.
---@field per? "site"  The worst site counts; calls that reached none are a site of their own.
---@field direction? "inbound" | "outbound"

---@class (exact) ccesim.at_most
---@field confidence? number  Then the answer may also be "undecided".

---@class (exact) ccesim.at_least
---@field confidence? number

---@class (exact) ccesim.when
---@field at_least? integer  Default: 1.

---@class (exact) ccesim.no_worse_than
---@field by? number | string  In the metric's unit, or a share such as "10%".
---@field confidence? number

---@class (exact) ccesim.run
---@field from string  A date: "2019-11-10".
---@field length ccesim.duration
---@field seed? integer  Default: 42.

---@class (exact) ccesim.Expectation
local Expectation = {}

---@param x number
---@param how? ccesim.at_most
---@return ccesim.Expectation
function Expectation:at_most(x, how) end

---@param x number
---@param how? ccesim.at_least
---@return ccesim.Expectation
function Expectation:at_least(x, how) end

---In every replication, not in the mean; of extremes over time (appliances_ready, channels_busy_max): at every moment of
---every replication.
---@return ccesim.Expectation
function Expectation:always() end

---Judges only if this happened often enough; else the verdict is "vacuous".
---@param metric ccesim.metric
---@param how? ccesim.when
---@return ccesim.Expectation
function Expectation:when(metric, how) end

---@param file string  A saved result in JSON, or what `ccesim test --update-baseline` writes there.
---@param how? ccesim.no_worse_than
---@return ccesim.Expectation
function Expectation:no_worse_than(file, how) end

---@class ccesim
---@field unassigned ccesim.Unassigned  The users whom the export gives no site.
local cce = {}

---@param estate ccesim.estate
function cce.estate(estate) end

---@param tenant ccesim.tenant
function cce.tenant(tenant) end

---cce.site "Amsterdam" { zone = "Europe/Amsterdam", channels = 184 }
---@param name string
---@return fun(site: ccesim.site): ccesim.Site
function cce.site(name) end

---What takes several things at once: cce.common_cause "rack 7" { takes = { ams.appliances[1], ams.gateways[2] } }
---@param name string
---@return fun(cause: ccesim.common_cause): ccesim.CommonCause
function cce.common_cause(name) end

---Who repairs: local fitters = cce.crew "fitters" { people = 1 }, then cce.failures { …, repaired_by = fitters }
---@param name string
---@return fun(crew: ccesim.crew): ccesim.Crew
function cce.crew(name) end
---One trunk of a gateway. With any such line, a gateway has only the trunks that are said; else one to each Mediation
---Server of its site.
---@param trunk ccesim.trunk
function cce.trunk(trunk) end

---@param traffic ccesim.traffic
function cce.traffic(traffic) end

---Values for what is otherwise assumed; `ccesim check` lists them.
---@param values table<string, string | number | boolean>
function cce.parameters(values) end

---@param law ccesim.lognormal
---@return ccesim.Law
function cce.lognormal(law) end

---@param law ccesim.exponential
---@return ccesim.Law
function cce.exponential(law) end

---@param law ccesim.fixed
---@return ccesim.Law
function cce.fixed(law) end

---@param law ccesim.weibull
---@return ccesim.Law
function cce.weibull(law) end

---@param law ccesim.hyperexponential
---@return ccesim.Law
function cce.hyperexponential(law) end

---@param law ccesim.uniform
---@return ccesim.Law
function cce.uniform(law) end

---Picks one of the durations.
---@param durations ccesim.duration[]
---@return ccesim.Law
function cce.empirical(durations) end

---@param opens string  Days and a time of day: "sun 02:00", "mon,wed 22:00", "mon-fri 22:00".
---@param length ccesim.duration
---@return ccesim.Window
function cce.weekly(opens, length) end

---@param opens string  "22:00"
---@param length ccesim.duration
---@return ccesim.Window
function cce.daily(opens, length) end

---On one day of the month, "15 00:00"; a month without that day has no opening. Or on weekdays of certain weeks,
---"first,last sat,sun 00:00" (first, second, third, fourth, last): the first Saturday and the first Sunday, and so on,
---each counted for itself.
---@param opens string
---@param length ccesim.duration
---@return ccesim.Window
function cce.monthly(opens, length) end

---@param update ccesim.update
function cce.update(update) end

---@param releases ccesim.releases
function cce.releases(releases) end

---@param how? ccesim.one_at_a_time
---@return ccesim.Update
function cce.one_at_a_time(how) end

---@param how? ccesim.reboot_in_place
---@return ccesim.Update
function cce.reboot_in_place(how) end

---@param how? ccesim.never
---@return ccesim.Update
function cce.never(how) end

---The ladder of release 1.4.1: three restarts of services, then machines in order, then it gives up. On later versions the
---endless ladder.
---@param how? ccesim.builtin_1_4_1
---@return ccesim.Recovery
function cce.builtin_1_4_1(how) end

---@param how? ccesim.builtin_2_0
---@return ccesim.Recovery
function cce.builtin_2_0(how) end

---Version 1.3.8: neither detection nor recovery.
---@param how? ccesim.no_recovery
---@return ccesim.Recovery
function cce.no_recovery(how) end

---cce.policy "careful" { update = cce.one_at_a_time { drain = "45m" } }
---@param name string
---@return fun(policy: ccesim.policy)
function cce.policy(name) end

---What a policy does, as a function that is run for each site from the beginning of the run.
---@param program fun(site: ccesim.Site)
---@return ccesim.Program
function cce.each_site(program) end

---What a policy does, as a function that is run once, for all sites.
---@param program fun(sites: ccesim.Site[])
---@return ccesim.Program
function cce.tenant_wide(program) end

---A function is a runbook: it is run from that time on, and may take as long as it likes.
---@param when ccesim.moment
---@param what ccesim.Action | fun(sites: ccesim.Site[])
function cce.at(when, what) end

---Inside time: goes on so much later.
---@param time ccesim.duration
function cce.wait(time) end

---Inside time: goes on as soon as the condition holds; true. Or when the time is over; false. A condition sees and does not
---act. It is asked again whenever something of the program's site has changed; one that reads calls, every ten seconds; one
---that reads the clock, every minute.
---@param condition fun(): boolean
---@param at_most? ccesim.duration
---@return boolean
function cce.wait_until(condition, at_most) end

---Inside time: types a cmdlet, and goes on when it has ended. `ccesim cmdlets` lists them. An error of the cmdlet is an error
---of the program: pcall catches it, otherwise it ends the run.
---@param name string
---@param arguments? ccesim.arguments
---@return table[]  What a Get- cmdlet answers.
function cce.call(name, arguments) end

---Inside time: the same, for who wants to handle the error: nil and its text.
---@param name string
---@param arguments? ccesim.arguments
---@return table[]? answer
---@return string? error
function cce.try(name, arguments) end

---Inside time: lets a function go its own way from this instant on, beside the one that calls.
---@param work fun()
function cce.start(work) end

---Inside time: what if an outbound call that no appliance of the site takes, since they are full or out of service, left by
---another site? No release of the product does that. Without `to`: it no longer does.
---@param site ccesim.Site
---@param to? ccesim.Site
function cce.overflow(site, to) end

---Inside time: what the clock of a site shows; of the first site, if none is given.
---@param site? ccesim.Site
---@return { date: string, day: "sun" | "mon" | "tue" | "wed" | "thu" | "fri" | "sat", hour: integer, minute: integer }
function cce.clock(site) end

---Inside time: for how many seconds the run has lasted.
---@return number
function cce.elapsed() end

---@param name ccesim.fault_name
---@param how ccesim.fault
---@return ccesim.Action
function cce.fault(name, how) end

---@param name string  `ccesim cmdlets` lists them.
---@param how? ccesim.arguments
---@return ccesim.Action
function cce.cmdlet(name, how) end

---Again and again.
---@param failures ccesim.failures
function cce.failures(failures) end

---cce.expect("calls_dropped"):at_most(40)
---@param metric ccesim.metric
---@param scope? ccesim.expect
---@return ccesim.Expectation
function cce.expect(metric, scope) end

---The last word: return cce.run { from = "2019-11-10", length = "14d" }
---@param run ccesim.run
---@return ccesim.Run
function cce.run(run) end

return cce

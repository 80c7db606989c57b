// What only the whole plan shows. Each check is a function of its own and adds what it finds; the order of the
// checks is that of the scenario, so that messages come as a person reads the script.

#include "sim/scenario/certificates.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/windows.hpp"
#include "sim/vocabulary/letters.hpp"
#include "sim/vocabulary/quantity.hpp"
#include "sim/vocabulary/tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace sim::scenario {

using vocabulary::Exit;
using vocabulary::lowered;
using vocabulary::Problems;
using vocabulary::quoted;

namespace {

constexpr double bits_between_min = 3600;  // seconds between new versions, for the same reason
constexpr double between_min = 1;  // seconds between failures; less is a typing error, and a run without end
constexpr Duration day = std::chrono::hours{24};
constexpr unsigned shortest_month = 28;
constexpr std::chrono::sys_days retirement{std::chrono::year{2021} / 7 / 31};

class Check {
public:
    Check(const Scenario& scenario, Problems& problems) : plan_(scenario), problems_(problems) {}

    void all() {
        run();
        sites();
        names();
        for (std::size_t i = 0; i < plan_.sites.size(); ++i) site(static_cast<SiteId>(i));
        for (const CommonCause& cause : plan_.common_causes) check(cause);
        peer_destination();
        configured();
        traffic();
        silent_users();
        amount();
        updates();
        for (const Incident& incident : plan_.incidents) check(incident);
        for (const Crew& crew : plan_.crews) check(crew);
        for (const Failures& failures : plan_.failures) check(failures);
        for (std::size_t i = 0; i < plan_.crews.size(); ++i) check_load(static_cast<CrewId>(i));
        for (const Expectation& expectation : plan_.expectations) check(expectation);
    }

private:
    void add(const Place& place, const char* code, std::string what, std::string expected = "",
             std::string help = "") {
        problems_.add({place, code, std::move(what), std::move(expected), std::move(help)});
    }

    // What no single line says is said of the script; its name is all that the plan keeps of it.
    Place whole() const { return {plan_.name.empty() ? "" : plan_.name + ".lua"}; }

    bool has_times() const {
        return plan_.from.ok() && plan_.length > Duration{} && plan_.length <= kernel::longest_run;
    }
    Instant end() const { return kernel::start_of_run + plan_.length; }
    std::string time(Instant at) const { return vocabulary::utc_text(plan_.calendar(), at); }

    void run() {
        if (!plan_.from.ok())
            add(whole(), "E213", "the run has no start date", R"(must be a date such as "2019-11-10")");
        if (plan_.length <= Duration{} || plan_.length > kernel::longest_run)
            add(whole(), "E213", fmt::format("the run lasts {}", vocabulary::text(plan_.length)),
                "must last longer than 0s and at most 200 years");
        if (!has_times()) return;
        const Instant retired =
            plan_.calendar().instant_of_unix(std::chrono::sys_seconds{retirement}.time_since_epoch().count());
        if (end() > retired)
            add(whole(), "W202", fmt::format("the run ends at {}", time(end())),
                "the product was retired on 2021-07-31");
    }

    void sites() {
        if (plan_.sites.empty()) add(whole(), "E201", "scenario defines no site");
        if (plan_.sites.size() > sites_per_tenant_max)
            add(plan_.sites[SiteId{sites_per_tenant_max}].place, "E202",
                fmt::format("the tenant has {} sites", plan_.sites.size()),
                fmt::format("must be at most {} (the product's planning guide)", sites_per_tenant_max));
    }

    void names() {
        unique("site", plan_.sites);
        unique("appliance", plan_.appliances);
        unique("gateway", plan_.gateways);
        unique("policy", plan_.policies);
        unique("common cause", plan_.common_causes);
        unique("crew", plan_.crews);
    }

    template <class Things>
    void unique(const char* kind, const Things& things) {
        std::map<std::string, Place> first_places;
        for (const auto& thing : things) {
            if (thing.name.empty() || thing.name.size() > thing_name_max)
                add(thing.place, "E204",
                    fmt::format("the name of a {} is {}", kind,
                                thing.name.empty() ? "empty" : "too long: " + quoted(thing.name)),
                    fmt::format("must have 1 to {} bytes", thing_name_max));
            const auto [first, is_new] = first_places.emplace(lowered(thing.name), thing.place);
            if (is_new || thing.name.empty()) continue;
            add(thing.place, "E205",
                fmt::format("{} {} is there twice{}", kind, quoted(thing.name), first_at(first->second)),
                "names are compared without regard to case");
        }
    }

    static std::string first_at(const Place& place) {
        if (place.file.empty()) return "";
        return fmt::format(" (first at {}:{})", vocabulary::shown(place.file), place.line);
    }

    const Cohort* cohort_of(std::optional<SiteId> id) const {
        for (const Cohort& cohort : plan_.cohorts)
            if (cohort.site == id) return &cohort;
        return nullptr;
    }

    bool has_channels(const Site& site) const {
        const auto is_open = [this](GatewayId id) { return plan_.gateways[id].channels > 0; };
        return std::any_of(site.gateways.begin(), site.gateways.end(), is_open);
    }

    void site(SiteId id) {
        const Site& site = plan_.sites[id];
        appliances_of(site);
        certificates_of(id);
        backups_of(site);
        for (const GatewayId gateway : site.gateways) trunks(gateway);
        number_classes(id);
        const bool takes_calls =
            cohort_of(id) != nullptr || (plan_.peer_destination == id && cohort_of(std::nullopt));
        if (!takes_calls) return;
        if (site.appliances.empty())
            add(site.place, "E219", fmt::format("site {} has users and no appliance", quoted(site.name)));
        if (site.gateways.empty())
            add(site.place, "E206", fmt::format("site {} has users and no gateway", quoted(site.name)));
        else if (!has_channels(site))
            add(site.place, "E206", fmt::format("site {} has users and no gateway channel", quoted(site.name)),
                "must have at least one circuit to the carrier",
                fmt::format("write cce.site {} {{ channels = N }}", quoted(site.name)));
        else
            idle_gateways(site);
    }

    // Of a site where others have channels: a table by gateway name that leaves it out.
    void idle_gateways(const Site& site) {
        for (const GatewayId id : site.gateways)
            if (plan_.gateways[id].channels == 0)
                add(site.place, "W217", fmt::format("{} has no channel", named(id)), "",
                    "calls to its numbers are blocked: see the channels of its cce.site");
    }

    // The oldest version of a site decides how many appliances it may have.
    void appliances_of(const Site& site) {
        unsigned most = appliances_per_site_max;
        std::string_view oldest;
        for (const ApplianceId id : site.appliances) {
            const vocabulary::Version& release = vocabulary::version(plan_.appliances[id].version);
            if (release.appliances_per_site_max >= most) continue;
            most = release.appliances_per_site_max;
            oldest = release.name;
        }
        if (site.appliances.size() <= most) return;
        add(site.place, "E203",
            fmt::format("site {} has {} appliances", quoted(site.name), site.appliances.size()),
            oldest.empty() ? fmt::format("must be at most {} (the product's planning guide)", most)
                           : fmt::format("must be at most {} with version {}", most, oldest),
            oldest.empty() ? "" : "from version 2.0 on a site has at most 16");
    }

    // What a gateway's list of trunks should not have, or should.
    void trunks(GatewayId id) {
        const Gateway& gateway = plan_.gateways[id];
        const Site& site = plan_.sites[gateway.site];
        bool by_pool = false;
        for (const Trunk& trunk : gateway.trunks) {
            by_pool = by_pool || trunk.by_pool;
            const Appliance& appliance = plan_.appliances[trunk.to];
            if (trunk.by_pool)
                add(trunk.place, "W211",
                    fmt::format("a trunk of {} names the Mediation pool {}", named(id),
                                quoted(appliance.mediation_pool)),
                    "must name a server: the pool's name is that of every appliance",
                    gateway.trunks.size() == 1
                        ? fmt::format("its inbound calls all land on {}, and fail with it", named(trunk.to))
                        : fmt::format("what comes over it always lands on {}", named(trunk.to)));
            else if (appliance.site != gateway.site)
                add(trunk.place, "W211",
                    fmt::format("a trunk of {} leads to {} of site {}", named(id), named(trunk.to),
                                quoted(plan_.sites[appliance.site].name)),
                    fmt::format("must lead to an appliance of site {}", quoted(site.name)),
                    "its inbound calls enter at the wrong site");
        }
        if (gateway.trunks.empty() || by_pool) return;
        std::vector<std::string> missing;
        for (const ApplianceId appliance : site.appliances)
            if (!has_trunk(gateway, appliance)) missing.push_back(named(appliance));
        if (missing.empty()) return;
        add(gateway.trunks.front().place, "W211",
            fmt::format("{} has no trunk to {}", named(id), fmt::join(missing, ", ")),
            "must have one to each Mediation of its site",
            "the cce.trunk lines of a gateway are all the trunks it has");
    }

    double share_of(const Traffic& traffic, vocabulary::NumberClass of) const {
        if (of == vocabulary::NumberClass::international) return traffic.international_share;
        if (of == vocabulary::NumberClass::emergency) return traffic.emergency_share;
        return 1 - traffic.international_share - traffic.emergency_share;
    }

    // Numbers that people of the site dial, and that none of its gateways carries.
    void number_classes(SiteId id) {
        const Site& site = plan_.sites[id];
        if (site.gateways.empty()) return;
        for (const vocabulary::NumberClass of : vocabulary::number_classes) {
            const auto carries = [&](GatewayId gateway) { return plan_.gateways[gateway].carries.has(of); };
            if (std::any_of(site.gateways.begin(), site.gateways.end(), carries)) continue;
            const auto dials = [&](const Traffic& traffic) {
                const std::optional<SiteId> home = plan_.cohorts[traffic.cohort].site;
                return (home ? home : plan_.peer_destination) == id && traffic.outbound_share > 0 &&
                       share_of(traffic, of) > 0;
            };
            if (std::any_of(plan_.traffic.begin(), plan_.traffic.end(), dials))
                add(site.place, "W212",
                    fmt::format("no gateway of {} carries {} numbers", named(id), vocabulary::text(of)), "",
                    "such calls fail: see the routes of its cce.site");
        }
    }

    std::string named(SiteId id) const { return "site " + quoted(plan_.sites[id].name); }
    std::string named(ApplianceId id) const { return "appliance " + quoted(plan_.appliances[id].name); }
    std::string named(GatewayId id) const { return "gateway " + quoted(plan_.gateways[id].name); }

    void check(const CommonCause& cause) {
        if (cause.members.size() < 2)
            add(cause.place, "E221",
                fmt::format("common cause {} takes {}", quoted(cause.name),
                            cause.members.empty() ? "nothing" : "one thing only"),
                "must take at least two", "what takes one alone is a fault of it");
        for (std::size_t i = 1; i < cause.members.size(); ++i) {
            const auto here = cause.members.begin() + static_cast<std::ptrdiff_t>(i);
            if (std::find(cause.members.begin(), here, *here) == here) continue;
            const auto name = std::visit([this](auto id) { return named(id); }, *here);
            add(cause.place, "E221", fmt::format("common cause {} takes {} twice", quoted(cause.name), name),
                "must take each once");
        }
    }

    void certificates_of(SiteId id) {
        const Site& site = plan_.sites[id];
        if (!has_times() || site.appliances.empty()) return;
        const auto end = certificate_ends(plan_, id).edge_external;
        if (end && *end <= kernel::start_of_run)
            add(site.place, "W209",
                fmt::format("the external certificate of the Edges of site {} ended before the run",
                            quoted(site.name)),
                "", "they serve until they start or connect the next time");
    }

    // With a newer one beside it, what runs is older than its scripts.
    void backups_of(const Site& site) {
        for (const ApplianceId id : site.appliances) {
            const Appliance& appliance = plan_.appliances[id];
            if (!appliance.backup_version || *appliance.backup_version < appliance.version) continue;
            add(appliance.place, "W210",
                fmt::format("appliance {} runs version {} with {} beside it", quoted(appliance.name),
                            vocabulary::version(appliance.version).name,
                            vocabulary::version(*appliance.backup_version).name),
                "", "nothing is detected or recovered there until the newer one runs");
        }
    }

    void peer_destination() {
        const Cohort* siteless = cohort_of(std::nullopt);
        if (!plan_.peer_destination && siteless)
            add(whole(), "W204",
                fmt::format("{} users have no site and the tenant no PeerDestination", siteless->users.size()),
                "",
                "their calls fail in both directions, for want of a gateway and of a home for their numbers: "
                "name a site as peer_destination");
        if (!plan_.peer_destination || !cohort_of(plan_.peer_destination)) return;
        const Site& site = plan_.sites[*plan_.peer_destination];
        add(site.place, "W201",
            fmt::format("PeerDestination is {}, which has users of its own", quoted(site.name)), "",
            "calls of users without a site take their lines");
    }

    // One warning for what one line sets wrong in several places.
    void configured() {
        for (std::size_t i = 0; i < plan_.configured.size(); ++i) {
            const Configured& one = plan_.configured[i];
            check(one.fault, one.place);
            const vocabulary::FaultName& name = vocabulary::fault_name(one.fault.id);
            if (!name.can_last)
                add(one.place, "E141", fmt::format("fault {} cannot be configured", quoted(name.name)),
                    "must be something that lasts");
            if (one.fault.lasts)
                add(one.place, "E141", fmt::format("fault {} is configured and ends", quoted(name.name)),
                    "must have no duration");
            if (is_configured_before(i))
                add(one.place, "E141", fmt::format("fault {} is configured there twice", quoted(name.name)),
                    "must be said once for each fault and place");
            const auto begins = [&](const Configured& other) {
                return other.fault.id == one.fault.id && other.place.file == one.place.file &&
                       other.place.line == one.place.line;
            };
            const auto here = plan_.configured.begin() + static_cast<std::ptrdiff_t>(i);
            if (std::none_of(plan_.configured.begin(), here, begins)) warn_of(one, begins);
        }
    }

    static bool is_same(const FaultAction& one, const FaultAction& other) {
        return one.id == other.id && one.on == other.on && one.machine == other.machine && one.to == other.to;
    }

    bool is_configured_before(std::size_t row) const {
        const auto here = plan_.configured.begin() + static_cast<std::ptrdiff_t>(row);
        return std::any_of(plan_.configured.begin(), here, [&](const Configured& other) {
            return is_same(other.fault, plan_.configured[row].fault);
        });
    }

    template <class IsOfIt>
    void warn_of(const Configured& first, IsOfIt is_of_it) {
        std::string places;
        for (const Configured& one : plan_.configured)
            if (is_of_it(one)) places += (places.empty() ? "" : ", ") + named(one.fault.on);
        add(first.place, "W213",
            fmt::format("{} is in force from the first moment on, at {}",
                        quoted(vocabulary::text(first.fault.id)), places),
            "",
            fmt::format("it is configured so; ccesim faults {} tells what it does",
                        vocabulary::text(first.fault.id)));
    }

    std::string named(const vocabulary::FaultPlace& place) const {
        if (const auto* users = std::get_if<CohortId>(&place)) {
            const auto& site = plan_.cohorts[*users].site;
            return site ? "the users of " + named(*site) : "the users without a site";
        }
        if (const auto* cause = std::get_if<CommonCauseId>(&place))
            return "common cause " + quoted(plan_.common_causes[*cause].name);
        if (const auto* appliance = std::get_if<ApplianceId>(&place)) return named(*appliance);
        if (const auto* gateway = std::get_if<GatewayId>(&place)) return named(*gateway);
        if (const auto* site = std::get_if<SiteId>(&place)) return named(*site);
        return "the tenant";
    }

    void traffic() {
        std::map<CohortId, Place> first_places;
        for (const Traffic& traffic : plan_.traffic) {
            check(traffic);
            const auto [first, is_new] = first_places.emplace(traffic.cohort, traffic.place);
            if (!is_new)
                add(traffic.place, "E215",
                    fmt::format("{} have traffic twice{}", users_of(traffic), first_at(first->second)),
                    "must be given once for the users of a site");
        }
    }

    void silent_users() {
        if (plan_.traffic.empty() && plan_.sites.size() > 0)
            add(whole(), "W206", "nobody calls: the scenario has no traffic", "",
                "write cce.traffic {} for everyone, with what is assumed");
        for (std::size_t i = 0; i < plan_.cohorts.size() && !plan_.traffic.empty(); ++i) {
            const auto id = static_cast<CohortId>(i);
            const Cohort& cohort = plan_.cohorts[id];
            const auto users = std::count_if(cohort.users.begin(), cohort.users.end(),
                                             [](const User& user) { return user.voice_enabled; });
            const auto speaks_of_them = [id](const Traffic& traffic) { return traffic.cohort == id; };
            if (users == 0 || std::any_of(plan_.traffic.begin(), plan_.traffic.end(), speaks_of_them)) continue;
            add(cohort.site ? plan_.sites[*cohort.site].place : whole(), "W205",
                fmt::format("users {} ({}) make no calls: no cce.traffic speaks of them",
                            cohort.site ? "of " + quoted(plan_.sites[*cohort.site].name) : "without a site",
                            users));
        }
    }

    // In one replication, redials aside.
    double calls(const Traffic& traffic) const {
        const double mean = mean_of(traffic.length);
        const bool is_told = !has_times() || !is_whole(traffic.profile) || !(mean >= call_mean_min) ||
                             !(traffic.erlangs >= 0 && traffic.erlangs <= erlangs_max);
        if (is_told) return 0;
        double week_mean = 0;
        for (const std::vector<double>& slots : traffic.profile.days)
            for (const double intensity : slots) week_mean += intensity / static_cast<double>(7 * slots.size());
        return traffic.erlangs * week_mean / mean * kernel::seconds(plan_.length);
    }

    void amount() {
        const Traffic* most = nullptr;
        double all = 0;
        for (const Traffic& traffic : plan_.traffic) {
            all += calls(traffic);
            if (most == nullptr || calls(traffic) > calls(*most)) most = &traffic;
        }
        if (all > expected_calls_max)
            add(most->place, "E215", fmt::format("the run would have about {:.3g} calls", all),
                fmt::format("must be at most {:.0e}", expected_calls_max),
                "is there a zero too many in the traffic or in the length of the run?");
    }

    std::string users_of(const Traffic& traffic) const {
        const std::optional<SiteId> id = plan_.cohorts[traffic.cohort].site;
        return id ? "the users of site " + quoted(plan_.sites[*id].name) : "the users without a site";
    }

    void check(const Traffic& traffic) {
        const std::vector<User>& users = plan_.cohorts[traffic.cohort].users;
        if (std::none_of(users.begin(), users.end(), [](const User& user) { return user.voice_enabled; }))
            add(traffic.place, "E207",
                fmt::format("{} have traffic and none is enabled for voice", users_of(traffic)),
                "one at least must have EnterpriseVoiceEnabled, VoicePolicy HybridVoice and an OnPremLineURI");
        shares(traffic);
        if (!(traffic.erlangs >= 0 && traffic.erlangs <= erlangs_max))
            add(traffic.place, "E215", fmt::format("erlangs is {}", traffic.erlangs),
                fmt::format("must be a number from 0 to {:.0f}", erlangs_max));
        not_negative(traffic.place, "day_level_cv", traffic.day_level_cv);
        law(traffic.place, "length", traffic.length);
        if (const double mean = mean_of(traffic.length); mean > 0 && mean < call_mean_min)
            add(traffic.place, "E209", fmt::format("the mean of length is {:.3g} s", mean),
                fmt::format("must be at least {} s", call_mean_min));
        if (!is_whole(traffic.profile))
            add(traffic.place, "E215", "the profile does not cover seven whole days with intensities from 0");
    }

    void shares(const Traffic& traffic) {
        share(traffic.place, "outbound_share", traffic.outbound_share);
        share(traffic.place, "external_share", traffic.external_share);
        share(traffic.place, "international_share", traffic.international_share);
        share(traffic.place, "emergency_share", traffic.emergency_share);
        if (traffic.international_share <= 1 && traffic.emergency_share <= 1 &&
            traffic.international_share + traffic.emergency_share > 1)
            add(traffic.place, "E208", "international_share and emergency_share are more than 1 together",
                "both are shares of the outbound calls");
        if (!traffic.redial) return;
        share(traffic.place, "redial.share", traffic.redial->share);
        if (traffic.redial->tries < 1 || traffic.redial->tries > redial_tries_max)
            add(traffic.place, "E208", fmt::format("redial.tries is {}", traffic.redial->tries),
                fmt::format("must be from 1 to {}", redial_tries_max));
    }

    void share(const Place& place, const char* name, double value) {
        if (value >= 0 && value <= 1) return;
        const bool is_percent = value > 1 && value <= 100;
        add(place, "E208", fmt::format("{} is {}", name, value), "must be between 0 and 1",
            is_percent ? fmt::format("did you mean {:.6g}?", value / 100) : "");
    }

    void not_negative(const Place& place, const char* name, double value) {
        if (value >= 0 && value <= std::numeric_limits<double>::max()) return;
        add(place, "E215", fmt::format("{} is {}", name, value), "must be a number from 0");
    }

    void law(const Place& place, const char* name, const kernel::Law& law) {
        using Family = kernel::Law::Family;
        if (law.family == Family::empirical) {
            const auto is_fit = [](double value) {
                return value >= 0 && value <= std::numeric_limits<double>::max();
            };
            if (law.sample.empty() || !std::all_of(law.sample.begin(), law.sample.end(), is_fit))
                add(place, "E209", fmt::format("the sample of {} is empty or has a value below 0s", name));
            return;
        }
        if (!(law.mean > 0 && law.mean <= kernel::seconds(kernel::longest_run)))
            add(place, "E209", fmt::format("the mean of {} is {} s", name, law.mean), "must be longer than 0s");
        const bool has_shape = law.family == Family::lognormal || law.family == Family::weibull;
        if (has_shape && !(law.shape > 0 && law.shape <= std::numeric_limits<double>::max()))
            add(place, "E209", fmt::format("the shape of {} is {}", name, law.shape), "must be above 0");
        if (law.family == Family::hyperexponential &&
            !(law.shape > 1 && law.shape <= std::numeric_limits<double>::max()))
            add(place, "E209", fmt::format("the cv of {} is {}", name, law.shape),
                "must be above 1 for this law");
    }

    // 0 if there is none.
    static double mean_of(const kernel::Law& law) {
        if (law.family != kernel::Law::Family::empirical) return law.mean;
        double sum = 0;
        for (const double value : law.sample) sum += value;
        return law.sample.empty() ? 0 : sum / static_cast<double>(law.sample.size());
    }

    static bool is_whole(const Profile& profile) {
        if (profile.slot <= Duration{} || day % profile.slot != Duration{}) return false;
        const auto slots = static_cast<std::size_t>(day / profile.slot);
        const auto is_fit = [](double value) {
            return value >= 0 && value <= std::numeric_limits<double>::max();
        };
        const auto is_full = [&](const std::vector<double>& values) {
            return values.size() == slots && std::all_of(values.begin(), values.end(), is_fit);
        };
        return std::all_of(profile.days.begin(), profile.days.end(), is_full);
    }

    void updates() {
        for (const Window& window : plan_.windows) check(window);
        for (const UpdatePlan& update : plan_.updates) check(update);
        if (plan_.bits_releases) check(*plan_.bits_releases);
        if (plan_.windows.size() > update_windows_max)
            add(plan_.windows[WindowId{update_windows_max}].place, "E211",
                fmt::format("the tenant has {} update windows", plan_.windows.size()),
                fmt::format("must be at most {} (the product's guide to changing a deployment)",
                            update_windows_max),
                "one window may serve several sites");
    }

    void check(const Window& window) {
        const std::string name = "the update window " + quoted(text(window));
        if (!opens_at_all(window)) {
            add(window.place, "E211", name + " opens on no day");
            return;
        }
        if (window.start < Duration{} || window.start >= day)
            add(window.place, "E211", name + " opens outside the day", "must be from 00:00 to 23:59");
        const std::string lasts = fmt::format("{} lasts {}", name, vocabulary::text(window.length));
        const Duration gap = shortest_gap(window);
        if (window.length <= Duration{}) {
            add(window.place, "E210", lasts, "must last longer than 0s");
            return;
        }
        if (window.length > gap) {
            add(window.place, "E211", lasts + " and is still open when it opens again",
                fmt::format("must last at most {}", vocabulary::text(gap)));
            return;
        }
        if (is_open_at_work(window))
            add(window.place, "W203", lasts, "",
                "it is open in the busy hour: its sites may be patched at 10:00 on a workday");
        if (const auto* date = std::get_if<MonthlyByDate>(&window.opens_on);
            date != nullptr && date->day_of_month > shortest_month)
            add(window.place, "W216", name + " does not open in every month", "",
                "a month without that day has no opening");
    }

    // Where neither bits nor Windows come out, a window still finds something of Windows.
    void check(const UpdatePlan& update) {
        if (!update.purposes.os && !plan_.bits_releases)
            add(update.place, "W220",
                fmt::format("the update window {} of site {} is for bits updates only",
                            quoted(text(plan_.windows[update.window])), quoted(plan_.sites[update.site].name)),
                "", "no bits come out in this run: cce.releases { bits = ... } says when");
    }

    void check(const BitsReleases& releases) {
        if (!releases.between) return;
        law(releases.place, "bits", *releases.between);
        if (releases.between->mean > 0 && releases.between->mean < bits_between_min)
            add(releases.place, "E216", fmt::format("bits come out every {:.3g} s", releases.between->mean),
                fmt::format("must be at least {} s apart in the mean", bits_between_min));
    }

    void check(const Incident& incident) {
        if (has_times() && (incident.at < kernel::start_of_run || incident.at >= end()))
            add(incident.place, "E212", fmt::format("the incident at {} is outside the run", time(incident.at)),
                fmt::format("the run lasts from {} until {}", time(kernel::start_of_run), time(end())));
        const auto* fault = std::get_if<FaultAction>(&incident.action);
        if (fault == nullptr) return;
        check(*fault, incident.place);
        warn_if_configured(*fault, incident.place);
    }

    void warn_if_configured(const FaultAction& fault, const Place& place) {
        for (const Configured& one : plan_.configured)
            if (is_same(one.fault, fault))
                add(place, "W207",
                    fmt::format("fault {} changes nothing here", quoted(vocabulary::text(fault.id))), "",
                    fmt::format("it is configured so from the first moment on, at {}:{}", one.place.file,
                                one.place.line));
    }

    static bool strikes(const vocabulary::FaultPlace& on, vocabulary::Strikes strikes) {
        using vocabulary::Strikes;
        switch (strikes) {
            case Strikes::appliance:
            case Strikes::machine:
            case Strikes::console:
                return std::holds_alternative<ApplianceId>(on);
            case Strikes::gateway:
            case Strikes::trunk:
                return std::holds_alternative<GatewayId>(on);
            case Strikes::site:
                return std::holds_alternative<SiteId>(on);
            case Strikes::users:
                return std::holds_alternative<CohortId>(on);
            case Strikes::common_cause:
                return std::holds_alternative<CommonCauseId>(on);
            case Strikes::tenant:
                return std::holds_alternative<vocabulary::TheTenant>(on);
        }
        return false;
    }

    static const char* wanted(vocabulary::Strikes strikes) {
        using vocabulary::Strikes;
        switch (strikes) {
            case Strikes::gateway:
            case Strikes::trunk:
                return "must strike a gateway";
            case Strikes::site:
                return "must strike a site";
            case Strikes::users:
                return "must strike the users of a site";
            case Strikes::common_cause:
                return "must strike a common cause";
            case Strikes::tenant:
                return "must strike the tenant";
            default:
                return "must strike an appliance";
        }
    }

    void check(const FaultAction& fault, const Place& place) {
        const vocabulary::FaultName& name = vocabulary::fault_name(fault.id);
        if (!strikes(fault.on, name.strikes)) {
            add(place, "E216", fmt::format("fault {} cannot strike there", quoted(name.name)),
                wanted(name.strikes));
            return;
        }
        if (fault.machine.has_value() != (name.strikes == vocabulary::Strikes::machine))
            add(place, "E216",
                fmt::format("fault {} {} a machine", quoted(name.name),
                            fault.machine ? "does not strike" : "needs"),
                fault.machine ? "" : "must be one of ad, cms, mediation, edge");
        if (fault.lasts && (!name.can_last || *fault.lasts <= Duration{}))
            add(place, "E216",
                fmt::format("fault {} lasts {}", quoted(name.name), vocabulary::text(*fault.lasts)),
                name.can_last ? "must last longer than 0s" : "must have no duration: it is over at once");
        if (const char* why = idle_because(fault); *why != 0)
            add(place, "W207", fmt::format("fault {} changes nothing here", quoted(name.name)), "", why);
        if (const auto* gateway = std::get_if<GatewayId>(&fault.on)) check_trunks(fault, *gateway, place);
        if (fault.id == vocabulary::FaultId::user_wrong_site) check_move(fault, place);
        if (fault.id == vocabulary::FaultId::port_range_too_small && !fault.ports)
            add(place, "E216", "fault \"port-range-too-small\" does not say how many ports there are");
    }

    // Why a fault has nothing to take away in this plan, or "".
    const char* idle_because(const FaultAction& fault) const {
        using vocabulary::FaultId;
        if (const auto* id = std::get_if<ApplianceId>(&fault.on))
            if (!vocabulary::releases_with(fault.id).have(plan_.appliances[*id].version))
                return "the release of the appliance does not have it";
        switch (fault.id) {
            case FaultId::switched_to_old_version: {
                const Appliance& appliance = plan_.appliances[std::get<ApplianceId>(fault.on)];
                return appliance.backup_version && *appliance.backup_version < appliance.version
                           ? ""
                           : "the appliance has no backup version that is older";
            }
            case FaultId::peer_destination_unset:
                return plan_.peer_destination ? no_unassigned_users() : "there is no PeerDestination";
            case FaultId::peer_destination_wrong:
                return fault.site == plan_.peer_destination ? "it is the PeerDestination"
                                                            : no_unassigned_users();
            case FaultId::user_unassigned:
                return plan_.cohorts[std::get<CohortId>(fault.on)].site ? "" : "these users have no site";
            case FaultId::auto_update_off:
            case FaultId::windows_unset: {
                const auto is_there = [&](const UpdatePlan& update) {
                    return update.purposes.os && update.site == std::get<SiteId>(fault.on);
                };
                const bool any = std::any_of(plan_.updates.begin(), plan_.updates.end(), is_there);
                return any ? "" : "the site has no window for updates of Windows";
            }
            case FaultId::escalation_fails:
            case FaultId::hybrid_ms_object_missing:
            case FaultId::hybrid_ms_object_licensed:
            case FaultId::hybrid_ms_object_wrong_edge:
            case FaultId::publish_forgotten:
                return someone_escalates() ? "" : "no call becomes a conference";
            case FaultId::refer_unsupported:
                return plan_.parameters.transfer_share > 0 ? "" : "no call is transferred";
            case FaultId::port_range_too_small: {
                const unsigned calls_max = plan_.appliances[std::get<ApplianceId>(fault.on)].calls_max;
                const bool enough = fault.ports && *fault.ports / media_ports_per_call >= calls_max;
                return enough ? "these are ports for all the calls that the appliance carries" : "";
            }
            default:
                return "";
        }
    }

    bool someone_escalates() const {
        const auto any = [](const Traffic& traffic) { return traffic.escalation_share > 0; };
        return std::any_of(plan_.traffic.begin(), plan_.traffic.end(), any);
    }

    const char* no_unassigned_users() const {
        return cohort_of(std::nullopt) != nullptr ? "" : "every user has a site";
    }

    // A fault of trunks where there are none of that kind.
    void check_trunks(const FaultAction& fault, GatewayId id, const Place& place) {
        using vocabulary::FaultId;
        const Gateway& gateway = plan_.gateways[id];
        const std::string name = quoted(vocabulary::text(fault.id));
        const bool of_tls = fault.id == FaultId::cce_root_not_on_gateway ||
                            fault.id == FaultId::gateway_root_not_on_ms ||
                            fault.id == FaultId::gateway_cert_bad_name;
        if (of_tls && gateway.protocol != Protocol::tls)
            add(place, "E216",
                fmt::format("fault {} strikes gateway {}, which uses TCP", name, quoted(gateway.name)),
                "must strike a gateway that uses TLS", "write tls = true at its cce.site");
        if (fault.to && !has_trunk(gateway, *fault.to))
            add(place, "E216",
                fmt::format("gateway {} has no trunk to appliance {}", quoted(gateway.name),
                            quoted(plan_.appliances[*fault.to].name)),
                gateway.trunks.empty() ? "must be an appliance of the gateway's own site"
                                       : "must be an appliance that one of its cce.trunk lines leads to");
        if (fault.id == FaultId::gateway_cross_site && (!fault.site || *fault.site == gateway.site))
            add(place, "E216", fmt::format("fault {} leads to the gateway's own site", name),
                "must be another site");
        if (fault.id == FaultId::carrier_reroute && plan_.sites[gateway.site].gateways.size() < 2)
            add(place, "E216", fmt::format("gateway {} is the only one of its site", quoted(gateway.name)),
                "must have another gateway that its numbers can be delivered to");
    }

    bool has_trunk(const Gateway& gateway, ApplianceId to) const {
        if (gateway.trunks.empty()) return plan_.appliances[to].site == gateway.site;
        return std::any_of(gateway.trunks.begin(), gateway.trunks.end(),
                           [to](const Trunk& trunk) { return trunk.to == to; });
    }

    void check_move(const FaultAction& fault, const Place& place) {
        const Cohort& users = plan_.cohorts[std::get<CohortId>(fault.on)];
        if (!fault.site || fault.site == users.site)
            add(place, "E216", "fault \"user-wrong-site\" leaves the users where they are",
                "must be another site");
    }

    void check(const Failures& failures) {
        check(failures.fault, failures.place);
        warn_if_configured(failures.fault, failures.place);
        check_crew(failures);
        law(failures.place, "between", failures.between);
        if (failures.between.mean > 0 && failures.between.mean < between_min)
            add(failures.place, "E216", fmt::format("failures come every {:.3g} s", failures.between.mean),
                fmt::format("must be at least {} s apart in the mean", between_min));
        // Two processes of one fault at one place would share one luck.
        for (const Failures& other : plan_.failures) {
            if (&other == &failures) break;
            if (other.fault.id == failures.fault.id && other.fault.on == failures.fault.on &&
                other.fault.machine == failures.fault.machine && other.fault.to == failures.fault.to)
                add(failures.place, "E216",
                    fmt::format("{} fails here twice", quoted(vocabulary::text(failures.fault.id))),
                    "must be said once for each fault and place",
                    fmt::format("first at {}:{}", other.place.file, other.place.line));
        }
        const vocabulary::FaultName& name =
            vocabulary::fault_names[static_cast<std::size_t>(failures.fault.id)];
        if (failures.lasts && name.can_last) law(failures.place, "lasts", *failures.lasts);
        if (!failures.lasts && name.can_last && name.clearable) check_recovery(failures);
        if (!failures.lasts && name.can_last && !name.clearable)
            add(failures.place, "E216", fmt::format("failures of {} have no duration", quoted(name.name)),
                "must say how long they last: no recovery attempt clears them");
    }

    void check(const Crew& crew) {
        if (crew.people < 1 || crew.people > people_max)
            add(crew.place, "E140", fmt::format("crew {} has {} people", quoted(crew.name), crew.people),
                fmt::format("must be from 1 to {}", people_max));
    }

    void check_crew(const Failures& failures) {
        if (!failures.repaired_by) return;
        const std::string name = quoted(vocabulary::text(failures.fault.id));
        if (vocabulary::index(*failures.repaired_by) >= plan_.crews.size())
            add(failures.place, "E140", fmt::format("failures of {} are repaired by no crew", name));
        if (!failures.lasts || !vocabulary::fault_name(failures.fault.id).can_last)
            add(failures.place, "E139",
                fmt::format("failures of {} are repaired by a crew and do not say how long that takes", name),
                R"(must have "lasts", the repair itself)");
    }

    // Repairs asked for in the mean, were nothing ever down already.
    void check_load(CrewId id) {
        const Crew& crew = plan_.crews[id];
        double load = 0;
        for (const Failures& failures : plan_.failures) {
            const double between = mean_of(failures.between);
            if (failures.repaired_by == id && failures.lasts && between > 0)
                load += mean_of(*failures.lasts) / between;
        }
        if (load < crew.people) return;
        add(crew.place, "W214",
            fmt::format("crew {} has {} and, as often as things fail, work for {:.3g}", quoted(crew.name),
                        crew.people == 1 ? "1 person" : fmt::format("{} people", crew.people), load),
            "", "what has failed waits most of the time");
    }

    // What only a recovery attempt can end, where none will be made.
    void check_recovery(const Failures& failures) {
        const auto* id = std::get_if<ApplianceId>(&failures.fault.on);
        if (id == nullptr) return;
        const vocabulary::Version& release = vocabulary::version(plan_.appliances[*id].version);
        const auto never = [](const Policy& policy) { return policy.recovery == RecoveryPolicy::none; };
        const bool nobody = std::all_of(plan_.policies.begin(), plan_.policies.end(), never);
        if (release.detects() && !nobody) return;
        add(failures.place, "W208",
            fmt::format("failures of {} last for ever", quoted(vocabulary::text(failures.fault.id))), "",
            nobody ? "no policy recovers" : fmt::format("version {} recovers nothing", release.name));
    }

    void check(const Expectation& expectation) {
        if (expectation.scope.site) check_site(expectation);
        if (!expectation.confidence) return;
        const double value = *expectation.confidence;
        if (value > 0 && value < 1) return;
        add(expectation.place, "E217", fmt::format("confidence is {}", value), "must be between 0 and 1",
            value > 1 && value < 100 ? fmt::format("did you mean {:.6g}?", value / 100) : "");
    }

    void check_site(const Expectation& expectation) {
        std::vector<std::string> names;
        for (const Site& site : plan_.sites) names.push_back(site.name);
        const std::string& name = *expectation.scope.site;
        if (name == vocabulary::no_site || std::find(names.begin(), names.end(), name) != names.end()) return;
        add(expectation.place, "E217",
            fmt::format("expectation of an unknown site {}{}", quoted(name),
                        vocabulary::did_you_mean(name, names)));
    }

    const Scenario& plan_;
    Problems& problems_;
};

}  // namespace

void validate(Scenario& scenario) {
    Problems problems;
    Check{scenario, problems}.all();
    problems.throw_if_any(Exit::scenario);
    scenario.warnings.insert(scenario.warnings.end(), problems.all().begin(), problems.all().end());
}

}  // namespace sim::scenario

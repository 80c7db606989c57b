// What `ccesim topology` says takes a site away, and what does in a run: the same.
//
// Elements are taken away from the first moment to the last, and nobody repairs anything. A site is lost if
// none of its calls completes; beliefs of clouds and gateways, which only cost time, are given some minutes.

#include "sim/deployment/network.hpp"
#include "sim/kernel/random.hpp"
#include "tests/support/estates.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

using namespace tests;
using sim::deployment::network_of;
using sim::topology::CutSet;
using sim::topology::Element;
using sim::topology::Network;
using sim::topology::NodeId;
using sim::topology::NodeKind;
using sim::topology::Survey;
using sim::vocabulary::CommonCauseId;
namespace kernel = sim::kernel;

namespace {

constexpr std::uint64_t seed = 20191111;
constexpr Duration minutes_of_belief = 5min;

// Numbers from the seed, one after another.
class Dice {
public:
    explicit Dice(unsigned estate) : luck_({seed, estate}, "test", "estate") {}
    unsigned below(unsigned count) {
        return static_cast<unsigned>(luck_.uniform(throws_++) * static_cast<double>(count));
    }

private:
    kernel::Stream luck_;
    std::uint64_t throws_ = 0;
};

// One to three sites with one to three appliances and one or two gateways each, and most of the time something
// that several of them share. Internal clients call and are called all the time.
Scenario estate(unsigned number) {
    Dice dice(number);
    Scenario plan = quiet_world(20min);
    plan.policies.front().recovery = sim::scenario::RecoveryPolicy::none;
    const unsigned sites = 1 + dice.below(3);
    for (unsigned site = 0; site < sites; ++site) {
        const unsigned appliances = 1 + dice.below(3);
        const unsigned gateways = 1 + dice.below(2);
        const std::string name(1, static_cast<char>('a' + site));
        add_users(plan, add_site(plan, name, appliances, 500, gateways), 60);
    }
    for (unsigned causes = dice.below(3); causes > 0; --causes) {
        sim::scenario::CommonCause cause;
        cause.name = "cause " + std::to_string(causes);
        for (unsigned member = 0; member < 4; ++member) {
            const unsigned kind = dice.below(4);
            if (kind < 2) {
                cause.members.emplace_back(
                    ApplianceId{dice.below(static_cast<unsigned>(plan.appliances.size()))});
            } else if (kind == 2) {
                cause.members.emplace_back(GatewayId{dice.below(static_cast<unsigned>(plan.gateways.size()))});
            } else {
                cause.members.emplace_back(SiteId{dice.below(sites)});
            }
        }
        plan.common_causes.add(cause);
    }
    return plan;
}

// An estate whose administrators were careless: gateways with a list of trunks, some of them to another site
// and some not trusted, in any order of preference; and names that lead nowhere.
Scenario careless_estate(unsigned number) {
    Scenario plan = estate(number);
    Dice dice(number + 100'000);
    for (auto& gateway : plan.gateways) {
        if (dice.below(3) == 0) gateway.protocol = sim::scenario::Protocol::tls;
        if (dice.below(2) == 0) continue;
        for (std::size_t i = 0; i < plan.appliances.size(); ++i) {
            const auto to = static_cast<ApplianceId>(i);
            const bool near = plan.appliances[to].site == gateway.site;
            if (dice.below(5) >= (near ? 3U : 1U)) continue;
            const bool trusted = gateway.protocol == sim::scenario::Protocol::tcp || dice.below(3) > 0;
            gateway.trunks.push_back({to, 1 + dice.below(3), trusted, false, {}});
        }
    }
    const auto configure = [&](FaultId id, sim::vocabulary::FaultPlace on) {
        plan.configured.push_back({fault_on(id, on), {}});
    };
    for (std::size_t site = 0; site < plan.sites.size(); ++site) {
        const auto id = static_cast<SiteId>(site);
        const unsigned wrong = dice.below(6);
        if (wrong == 0) configure(FaultId::edge_a_record_missing, id);
        if (wrong == 1) configure(FaultId::srv_missing, id);
        for (const ApplianceId appliance : plan.sites[id].appliances)
            if (wrong == 2 && dice.below(2) == 0) configure(FaultId::edge_a_record_incomplete, appliance);
    }
    if (dice.below(20) == 0) configure(FaultId::shared_sip_space_false, sim::vocabulary::TheTenant{});
    // Whoever meets an appliance that cannot serve is passed on, as long as another can.
    plan.parameters.reroute_on_5xx = true;
    plan.parameters.outbound_reroute_on_mediation = true;
    return plan;
}

std::string words(const Network& network, const CutSet& set) {
    std::string all;
    for (const Element& element : set) {
        const auto* cause = std::get_if<CommonCauseId>(&element);
        all += (all.empty() ? "" : " + ") +
               (cause != nullptr ? network.causes[*cause].name : network.nodes[std::get<NodeId>(element)].name);
    }
    return all;
}

// "a-1 mediation": the appliance in front, the machine behind.
ApplianceId appliance_of(const Scenario& plan, const std::string& node) {
    return appliance(plan, node.substr(0, node.find(' ')));
}

// The fault that takes an element away; none takes the cloud or users.
std::optional<sim::vocabulary::Fault> fault_of(const Scenario& plan, const Network& network,
                                               const Element& element) {
    if (const auto* cause = std::get_if<CommonCauseId>(&element))
        return fault_on(FaultId::common_cause, CommonCauseId{sim::vocabulary::subject_of(*cause)});
    const sim::topology::Node& node = network.nodes[std::get<NodeId>(element)];
    const auto machine = [&](Machine of) {
        return fault_on(FaultId::vm_stopped, appliance_of(plan, node.name), {.machine = of});
    };
    const auto carriers_gateway = [&] {
        return gateway(plan, node.name.substr(std::string{"carrier of "}.size()));
    };
    switch (node.kind) {
        case NodeKind::provider:
            return fault_on(FaultId::site_provider_lost, *node.site);
        case NodeKind::host:
            return fault_on(FaultId::host_crash, appliance_of(plan, node.name));
        case NodeKind::edge:
            return machine(Machine::edge);
        case NodeKind::mediation:
            return machine(Machine::mediation);
        case NodeKind::gateway:
            return fault_on(FaultId::gateway_down, gateway(plan, node.name));
        case NodeKind::carrier:
            return fault_on(FaultId::carrier_lost, carriers_gateway());
        case NodeKind::users:
        case NodeKind::cloud:
            return std::nullopt;
    }
    return std::nullopt;
}

// By site: no call that began after the first minutes completed, or is still up. Calls of one direction, or of
// either.
std::vector<bool> lost_in_a_run(const Scenario& estate, const Network& network, const CutSet& gone,
                                std::optional<sim::vocabulary::Direction> direction) {
    Scenario plan = estate;
    for (const Element& element : gone) {
        sim::scenario::Incident incident;
        incident.at = start_of_run;
        incident.action = *fault_of(estate, network, element);
        plan.incidents.push_back(incident);
    }
    std::vector<bool> lost(plan.sites.size(), true);
    for (const CallRecord& call : story(plan).calls)
        if (call.start > start_of_run + minutes_of_belief &&
            call.direction == direction.value_or(call.direction) &&
            (call.outcome == Outcome::completed || call.outcome == Outcome::in_progress))
            lost[sim::vocabulary::index(call.cohort)] = false;  // each site has one cohort, its own
    return lost;
}

// A listed set that is gone as a whole takes the site.
bool is_lost_on_paper(const std::vector<CutSet>& listed, CutSet gone) {
    std::sort(gone.begin(), gone.end());
    return std::any_of(listed.begin(), listed.end(), [&](const CutSet& set) {
        return std::includes(gone.begin(), gone.end(), set.begin(), set.end());
    });
}

// An estate and what topology says of it.
struct Paper {
    Scenario plan;
    Survey survey;
    std::vector<Element> elements;            // all that a fault can take away
    std::vector<std::vector<CutSet>> listed;  // by site
    std::optional<sim::vocabulary::Direction> direction;

    explicit Paper(Scenario drawn, std::optional<sim::vocabulary::Direction> of = std::nullopt)
        : plan(std::move(drawn)), survey(network_of(plan, of)), direction(of) {
        const Network& network = survey.network();
        const auto add = [&](const Element& element) {
            if (fault_of(plan, network, element)) elements.push_back(element);
        };
        for (std::size_t node = 0; node < network.nodes.size(); ++node) add(static_cast<NodeId>(node));
        for (std::size_t cause = 0; cause < network.causes.size(); ++cause)
            add(static_cast<CommonCauseId>(cause));
        for (std::size_t site = 0; site < plan.sites.size(); ++site)
            listed.push_back(survey.cut_sets(static_cast<SiteId>(site)));
    }

    // How many sites this takes; fails the test where the run does not agree.
    unsigned compare(const CutSet& gone) const {
        const std::vector<bool> lost = lost_in_a_run(plan, survey.network(), gone, direction);
        const std::vector<SiteId> open = survey.reachable();
        unsigned sites = 0;
        for (std::size_t site = 0; site < lost.size(); ++site) {
            CAPTURE(words(survey.network(), gone), plan.sites[static_cast<SiteId>(site)].name);
            const bool was_open = std::find(open.begin(), open.end(), static_cast<SiteId>(site)) != open.end();
            CHECK(lost[site] == (!was_open || is_lost_on_paper(listed[site], gone)));
            sites += lost[site];
        }
        return sites;
    }
};

}  // namespace

TEST_CASE("a site is lost in a run exactly without one of its single points of failure", "[deployment]") {
    unsigned takes_nothing = 0, takes_one = 0, takes_more = 0;
    for (unsigned number = 1; number <= 80; ++number) {
        CAPTURE(seed, number);
        const Paper paper(estate(number));
        CHECK(paper.compare({}) == 0);
        for (const Element& element : paper.elements) {
            const unsigned sites = paper.compare({element});
            ++(sites == 0 ? takes_nothing : sites == 1 ? takes_one : takes_more);
        }
    }
    CAPTURE(takes_nothing, takes_one, takes_more);
    CHECK(takes_nothing > 100);
    CHECK(takes_one > 100);
    CHECK(takes_more > 5);
}

TEST_CASE("a site that is set up carelessly is lost in a run exactly when no way is left on paper",
          "[deployment]") {
    using sim::vocabulary::Direction;
    unsigned taken = 0, lost_from_the_start = 0, lost_one_way = 0;
    for (unsigned number = 201; number <= 260; ++number) {
        const Scenario plan = careless_estate(number);
        for (const std::optional<Direction> direction :
             {std::optional<Direction>{}, std::optional{Direction::outbound},
              std::optional{Direction::inbound}}) {
            CAPTURE(seed, number, direction.has_value(), direction == Direction::inbound);
            const Paper paper(plan, direction);
            const unsigned from_the_start = paper.compare({});
            (direction ? lost_one_way : lost_from_the_start) += from_the_start;
            for (const Element& element : paper.elements) taken += paper.compare({element}) > from_the_start;
        }
    }
    CAPTURE(taken, lost_from_the_start, lost_one_way);
    CHECK(taken > 300);
    CHECK(lost_from_the_start > 5);
    CHECK(lost_one_way > 2 * lost_from_the_start);
}

TEST_CASE("two things together take a site in a run exactly if one of its cut sets is among them",
          "[deployment]") {
    unsigned together = 0;  // sets of two that are more than their parts
    for (unsigned number = 101; number <= 112; ++number) {
        CAPTURE(seed, number);
        const Paper paper(estate(number));
        for (const auto& sets : paper.listed)
            together += static_cast<unsigned>(
                std::count_if(sets.begin(), sets.end(), [](const CutSet& set) { return set.size() == 2; }));
        for (std::size_t one = 0; one < paper.elements.size(); ++one)
            for (std::size_t other = one + 1; other < paper.elements.size(); ++other)
                paper.compare({paper.elements[one], paper.elements[other]});
    }
    CHECK(together > 50);
}

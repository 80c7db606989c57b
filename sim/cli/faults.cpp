#include "sim/faults/catalogue.hpp"

#include "sim/cli/commands.hpp"
#include "sim/cli/outputs.hpp"
#include "sim/cli/pages.hpp"

#include "reports/table.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace sim::cli {

using faults::CatalogueRow;
using vocabulary::Chapter;
using vocabulary::Exit;
using vocabulary::FaultName;
using vocabulary::Strikes;

namespace {

std::string text(Strikes strikes) {
    switch (strikes) {
        case Strikes::appliance:
            return "appliance";
        case Strikes::machine:
            return "machine";
        case Strikes::gateway:
            return "gateway";
        case Strikes::trunk:
            return "trunk";
        case Strikes::site:
            return "site";
        case Strikes::common_cause:
            return "common cause";
        case Strikes::tenant:
            return "tenant";
        case Strikes::users:
            return "users";
        case Strikes::console:
            return "console";
    }
    return "?";
}

// A chapter's word, and what it gathers.
struct ChapterWords {
    std::string name, meaning;
};

ChapterWords words_of(Chapter chapter) {
    switch (chapter) {
        case Chapter::monitored:
            return {"monitored", "what the management service watches, and what hides it"};
        case Chapter::troubleshooting:
            return {"troubleshooting", "deployment, updates, certificates and passwords"};
        case Chapter::admin_session:
            return {"admin session", "the way to the tenant"};
        case Chapter::sign_in:
            return {"sign-in", "users who cannot sign in"};
        case Chapter::misconfiguration:
            return {"misconfiguration", "gateways, DNS, tenant and users set up wrongly"};
        case Chapter::further:
            return {"further", "shares, proxies, versions, limits and gateways"};
        case Chapter::fleet:
            return {"fleet", "in no document of the product, seen in fleets"};
    }
    return {"?", "?"};
}

const FaultName& name_of(const CatalogueRow& row) {
    return vocabulary::fault_name(row.id);
}

std::string yes(bool is) {
    return is ? "yes" : "no";
}

std::vector<CatalogueRow> asked(const std::string& id) {
    if (id.empty()) return {faults::catalogue().begin(), faults::catalogue().end()};
    if (const auto fault = vocabulary::fault_named(id)) return {faults::catalogue_row(fault->id)};
    std::vector<std::string> names;
    for (const FaultName& fault : vocabulary::fault_names) names.emplace_back(fault.name);
    throw vocabulary::InputError(Exit::command_line,
                                 vocabulary::Problem{{},
                                                     "E504",
                                                     fmt::format("no fault \"{}\"{}", vocabulary::shown(id),
                                                                 vocabulary::did_you_mean(id, names)),
                                                     "",
                                                     "ccesim faults lists them"});
}

std::string as_table(const std::vector<CatalogueRow>& rows) {
    using reports::Align;
    reports::Table table({{"fault", Align::left},
                          {"strikes", Align::left},
                          {"chapter", Align::left},
                          {"seen by\n1.4", Align::left},
                          {"seen by\n2.0", Align::left},
                          {"recovered by\nthe service", Align::left},
                          {"can be\ninjected", Align::left}});
    for (const CatalogueRow& row : rows) {
        const FaultName& name = name_of(row);
        table.add({std::string(name.name), text(name.strikes), words_of(name.chapter).name,
                   yes(row.seen_by_1_4), yes(row.seen_by_2_0), yes(row.automatic),
                   yes(name.can_be_injected())});
    }
    return table.text();
}

std::string detection(const CatalogueRow& row) {
    std::string out;
    for (const vocabulary::Version& version : vocabulary::versions)
        out +=
            fmt::format("{}{} {}", out.empty() ? "" : ", ", version.name, yes(faults::seen_by(row, version)));
    return out;
}

std::string recovery(const CatalogueRow& row) {
    return row.automatic ? "a recovery attempt clears it, unless the scenario says how long it lasts"
                         : "no recovery attempt clears it";
}

std::string injection(const FaultName& name) {
    if (!name.can_be_injected()) return "no: administrators' sessions and sign-in are not simulated yet";
    return name.can_last ? "yes" : "yes, without a duration: it is over at once";
}

std::string as_page(const CatalogueRow& row) {
    const FaultName& name = name_of(row);
    const ChapterWords chapter = words_of(name.chapter);
    std::string page = std::string(name.name) + "\n\n";
    page += labelled("strikes", text(name.strikes));
    page += labelled("chapter", chapter.name + ": " + chapter.meaning);
    page += labelled("symptom", row.symptom);
    page += labelled("effect", row.effect);
    page += labelled("detected", detection(row));
    page += labelled("recovery", recovery(row));
    page += labelled("injected", injection(name));
    page += "\nrunbook\n";
    int number = 0;
    for (const std::string_view step : row.runbook()) page += wrapped(fmt::format("{:>4}  ", ++number), step);
    return page;
}

nlohmann::ordered_json as_json(const CatalogueRow& row) {
    const FaultName& name = name_of(row);
    nlohmann::ordered_json detected;
    for (const vocabulary::Version& version : vocabulary::versions)
        detected[std::string(version.name)] = faults::seen_by(row, version);
    nlohmann::ordered_json runbook = nlohmann::ordered_json::array();
    for (const std::string_view step : row.runbook()) runbook.push_back(step);
    return {{"id", name.name},
            {"strikes", text(name.strikes)},
            {"chapter", words_of(name.chapter).name},
            {"symptom", row.symptom},
            {"effect", row.effect},
            {"detected", detected},
            {"auto", row.automatic},
            {"injectable", name.can_be_injected()},
            {"runbook", runbook}};
}

std::string as_json(const std::vector<CatalogueRow>& rows) {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const CatalogueRow& row : rows) all.push_back(as_json(row));
    return all.dump(2) + "\n";
}

}  // namespace

Exit faults(const Options& options) {
    const std::vector<CatalogueRow> rows = asked(options.name);
    if (options.json)
        print(as_json(rows));
    else
        print(options.name.empty() ? as_table(rows) : as_page(rows.front()));
    return Exit::done;
}

}  // namespace sim::cli

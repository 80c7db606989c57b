// Users become cohorts: those who share a site in the export share a cohort, those without one share the last.

#include "sim/scenario/import.hpp"
#include "sim/scenario/read_csv.hpp"
#include "sim/vocabulary/letters.hpp"

#include <fmt/format.h>

#include <map>
#include <set>
#include <unordered_map>

namespace sim::scenario {

using vocabulary::Exit;
using vocabulary::lowered;
using vocabulary::Problem;
using vocabulary::Problems;
using vocabulary::quoted;
using vocabulary::same_word;

namespace {

constexpr std::size_t name_max = 113;  // what the directory allows: 64 before the @, 48 after it
constexpr std::size_t sites_listed_max = 5;

enum Column : std::size_t { principal_name, voice_enabled, site, international, voice_policy, line_uri };

const CsvColumns columns{{"UserPrincipalName", "EnterpriseVoiceEnabled", "HybridPSTNSite"},
                         {"AllowInternationalCalls", "VoicePolicy", "OnPremLineURI"}};

std::string list_of(const std::vector<std::string>& names) {
    std::string list;
    for (std::size_t i = 0; i < names.size() && i < sites_listed_max; ++i)
        list += (i == 0 ? "" : ", ") + quoted(names[i]);
    if (names.size() > sites_listed_max) list += fmt::format(" and {} more", names.size() - sites_listed_max);
    return list;
}

class UserImport {
public:
    UserImport(const Scenario& scenario, Problems& problems)
        : problems_(problems), users_(scenario.sites.size() + 1) {
        for (const Site& known : scenario.sites) {
            site_by_name_.emplace(lowered(known.name), site_names_.size());
            site_names_.push_back(known.name);
        }
    }

    void take(const CsvRow& row) {
        User user;
        user.name = row.fields[principal_name];
        check_name(row);
        user.voice_enabled = truth(row, voice_enabled, "EnterpriseVoiceEnabled");
        if (user.voice_enabled) user.voice_enabled = has_line(row);
        if (row.has(international)) user.international = truth(row, international, "AllowInternationalCalls");
        users_[place_of(row)].push_back(std::move(user));
    }

    void add_cohorts(Scenario& scenario) {
        for (std::size_t i = 0; i < users_.size(); ++i) {
            if (users_[i].empty()) continue;
            const bool at_site = i < site_names_.size();
            const std::optional<SiteId> where = at_site ? std::optional{static_cast<SiteId>(i)} : std::nullopt;
            scenario.cohorts.add({where, std::move(users_[i])});
        }
    }

    // The product needs all three: the flag, the policy and a number. An export may leave out the last two.
    void warn(std::vector<Problem>& warnings) const {
        if (!first_without_line_) return;
        const std::string what =
            without_line_ == 1
                ? "1 user is enabled for voice but lacks HybridVoice or a line URI; it makes no PSTN calls"
                : fmt::format(
                      "{} users are enabled for voice but lack HybridVoice or a line URI; they make no "
                      "PSTN calls, the first on line {}",
                      without_line_, first_without_line_->line);
        warnings.push_back(
            {*first_without_line_, "W320", what, "must have VoicePolicy HybridVoice and an OnPremLineURI", ""});
    }

private:
    bool has_line(const CsvRow& row) {
        for (const Column column : {voice_policy, line_uri}) {
            if (!row.has(column) || is_as_needed(column, vocabulary::trimmed(row.fields[column]))) continue;
            ++without_line_;
            if (!first_without_line_) first_without_line_ = row.place(column);
            return false;
        }
        return true;
    }

    static bool is_as_needed(Column column, std::string_view value) {
        if (column == voice_policy) return same_word(value, "HybridVoice");
        return !value.empty() && !same_word(value, "$null");
    }

    void check_name(const CsvRow& row) {
        const std::string& name = row.fields[principal_name];
        if (name.empty() || name.size() > name_max)
            problems_.add(
                {row.place(principal_name), "E312",
                 name.empty() ? "UserPrincipalName is empty" : "UserPrincipalName is too long: " + quoted(name),
                 fmt::format("must have 1 to {} bytes", name_max), ""});
        // The directory does not tell capitals apart.
        const auto [first, is_new] = line_by_name_.emplace(lowered(name), row.line);
        if (is_new || name.empty()) return;
        problems_.add(
            {row.place(principal_name), "E313",
             fmt::format("user {} given twice (lines {} and {})", quoted(name), first->second, row.line), "",
             "remove one of the two rows"});
    }

    bool truth(const CsvRow& row, Column column, const char* name) {
        const std::string& value = row.fields[column];
        if (same_word(value, "true")) return true;
        if (!same_word(value, "false"))
            problems_.add({row.place(column), "E311", fmt::format("{} is {}", name, quoted(value)),
                           "must be True or False", ""});
        return false;
    }

    // Index of the user's site; one past the last for users without one.
    std::size_t place_of(const CsvRow& row) {
        const std::string name = lowered(row.fields[site]);
        if (name.empty() || name == "$null") return site_names_.size();
        const auto found = site_by_name_.find(name);
        if (found != site_by_name_.end()) return found->second;
        if (unknown_sites_.insert(name).second) report_unknown(row);
        return site_names_.size();
    }

    // Once a name: a site that was forgotten would otherwise be a problem of each of its users.
    void report_unknown(const CsvRow& row) {
        const std::string& name = row.fields[site];
        problems_.add(
            {row.place(site), "E314",
             "HybridPSTNSite " + quoted(name) + " is no site of this scenario" +
                 vocabulary::did_you_mean(name, site_names_),
             site_names_.empty() ? "the scenario has no sites yet" : "sites are " + list_of(site_names_), ""});
    }

    Problems& problems_;
    std::vector<std::string> site_names_;
    std::map<std::string, std::size_t> site_by_name_;
    std::unordered_map<std::string, int> line_by_name_;  // look-up only
    std::set<std::string> unknown_sites_;
    std::size_t without_line_ = 0;  // enabled for voice, and yet
    std::optional<vocabulary::Place> first_without_line_;
    std::vector<std::vector<User>> users_;  // by site, the siteless last
};

}  // namespace

void add_users(Scenario& scenario, const std::string& name, const std::string& text) {
    Problems problems;
    UserImport import{scenario, problems};
    read_csv(name, text, columns, problems, [&import](const CsvRow& row) { import.take(row); });
    problems.throw_if_any(Exit::input_data);
    import.warn(scenario.warnings);
    import.add_cohorts(scenario);
}

}  // namespace sim::scenario

#include "sim/experiment/wire.hpp"

#include "sim/kernel/check.hpp"

#include <nlohmann/json.hpp>

#include <type_traits>

// One function a type, both ways at once: `visit_fields(archive, value)` names each field, a Writer puts it
// into JSON, a Reader takes it out. What is written and what is read cannot drift apart.

namespace sim::experiment {

using json = nlohmann::ordered_json;

namespace {

struct Writer {
    json out = json::object();
    template <class T>
    void operator()(const char* name, const T& value);
};

struct Reader {
    const json& in;
    template <class T>
    void operator()(const char* name, T& value) const;
};

// The archive decides whether a field is read or written; `Maybe<A, T>` is T const or not accordingly.
template <class Archive, class T>
using Maybe = std::conditional_t<std::is_same_v<std::remove_const_t<Archive>, Writer>, const T, T>;

template <class A>
void visit_fields(A& each, Maybe<A, vocabulary::Place>& place) {
    each("file", place.file);
    each("line", place.line);
    each("column", place.column);
}

template <class A>
void visit_fields(A& each, Maybe<A, vocabulary::Problem>& problem) {
    each("place", problem.place);
    each("code", problem.code);
    each("what", problem.what);
    each("expected", problem.expected);
    each("help", problem.help);
}

template <class A>
void visit_fields(A& each, Maybe<A, Ledger>& ledger) {
    each("by_outcome", ledger.by_outcome);
}

template <class A>
void visit_fields(A& each, Maybe<A, vocabulary::Loss>& loss) {
    each("outcome", loss.outcome);
    each("reason", loss.reason);
    each("direction", loss.direction);
    each("site", loss.site);
    each("appliance", loss.appliance);
    each("group", loss.group);
    each("calls", loss.calls);
}

template <class A>
void visit_fields(A& each, Maybe<A, vocabulary::ApplianceRow>& row) {
    each("name", row.name);
    each("calls_max", row.calls_max);
    each("ready", row.ready);
    each("talk", row.talk);
    each("over_limit", row.over_limit);
    each("busy_max", row.busy_max);
}

template <class A>
void visit_fields(A& each, Maybe<A, vocabulary::GatewayRow>& row) {
    each("name", row.name);
    each("channels", row.channels);
    each("talk", row.talk);
    each("busy_max", row.busy_max);
}

template <class A>
void visit_fields(A& each, Maybe<A, vocabulary::HourRow>& row) {
    each("attempts", row.attempts);
    each("blocked", row.blocked);
    each("lost", row.lost);
}

template <class A>
void visit_fields(A& each, Maybe<A, vocabulary::SiteRow>& row) {
    each("name", row.name);
    each("by_direction", row.by_direction);
    each("appliances_needed", row.appliances_needed);
    each("appliances_ready_min", row.appliances_ready_min);
    each("one_ready", row.one_ready);
    each("enough_ready", row.enough_ready);
    each("exposed", row.exposed);
    each("hours", row.hours);
    each("appliances", row.appliances);
    each("gateways", row.gateways);
}

template <class A>
void visit_fields(A& each, Maybe<A, vocabulary::MissedWindow>& missed) {
    each("site", missed.site);
    each("appliance", missed.appliance);
    each("opened", missed.opened);
    each("reason", missed.reason);
}

template <class A>
void visit_fields(A& each, Maybe<A, vocabulary::RefusedCmdlet>& refused) {
    each("at", refused.at);
    each("cmdlet", refused.cmdlet);
    each("site", refused.site);
    each("appliance", refused.appliance);
    each("reason", refused.reason);
}

template <class A>
void visit_fields(A& each, Maybe<A, vocabulary::CrewRow>& row) {
    each("name", row.name);
    each("people", row.people);
    each("repairs", row.repairs);
    each("waited", row.waited);
    each("waiting_max", row.waiting_max);
    each("wait", row.wait);
    each("wait_max", row.wait_max);
    each("busy", row.busy);
}

template <class A>
void visit_fields(A& each, Maybe<A, vocabulary::Misconfigured>& wrong) {
    each("fault", wrong.fault);
    each("on", wrong.on);
    each("at", wrong.at);
}

template <class A>
void visit_fields(A& each, Maybe<A, Replication>& row) {
    each("number", row.number);
    each("fingerprint", row.fingerprint);
    each("simulated", row.simulated);
    each("sites", row.sites);
    each("losses", row.losses);
    each("degraded", row.degraded);
    each("escalations", row.escalations);
    each("escalations_failed", row.escalations_failed);
    each("transfers_failed", row.transfers_failed);
    each("redials", row.redials);
    each("emergency_attempts", row.emergency_attempts);
    each("emergency_lost", row.emergency_lost);
    each("post_dial_delay", row.post_dial_delay);
    each("delayed", row.delayed);
    each("lost_talk", row.lost_talk);
    each("unpatched", row.unpatched);
    each("out_of_support", row.out_of_support);
    each("events", row.events);
    each("missed_windows", row.missed_windows);
    each("refused_cmdlets", row.refused_cmdlets);
    each("crews", row.crews);
}

template <class A>
void visit_fields(A& each, Maybe<A, Outline>& outline) {
    each("scenario", outline.scenario);
    each("policy", outline.policy);
    each("seed", outline.seed);
    each("length", outline.length);
    each("inputs", outline.inputs);
    each("zone_data_version", outline.zone_data_version);
    each("plan_hash", outline.plan_hash);
    each("assumed", outline.assumed);
    each("set", outline.set);
    each("configured", outline.configured);
    each("warnings", outline.warnings);
}

template <class A>
void visit_fields(A& each, Maybe<A, scenario::MetricScope>& scope) {
    each("site", scope.site);
    each("per_site", scope.per_site);
    each("direction", scope.direction);
}

template <class A>
void visit_fields(A& each, Maybe<A, scenario::Precondition>& when) {
    each("metric", when.metric);
    each("at_least", when.at_least);
}

template <class A>
void visit_fields(A& each, Maybe<A, scenario::Baseline>& baseline) {
    each("file", baseline.file);
    each("content", baseline.content);
    each("by", baseline.by);
    each("by_is_share", baseline.by_is_share);
}

template <class A>
void visit_fields(A& each, Maybe<A, scenario::Expectation>& expectation) {
    each("metric", expectation.metric);
    each("scope", expectation.scope);
    each("relation", expectation.relation);
    each("target", expectation.target);
    each("always", expectation.always);
    each("confidence", expectation.confidence);
    each("when", expectation.when);
    each("baseline", expectation.baseline);
    each("place", expectation.place);
}

template <class A>
void visit_fields(A& each, Maybe<A, Briefing>& briefing) {
    each("outline", briefing.outline);
    each("expectations", briefing.expectations);
    each("policies", briefing.policies);
    each("printed", briefing.printed);
}

template <class A>
void visit_fields(A& each, Maybe<A, Cell>& cell) {
    each("policy", cell.policy);
    each("point", cell.point);
}

template <class A>
void visit_fields(A& each, Maybe<A, Range>& range) {
    each("first", range.first);
    each("last", range.last);
}

template <class A>
void visit_fields(A& each, Maybe<A, Study>& study) {
    each("question", study.question);
    each("briefing", study.briefing);
    each("cells", study.cells);
    each("asked", study.asked);
    each("rules", study.rules);
}

template <class A>
void visit_fields(A& each, Maybe<A, Work>& work) {
    each("cell", work.cell);
    each("replication", work.replication);
}

template <class A>
void visit_fields(A& each, Maybe<A, Ready>& ready) {
    each("briefing", ready.briefing);
}

template <class A>
void visit_fields(A& each, Maybe<A, Row>& row) {
    each("work", row.work);
    each("fingerprint", row.fingerprint);
    each("plan_hash", row.plan_hash);
    each("sites", row.sites);
    each("figures", row.figures);
    each("body", row.body);
}

template <class A>
void visit_fields(A& each, Maybe<A, Finished>& finished) {
    each("row", finished.row);
}

template <class A>
void visit_fields(A& each, Maybe<A, Wrong>& wrong) {
    each("exit", wrong.exit);
    each("problems", wrong.problems);
    each("left_out", wrong.left_out);
}

template <class A>
void visit_fields(A& each, Maybe<A, Defect>& defect) {
    each("what", defect.what);
    each("replication", defect.replication);
}

template <class A>
void visit_fields(A& each, Maybe<A, OutOfMemory>& out) {
    each("replication", out.replication);
}

template <class A>
void visit_fields(A& each, Maybe<A, Answer>& answer) {
    each("text", answer.text);
}

// How a value looks as JSON.

template <class T>
json to(const T& value);
template <class T>
void from(const json& in, T& value);

template <class T>
struct Form {
    static json to(const T& value) {
        if constexpr (std::is_enum_v<T>) {
            return static_cast<std::int64_t>(value);
        } else if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, std::string>) {
            return value;
        } else {
            Writer writer;
            visit_fields(writer, value);
            return std::move(writer.out);
        }
    }
    static void from(const json& in, T& value) {
        if constexpr (std::is_enum_v<T>) {
            value = static_cast<T>(in.get<std::int64_t>());
        } else if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, std::string>) {
            value = in.get<T>();
        } else {
            const Reader reader{in};
            visit_fields(reader, value);
        }
    }
};

template <>
struct Form<kernel::Duration> {
    static json to(kernel::Duration value) { return value.count(); }
    static void from(const json& in, kernel::Duration& value) {
        value = kernel::Duration{in.get<std::int64_t>()};
    }
};

template <class Tag>
struct Form<vocabulary::Count<Tag>> {
    static json to(vocabulary::Count<Tag> count) { return count.value; }
    static void from(const json& in, vocabulary::Count<Tag>& count) { count.value = in.get<std::uint64_t>(); }
};

template <class T>
struct Form<std::optional<T>> {
    static json to(const std::optional<T>& value) { return value ? experiment::to(*value) : json{}; }
    static void from(const json& in, std::optional<T>& value) {
        value.reset();
        if (!in.is_null()) experiment::from(in, value.emplace());
    }
};

template <class T>
struct Form<std::vector<T>> {
    static json to(const std::vector<T>& values) {
        json out = json::array();
        for (const T& value : values) out.push_back(experiment::to(value));
        return out;
    }
    static void from(const json& in, std::vector<T>& values) {
        values.clear();
        for (const json& one : in) experiment::from(one, values.emplace_back());
    }
};

template <class T, std::size_t size>
struct Form<std::array<T, size>> {
    static json to(const std::array<T, size>& values) {
        json out = json::array();
        for (const T& value : values) out.push_back(experiment::to(value));
        return out;
    }
    static void from(const json& in, std::array<T, size>& values) {
        SIM_CHECK(in.size() == size);
        for (std::size_t i = 0; i < size; ++i) experiment::from(in[i], values[i]);
    }
};

template <class T>
struct Form<std::map<std::string, T>> {
    static json to(const std::map<std::string, T>& values) {
        json out = json::object();
        for (const auto& [name, value] : values) out[name] = experiment::to(value);
        return out;
    }
    static void from(const json& in, std::map<std::string, T>& values) {
        values.clear();
        for (const auto& item : in.items()) experiment::from(item.value(), values[item.key()]);
    }
};

template <class T>
json to(const T& value) {
    return Form<T>::to(value);
}

template <class T>
void from(const json& in, T& value) {
    Form<T>::from(in, value);
}

template <class T>
void Writer::operator()(const char* name, const T& value) {
    out.push_back(json::object_t::value_type(name, to(value)));  // no look-up: the names differ
}

template <class T>
void Reader::operator()(const char* name, T& value) const {
    from(in.at(name), value);
}

template <std::size_t index = 0>
Message message_of(std::size_t kind, const json& in) {
    if constexpr (index < std::variant_size_v<Message>) {
        if (kind != index) return message_of<index + 1>(kind, in);
        std::variant_alternative_t<index, Message> message;
        from(in, message);
        return message;
    } else {
        throw kernel::BrokenInvariant("a message of no known kind");
    }
}

template <class T>
std::string packed_value(const T& value) {
    std::string bytes;
    json::to_cbor(to(value), bytes);
    return bytes;
}

template <class T>
T unpacked_value(const std::string& bytes, const char* what) {
    try {
        T value;
        from(json::from_cbor(bytes), value);
        return value;
    } catch (const json::exception& error) {
        throw kernel::BrokenInvariant(std::string(what) + " that cannot be read: " + error.what());
    }
}

}  // namespace

std::string packed(const Message& message) {
    json out = json::array();
    out.push_back(message.index());
    out.push_back(std::visit([](const auto& one) { return to(one); }, message));
    std::string bytes;
    json::to_cbor(out, bytes);
    return bytes;
}

std::string packed(const Study& study) {
    return packed_value(study);
}

std::string packed(const Replication& row) {
    return packed_value(row);
}

Message unpacked(const std::string& bytes) {
    try {
        const json in = json::from_cbor(bytes);
        return message_of(in.at(0).get<std::size_t>(), in.at(1));
    } catch (const json::exception& error) {
        throw kernel::BrokenInvariant(std::string("a message that cannot be read: ") + error.what());
    }
}

Study unpacked_study(const std::string& bytes) {
    return unpacked_value<Study>(bytes, "a study");
}

Replication unpacked_replication(const std::string& bytes) {
    return unpacked_value<Replication>(bytes, "a replication");
}

}  // namespace sim::experiment

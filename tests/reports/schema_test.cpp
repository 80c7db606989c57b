#include "tests/reports/schema.hpp"

#include <nlohmann/json.hpp>

#include <catch2/catch.hpp>

#include <set>

namespace tests {

using nlohmann::json;

namespace {

class Validator {
public:
    explicit Validator(const json& root) : root_(root) {}

    void check(const json& schema, const json& value, const std::string& at) {
        static const std::set<std::string> mere_words{
            "$schema", "$id", "$defs", "title", "description", "properties", "additionalProperties"};
        for (const auto& [word, rule] : schema.items())
            if (!mere_words.count(word)) apply(word, rule, value, at);
        if (value.is_object()) check_members(schema, value, at);
    }

    std::vector<std::string> found;

private:
    void apply(const std::string& word, const json& rule, const json& value, const std::string& at) {
        if (word == "$ref")
            return check(root_.at(json::json_pointer(rule.get<std::string>().substr(1))), value, at);
        if (word == "type") return demand(has_type(rule, value), at, "is no " + rule.dump());
        if (word == "const") return demand(value == rule, at, "is not " + rule.dump());
        if (word == "enum") return demand(is_among(rule, value), at, "is none of " + rule.dump());
        if (word == "minimum")
            return demand(!value.is_number() || value >= rule, at, "is below " + rule.dump());
        if (word == "minItems") return demand(value.size() >= rule, at, "has too few items");
        if (word == "maxItems") return demand(value.size() <= rule, at, "has too many items");
        if (word == "required") {
            for (const json& name : rule)
                demand(value.contains(name.get<std::string>()), at, "lacks " + name.dump());
            return;
        }
        if (word == "items") {
            for (std::size_t i = 0; i < value.size(); ++i) check(rule, value[i], at + "/" + std::to_string(i));
            return;
        }
        demand(false, at, "the schema says \"" + word + "\", which this validator does not know");
    }

    void check_members(const json& schema, const json& value, const std::string& at) {
        const json known = schema.value("properties", json::object());
        for (const auto& [name, member] : value.items()) {
            const std::string place = at + "/" + name;
            if (known.contains(name))
                check(known[name], member, place);
            else if (schema.contains("additionalProperties") && schema["additionalProperties"].is_object())
                check(schema["additionalProperties"], member, place);
            else
                demand(schema.value("additionalProperties", json(true)) != json(false), place,
                       "is not in the schema");
        }
    }

    static bool is_among(const json& values, const json& value) {
        for (const json& one : values)
            if (one == value) return true;
        return false;
    }

    static bool has_type(const json& rule, const json& value) {
        if (rule.is_array()) {
            for (const json& one : rule)
                if (has_type(one, value)) return true;
            return false;
        }
        const auto& name = rule.get_ref<const std::string&>();
        if (name == "object") return value.is_object();
        if (name == "array") return value.is_array();
        if (name == "string") return value.is_string();
        if (name == "number") return value.is_number();
        if (name == "integer") return value.is_number_integer();
        if (name == "boolean") return value.is_boolean();
        return name == "null" && value.is_null();
    }

    void demand(bool is_so, const std::string& at, const std::string& why) {
        if (!is_so) found.push_back((at.empty() ? "/" : at) + " " + why);
    }

    const json& root_;
};

}  // namespace

std::vector<std::string> misfits(const json& schema, const json& value) {
    Validator validator(schema);
    validator.check(schema, value, "");
    return validator.found;
}

}  // namespace tests

TEST_CASE("the validator knows the words that our schema uses, and no silent others", "[reports]") {
    const nlohmann::json schema = {{"type", "object"},
                                   {"required", {"calls"}},
                                   {"properties", {{"calls", {{"type", "integer"}, {"minimum", 0}}}}},
                                   {"additionalProperties", false}};
    using Lines = std::vector<std::string>;
    CHECK(tests::misfits(schema, {{"calls", 3}}).empty());
    CHECK(tests::misfits(schema, {{"calls", -3}}) == Lines{"/calls is below 0"});
    CHECK(tests::misfits(schema, {{"calls", 1.5}}) == Lines{"/calls is no \"integer\""});
    CHECK(tests::misfits(schema, nlohmann::json::object()) == Lines{"/ lacks \"calls\""});
    CHECK(tests::misfits(schema, {{"calls", 3}, {"x", 1}}) == Lines{"/x is not in the schema"});
    CHECK(tests::misfits({{"pattern", "a"}}, 1).size() == 1);
}

// Names of things as small integers. An id is a name: it compares, it does not add. "None" is std::optional.

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sim::vocabulary {

enum class SiteId : std::uint32_t {};
enum class ApplianceId : std::uint32_t {};  // over the whole tenant; an appliance is one host and its machines
enum class GatewayId : std::uint32_t {};    // over the whole tenant
enum class CommonCauseId : std::uint32_t {};  // what takes several things at once
enum class WindowId : std::uint32_t {};       // an update window of the tenant; it may serve several sites
enum class CrewId : std::uint32_t {};         // people who repair
enum class CohortId : std::uint32_t {};       // the users who share a site in the user export
enum class ProgramId : std::uint32_t {};      // a policy or a runbook of the scenario, in its order

template <class Id>
constexpr std::size_t index(Id id) {
    return static_cast<std::size_t>(id);
}

// The id as the subject of an event or a record.
template <class Id>
constexpr std::uint32_t subject_of(Id id) {
    return static_cast<std::uint32_t>(id);
}

// A vector that is asked by name. Ids are given in order: the k-th element added has id k.
template <class Id, class T>
class Table {
public:
    Id add(T element) {
        elements_.push_back(std::move(element));
        return static_cast<Id>(elements_.size() - 1);
    }
    T& operator[](Id id) { return elements_[index(id)]; }
    const T& operator[](Id id) const { return elements_[index(id)]; }
    std::size_t size() const { return elements_.size(); }
    bool empty() const { return elements_.empty(); }
    auto begin() { return elements_.begin(); }
    auto end() { return elements_.end(); }
    auto begin() const { return elements_.begin(); }
    auto end() const { return elements_.end(); }

private:
    std::vector<T> elements_;
};

}  // namespace sim::vocabulary

#include "sim/operations/verb_rows.hpp"

namespace sim::operations {

std::span<const Verb> tenant_verbs() {
    return {};
}

}  // namespace sim::operations

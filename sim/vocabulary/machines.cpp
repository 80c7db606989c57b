#include "sim/vocabulary/machines.hpp"

namespace sim::vocabulary {

std::string_view text(Machine machine) {
    switch (machine) {
        case Machine::ad:
            return "ad";
        case Machine::cms:
            return "cms";
        case Machine::mediation:
            return "mediation";
        case Machine::edge:
            return "edge";
    }
    return "";
}

}  // namespace sim::vocabulary

#include "sim/cli/answers.hpp"
#include "sim/cli/commands.hpp"
#include "sim/cli/conduct.hpp"
#include "sim/cli/outputs.hpp"

namespace sim::cli {

using experiment::Store;
using vocabulary::Exit;

Exit merge(const Options& options) {
    check_outputs(reports_asked(options), options.force);
    forbid(options.outputs, options.files);
    Store whole = store_for(options);
    for (const std::string& part : options.files) whole.merge(Store::of(part));
    return close_with_answer(options, whole);
}

Exit report(const Options& options) {
    check_outputs(options.outputs, options.force);
    forbid(options.outputs, {options.file});
    const Store store = Store::of(options.file);
    return experiment::gravest(tell_given_up(options, store), answer(options, store));
}

}  // namespace sim::cli

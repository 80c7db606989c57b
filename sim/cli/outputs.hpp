// What leaves the process: the answer on standard output, and files that are whole or not there.
//
// A file is written beside its place, forced to the disk and renamed; who reads it meets the old one or the new
// one, never a half. Whether that can work is tried before the first replication, not after the last. All
// failures are InputErrors of exit `output`, with the system's reason.

#pragma once

#include <string>
#include <vector>

namespace sim::cli {

// Refuses paths that cannot be written, and existing files unless forced.
void check_outputs(const std::vector<std::string>& paths, bool force);

// Refuses outputs that are one of the files the answer is made from, forced or not.
void forbid(const std::vector<std::string>& outputs, const std::vector<std::string>& inputs);

void write_file(const std::string& path, const std::string& bytes);

// Opens what the caller closed of the descriptors 0 to 2, so that no other file gets its number, and remembers
// a closed standard output. Ignores SIGPIPE and SIGXFSZ.
void prepare_streams();

// Standard output. A reader that has seen enough (`| head`) is no error.
void print(const std::string& text);

// Standard error; nobody is told when that fails.
void tell(const std::string& line);

}  // namespace sim::cli

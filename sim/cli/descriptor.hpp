// A file descriptor that closes itself.

#pragma once

#include <string_view>
#include <utility>

namespace sim::cli {

class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() { close(); }
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        if (this != &other) {
            close();
            number_ = std::exchange(other.number_, -1);
        }
        return *this;
    }

    bool open() const { return number_ >= 0; }
    int number() const { return number_; }
    void close();

private:
    int number_ = -1;
};

// Writes all of it, however the system slices it. 0, or the errno of the write that failed.
int write_all(int descriptor, std::string_view bytes);

}  // namespace sim::cli

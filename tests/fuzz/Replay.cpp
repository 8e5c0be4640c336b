// SPDX-License-Identifier: GPL-3.0-or-later
// Feeds every file of the folders that are named to the fuzz target: the corpus as an ordinary test. An input over 1 s is
// a failure (the limit is 10 ms in an optimised build; sanitizers and a busy machine take their part).
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int argc, char** argv)
{
    int inputs = 0;
    int slow = 0;
    for (int i = 1; i < argc; ++i) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[i])) {
            if (!entry.is_regular_file()) {
                continue;
            }
            std::ifstream file(entry.path(), std::ios::binary);
            const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
            const auto start = std::chrono::steady_clock::now();
            LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
            if (inputs > 0 && std::chrono::steady_clock::now() - start > std::chrono::seconds(1)) { // the first one loads the rules
                std::fprintf(stderr, "slow: %s\n", entry.path().c_str());
                ++slow;
            }
            ++inputs;
        }
    }
    std::printf("%d inputs replayed, %d slow\n", inputs, slow);
    return inputs > 0 && slow == 0 ? 0 : 1;
}

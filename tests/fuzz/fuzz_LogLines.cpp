// SPDX-License-Identifier: GPL-3.0-or-later
// Whole lines through envelope, rules, time and correlation. Every line must be accounted for, however it looks.
#include "models/logs/Correlator.h"
#include "models/logs/StreamParser.h"

#include <cstdlib>

using namespace mailward;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto kRules = RuleBook::load().value();
    StreamOptions options;
    options.timezone = "Europe/Berlin";
    options.fileTime = fromMicros(1795445031000000);
    StreamParser parser(kRules, options, FileId(1));
    Correlator correlator;
    ParsedBatch batch;
    parser.feed({reinterpret_cast<const char*>(data), size}, batch);
    parser.finish(batch);
    correlator.process(batch);
    if (batch.lines != batch.events.size() + batch.boring + batch.unknown) {
        std::abort();
    }
    return 0;
}

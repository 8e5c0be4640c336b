// SPDX-License-Identifier: GPL-3.0-or-later
// Whole lines through envelope, rules, time and correlation. Every line must be accounted for, however it looks, and what the
// lines before it taught the parser must not change what it says.
#include "models/logs/Correlator.h"
#include "models/logs/EventBuilder.h"
#include "models/logs/LineParser.h"
#include "tests/fuzz/Bounded.h"

#include <cstdlib>
#include <tuple>

using namespace mailward;

namespace {

constexpr std::size_t kMostLines = 64; ///< an input is one step, not a log

bool isSame(const Stamp& a, const Stamp& b)
{
    const auto fields = [](const Stamp& s) { return std::tie(s.absolute, s.offsetSeconds, s.year, s.month, s.day, s.hour, s.minute, s.second, s.micros); };
    return fields(a) == fields(b);
}

/// The quick way through a line, by what the line before looked like, must come out where the long way does.
void checkEnvelope(EnvelopeParser& parser, const RuleBook& rules, std::string_view line, Scratch& scratch, Stamp& last)
{
    Envelope quick;
    Envelope slow;
    parser.parse(line, scratch, quick);
    parseEnvelope(line, rules, scratch, slow);
    if (slow.hasStamp && !isSame(quick.isSameStamp ? last : quick.stamp, slow.stamp)) {
        std::abort();
    }
    last = slow.hasStamp ? slow.stamp : last;
    if (quick.host != slow.host || quick.program != slow.program || quick.process != slow.process || quick.pid != slow.pid ||
        quick.message != slow.message || quick.hasStamp != slow.hasStamp || quick.repeats != slow.repeats || quick.repeatsLast != slow.repeatsLast) {
        std::abort();
    }
}

StreamOptions optionsOf()
{
    StreamOptions options;
    options.timezone = "Europe/Berlin";
    options.fileTime = fromMicros(1795445031000000);
    return options;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto kRules = RuleBook::load().value();
    static const StreamOptions kOptions = optionsOf();
    static LineParser parser(kRules); // learns programs once: making it costs a thousand lines
    static LogBlock block;
    static Scratch scratch;
    return fuzz::bounded([&] {
        EnvelopeParser envelopes(*kRules);
        EventBuilder builder(kOptions, FileId(1));
        Correlator correlator;
        ParsedBatch batch;
        Stamp stamp;
        std::size_t lines = 0;
        const auto take = [&](const FramedLine& line) {
            if (++lines > kMostLines) {
                return;
            }
            scratch.clear();
            checkEnvelope(envelopes, *kRules, line.text, scratch, stamp);
            block.clear();
            parser.parse(line, block);
            builder.settle(block);
            append(block, batch);
        };
        LineFramer framer;
        framer.feed({reinterpret_cast<const char*>(data), size}, take);
        framer.finish(take);
        correlator.process(batch);
        if (batch.lines != std::min(lines, kMostLines) || batch.lines != batch.events.size() + batch.boring + batch.unknown) {
            std::abort();
        }
    });
}

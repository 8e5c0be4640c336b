// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/RuleMatcher.h"

#include "models/logs/Words.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <utility>

namespace mailward {

namespace {

constexpr std::uint32_t kMatchLimit = 100'000; // steps; an honest line needs some hundred
constexpr std::uint32_t kHeapLimit = 1024;     // KiB
constexpr std::size_t kStackLimit = 256 * 1024;
constexpr std::size_t kPrograms = 4096;
constexpr std::string_view kOtherPrograms = "(others)";
constexpr std::uint32_t kMostAttempts = 100'000;

bool isDigits(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Looks for the word's rarest character, and for the rest around it.
bool contains(std::string_view text, std::string_view word, std::size_t rarest)
{
    if (text.size() < word.size()) {
        return false;
    }
    const char* at = text.data() + rarest;
    const char* const end = text.data() + text.size() - word.size() + rarest + 1; // where the rarest one may stand
    while (at < end) {
        at = static_cast<const char*>(std::memchr(at, word[rarest], static_cast<std::size_t>(end - at)));
        if (at == nullptr) {
            return false;
        }
        if (sameBytes(at - rarest, word.data(), word.size())) {
            return true;
        }
        ++at;
    }
    return false;
}

std::uint32_t numberOf(std::string_view text)
{
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return 1;
    }
    return std::min(value, kMostAttempts);
}

} // namespace

struct RuleMatcher::Pcre {
    pcre2_match_data_8* data = nullptr;
    pcre2_match_context_8* context = nullptr;
    pcre2_jit_stack_8* stack = nullptr;

    explicit Pcre(std::uint32_t groups)
        : data(pcre2_match_data_create_8(groups + 1, nullptr)),
          context(pcre2_match_context_create_8(nullptr)),
          stack(pcre2_jit_stack_create_8(32 * 1024, kStackLimit, nullptr))
    {
        pcre2_set_match_limit_8(context, kMatchLimit);
        pcre2_set_heap_limit_8(context, kHeapLimit);
        pcre2_jit_stack_assign_8(context, nullptr, stack);
    }
    ~Pcre()
    {
        pcre2_match_data_free_8(data);
        pcre2_match_context_free_8(context);
        pcre2_jit_stack_free_8(stack);
    }
    Pcre(const Pcre&) = delete;
    Pcre& operator=(const Pcre&) = delete;
};

RuleMatcher::RuleMatcher(std::shared_ptr<const RuleBook> rules) : m_rules(std::move(rules))
{
    std::uint32_t groups = 0;
    for (const auto& rule : m_rules->rules()) {
        groups = std::max(groups, rule.groupCount);
    }
    m_pcre = std::make_unique<Pcre>(groups);
}

RuleMatcher::~RuleMatcher() = default;
RuleMatcher::RuleMatcher(RuleMatcher&&) noexcept = default;
RuleMatcher& RuleMatcher::operator=(RuleMatcher&&) noexcept = default;

const RuleMatcher::Program& RuleMatcher::programOf(const Envelope& envelope)
{
    const std::string_view tag = envelope.program;
    const std::string_view process = envelope.process;
    const auto isSame = [&](const std::string& name) {
        return process.empty() ? isSameText(name, tag)
                               : name.size() == tag.size() + 1 + process.size() && name[tag.size()] == '/' && startsWith(name, tag) &&
                                     sameBytes(name.data() + tag.size() + 1, process.data(), process.size());
    };
    std::size_t slot = tag.size() + 8 * process.size();
    if (!tag.empty()) {
        slot += std::size_t{5} * static_cast<unsigned char>(tag[tag.size() / 2]) + std::size_t{3} * static_cast<unsigned char>(tag.back());
    }
    if (!process.empty()) {
        slot += static_cast<unsigned char>(process.front());
    }
    const Program*& recent = m_recent[slot % m_recent.size()];
    if (recent == nullptr || !isSame(recent->name)) {
        const Program& learnt = learn(envelope);
        if (&learnt == &m_overflow) {
            return learnt;
        }
        recent = &learnt;
    }
    return *recent;
}

const RuleMatcher::Program& RuleMatcher::learn(const Envelope& envelope)
{
    m_key.assign(envelope.program);
    if (!envelope.process.empty()) {
        m_key += '/';
        m_key += envelope.process;
    }
    if (const auto found = m_programs.find(m_key); found != m_programs.end()) {
        return found->second;
    }
    Program program{m_key, dispatchOf(m_rules->rulesFor(m_key)), serviceFromWord(m_key).value_or(Service::Other)};
    if (m_programs.size() >= kPrograms) { // names come from the log, so there may be any number of them
        program.name.clear();
        m_overflow = std::move(program);
        return m_overflow;
    }
    return m_programs.emplace(m_key, std::move(program)).first->second;
}

std::shared_ptr<const RuleMatcher::Dispatch> RuleMatcher::dispatchOf(const std::vector<std::uint32_t>& rules)
{
    auto& known = m_dispatches[rules];
    if (!known) {
        auto made = std::make_shared<Dispatch>();
        for (std::size_t first = 0; first <= Dispatch::kEmpty; ++first) {
            for (const auto index : rules) {
                const Rule& rule = m_rules->rules()[index];
                if (first == Dispatch::kEmpty ? rule.takesEmpty : rule.firstBytes[first]) {
                    const std::size_t length = std::min<std::size_t>(rule.prefix.size(), 8);
                    const std::string ones(length, '\xFF');
                    made->rules.push_back({firstWord(rule.prefix), firstWord(ones), &rule});
                }
            }
            made->starts[first + 1] = static_cast<std::uint32_t>(made->rules.size());
        }
        known = std::move(made);
    }
    return known;
}

bool RuleMatcher::tryRule(const Rule& rule, Try& attempt, RuleMatch& out)
{
    const std::string_view message = attempt.message;
    if (!startsWith(message, rule.prefix)) {
        return false;
    }
    if (!rule.literal.empty()) {
        if (rule.literalNumber != attempt.literalNumber) {
            attempt.literalNumber = rule.literalNumber;
            attempt.hasLiteral = contains(message, rule.literal, rule.rarest);
        }
        if (!attempt.hasLiteral) {
            return false;
        }
    }
    if (!rule.code) {
        return true;
    }
    const auto match = rule.isJit ? pcre2_jit_match_8 : pcre2_match_8;
    const int count = match(rule.code.get(), reinterpret_cast<PCRE2_SPTR8>(message.data()), message.size(), 0, 0, m_pcre->data, m_pcre->context);
    if (count < 0) {
        attempt.limited = attempt.limited || count != PCRE2_ERROR_NOMATCH;
        return false;
    }
    const PCRE2_SIZE* bounds = pcre2_get_ovector_pointer_8(m_pcre->data);
    for (const auto& [group, capture] : rule.groups) {
        if (group < static_cast<std::uint32_t>(count) && bounds[2 * group] != PCRE2_UNSET && !out.has(capture)) {
            out.text[static_cast<std::size_t>(capture)] = message.substr(bounds[2 * group], bounds[2 * group + 1] - bounds[2 * group]);
            out.present |= 1U << static_cast<unsigned>(capture);
        }
    }
    return true;
}

void RuleMatcher::finish(const Rule& rule, const Program& program, RuleMatch& out)
{
    out.rule = &rule;
    if (out.program.empty()) {
        out.program = rule.defaultProgram;
    }
    if (rule.meaning == Rule::Meaning::Boring) {
        out.verdict = RuleMatch::Verdict::Boring;
        return;
    }
    out.verdict = rule.meaning == Rule::Meaning::Note ? RuleMatch::Verdict::Note : RuleMatch::Verdict::Event;
    if (out.has(Capture::Ip)) {
        out.ip = addressFromSlot(out[Capture::Ip]);
    }
    out.service = rule.service.value_or(program.service);
    if (!rule.service && out.has(Capture::Service)) {
        out.service = serviceFromWord(out[Capture::Service]).value_or(Service::Other);
    }
    if (rule.attempts) {
        out.attempts = *rule.attempts;
    } else if (out.has(Capture::Attempts)) {
        out.attempts = numberOf(out[Capture::Attempts]);
    } else {
        out.attempts = rule.outcome == Outcome::None ? 0 : 1;
    }
}

bool RuleMatcher::matchesAnything(const Rule& rule)
{
    RuleMatch unused;
    Try attempt{"Qxw 7 zvk: jjp, hq=<rmn>"};
    return tryRule(rule, attempt, unused);
}

void RuleMatcher::match(const Envelope& envelope, RuleMatch& out)
{
    const Program& program = programOf(envelope);
    const std::string_view name = &program == &m_overflow ? kOtherPrograms : std::string_view(program.name);
    out.reset(name);
    Try attempt{envelope.message.empty() ? std::string_view("") : envelope.message};
    const std::size_t first = attempt.message.empty() ? Dispatch::kEmpty : static_cast<unsigned char>(attempt.message.front());
    const std::uint64_t word = firstWord(attempt.message);
    for (const auto& [start, mask, rule] : program.rules->of(first)) {
        if ((word & mask) == start && tryRule(*rule, attempt, out)) {
            // A rule that ran out of steps might have been the right one: the line must not pass for another's.
            if (attempt.limited) {
                out.reset(name);
                break;
            }
            finish(*rule, program, out);
            return;
        }
    }
    out.verdict = attempt.limited ? RuleMatch::Verdict::Limited : RuleMatch::Verdict::Unknown;
}

std::optional<IpAddress> addressFromSlot(std::string_view slot)
{
    if (const auto plain = IpAddress::parse(slot)) { // as nearly every line has it
        return plain;
    }
    if (slot.starts_with('[')) {
        const std::size_t close = slot.find(']');
        if (close == std::string_view::npos) {
            return std::nullopt;
        }
        const std::string_view after = slot.substr(close + 1);
        if (!after.empty() && !((after.front() == ':' || after.front() == '.') && isDigits(after.substr(1)))) {
            return std::nullopt;
        }
        slot = slot.substr(1, close - 1);
    }
    if (slot.size() > 5 && (slot.starts_with("IPv6:") || slot.starts_with("ipv6:") || slot.starts_with("IPV6:"))) {
        slot.remove_prefix(5);
    }
    slot = slot.substr(0, slot.find('%'));
    const std::size_t colon = slot.find(':');
    if (colon != std::string_view::npos && colon == slot.rfind(':') && slot.find('.') < colon && isDigits(slot.substr(colon + 1))) {
        slot = slot.substr(0, colon); // "192.0.2.1:4711"
    }
    return IpAddress::parse(slot);
}

std::optional<Service> serviceFromWord(std::string_view word)
{
    // Longer words stand before those that they contain.
    static constexpr std::array<std::pair<std::string_view, Service>, 22> kWords{{
        {"submission", Service::Submission}, {"smtps", Service::Submission}, {"msa", Service::Submission},
        {"managesieve", Service::Sieve}, {"timsieve", Service::Sieve}, {"sieve", Service::Sieve},
        {"imap", Service::Imap}, {"pop3", Service::Pop3}, {"pop", Service::Pop3},
        {"lmtp", Service::Lmtp}, {"ssh", Service::Ssh}, {"dropbear", Service::Ssh},
        {"ftp", Service::Ftp}, {"postscreen", Service::Smtp}, {"postfix", Service::Smtp},
        {"smtp", Service::Smtp}, {"sendmail", Service::Smtp}, {"exim", Service::Smtp},
        {"sm-mta", Service::Smtp}, {"http", Service::Web}, {"web", Service::Web}, {"roundcube", Service::Web}}};
    for (const auto& [name, service] : kWords) {
        if (word.find(name) != std::string_view::npos) {
            return service;
        }
    }
    return std::nullopt;
}

} // namespace mailward

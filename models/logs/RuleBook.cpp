// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/RuleBook.h"

#include "models/logs/Envelope.h"
#include "models/logs/RuleCompiler.h"
#include "models/logs/RuleMatcher.h"

#include <QDir>
#include <QFile>
#include <algorithm>
#include <map>

// Outside of any namespace, as Qt's macro wants it.
static void initRuleResources() { Q_INIT_RESOURCE(rules); }

namespace mailward {

namespace {

constexpr qint64 kLargestPack = 4 * 1024 * 1024;

/// `*` stands for any run of characters.
bool globMatches(std::string_view glob, std::string_view text)
{
    std::size_t g = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos;
    std::size_t resume = 0;
    while (t < text.size()) {
        if (g < glob.size() && glob[g] == '*') {
            star = g++;
            resume = t;
        } else if (g < glob.size() && glob[g] == text[t]) {
            ++g;
            ++t;
        } else if (star != std::string_view::npos) {
            g = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (g < glob.size() && glob[g] == '*') {
        ++g;
    }
    return g == glob.size();
}

using PackText = std::pair<std::string, std::string>;

void readFolder(const QDir& folder, std::vector<PackText>& packs, std::vector<RuleProblem>& problems)
{
    for (const auto& info : folder.entryInfoList({QStringLiteral("*.toml")}, QDir::Files | QDir::Readable, QDir::Name)) {
        QFile file(info.filePath());
        const std::string name = info.completeBaseName().toStdString();
        if (info.size() > kLargestPack || !file.open(QIODevice::ReadOnly)) {
            problems.push_back({name, {}, "cannot be read, or is larger than 4 MiB"});
            continue;
        }
        packs.emplace_back(name, file.readAll().toStdString());
    }
}

std::string fieldOf(const std::string& name, const Envelope& envelope, const RuleMatch& match)
{
    if (name == "service") {
        return std::string(serviceName(match.service));
    }
    if (name == "attempts") {
        return std::to_string(match.attempts * envelope.repeats);
    }
    if (name == "program") {
        return std::string(match.program);
    }
    if (name == "server") {
        return std::string(envelope.host);
    }
    for (std::size_t i = 0; i < kCaptureCount; ++i) {
        if (captureName(static_cast<Capture>(i)) == name) {
            return std::string(match[static_cast<Capture>(i)]);
        }
    }
    return "(no such field)";
}

/// What is wrong with what a sample gave; empty: nothing.
std::string compare(const RuleSample& sample, const Rule& rule, const Envelope& envelope, const RuleMatch& match)
{
    if (match.rule != &rule) {
        if (match.rule != nullptr && match.rule->isUsers && !rule.isUsers) {
            return {}; // the user's own rules come first: that is what they are for
        }
        return match.rule == nullptr ? "is not recognised" : "is taken by rule '" + match.rule->name + "' of " + match.rule->pack;
    }
    const auto differs = [](std::string_view field, std::string_view got, std::string_view want) {
        return std::string(field) + " is '" + std::string(got) + "', not '" + std::string(want) + "'";
    };
    const std::string ip = match.ip ? match.ip->toString() : std::string();
    if (ip != sample.ip) {
        return differs("ip", ip, sample.ip);
    }
    if (match[Capture::Account] != sample.account) {
        return differs("account", match[Capture::Account], sample.account);
    }
    for (const auto& [name, want] : sample.others) {
        const std::string got = fieldOf(name, envelope, match);
        if (got != want) {
            return differs(name, got, want);
        }
    }
    return {};
}

} // namespace

Result<std::shared_ptr<const RuleBook>> RuleBook::load(const QString& userFolder)
{
    initRuleResources();
    std::vector<PackText> packs;
    std::vector<RuleProblem> problems;
    if (!userFolder.isEmpty()) {
        readFolder(QDir(userFolder), packs, problems);
    }
    const std::size_t own = packs.size();
    readFolder(QDir(QStringLiteral(":/mailward/rules")), packs, problems);
    if (packs.size() == own) {
        return failure(ErrorCode::Internal, QStringLiteral("The built-in log rules are missing."));
    }
    auto book = std::const_pointer_cast<RuleBook>(fromTexts(packs, own));
    book->m_problems.insert(book->m_problems.end(), problems.begin(), problems.end());
    return book;
}

std::shared_ptr<const RuleBook> RuleBook::fromTexts(std::span<const PackText> packs, std::size_t userPacks, Use use)
{
    auto book = std::make_shared<RuleBook>();
    for (std::size_t i = 0; i < packs.size(); ++i) {
        const std::size_t before = book->m_rules.size();
        compilePack(packs[i].first, packs[i].second, use, book->m_rules, book->m_problems);
        for (std::size_t r = before; r < book->m_rules.size(); ++r) {
            book->m_rules[r].isUsers = i < userPacks;
        }
    }
    std::map<std::string, std::uint32_t, std::less<>> literals;
    for (auto& rule : book->m_rules) {
        rule.literalNumber = literals.emplace(rule.literal, static_cast<std::uint32_t>(literals.size())).first->second;
    }
    RuleMatcher matcher(std::shared_ptr<const RuleBook>(std::shared_ptr<const RuleBook>(), book.get())); // not owned: it goes first
    book->refuseCatchAlls(matcher);
    book->indexNames();
    book->checkSamples(matcher);
    return book;
}

void RuleBook::indexNames()
{
    m_names = {};
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < m_rules.size(); ++i) {
        for (const auto& name : m_rules[i].programs) {
            std::vector<std::uint32_t>* rules = nullptr;
            if (name.find('*') == std::string::npos) {
                rules = &m_names.plain[name];
            } else {
                const auto place = places.emplace(name, m_names.globs.size());
                if (place.second) {
                    m_names.globs.emplace_back(name, std::vector<std::uint32_t>());
                }
                rules = &m_names.globs[place.first->second].second;
            }
            rules->push_back(static_cast<std::uint32_t>(i));
            for (std::size_t slash = name.find('/'); slash != std::string::npos && name.front() != '*'; slash = name.find('/', slash + 1)) {
                m_names.families.insert(name.substr(0, slash));
            }
        }
    }
}

void RuleBook::keepIf(const std::vector<bool>& good)
{
    if (std::find(good.begin(), good.end(), false) == good.end()) {
        return;
    }
    std::vector<Rule> kept;
    for (std::size_t i = 0; i < m_rules.size(); ++i) {
        if (good[i]) {
            kept.push_back(std::move(m_rules[i]));
        }
    }
    m_rules = std::move(kept);
}

void RuleBook::refuseCatchAlls(RuleMatcher& matcher)
{
    const auto tellsOfLogins = [&](const std::string& pack) {
        return std::any_of(m_rules.begin(), m_rules.end(), [&](const Rule& r) { return r.pack == pack && r.outcome != Outcome::None; });
    };
    std::vector<bool> good(m_rules.size(), true);
    for (std::size_t i = 0; i < m_rules.size(); ++i) {
        const Rule& rule = m_rules[i];
        if (rule.meaning == Rule::Meaning::Boring && tellsOfLogins(rule.pack) && matcher.matchesAnything(rule)) {
            m_problems.push_back({rule.pack, rule.name, "takes any line; beside rules for log-ins a boring rule must say which, or a new form is never seen"});
            good[i] = false;
        }
    }
    keepIf(good);
}

void RuleBook::checkSamples(RuleMatcher& matcher)
{
    Scratch scratch;
    Envelope envelope;
    RuleMatch match;
    std::vector<bool> good(m_rules.size(), true);
    for (std::size_t i = 0; i < m_rules.size(); ++i) {
        for (const auto& sample : m_rules[i].samples) {
            ++m_sampleCount;
            scratch.clear();
            parseEnvelope(sample.line, *this, scratch, envelope);
            matcher.match(envelope, match);
            const std::string trouble = compare(sample, m_rules[i], envelope, match);
            if (!trouble.empty()) {
                m_problems.push_back({m_rules[i].pack, m_rules[i].name, trouble + ": " + sample.line});
                good[i] = false;
                break;
            }
        }
    }
    if (std::find(good.begin(), good.end(), false) != good.end()) {
        keepIf(good);
        indexNames();
    }
}

std::vector<std::uint32_t> RuleBook::rulesFor(std::string_view program) const
{
    std::vector<std::uint32_t> out;
    if (const auto plain = m_names.plain.find(program); plain != m_names.plain.end()) {
        out = plain->second;
    }
    for (const auto& [glob, rules] : m_names.globs) {
        if (globMatches(glob, program)) {
            out.insert(out.end(), rules.begin(), rules.end());
        }
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

bool RuleBook::knows(std::string_view program) const
{
    if (program.empty()) {
        return false;
    }
    return m_names.plain.contains(program) || m_names.families.contains(program) ||
           std::any_of(m_names.globs.begin(), m_names.globs.end(),
                       [&](const auto& each) { return each.first.front() != '*' && globMatches(each.first, program); });
}

} // namespace mailward

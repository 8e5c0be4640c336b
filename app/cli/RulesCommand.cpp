// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/RulesCommand.h"

#include "models/core/UntrustedText.h"
#include "models/logs/Fail2banImport.h"
#include "models/logs/RuleBook.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSaveFile>
#include <cstdio>
#include <map>

namespace mailward::cli {

namespace {

void printProblem(const Context& context, const RuleProblem& problem)
{
    const auto text = [](const std::string& raw) { return UntrustedText(raw).json(); };
    if (context.json) {
        JsonLine().text("pack", text(problem.pack)).text("rule", text(problem.rule)).text("problem", text(problem.text)).print();
    } else {
        std::printf("%s/%s: %s\n", problem.pack.c_str(), problem.rule.c_str(), qUtf8Printable(UntrustedText(problem.text).plain(600)));
    }
}

void printPack(const Context& context, const std::string& pack, std::size_t rules, std::size_t samples)
{
    if (context.json) {
        JsonLine()
            .text("pack", UntrustedText(pack).json())
            .number("rules", static_cast<qint64>(rules))
            .number("samples", static_cast<qint64>(samples))
            .print();
    } else {
        std::printf("%-24s %4zu rules %5zu samples\n", pack.c_str(), rules, samples);
    }
}

int testRules(const Context& context)
{
    const auto book = RuleBook::load(context.paths.config + QStringLiteral("/rules"));
    if (!book) {
        return printError(book.error());
    }
    std::map<std::string, std::pair<std::size_t, std::size_t>> packs;
    for (const auto& rule : (*book)->rules()) {
        packs[rule.pack].first += 1;
        packs[rule.pack].second += rule.samples.size();
    }
    for (const auto& [pack, counts] : packs) {
        printPack(context, pack, counts.first, counts.second);
    }
    for (const auto& problem : (*book)->problems()) {
        printProblem(context, problem);
    }
    return (*book)->problems().empty() ? kDone : kFailed;
}

constexpr qint64 kMaxFilterBytes = 1 << 20;

std::optional<std::string> textOf(const QString& path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly) || file.size() > kMaxFilterBytes) {
        return std::nullopt;
    }
    return file.readAll().toStdString();
}

/// Where the pack goes: `-o FILE`, else the user's rules folder. Nothing is overwritten.
Result<QString> packPath(const Context& context, const QString& name)
{
    if (context.words.size() == 4) {
        return context.words[3];
    }
    const QString folder = context.paths.config + QStringLiteral("/rules");
    if (!QDir().mkpath(folder)) {
        return failure(ErrorCode::Io, QStringLiteral("cannot make the folder %1").arg(folder));
    }
    return folder + u'/' + name + QStringLiteral(".toml");
}

Result<void> save(const QString& path, const std::string& text)
{
    if (QFileInfo::exists(path)) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("%1 is already there").arg(path), QStringLiteral("name another file with -o"));
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(text)) < 0 || !file.commit()) {
        return failure(ErrorCode::Io, QStringLiteral("cannot write %1: %2").arg(path, file.errorString()));
    }
    return {};
}

void printImport(const Context& context, const QString& path, const Fail2banImport& import)
{
    QJsonArray left;
    for (const auto& sentence : import.left) {
        left.append(UntrustedText(sentence).json());
        if (!context.json) {
            std::fprintf(stderr, "not carried over: %s\n", qUtf8Printable(UntrustedText(sentence).plain(600)));
        }
    }
    if (context.json) {
        JsonLine()
            .text("pack", path)
            .number("rules", static_cast<qint64>(import.rules))
            .json("left", QJsonDocument(left).toJson(QJsonDocument::Compact))
            .print();
    } else if (path != u"-") {
        std::printf("%s: %zu rules\n", qUtf8Printable(path), import.rules);
    }
}

int importFilter(const Context& context)
{
    const QString file = context.words[1];
    const auto text = textOf(file);
    if (!text) {
        return printError({ErrorCode::Io, QStringLiteral("cannot read %1").arg(file), QStringLiteral("a filter is a file like filter.d/sshd.conf")});
    }
    static const QRegularExpression other(QStringLiteral("[^A-Za-z0-9_-]"));
    const QString name = QFileInfo(file).completeBaseName().replace(other, QStringLiteral("-"));
    const QDir folder = QFileInfo(file).absoluteDir();
    const auto includes = [&](const std::string& wanted) -> std::optional<std::string> {
        const QString word = QString::fromStdString(wanted);
        return word.contains(u'/') ? std::nullopt : textOf(folder.filePath(word)); // the filter's own folder, nothing else
    };
    const auto import = importFail2ban(name.toStdString(), *text, includes);
    if (!import) {
        return printError(import.error());
    }
    const auto path = packPath(context, name);
    if (!path) {
        return printError(path.error());
    }
    if (*path == u"-") {
        std::fwrite(import->toml.data(), 1, import->toml.size(), stdout);
    } else if (const auto saved = save(*path, import->toml); !saved) {
        return printError(saved.error());
    }
    printImport(context, *path, *import);
    return kDone;
}

} // namespace

int runRules(const Context& context)
{
    if (context.words.value(0) == QLatin1String("test") && context.words.size() == 1) {
        return testRules(context);
    }
    const bool toFile = context.words.size() == 4 && context.words[2] == QLatin1String("-o");
    if (context.words.value(0) == QLatin1String("import-fail2ban") && (context.words.size() == 2 || toFile)) {
        return importFilter(context);
    }
    return wrongUse(QStringLiteral("rules takes 'test' or 'import-fail2ban FILE [-o PACK.toml]'"));
}

} // namespace mailward::cli

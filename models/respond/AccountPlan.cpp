// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/AccountPlan.h"

#include "models/respond/Plan.h"

#include <QJsonArray>

#include <algorithm>

namespace mailward {

namespace {

constexpr std::size_t kMostReviewed = 50; // a look at each account's rules takes a tenth of a second

constexpr std::array kActionNames{"reset", "lock", "unlock", "none"};
constexpr std::array kStepFields{std::pair{"flush", &ContainmentSteps::flush}, std::pair{"kick", &ContainmentSteps::kick},
                                 std::pair{"cut_smtp", &ContainmentSteps::cutSmtp}, std::pair{"cut_silent", &ContainmentSteps::cutSilent},
                                 std::pair{"hold", &ContainmentSteps::hold}, std::pair{"review", &ContainmentSteps::review}};

tl::unexpected<Error> badPlan(const QString& what)
{
    return failure(ErrorCode::InvalidInput, QStringLiteral("The plan's %1 cannot be read.").arg(what));
}

Result<void> checkNames(const std::vector<std::string>& accounts)
{
    QStringList bad;
    for (const auto& name : accounts) {
        if (!isAccountName(name)) {
            bad << UntrustedText(name).plain(60);
        }
    }
    if (accounts.empty()) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("The plan names no account."));
    }
    if (!bad.isEmpty()) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("No server takes %1 as the name of an account.").arg(bad.mid(0, 5).join(QStringLiteral(", "))),
                       QStringLiteral("Letters, digits and . _ @ + = ' - are taken, 254 of them at most. Change such an account on the server itself."));
    }
    return {};
}

} // namespace

QString accountActionName(AccountAction action)
{
    return QLatin1String(kActionNames.at(static_cast<std::size_t>(action)));
}

Result<AccountPlan> makeAccountPlan(AccountAction action, std::vector<std::string> accounts, Instant now, const QString& from)
{
    std::sort(accounts.begin(), accounts.end());
    accounts.erase(std::unique(accounts.begin(), accounts.end()), accounts.end());
    if (auto good = checkNames(accounts); !good) {
        return tl::unexpected(good.error());
    }
    AccountPlan plan;
    plan.id = newPlanId();
    plan.made = now;
    plan.from = from;
    plan.accounts = std::move(accounts);
    plan.action = action;
    plan.steps.review = plan.accounts.size() <= kMostReviewed;
    if (action == AccountAction::Unlock) {
        plan.steps = {true, false, false, false, false, false};
    }
    return plan;
}

QJsonObject toJson(const AccountPlan& plan)
{
    QJsonArray accounts;
    for (const auto& name : plan.accounts) {
        accounts.append(QString::fromStdString(name));
    }
    QJsonObject steps;
    for (const auto& [name, field] : kStepFields) {
        steps[QLatin1String(name)] = plan.steps.*field;
    }
    QJsonObject json{{QStringLiteral("version"), 1}, {QStringLiteral("id"), plan.id}, {QStringLiteral("made"), QString::fromStdString(formatRfc3339(plan.made))},
                     {QStringLiteral("from"), plan.from}, {QStringLiteral("accounts"), accounts}, {QStringLiteral("action"), accountActionName(plan.action)},
                     {QStringLiteral("steps"), steps}, {QStringLiteral("servers"), QJsonArray::fromStringList(plan.servers)},
                     {QStringLiteral("password"), QJsonObject{{QStringLiteral("words"), plan.recipe.style == PasswordStyle::Words}, {QStringLiteral("length"), plan.recipe.length}}}};
    if (plan.hash) {
        json[QStringLiteral("hash")] = QJsonObject{{QStringLiteral("scheme"), hashSchemeName(plan.hash->scheme)}, {QStringLiteral("cost"), int(plan.hash->cost)}};
    }
    return json;
}

Result<AccountPlan> accountPlanFromJson(const QJsonObject& json)
{
    AccountPlan plan;
    plan.id = json[QLatin1String("id")].toString();
    const auto made = parseRfc3339(json[QLatin1String("made")].toString().toStdString());
    if (json[QLatin1String("version")].toInt() != 1 || !isPlanId(plan.id) || !made) {
        return badPlan(QStringLiteral("version, id or time"));
    }
    plan.made = *made;
    plan.from = json[QLatin1String("from")].toString();
    for (const auto& name : json[QLatin1String("accounts")].toArray()) {
        plan.accounts.push_back(name.toString().toStdString());
    }
    if (auto good = checkNames(plan.accounts); !good) {
        return tl::unexpected(good.error());
    }
    const auto action = std::find(kActionNames.begin(), kActionNames.end(), json[QLatin1String("action")].toString().toStdString());
    if (action == kActionNames.end() || !std::is_sorted(plan.accounts.begin(), plan.accounts.end())) {
        return badPlan(QStringLiteral("action or order"));
    }
    plan.action = static_cast<AccountAction>(action - kActionNames.begin());
    const auto steps = json[QLatin1String("steps")].toObject();
    for (const auto& [name, field] : kStepFields) {
        plan.steps.*field = steps[QLatin1String(name)].toBool();
    }
    for (const auto& server : json[QLatin1String("servers")].toArray()) {
        plan.servers << server.toString();
    }
    const auto password = json[QLatin1String("password")].toObject();
    plan.recipe = {password[QLatin1String("words")].toBool() ? PasswordStyle::Words : PasswordStyle::Characters, password[QLatin1String("length")].toInt()};
    if (auto good = checkRecipe(plan.recipe); !good) {
        return tl::unexpected(good.error());
    }
    if (json.contains(QLatin1String("hash"))) {
        const auto hash = json[QLatin1String("hash")].toObject();
        auto choice = chooseScheme({hash[QLatin1String("scheme")].toString()});
        if (!choice) {
            return tl::unexpected(choice.error());
        }
        choice->cost = unsigned(hash[QLatin1String("cost")].toInt());
        plan.hash = *choice;
    }
    return plan;
}

unsigned AccountServerPreview::found() const
{
    return unsigned(std::count_if(rows.begin(), rows.end(), [](const AccountPreviewRow& row) { return row.problem.isEmpty(); }));
}

} // namespace mailward

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/AccountsCommand.h"
#include "app/cli/ApplyCommand.h"
#include "app/cli/AuditCommand.h"
#include "app/cli/BansCommand.h"
#include "app/cli/Command.h"
#include "app/cli/EventsCommand.h"
#include "app/cli/FindingsCommand.h"
#include "app/cli/PlanCommand.h"
#include "app/cli/PullCommand.h"
#include "app/cli/QueryCommand.h"
#include "app/cli/ReplayCommand.h"
#include "app/cli/RulesCommand.h"
#include "app/cli/ServersCommand.h"
#include "app/cli/StoreCommand.h"

#include <array>

namespace mailward::cli {

std::span<const Command> commands()
{
    static constexpr std::array kCommands{
        Command{"events", "FILE...", "parse; one object a recognised line", runEvents},
        Command{"findings", "FILE...", "parse and detect; one object an incident, worst first", runFindings},
        Command{"plan", "[--until TIME] [--offer gentle/balanced/hard] [--ttl S] [--max-rules N] FILE...",
                "parse, detect and propose: the smallest block that ends the attack, as one object", runPlan},
        Command{"judge", "--plan P FILE...", "what plan P would have done to these logs after it was made", runJudge},
        Command{"replay", "--maxretry N --findtime S --bantime S [--increment] FILE...",
                "what such a fail2ban jail would have stopped, and whom it would have cut off", runReplay},
        Command{"rules", "test | import-fail2ban FILE [-o PACK.toml]", "check the rule packs against their samples; turn a fail2ban filter into a pack", runRules},
        Command{"servers", "add NAME --host HOST --user USER | list | check NAME | trust NAME FINGERPRINT | remove NAME",
                "the inventory; check connects and says what the server has", runServers},
        Command{"pull", "[--server NAME] [--follow]", "pull logs into the store; one object a server a round", runPull},
        Command{"query", "FILTER [--group ip/account/country/asn/net/service/server/hour] [--top N] [--raw] [--fetch]",
                "groups or events from the store; --raw with their log lines, --fetch reads those that are no longer kept from the server", runQuery},
        Command{"store", "[--keep-days N] [--keep-raw MIB] [--max MIB] [--check]", "what the store holds, and what it keeps", runStore},
        Command{"apply", "PLAN.json [--server NAME] [--confirm-within S] [--cuts-off N] [--preview] [--again]",
                "read, diff, guard, stage, arm, apply, probe; then confirm. When a server changed meanwhile nothing is done, and --again shows the plan as it is now", runApply},
        Command{"confirm", "PLAN", "keep what was applied; without it each server takes it back by itself", runConfirm},
        Command{"revert", "PLAN", "take a plan back now", runRevert},
        Command{"bans", "[--server NAME] [--who ADDRESS] [--unban PREFIX] [--export FORMAT] | --import FILE | --country CC [--ttl S]", "what is enforced where, by whom, why, until when, and drift; lists out and in", runBans},
        Command{"accounts", "reset/lock/unlock/kick/hold/contain ACCOUNT... [--server NAME] [--preview] | find | list | audit | policy | queue ACCOUNT | plans | undo PLAN [--preview] ...",
                "lost mailboxes taken back, weak passwords found; only hashes go to a server. contain: a new password with --handover FILE or --print, else a lock", runAccounts},
        Command{"audit", "[--verify [--server NAME]...]",
                "the audit log. --verify checks the chain and compares it with the heads that the servers hold of it (all, or those named); it fails where one could not be asked", runAudit},
    };
    return kCommands;
}

} // namespace mailward::cli

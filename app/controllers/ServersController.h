// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/Keychain.h"
#include "app/controllers/RawFetch.h"
#include "app/controllers/ServerWorker.h"
#include "models/respond/Executor.h"
#include "models/servers/ProfileStore.h"
#include "models/tables/ConnectionView.h"
#include "models/tables/Notice.h"
#include "models/tables/ServerTableModel.h"

#include <QObject>
#include <QTimer>
#include <map>
#include <memory>

namespace mailward {

/// The inventory and its workers: adds, checks, follows and removes servers, and turns what the workers report into the
/// Servers table, the lights and notices. Lives in the window's thread.
class ServersController final : public QObject
{
    Q_OBJECT

public:
    ServersController(DataPaths paths, LocalEventStore& store, std::shared_ptr<const RuleBook> rules, const Clock& clock, QObject* parent = nullptr);
    ~ServersController() override;

    /// Reads the profiles and starts following all of them.
    void start();

    [[nodiscard]] ServerTableModel& model() { return m_model; }
    [[nodiscard]] QList<ServerLight> lights() const;
    [[nodiscard]] QStringList names() const;
    /// For the executor: `names` empty means all.
    [[nodiscard]] std::vector<ExecutorTarget> targets(const QStringList& names) const;

    /// Adds a profile from the dialog and connects to it; an objection comes as formRefused().
    void add(const ServerForm& form, Secret secret);
    void remove(const QStringList& names);
    void check(const QStringList& names);
    void pull(const QStringList& names);
    void setFollowing(const QStringList& names, bool following);
    void answerHostKey(const QString& server, const QString& fingerprint, bool accepted);
    /// Answers secretWanted(); nothing: given up.
    void answerSecret(const QString& server, std::optional<Secret> secret, bool remember = false);
    /// Is there a secret service that could keep a secret?
    [[nodiscard]] bool canRemember() const { return m_keychain.isUsable(); }
    /// Connects to a server by name, without questions: for threads of others. A snapshot of the inventory.
    [[nodiscard]] ConnectByName connector() const;
    /// The server that add() is trying is taken back.
    void cancelAdding();
    /// The person typed the fingerprint of the key that a server shows now: the stored one goes, and the server is asked again.
    void forgetKey(const QString& server, const QString& typedFingerprint);
    /// What ~/.ssh/config would become. A file that cannot be read is a notice.
    [[nodiscard]] std::vector<ImportRow> sshConfigRows(const QString& file);
    /// Adds the named hosts of the file as servers; they are connected like any other.
    void importSshConfig(const QString& file, const QStringList& names);

signals:
    void lightsChanged();
    void formRefused(const mailward::FormProblem& problem);
    /// add() reached the server and logged in, or did not: then it is not in the inventory.
    void added(const QString& name);
    void addFailed(const mailward::Error& error);
    /// What a server has and lacks, as it was just found.
    void capabilitiesFound(const QString& server, const std::vector<mailward::CapabilityRow>& rows);
    /// Unknown key: a question. Changed key: a hard stop.
    void hostKeyShown(const mailward::HostKeyView& key);
    void hostKeyAccepted(const QString& server, const QString& fingerprint);
    void secretWanted(const mailward::SecretQuestion& question);
    void keyForgotten(const QString& server, const QString& fingerprint);
    void noticed(const mailward::Notice& notice);

private:
    struct Entry {
        std::unique_ptr<ServerWorker> worker;
        ServerRow row;
        ServerTotals before; ///< what was stored when this run began
        HostKeyInfo key; ///< the last one that was shown
        QString asked;   ///< name of the secret that the log-in under way waits for
        std::map<QString, Secret> toRemember; ///< once the log-in has worked
        QStringList remembered;               ///< names of those that came from the keychain
        bool complained = false;
    };

    void adopt(const ServerProfile& profile);
    void takeReport(const QString& name, const WorkerReport& report);
    void takeCapabilities(const QString& name, const std::vector<Capability>& capabilities);
    void showKey(const QString& name, const HostKeyInfo& key);
    void askForSecret(const QString& name, const SecretRequest& request);
    void keepSecrets(Entry& entry);
    void dropSecrets(Entry& entry);
    void publishSoon();
    void judgeTrial(const QString& name, const WorkerReport& report);
    void publish();
    [[nodiscard]] Entry* find(const QString& name);

    DataPaths m_paths;
    LocalEventStore& m_store;
    std::shared_ptr<const RuleBook> m_rules;
    const Clock& m_clock;
    ProfileStore m_profiles;
    Keychain m_keychain;
    QTimer m_publish; ///< a hundred servers report more often than anybody can look
    ServerTableModel m_model;
    std::map<std::string, ServerTotals> m_stored; ///< as of the start
    std::map<QString, Entry> m_entries;
    QString m_trial; ///< the server that add() is trying
};

} // namespace mailward

using System.Data.Common;
using CloudNative.Embedded.Tests.Support;
using CloudNative.Eventing;
using CloudNative.Testing.Conformance;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Embedded.Tests.Inbox;

public sealed class SqliteInboxTests : InboxStoreConformance
{
    protected override ValueTask<InboxSubject> CreateAsync() => new(new Database());

    private sealed class Database : InboxSubject
    {
        private readonly ServiceDatabaseFile _file = new();
        private readonly FakeTimeProvider _clock = new();
        private IInboxStore _store;

        public Database()
        {
            _file.Execute("PRAGMA journal_mode = WAL");
            _store = Create();
        }

        public override IInboxStore Store => _store;

        public override DateTimeOffset Now => _clock.GetUtcNow();

        public override ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken) => new(_file.Connect());

        public override ValueTask<DbConnection> ConnectElsewhereAsync(CancellationToken cancellationToken) =>
            new(_file.Connect("other.db"));

        public override void Advance(TimeSpan time) => _clock.Advance(time);

        public override ValueTask RestartAsync()
        {
            _file.RestartHosts();
            _store = Create();
            return ValueTask.CompletedTask;
        }

        public override ValueTask DisposeAsync() => _file.DisposeAsync();

        private IInboxStore Create() => _file.AddHost(_clock).GetRequiredService<IInboxStore>();
    }
}

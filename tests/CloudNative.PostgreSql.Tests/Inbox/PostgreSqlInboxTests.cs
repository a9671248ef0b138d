using System.Data.Common;
using CloudNative.Eventing;
using CloudNative.PostgreSql.Tests.Support;
using CloudNative.Testing.Conformance;
using CloudNative.TestSupport.PostgreSql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.PostgreSql.Tests.Inbox;

public sealed class PostgreSqlInboxTests(PostgreSqlServer server) : InboxStoreConformance
{
    protected override async ValueTask<InboxSubject> CreateAsync() => new Database(await DatabaseHosts.CreateAsync(server));

    private sealed class Database(DatabaseHosts hosts) : InboxSubject
    {
        private readonly FakeTimeProvider _clock = new();
        private IInboxStore? _store;

        public override IInboxStore Store => _store ??= hosts.Add(_clock).GetRequiredService<IInboxStore>();

        public override DateTimeOffset Now => _clock.GetUtcNow();

        public override ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken) => hosts.ConnectAsync(cancellationToken);

        public override ValueTask<DbConnection> ConnectElsewhereAsync(CancellationToken cancellationToken) =>
            hosts.ConnectElsewhereAsync(cancellationToken);

        public override void Advance(TimeSpan time) => _clock.Advance(time);

        public override async ValueTask RestartAsync()
        {
            await hosts.StopAsync();
            _store = null;
        }

        public override ValueTask DisposeAsync() => hosts.DisposeAsync();
    }
}

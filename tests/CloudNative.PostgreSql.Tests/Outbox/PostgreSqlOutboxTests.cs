using System.Data.Common;
using CloudNative.Eventing;
using CloudNative.PostgreSql.Tests.Support;
using CloudNative.Testing.Conformance;
using CloudNative.TestSupport.PostgreSql;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.PostgreSql.Tests.Outbox;

public sealed class PostgreSqlOutboxTests(PostgreSqlServer server) : OutboxStoreConformance
{
    protected override async ValueTask<OutboxSubject> CreateAsync() => new Database(await DatabaseHosts.CreateAsync(server));

    private sealed class Database(DatabaseHosts hosts) : OutboxSubject
    {
        public override IOutboxStore First { get; } = hosts.Add().GetRequiredService<IOutboxStore>();

        public override IOutboxStore Second { get; } = hosts.Add().GetRequiredService<IOutboxStore>();

        public override ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken) => hosts.ConnectAsync(cancellationToken);

        public override ValueTask<DbConnection> ConnectElsewhereAsync(CancellationToken cancellationToken) =>
            hosts.ConnectElsewhereAsync(cancellationToken);

        public override ValueTask SpoilOldestAsync(CancellationToken cancellationToken) => hosts.ExecuteAsync(
            """
            UPDATE cloudnative.outbox SET extensions = '{"a":'
            WHERE position = (SELECT min(position) FROM cloudnative.outbox)
            """);

        public override ValueTask DisposeAsync() => hosts.DisposeAsync();
    }
}

using System.Diagnostics.Metrics;
using CloudNative.Leases;
using CloudNative.PostgreSql.Tests.Support;
using CloudNative.TestSupport.PostgreSql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Npgsql;

namespace CloudNative.PostgreSql.Tests.Leases;

public sealed class PostgreSqlLeaseProviderTests(PostgreSqlServer server)
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Held_ServerRestarts_IsRenewedAgainAndStaysHeld()
    {
        await using var own = new PostgreSqlServer();
        await using var hosts = await DatabaseHosts.CreateAsync(own);
        var (first, second) = (Leases(hosts), Leases(hosts));
        await using var lease = await first.TryAcquireAsync("job", TimeSpan.FromMinutes(2), Token);
        await own.RestartAsync();
        NpgsqlConnection.ClearAllPools();
        Assert.Null(await second.TryAcquireAsync("job", Duration, Token));
        Assert.False(lease!.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task Held_ServerStaysAway_IsLostWhenItsTimeIsOver()
    {
        await using var own = new PostgreSqlServer();
        await using var hosts = await DatabaseHosts.CreateAsync(own);
        var services = hosts.Add(configure: builder => builder.Services.AddMetrics());
        using var counted = new MetricCollector<int>(
            services.GetRequiredService<IMeterFactory>(), PostgreSqlTelemetryNames.Meter, PostgreSqlTelemetryNames.LostLeases);
        await using var lease = await services.GetRequiredKeyedService<ILeaseProvider>(PostgreSqlProvider.Name)
            .TryAcquireAsync("job", Duration, Token);
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lease!.Lost.Register(lost.SetResult);
        await own.KillAsync();
        await lost.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Token);
        await lease.DisposeAsync();
        Assert.Equal(1, counted.GetMeasurementSnapshot().EvaluateAsCounter());
        var exception = await Assert.ThrowsAsync<LeaseException>(() => Leases(hosts).TryAcquireAsync("job", Duration, Token).AsTask());
        Assert.StartsWith("CN42", exception.Message, StringComparison.Ordinal);
    }

    // The row stays when a lease is released: the token of the next holder is larger, whoever it is and however long it took.
    [Fact]
    public async Task Acquire_OwnerOfTheTablesIsAnother_NeedsNoRightToCreate()
    {
        await using var hosts = await DatabaseHosts.CreateAsync(server);
        await using (await Leases(hosts).TryAcquireAsync("job", Duration, Token))
        {
        }

        var role = $"lessee_{Guid.NewGuid():N}";
        await hosts.ExecuteAsync(
            $"""
            CREATE ROLE {role} LOGIN PASSWORD 'lessee';
            GRANT USAGE ON SCHEMA cloudnative TO {role};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA cloudnative TO {role};
            """);
        var text = new NpgsqlConnectionStringBuilder(hosts.ConnectionString) { Username = role, Password = "lessee" };
        await using var other = new TestDatabase(text.ConnectionString);
        await using var lease = await other.Services.GetRequiredKeyedService<ILeaseProvider>(PostgreSqlProvider.Name)
            .TryAcquireAsync("job", Duration, Token);
        Assert.Equal(2, lease!.FencingToken);
    }

    private static ILeaseProvider Leases(DatabaseHosts hosts) =>
        hosts.Add().GetRequiredKeyedService<ILeaseProvider>(PostgreSqlProvider.Name);
}

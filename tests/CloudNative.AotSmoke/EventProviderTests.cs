using CloudNative.Consumers;
using CloudNative.Testing;
using CloudNative.TestSupport.PostgreSql;
using CloudNative.TestSupport.RabbitMq;

namespace CloudNative.AotSmoke;

[Collection(nameof(NativeApps))]
public sealed class EventProviderTests(NativeApps apps, PostgreSqlServer postgres, RabbitMqServer rabbit)
    : IClassFixture<PostgreSqlServer>, IClassFixture<RabbitMqServer>
{
    [Fact]
    public async Task WorkerOnServers_CompiledAheadOfTime_HasNoWarningAndHandlesItsEventOnEach()
    {
        using var folder = new TemporaryDirectory("cn-aot-");
        var program = await apps.PublishAsync(
            "tests/CloudNative.Events.TestApp/CloudNative.Events.TestApp.csproj", folder.Combine("app"));
        await AssertHandlesAsync(program, "postgresql", await postgres.CreateDatabaseAsync());
        await AssertHandlesAsync(program, "rabbitmq", rabbit.Address(await rabbit.CreateVhostAsync()).ToString());
    }

    private static async Task AssertHandlesAsync(string program, string provider, string connectionString)
    {
        await using var worker = ChildProcess.Start(new ChildProcessOptions
        {
            FileName = program,
            WorkingDirectory = Path.GetDirectoryName(program)!,
            Environment = new Dictionary<string, string?>
            {
                ["CloudNative__Providers"] = provider,
                ["CloudNative__Discovery__Provider"] = "none",
                [$"ConnectionStrings__{provider}"] = connectionString,
            },
        });
        await worker.WaitForLineAsync(line => line == "order 1 of 42.50 in attempt 1", TestContext.Current.CancellationToken);
        await Signals.TerminateAsync(worker.Id);
        Assert.Equal(0, await worker.WaitForExitAsync(TestContext.Current.CancellationToken));
    }
}

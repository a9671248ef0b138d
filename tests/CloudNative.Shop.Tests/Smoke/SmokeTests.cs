using CloudNative.Testing;
using CloudNative.TestSupport.Consul;
using CloudNative.TestSupport.PostgreSql;
using CloudNative.TestSupport.RabbitMq;
using Microsoft.Data.Sqlite;

namespace CloudNative.Shop.Tests.Smoke;

/// <summary>The whole Shop as a user starts it: all its processes, two kills, a restart, and a count.</summary>
public sealed class SmokeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Smoke_ProcessesKilledAndServiceRestarted_EveryOrderIsThereAndShippedOnce()
    {
        using var data = new TemporaryDirectory();
        await using var shop = Start(data);

        await AssertPassesAsync(shop);
    }

    /// <summary>The same with a registry between the processes that knows nothing of this machine.</summary>
    [Fact]
    public async Task Smoke_OnConsul_EveryOrderIsThereAndShippedOnce()
    {
        await using var consul = new ConsulServer();
        await consul.StartAsync();
        using var data = new TemporaryDirectory();
        await using var shop = Start(
            data, new Dictionary<string, string?> { ["CONSUL_HTTP_ADDR"] = consul.Address.ToString() }, "--provider", "consul");
        var registered = ListWhileItRunsAsync(consul, shop);

        await AssertPassesAsync(shop);

        Assert.Equal(
            ["card-network", "catalog", "catalog", "gateway", "ordering", "payments", "payments", "shipping", "web"], await registered);
        Assert.Equal(2, (await consul.ListAsync()).Length); // The two that were killed said no goodbye; their checks have lapsed, or will.
    }

    /// <summary>The same with events on a server that other machines could share.</summary>
    [Fact]
    public async Task Smoke_OnPostgreSql_EveryOrderIsThereAndShippedOnce()
    {
        await using var postgres = new PostgreSqlServer();
        var connectionString = await postgres.CreateDatabaseAsync();
        using var data = new TemporaryDirectory();
        await using var shop = Start(
            data,
            new Dictionary<string, string?> { ["ConnectionStrings__postgresql"] = connectionString },
            "--provider",
            "postgresql");

        await AssertPassesAsync(shop);
    }

    /// <summary>The same with events on a broker.</summary>
    [Fact]
    public async Task Smoke_OnRabbitMq_EveryOrderIsThereAndShippedOnce()
    {
        await using var rabbit = new RabbitMqServer();
        var vhost = await rabbit.CreateVhostAsync();
        using var data = new TemporaryDirectory();
        await using var shop = Start(
            data,
            new Dictionary<string, string?> { ["ConnectionStrings__rabbitmq"] = rabbit.Address(vhost).ToString() },
            "--provider",
            "rabbitmq");

        await AssertPassesAsync(shop);
    }

    /// <summary>
    /// A smoke that cannot fail proves nothing: here an order that the shop confirmed is taken out of its database, and another is
    /// shipped a second time.
    /// </summary>
    [Fact]
    public async Task Smoke_OrderIsLostAndAnotherShippedTwice_FailsAndNamesBoth()
    {
        using var data = new TemporaryDirectory();
        await using var shop = Start(data);

        await PlantAsync(data.Path, "ordering.db", "DELETE FROM orders WHERE number = 10");
        await PlantAsync(
            data.Path,
            "shipping.db",
            "INSERT INTO shipments (order_id, attempt, shipped_at) "
            + "SELECT order_id, attempt, shipped_at FROM shipments WHERE number = 1");
        var exitCode = await shop.WaitForExitAsync(Token);

        Assert.Equal(1, exitCode);
        Assert.Contains("order 10 ", shop.Output, StringComparison.Ordinal);
        Assert.Contains("was confirmed and is not stored", shop.Output, StringComparison.Ordinal);
        Assert.Contains("was shipped 2 times", shop.Output, StringComparison.Ordinal);
        Assert.Contains("1 doubled", shop.Output, StringComparison.Ordinal);
        Assert.Contains("smoke: FAILED", shop.Output, StringComparison.Ordinal);
    }

    private static async Task AssertPassesAsync(ChildProcess shop)
    {
        var exitCode = await shop.WaitForExitAsync(Token);

        Assert.True(exitCode == 0, shop.Output);
        Assert.Contains("200 wanted, 200 confirmed, 200 stored once", shop.Output, StringComparison.Ordinal);
        Assert.Contains(" 0 doubled, 0 lost", shop.Output, StringComparison.Ordinal);
        Assert.Contains(" 0 failed", shop.Output, StringComparison.Ordinal);
        Assert.Contains("smoke: passed", shop.Output, StringComparison.Ordinal);
    }

    // All nine were there at one time: what a killed process left is counted once more until its check lapses.
    private static async Task<string[]> ListWhileItRunsAsync(ConsulServer consul, ChildProcess shop)
    {
        string[] most = [];
        while (most.Length < 9 && !shop.HasExited)
        {
            most = [.. (await consul.ListAsync()).Select(id => id.Split(':')[0])];
            await Task.Delay(TimeSpan.FromMilliseconds(50), Token);
        }

        return most;
    }

    // The services were built with this test; artifacts/bin/<project>/<configuration>/ is where all of them lie.
    private static ChildProcess Start(
        TemporaryDirectory data, IReadOnlyDictionary<string, string?>? environment = null, params string[] options)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var dll = Path.Combine(own.Parent!.Parent!.FullName, "Shop", own.Name, "Shop.dll");
        var start = ChildProcessOptions.ForAssembly(
            dll, ["--smoke", "--no-build", "--configuration", own.Name, "--data", data.Path, .. options]);
        return ChildProcess.Start(new ChildProcessOptions
        {
            FileName = start.FileName,
            Arguments = start.Arguments,
            Environment = environment ?? start.Environment,
        });
    }

    private static async Task PlantAsync(string data, string database, string fault)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, Token);
        while (!await TryPlantAsync(data, database, fault, either.Token))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), Token);
        }
    }

    private static async Task<bool> TryPlantAsync(
        string data, string database, string fault, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Directory.GetFiles(data, database, SearchOption.AllDirectories) is not [var file])
        {
            return false;
        }

        try
        {
            await using var connection = new SqliteConnection($"Data Source={file};Foreign Keys=True;Pooling=False");
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = fault;
            return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
        }
        catch (SqliteException)
        {
            return false; // The file is there before its tables are.
        }
    }
}

using System.Globalization;
using CloudNative.Consumers;
using CloudNative.Testing;
using CloudNative.TestSupport.Consul;

namespace CloudNative.AotSmoke;

[Collection(nameof(NativeApps))]
public sealed class ConsulTests(NativeApps apps, ConsulServer consul) : IClassFixture<ConsulServer>
{
    [Fact]
    public async Task ServiceOnConsul_CompiledAheadOfTime_HasNoWarningAndDoesAllThatTheProviderHas()
    {
        await consul.StartAsync();
        await consul.PutAsync("/v1/kv/config/greeter/Greeting", "hello");
        await consul.PutAsync("/v1/kv/config/greeter.json", """{ "Names": ["world"] }""");
        using var folder = new TemporaryDirectory("cn-aot-");
        var program = await apps.PublishAsync(
            "tests/CloudNative.Registry.TestApp/CloudNative.Registry.TestApp.csproj", folder.Combine("app"));
        await using var service = await RunningService.StartAsync(
            program,
            folder.Combine("app"),
            new Dictionary<string, string?>
            {
                ["CloudNative__Service__Name"] = "greeter",
                ["CONSUL_HTTP_ADDR"] = consul.Address.ToString(),
                ["CloudNative__Embedded__DataDirectory"] = folder.Combine("data"),
            });
        await consul.EventuallyAsync(async () => (await consul.ListAsync()).Length == 1); // Registered...
        Assert.Equal("hello world", await service.GetAsync("/call")); // ...found, called, and configured...
        var first = await TokenAsync(service);
        Assert.True(await TokenAsync(service) > first); // ...and one of several for a time.
        await consul.PutAsync("/v1/kv/config/greeter/Greeting", "good morning");
        await consul.EventuallyAsync(async () => await service.GetAsync("/greeting") == "good morning world");
        Assert.Equal(0, await service.StopAsync());
        Assert.Empty(await consul.ListAsync());
    }

    private static async Task<long> TokenAsync(RunningService service) =>
        long.Parse(await service.GetAsync("/lease"), CultureInfo.InvariantCulture);
}

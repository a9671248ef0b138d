using CloudNative.Consul;

namespace CloudNative.IntegrationTests.Consul.KeyValue;

/// <summary>Configuration from the key-value store of a real server.</summary>
public sealed class KeyValueTests(ConsulServer server) : IClassFixture<ConsulServer>, IAsyncLifetime
{
    private const string Prefix = "config/orders";

    public async ValueTask InitializeAsync()
    {
        await server.StartAsync();
        await SetAsync("Logging/LogLevel/Default", "Debug");
        await SetAsync("Timeout", "7");
        await server.PutAsync("/v1/kv/config/orders-old/Timeout", "8");
    }

    public async ValueTask DisposeAsync()
    {
        await server.StartAsync();
        await server.DeleteAsync("/v1/kv/config?recurse");
    }

    [Fact]
    public async Task Start_KeysThere_AreConfigurationAndFollowed()
    {
        await using var host = await StartAsync();
        Assert.Equal(("Debug", "7", null), (host["Logging:LogLevel:Default"], host["Timeout"], host["old:Timeout"]));

        await SetAsync("Timeout", "9");
        await EventuallyAsync(() => host["Timeout"] == "9");

        await server.DeleteAsync($"/v1/kv/{Prefix}/Timeout");
        await EventuallyAsync(() => host["Timeout"] is null);
        Assert.Equal("Debug", host["Logging:LogLevel:Default"]);
    }

    [Fact]
    public async Task Start_Document_IsConfigurationAndFollowed()
    {
        await server.DeleteAsync($"/v1/kv/{Prefix}?recurse");
        await server.PutAsync($"/v1/kv/{Prefix}", """{ "Timeout": 7, "Tags": ["a", "b"] }""");
        await using var host = await StartAsync(source => source.Format = ConsulKeyValueFormat.Json);
        Assert.Equal(("7", "b"), (host["Timeout"], host["Tags:1"]));

        await server.PutAsync($"/v1/kv/{Prefix}", """{ "Timeout": """);
        await EventuallyAsync(() => Has(host, "CN4110"));
        Assert.Equal("7", host["Timeout"]);

        await server.PutAsync($"/v1/kv/{Prefix}", """{ "Timeout": 9 }""");
        await EventuallyAsync(() => host["Timeout"] == "9");
        Assert.Null(host["Tags:1"]);
    }

    [Fact]
    public async Task Server_KilledAndRestartedEmpty_WhatWasKnownStaysAndChangesAreSeenAgain()
    {
        await using var host = await StartAsync();
        await server.KillAsync();
        await EventuallyAsync(() => Has(host, "CN4102"));
        Assert.Equal("7", host["Timeout"]);

        await server.StartAsync(); // It does not know the keys; its index starts anew.
        await server.PutAsync("/v1/kv/tests/another");
        Assert.Equal("7", host["Timeout"]);
        await SetAsync("Timeout", "9");
        await EventuallyAsync(() => host["Timeout"] == "9");
        Assert.True(Has(host, "is read again"));
    }

    [Fact]
    public async Task Start_NothingThere_NamesTheKeyAndTheCure()
    {
        var failure = await Assert.ThrowsAsync<ConsulKeyValueException>(() => StartAsync(source => source.Prefix = "config/catalog"));
        Assert.StartsWith("CN4109: Consul has no key below config/catalog", failure.Message, StringComparison.Ordinal);
        await using var host = await StartAsync(source => (source.Prefix, source.Optional) = ("config/catalog", true));
        await server.PutAsync("/v1/kv/config/catalog/Timeout", "3");
        await EventuallyAsync(() => host["Timeout"] == "3");
    }

    private static bool Has(KeyValueHost host, string text) =>
        host.Logs.GetSnapshot().Any(line => line.Message.Contains(text, StringComparison.Ordinal));

    private Task<KeyValueHost> StartAsync(Action<ConsulKeyValueConfigurationSource>? configure = null) => KeyValueHost.StartAsync(
        server.Address,
        source =>
        {
            source.Prefix = Prefix;
            configure?.Invoke(source);
        });

    private Task SetAsync(string key, string value) => server.PutAsync($"/v1/kv/{Prefix}/{key}", value);

    private Task EventuallyAsync(Func<bool> condition) => server.EventuallyAsync(() => Task.FromResult(condition()), mayBeAway: true);
}

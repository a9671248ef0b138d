using System.Globalization;
using System.Text.Json.Nodes;
using CloudNative.Consumers;
using CloudNative.Testing;
using CloudNative.Testing.Kubernetes;

namespace CloudNative.AotSmoke;

[Collection(nameof(NativeApps))]
public sealed class KubernetesTests(NativeApps apps)
{
    private const string Place = "shop";

    [Fact]
    public async Task ServiceOnKubernetes_CompiledAheadOfTime_HasNoWarningAndDoesAllThatTheProviderHas()
    {
        await using var server = new KubernetesTestServer();
        server.Put("configmaps", Object("greeter", ("data", new JsonObject { ["Greeting"] = "hello" })));
        server.Put("secrets", Object("greeter", ("data", new JsonObject { ["Names__0"] = Convert.ToBase64String("world"u8) })));
        using var folder = new TemporaryDirectory("cn-aot-");
        var mounted = Directory.CreateDirectory(folder.Combine("mounted")).FullName;
        await File.WriteAllTextAsync(Path.Combine(mounted, "Mark"), "!", TestContext.Current.CancellationToken);
        var program = await apps.PublishAsync(
            "tests/CloudNative.Registry.TestApp/CloudNative.Registry.TestApp.csproj", folder.Combine("app"));
        await using var service = await RunningService.StartAsync(
            program,
            folder.Combine("app"),
            new Dictionary<string, string?>
            {
                ["CloudNative__Service__Name"] = "greeter",
                ["CloudNative__Providers"] = "kubernetes",
                ["CloudNative__Kubernetes__Server"] = (await server.ListenAsync(TestContext.Current.CancellationToken)).ToString(),
                ["CloudNative__Kubernetes__Namespace"] = Place,
                ["CloudNative__Kubernetes__Discovery__Source"] = "EndpointSlices",
                ["Mounted"] = mounted,
            });
        Announce(server, service.Client.BaseAddress!);

        Assert.Equal("hello world!", await service.GetAsync("/call")); // Found, called, and configured from three places...
        var first = await TokenAsync(service);
        Assert.True(await TokenAsync(service) > first); // ...and one of several for a time.
        server.Put("configmaps", Object("greeter", ("data", new JsonObject { ["Greeting"] = "good morning" })));
        await service.WaitForAsync("/greeting", "good morning world!");
        Assert.Equal(0, await service.StopAsync());
    }

    private static void Announce(KubernetesTestServer server, Uri address) => server.Put("endpointslices", Object(
        "greeter-1",
        ("addressType", "IPv4"),
        ("endpoints", new JsonArray(new JsonObject { ["addresses"] = new JsonArray(address.Host) })),
        ("ports", new JsonArray(new JsonObject { ["name"] = "http", ["port"] = address.Port, ["protocol"] = "TCP" }))));

    private static JsonObject Object(string name, params (string Field, JsonNode Value)[] fields)
    {
        var item = new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["namespace"] = Place,
                ["labels"] = new JsonObject { ["kubernetes.io/service-name"] = "greeter" },
            },
        };
        foreach (var (field, value) in fields)
        {
            item[field] = value;
        }

        return item;
    }

    private static async Task<long> TokenAsync(RunningService service) =>
        long.Parse(await service.GetAsync("/lease"), CultureInfo.InvariantCulture);
}

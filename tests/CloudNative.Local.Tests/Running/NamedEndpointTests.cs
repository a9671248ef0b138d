using System.Net;
using System.Net.Sockets;
using CloudNative.Local.Joining;
using CloudNative.Local.Ports;
using CloudNative.Local.Processes;
using CloudNative.Local.Tests.Support;

namespace CloudNative.Local.Tests.Running;

public sealed class NamedEndpointTests : IDisposable
{
    private const string Catalog = "  catalog: { project: PROJECT, ports: { http: auto, grpc: auto }, replicas: 2 }";

    private readonly TestFiles _files = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_SecondEndpointForGrpc_ListensThereForHttp2AndOnTheFirstForHttp1()
    {
        _files.WriteApp(Catalog);
        await using var app = await RunningApp.StartReadyAsync(_files);
        var replicas = app.App.Services[0].Replicas;

        foreach (var replica in replicas)
        {
            Assert.Equal("grpc", Assert.Single(replica.NamedAddresses).Key);
            Assert.Equal("hello", await AskAsync(replica.NamedAddresses["grpc"], HttpVersion.Version20));
            Assert.Equal("hello", await AskAsync(replica.Address!, HttpVersion.Version11));
        }

        Assert.Equal(4, replicas.SelectMany(replica => replica.NamedAddresses.Values.Append(replica.Address)).Distinct().Count());
        var log = await File.ReadAllTextAsync(replicas[0].LogFile, Cancellation);
        Assert.DoesNotContain("Overriding address", log, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{replicas[0].NamedAddresses["grpc"].Port} (grpc)", app.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task State_OfTheControlSocket_HasTheEndpoint()
    {
        _files.WriteApp(Catalog);
        await using var app = await RunningApp.StartReadyAsync(_files);
        using var client = await Control.ControlClient.ConnectAsync((await app.EnvironmentAsync("catalog"))["CLOUDNATIVE_CONTROL_SOCKET"]);

        var state = await client.AskAsync("""{"command":"state"}""");

        Assert.Equal(
            app.Replica("catalog").NamedAddresses["grpc"],
            new Uri(state.GetProperty("services")[0].GetProperty("replicas")[0].GetProperty("endpoints").GetProperty("grpc").GetString()!));
    }

    [Fact]
    public async Task Start_OneOfTwoPortsWasTakenMeanwhile_OnlyThatOneMoves()
    {
        _files.WriteApp("  catalog: { project: PROJECT, ports: { http: auto, grpc: auto } }");
        await using var app = await RunningApp.StartReadyAsync(_files);
        var before = app.Replica("catalog");
        await app.App.StopAsync("catalog", Cancellation);
        using var holder = new TcpListener(IPAddress.Loopback, before.NamedAddresses["grpc"].Port);
        holder.Start();

        await app.App.StartAsync("catalog", Cancellation);

        var after = app.Replica("catalog");
        Assert.Equal(before.Address, after.Address);
        Assert.NotEqual(before.NamedAddresses["grpc"], after.NamedAddresses["grpc"]);
        Assert.Equal("hello", await AskAsync(after.NamedAddresses["grpc"], HttpVersion.Version20));
        Assert.Contains($"port {before.NamedAddresses["grpc"].Port} was taken meanwhile", app.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FixedPortOfTheSecondEndpointInUse_NamesTheEndpoint()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;
        _files.WriteApp($$"""  catalog: { project: PROJECT, ports: { http: auto, grpc: {{port}} } }""");
        await using var app = await RunningApp.StartAsync(_files);

        Assert.Equal(LocalAppExitCodes.Conflict, await app.WaitForEndAsync());

        Assert.Contains($"'grpc: {{ port: {port}, fallback: true }}'", app.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Profile_ServiceWithNamedEndpoints_HasThemAndNoAddressThatTheyWouldOverride()
    {
        var app = AppModel.AppModelFile.Load(_files.WriteApp(Catalog));
        var service = app.Services[0];
        var ports = service.Ports!.Select((port, index) => new ReplicaPort(port, 20_001 + index)).ToList();

        var profile = LaunchSettings.Profile(ChildEnvironment.For(service, ports, "data", []));

        Assert.DoesNotContain("applicationUrl", profile, StringComparison.Ordinal);
        Assert.Contains("\"Kestrel__Endpoints__http__Url\": \"http://127.0.0.1:20001\"", profile, StringComparison.Ordinal);
        Assert.Contains("\"Kestrel__Endpoints__grpc__Url\": \"http://127.0.0.1:20002\"", profile, StringComparison.Ordinal);
        Assert.Contains("\"Kestrel__Endpoints__grpc__Protocols\": \"Http2\"", profile, StringComparison.Ordinal);
    }

    public void Dispose() => _files.Dispose();

    private static async Task<string> AskAsync(Uri address, Version version)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, address)
        {
            Version = version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var response = await client.SendAsync(request, Cancellation);
        return await response.Content.ReadAsStringAsync(Cancellation);
    }
}
